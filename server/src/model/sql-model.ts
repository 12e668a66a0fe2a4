import { same } from '../base/same.ts';
import { bind, outputOf } from '../binder/bind.ts';
import type { Catalog, KnownRelation } from '../binder/catalog.ts';
import { Query } from '../db/query.ts';
import type { Compiled } from '../dbt/compile/compiled.ts';
import { cteName } from '../dbt/context/references.ts';
import { asMap, asString } from '../dbt/manifest/data.ts';
import { adapterPrefixes } from '../dbt/macros/library.ts';
import type { UniqueId } from '../dbt/manifest/node.ts';
import { dialectOfAdapter, type DialectName } from '../syntax/sql/dialect.ts';
import type { TableName } from '../syntax/sql/nodes.ts';
import { parseSql } from '../syntax/sql/parse.ts';
import { ONLY, type Inputs } from './inputs.ts';
import type { NodeAssembly } from './node-assembly.ts';
import type { NodeFacts } from './node-facts.ts';
import { isPython } from './python-models.ts';
import type { SourceFacts } from './source-facts.ts';
import { CatalogColumns } from './sql-catalog.ts';
import { declaredColumns, mergedColumns, snapshotColumns } from './sql-columns.ts';
import {
  NO_LINEAGE,
  UNKNOWN_COLUMNS,
  graver,
  type BoundStatement,
  type ColumnLineage,
  type Hearsay,
  type NodeColumns,
  type SketchedSql,
  type SqlStatement,
} from './sql-facts.ts';
import { lineageOf } from './sql-lineage.ts';
import { seedColumns } from './sql-seeds.ts';
import { partsOf, TableResolver, type AskedNodes } from './sql-tables.ts';
import type { Structure } from './structure.ts';

/** What the meaning of SQL is made from. */
export interface SqlParts {
  readonly inputs: Inputs;
  readonly structure: Structure;
  readonly facts: NodeFacts;
  readonly sources: SourceFacts;
  readonly assembly: NodeAssembly;
  readonly compiled: (uniqueId: UniqueId) => Compiled;
}

/**
 * Layer 2: the SQL of nodes, read and bound, and the columns that flow along the graph. Columns hold no places and are
 * compared, so an edit that leaves a model's columns as they were is no news to what is built on it.
 */
export class SqlModel {
  readonly statement: Query<UniqueId, SqlStatement | undefined>;
  readonly bound: Query<UniqueId, BoundStatement | undefined>;
  readonly columns: Query<UniqueId, NodeColumns>;
  readonly lineage: Query<UniqueId, ColumnLineage>;
  readonly #outline: Query<UniqueId, Outline>;
  /** What is made by macros of the project's own in place of the built-in ones. */
  readonly #ownMakers: Query<typeof ONLY, readonly string[]>;
  readonly #parts: SqlParts;
  readonly #catalog: CatalogColumns;
  /** Nodes whose columns were computed before: bringing those up to date goes no deeper than the program's stack. */
  readonly #begun = new Set<UniqueId>();
  #walk: Walk = { of: '', stack: [], seen: new Set() };

