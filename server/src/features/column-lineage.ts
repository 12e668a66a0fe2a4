import { touches } from '../base/text-range.ts';
import type { UniqueId } from '../dbt/manifest/node.ts';
import type { ModelDb } from '../model/db.ts';
import type { BoundStatement } from '../model/sql-facts.ts';
import { outputColumns, typeName, wordMeaning } from '../model/sql-meaning.ts';
import { dialectOfAdapter } from '../syntax/sql/dialect.ts';
import type { Origin } from '../render/rendered.ts';
import { columnPlace, sameColumn } from './column-place.ts';
import { authorityText, columnDescription } from './describe-column.ts';
import type { FilePosition } from './file-position.ts';
import { lineageItem, type LineageItem } from './lineage-neighbours.ts';
import { sqlAt } from './sql-cursor.ts';

/** A column of a node of the project. */
export interface ColumnKey {
  readonly uniqueId: UniqueId;
  readonly column: string;
}

/** A column in a drawing of lineage. */
export interface ColumnLineageItem extends ColumnKey {
  readonly node: LineageItem;
  readonly type: string | undefined;
  /** Who says so, in words. */
  readonly typeSource: string | undefined;
  readonly description: string | undefined;
  /** Where a click leads. */
  readonly place: Origin | undefined;
  /** How many columns it is made from, and how many are made from it, shown or not. */
  readonly inputCount: number;
  readonly useCount: number;
}

/** `filter`, `join`, `group` and `order` say that a column has a say in which rows there are, not in the value. */
export type ColumnEdgeKind = 'copied' | 'transformed' | 'aggregated' | 'filter' | 'join' | 'group' | 'order';

export interface ColumnEdge {
  readonly from: ColumnKey;
  readonly to: ColumnKey;
  readonly kind: ColumnEdgeKind;
}

/** The columns that a column is made from and those made from it, some steps far, with what joins them. */
export interface ColumnLineageGraph {
  readonly focus: ColumnKey;
  readonly items: readonly ColumnLineageItem[];
  readonly edges: readonly ColumnEdge[];
}

export interface ColumnLineageOptions {
  readonly upstream: number;
  readonly downstream: number;
}

/** The column that the cursor is on, or in whose making it is. */
export function columnAt(db: ModelDb, at: FilePosition): ColumnKey | undefined {
  const found = sqlAt(db, at);
  return found === undefined ? columnOfEntry(db, at) : columnInSql(found.statement, found.offset);
}

/** In SQL: the output column around the cursor, else the output of that name, else the upstream column that is meant. */
function columnInSql(statement: BoundStatement, offset: number): ColumnKey | undefined {
  const { uniqueId } = statement;
  const outputs = (outputColumns(statement)?.columns ?? []).filter(it => it.name !== '');
  const own = outputs.find(it =>
    [it.definition, it.expression].some(range => range !== undefined && touches(range, offset)),
  );
  if (own !== undefined) return { uniqueId, column: own.name };
  const meaning = wordMeaning(statement, offset);
  if (meaning?.kind !== 'column' && meaning?.kind !== 'output') return undefined;
  const { column } = meaning;
  const named = outputs.find(it => it.key === column.key);
  if (named !== undefined) return { uniqueId, column: named.name };
  const [source] = column.sources;
  const upstream = source && statement.tables.get(source.table);
  return source && upstream !== undefined ? { uniqueId: upstream, column: source.column } : undefined;
}

/** In a properties file: the column whose entry the cursor is in. */
function columnOfEntry(db: ModelDb, at: FilePosition): ColumnKey | undefined {
  for (const uniqueId of [...db.nodesOfFile(at.file), ...db.patchedBy(at.file)]) {
    const node = db.node(uniqueId);
    if (node === undefined || !('columns' in node)) continue;
    const values = db.places(uniqueId)?.values;
    const found = node.columns.find(({ name }) => {
      const place = values?.get(`columns.${name}`);
      return place !== undefined && place.file === at.file && touches(place, at.offset);
    });
    if (found !== undefined) return { uniqueId, column: found.name };
  }
  return undefined;
}

