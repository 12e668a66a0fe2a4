import { parseType, typeText } from '../../../server/src/binder/type-names.ts';
import type { ManifestNode, UniqueId } from '../../../server/src/dbt/manifest/node.ts';
import type { ModelDb } from '../../../server/src/model/db.ts';
import type { DialectName } from '../../../server/src/syntax/sql/dialect.ts';
import { compared, type Described, type Verdict } from './engine.ts';

/** The columns of the relations of a warehouse, by `schema.name`. */
export type BuiltRelations = Readonly<Record<string, { readonly columns?: readonly Described[] }>>;

/** What is said of the columns of nodes that were built, against what their relations have. */
export interface Truth {
  readonly nNodes: number;
  readonly nColumns: number;
  readonly wrong: readonly string[];
  readonly unknown: readonly string[];
}

export const NOTHING_BUILT: Truth = { nNodes: 0, nColumns: 0, wrong: [], unknown: [] };

export const bothTruths = (one: Truth, other: Truth): Truth => ({
  nNodes: one.nNodes + other.nNodes,
  nColumns: one.nColumns + other.nColumns,
  wrong: [...one.wrong, ...other.wrong],
  unknown: [...one.unknown, ...other.unknown],
});

/** A warehouse before and after nodes were built. */
export interface Build {
  readonly before: BuiltRelations;
  readonly after: BuiltRelations;
  readonly dialect: DialectName;
}

/**
 * Compares the columns that are told of the nodes that were built with those that their relations have. A build
 * that left a relation in place does not count, for it keeps older columns, nor does a template that asked the warehouse.
 * The catalog holds what no node builds, and nothing else.
 */
export function truthOf(db: ModelDb, built: ReadonlySet<UniqueId>, { before, after, dialect }: Build): Truth {
  setCatalogOfOthers(db, after);
  let truth = NOTHING_BUILT;
  for (const uniqueId of built) {
    const relation = keyOf(db, uniqueId);
    const node = db.node(uniqueId);
    const real = relation === undefined ? undefined : after[relation]?.columns;
    if (relation === undefined || node === undefined || real === undefined) continue;
    if (before[relation] !== undefined && isKept(node)) continue;
    if (db.rendered(uniqueId, { mode: 'compile' })?.guessed === true) continue;
    const { columns, isOpen } = db.columns(uniqueId);
    const own = columns.map(it => ({ name: it.name, type: typeText(it.type, dialect) }));
    const spelled = real.map(({ name, type = '' }) => ({
      name,
      type: typeText(parseType(type, dialect), dialect) ?? type,
    }));
    // A list that says itself that it may go on does not know the rest; it is not wrong about it.
    const known = isOpen ? spelled.slice(0, own.length) : spelled;
    const unknown = spelled.slice(known.length).map(it => `${uniqueId} ${it.name}`);
    const ofNode = truthOfNode(uniqueId, compared(own, false, known));
    truth = bothTruths(truth, {
      ...ofNode,
      nColumns: spelled.length,
      unknown: [...ofNode.unknown, ...unknown],
    });
  }
  return truth;
}

/** Whether a build leaves a relation that is there in place. */
const isKept = (node: ManifestNode): boolean =>
  node.resourceType !== 'model' || node.config.get('materialized') === 'incremental';

/** `schema.name` of what a node is built into. */
function keyOf(db: ModelDb, uniqueId: UniqueId): string | undefined {
  const relation = db.relation(uniqueId);
  return relation === undefined ? undefined : `${relation.schema}.${relation.identifier}`;
}

function setCatalogOfOthers(db: ModelDb, relations: BuiltRelations): void {
  const own = new Set(
    db
      .ids()
      .filter(it => !it.startsWith('source.'))
      .map(it => keyOf(db, it)),
  );
  const others = Object.entries(relations).filter(([name]) => !own.has(name));
  db.setCatalog({
    relations: others.map(([name, { columns = [] }]) => {
      const [schema = '', ...identifier] = name.split('.');
      return {
        database: undefined,
        schema,
        identifier: identifier.join('.'),
        kind: 'table',
        takenAt: '2024-02-29T12:00:00Z',
        columns: columns.map(it => ({ name: it.name, type: it.type ?? '' })),
      };
    }),
  });
}

function truthOfNode(uniqueId: UniqueId, { names, wrongTypes, unknownTypes, nColumns }: Verdict): Truth {
  const of = (it: string): string => `${uniqueId} ${it}`;
  return { nNodes: 1, nColumns, wrong: [...names, ...wrongTypes].map(of), unknown: unknownTypes.map(of) };
}