  constructor(parts: SqlParts) {
    const { db } = parts.inputs;
    this.#parts = parts;
    this.#catalog = new CatalogColumns(parts.inputs, () => this.#dialect());
    this.statement = new Query(db, 'statement', id => this.#read(id), { keeps: KEPT_STATEMENTS });
    this.bound = new Query(db, 'bound', id => this.#bind(id), { onCycle: () => undefined, keeps: KEPT_STATEMENTS });
    this.#outline = new Query(db, 'query-outline', id => this.#outlineOf(id), {
      equals: same,
      onCycle: () => NO_OUTLINE,
    });
    this.#ownMakers = new Query(db, 'own-makers', () => this.#readOwnMakers(), { equals: same });
    this.columns = new Query(db, 'columns', id => this.#columnsOf(id), {
      equals: same,
      onCycle: () => UNKNOWN_COLUMNS,
    });
    this.lineage = new Query(db, 'column-lineage', id => this.#outline.get(id).lineage, {
      equals: same,
      onCycle: () => NO_LINEAGE,
    });
  }

  /** Computes the columns of what a node is made from, the beginnings first, so that a long chain is no deep recursion. */
  prepare(id: UniqueId): void {
    this.prepareSome(id, Number.POSITIVE_INFINITY);
  }

  /** The same for at most so many nodes; says whether all are done. Asked again, it goes on where it stopped. */
  prepareSome(id: UniqueId, nNodes: number): boolean {
    if (this.#walk.of !== id || this.#walk.stack.length === 0) this.#walk = { of: id, stack: [], seen: new Set() };
    const { stack } = this.#walk;
    if (stack.length === 0) this.#enter(id);
    for (let n = 0; n < nNodes;) {
      const top = stack.at(-1);
      if (top === undefined) break;
      const parent = top.parents[top.next++];
      if (parent !== undefined) this.#enter(parent);
      else {
        stack.pop();
        this.columns.get(top.id);
        this.#begun.add(top.id);
        n += 1;
      }
    }
    return stack.length === 0;
  }

  #enter(id: UniqueId): void {
    const { stack, seen } = this.#walk;
    if (this.#begun.has(id) || seen.has(id)) return;
    seen.add(id);
    stack.push({ id, parents: this.#parts.facts.dependsOn.get(id).nodes, next: 0 });
  }

  #dialect(): DialectName {
    return dialectOfAdapter(this.#parts.structure.adapterType());
  }

  #read(id: UniqueId): SqlStatement | undefined {
    const declared = this.#parts.facts.declared(id);
    if (declared === undefined || !HAS_SQL.has(declared.kind) || isPython(declared.file)) return undefined;
    const { own, problem, guessed, asksCommand } = this.#parts.compiled(id);
    const statement = this.#parsed(id, own);
    const isCertain = !guessed && !asksCommand && statement.tree.problems.length === 0;
    return { ...statement, isWhole: problem === undefined, isCertain: isCertain && problem === undefined };
  }

  #parsed(id: UniqueId, { text, segments }: Pick<SqlStatement, 'text' | 'segments'>): SqlStatement {
    const dialect = this.#dialect();
    const file = this.#parts.facts.declared(id)?.file ?? '';
    const tree = parseSql(text, dialect);
    return { uniqueId: id, file, dialect, text, segments, isWhole: false, isCertain: false, tree };
  }

  /** A text that stands in for a node's while its template does not render, with the nodes whose relations it names. */
  sketch(id: UniqueId, { nodes, ...text }: SketchedSql): BoundStatement | undefined {
    const declared = this.#parts.facts.declared(id);
    if (declared === undefined || !HAS_SQL.has(declared.kind)) return undefined;
    nodes.forEach(it => this.prepare(it));
    const ephemerals = nodes.filter(it => this.#parts.facts.isEphemeral(it));
    return this.#bound(this.#parsed(id, text), {
      nodes,
      ephemerals: ephemerals.map(uniqueId => ({ uniqueId, name: cteName(this.#parts.facts.names.get(uniqueId)) })),
    });
  }

  #bind(id: UniqueId): BoundStatement | undefined {
    const statement = this.statement.get(id);
    return statement && this.#bound(statement, this.#parts.compiled(id));
  }

  /** Binds a statement whose tables are those that its template asked for. */
  #bound(statement: SqlStatement, asked: AskedNodes): BoundStatement {
    const { dialect } = statement;
    const resolver = new TableResolver(asked, it => this.#relationOf(it), dialect);
    const tables = new Map<TableName, UniqueId>();
    let hearsay: Hearsay | undefined;
    const { reportStars = false } = this.#parts.inputs.currentSettings;
    const catalog: Catalog = table => {
      const node = resolver.resolve(table);
      if (node !== undefined) tables.set(table, node);
      const known =
        node === undefined || node === statement.uniqueId ? this.#fromCatalog(table) : this.columns.get(node);
      if (known === undefined) return undefined;
      hearsay = graver(hearsay, known.hearsay);
      return knownRelation(node ?? partsOf(table, dialect).toReversed().join('.'), known);
    };
    const isMart = this.#parts.facts.declared(statement.uniqueId)?.originalPath.includes('/marts/') === true;
    const binding = bind(statement.tree, catalog, { reportStars: reportStars && isMart });
    return { ...statement, binding, tables, hearsay };
  }

  #relationOf(id: UniqueId) {
    const isSource = this.#parts.facts.declared(id)?.kind === 'source';
    return isSource ? this.#parts.sources.relation.get(id) : this.#parts.facts.relation.get(id);
  }

  #fromCatalog(table: TableName): NodeColumns | undefined {
    const [identifier, schema, database] = partsOf(table, this.#dialect());
    if (identifier === undefined || schema === undefined) return undefined;
    return this.#catalog.of(identifier, schema, database);
  }

  #catalogOf(id: UniqueId): NodeColumns | undefined {
    const relation = this.#relationOf(id);
    if (relation === undefined) return undefined;
    const { identifier, schema, database } = relation;
    return this.#catalog.of(identifier, schema, database) ?? this.#catalog.of(identifier, schema, undefined);
  }

  #columnsOf(id: UniqueId): NodeColumns {
    const { facts, sources, assembly, inputs, structure } = this.#parts;
    const declared = facts.declared(id);
    if (declared === undefined) return UNKNOWN_COLUMNS;
    const dialect = this.#dialect();
    switch (declared.kind as string) {
      case 'source':
        return mergedColumns(dialect, [
          declaredColumns(sources.node(id)?.columns ?? [], { dialect, isContract: false }),
          this.#catalogOf(id),
        ]);
      case 'seed':
        return seedColumns(inputs.text.get(declared.file) ?? '', facts.config.get(id), structure.adapterType());
      case 'snapshot':
        return snapshotColumns(this.#outline.get(id).columns, facts.config.get(id), {
          dialect,
          makesOwn: this.#ownMakers.get(ONLY).includes('snapshot'),
        });
      case 'model': {
        const config = facts.config.get(id);
        const isContract = asMap(config.get('contract'))?.get('enforced') === true;
        const written = declaredColumns(assembly.columns.get(id), { dialect, isContract });
        const materialized = asString(config.get('materialized')) ?? 'view';
        const isAsQueried = AS_QUERIED.has(materialized) && !this.#ownMakers.get(ONLY).includes(materialized);
        const queried = isAsQueried ? this.#outline.get(id).columns : UNKNOWN_COLUMNS;
        return mergedColumns(dialect, [queried, written, queried.isOpen ? this.#catalogOf(id) : undefined]);
      }
      default:
        return UNKNOWN_COLUMNS;
    }
  }

  /** The materializations that macros declare anew for the adapter; any macro about snapshots counts as one. */
  #readOwnMakers(): readonly string[] {
    const { inputs, structure } = this.#parts;
    const endings = adapterPrefixes(structure.adapterType()).map(it => `_${it}`);
    const made = (inputs.macros.get(ONLY) ?? []).flatMap(({ name }) => {
      if (name.includes('snapshot')) return ['snapshot'];
      const ending = endings.find(it => name.endsWith(it));
      if (ending === undefined || !name.startsWith(MATERIALIZATION)) return [];
      return [name.slice(MATERIALIZATION.length, -ending.length)];
    });
    return [...new Set(made)].toSorted();
  }

  /** All of a statement that other nodes ask about, taken from its tree at once: trees are not kept for long. */
  #outlineOf(id: UniqueId): Outline {
    const bound = this.bound.get(id);
    return bound === undefined ? NO_OUTLINE : { columns: queryColumns(bound), lineage: lineageOf(bound) };
  }
}