/** The lineage of a column; `undefined` when there is no such node. */
export function columnLineageGraph(
  db: ModelDb,
  focus: ColumnKey,
  options: ColumnLineageOptions,
): ColumnLineageGraph | undefined {
  if (db.node(focus.uniqueId) === undefined) return undefined;
  const walk = new ColumnWalk(db);
  walk.follow(focus, options.upstream, it => inputsOf(db, it));
  walk.follow(focus, options.downstream, it => usesOf(db, it));
  const items = [...walk.found.values()].flatMap(it => columnItem(db, it) ?? []);
  return { focus, items, edges: [...walk.edges.values()] };
}

class ColumnWalk {
  readonly found = new Map<string, ColumnKey>();
  readonly edges = new Map<string, ColumnEdge>();
  readonly #db: ModelDb;

  constructor(db: ModelDb) {
    this.#db = db;
  }

  follow(from: ColumnKey, steps: number, next: (column: ColumnKey) => readonly ColumnEdge[]): void {
    this.found.set(columnKeyText(from), from);
    let border: readonly ColumnKey[] = [from];
    for (let step = 0; step < steps && border.length > 0; step++) {
      const reached: ColumnKey[] = [];
      for (const edge of border.flatMap(next)) {
        this.edges.set(`${columnKeyText(edge.from)}>${columnKeyText(edge.to)}>${edge.kind}`, edge);
        for (const end of [edge.from, edge.to]) {
          if (this.found.has(columnKeyText(end)) || this.#db.node(end.uniqueId) === undefined) continue;
          this.found.set(columnKeyText(end), end);
          // What only decides about rows is shown and not followed: everything would hang on everything.
          if (isValueEdge(edge)) reached.push(end);
        }
      }
      border = reached;
    }
  }
}

const isValueEdge = ({ kind }: ColumnEdge): boolean =>
  kind === 'copied' || kind === 'transformed' || kind === 'aggregated';

/** Names a column whatever the case it is written in. */
export const columnKeyText = ({ uniqueId, column }: ColumnKey): string => `${uniqueId} ${column.toLowerCase()}`;

/** What a column is made from, and what decides about the rows it stands in. */
function inputsOf(db: ModelDb, to: ColumnKey): readonly ColumnEdge[] {
  const { columns, influences } = db.columnLineage(to.uniqueId);
  const inputs = columns.find(it => sameColumn(it.name, to.column))?.inputs ?? [];
  return [...inputs, ...influences].flatMap(({ uniqueId, column, kind }) =>
    uniqueId === undefined ? [] : [{ from: { uniqueId, column }, to, kind }],
  );
}

/** The columns of the next nodes that are made from a column. What a test selects is used by nobody. */
function usesOf(db: ModelDb, from: ColumnKey): readonly ColumnEdge[] {
  const children = (db.lineage().children.get(from.uniqueId) ?? []).filter(it => !/^(?:unit_)?test\./.test(it));
  return children.flatMap(child =>
    db
      .columnLineage(child)
      .columns.flatMap(({ name, inputs }) =>
        inputs
          .filter(it => it.uniqueId === from.uniqueId && sameColumn(it.column, from.column))
          .map(({ kind }) => ({ from, to: { uniqueId: child, column: name }, kind })),
      ),
  );
}

function columnItem(db: ModelDb, key: ColumnKey): ColumnLineageItem | undefined {
  const node = lineageItem(db, key.uniqueId);
  if (node === undefined) return undefined;
  const known = db.columns(key.uniqueId).columns.find(it => sameColumn(it.name, key.column));
  const dialect = dialectOfAdapter(db.project().adapterType ?? 'duckdb');
  return {
    ...key,
    column: known?.name ?? key.column,
    node,
    type: typeName(known?.type, dialect),
    typeSource: known?.type === undefined ? undefined : authorityText(db, key.uniqueId, known.source),
    description: columnDescription(db, key) || undefined,
    place: columnPlace(db, key.uniqueId, key.column) ?? node.place,
    inputCount: inputsOf(db, key).filter(isValueEdge).length,
    useCount: usesOf(db, key).length,
  };
}