/** What the query of a node gives, without places. */
interface Outline {
  readonly columns: NodeColumns;
  readonly lineage: ColumnLineage;
}

const NO_OUTLINE: Outline = { columns: UNKNOWN_COLUMNS, lineage: NO_LINEAGE };

function queryColumns(bound: BoundStatement): NodeColumns {
  const rows = bound.isWhole ? outputOf(bound.binding) : undefined;
  if (rows === undefined) return UNKNOWN_COLUMNS;
  const columns = rows.columns.map(({ name, key, type, nullable }) => {
    const known = key === '' ? undefined : key;
    const value = bound.isCertain ? { type, nullable } : { type: undefined, nullable: undefined };
    return { name, key: known, ...value, source: { kind: 'query' as const } };
  });
  // What is being typed may be about to become another column; what was guessed may have hidden some, and given others
  // a type that only an empty warehouse gives them.
  return { columns, isOpen: rows.isOpen || !bound.isCertain, hearsay: bound.hearsay };
}

/** The way through what a node is made from, as far as it has been gone. */
interface Walk {
  readonly of: UniqueId;
  readonly stack: WalkStep[];
  readonly seen: Set<UniqueId>;
}

/** A node on the way to the beginnings of another, and how many of its parents have been looked at. */
interface WalkStep {
  readonly id: UniqueId;
  readonly parents: readonly UniqueId[];
  next: number;
}

/** Trees are large and quick to make again; what is asked for over and over is the SQL of the files in view. */
const KEPT_STATEMENTS = 100;

const HAS_SQL: ReadonlySet<string> = new Set(['model', 'snapshot', 'test', 'analysis', 'sql_operation']);

const MATERIALIZATION = 'materialization_';

/** The relation has exactly the columns of the query: what a materialization of the project's own does nobody knows. */
const AS_QUERIED: ReadonlySet<string> = new Set([
  'view',
  'table',
  'incremental',
  'ephemeral',
  'materialized_view',
  'dynamic_table',
  'streaming_table',
]);

const knownRelation = (id: string, { columns, isOpen }: NodeColumns): KnownRelation => ({ id, columns, isOpen });
