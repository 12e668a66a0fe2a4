import type { TextTable } from '../dbt/compile/warehouse-questions.ts';
import type { Manifest, UniqueId } from '../dbt/manifest/node.ts';
import type { ModelDb } from '../model/db.ts';
import { artifactMetadata, type Artifact, type InvocationOf } from './artifacts.ts';
import { askAll, type AskOptions } from './ask.ts';
import type { NodeFailure } from './result.ts';

/** A column of the warehouse, as the adapter's `get_catalog` tells it. */
interface CatalogRow {
  readonly database: string | undefined;
  readonly schema: string;
  readonly table: string;
  readonly type: string;
  readonly tableComment: string | undefined;
  readonly column: string;
  readonly index: number;
  readonly columnType: string;
  readonly columnComment: string | undefined;
  readonly owner: string | undefined;
}

/** What the warehouse holds in the schemas of the project. */
export interface Catalog {
  readonly rows: readonly CatalogRow[];
  /** Schemas that could not be read. */
  readonly failures: readonly NodeFailure[];
}

/** Reads the columns of everything in the schemas that the project's nodes and sources live in. */
export async function readCatalog(options: AskOptions): Promise<Catalog> {
  const rows: CatalogRow[] = [];
  const failures: NodeFailure[] = [];
  await askAll(placesOf(options.db.manifest()), options, (job, { failure, table }) => {
    if (failure !== undefined) failures.push({ message: failure.message, place: failure.place });
    rows.push(...rowsOf(table, job.database));
  });
  return { rows, failures };
}

function placesOf(manifest: Manifest): readonly {
  readonly kind: 'catalog';
  readonly database: string | undefined;
  readonly schemas: readonly string[];
}[] {
  const schemas = new Map<string | undefined, Set<string>>();
  for (const { relation } of [...builtNodes(manifest), ...manifest.sources.values()]) {
    const known = schemas.get(relation.database);
    if (known === undefined) schemas.set(relation.database, new Set([relation.schema]));
    else known.add(relation.schema);
  }
  return [...schemas].map(([database, names]) => ({ kind: 'catalog', database, schemas: [...names] }));
}

/** The nodes that have a relation of their own. */
const builtNodes = (manifest: Manifest) =>
  [...manifest.nodes.values()].filter(
    it => BUILT.has(it.resourceType) && it.config.get('materialized') !== 'ephemeral' && it.relation !== undefined,
  );

const BUILT: ReadonlySet<string> = new Set(['model', 'seed', 'snapshot']);

/** The rows of an answer about one database. */
function rowsOf(table: TextTable | undefined, database: string | undefined): readonly CatalogRow[] {
  return (table?.rows ?? []).map(cells => {
    const row = rowOf(table?.names ?? [], cells);
    return row.database === undefined ? { ...row, database } : row;
  });
}

function rowOf(names: readonly string[], cells: readonly (string | undefined)[]): CatalogRow {
  const cell = (name: string): string | undefined => cells[names.findIndex(it => it.toLowerCase() === name)];
  return {
    database: cell('table_database'),
    schema: cell('table_schema') ?? '',
    table: cell('table_name') ?? '',
    type: cell('table_type') ?? '',
    tableComment: cell('table_comment'),
    column: cell('column_name') ?? '',
    index: Number(cell('column_index') ?? 0),
    columnType: cell('column_type') ?? '',
    columnComment: cell('column_comment'),
    owner: cell('table_owner'),
  };
}

const keyOf = (database: string | undefined, schema: string, name: string): string =>
  [database ?? '', schema, name].join('\u0000').toLowerCase();

function byTable(rows: readonly CatalogRow[]): ReadonlyMap<string, readonly CatalogRow[]> {
  const tables = new Map<string, CatalogRow[]>();
  for (const row of rows) {
    const key = keyOf(row.database, row.schema, row.table);
    const known = tables.get(key);
    if (known === undefined) tables.set(key, [row]);
    else known.push(row);
  }
  return tables;
}

const inOrder = (columns: readonly CatalogRow[]): readonly CatalogRow[] =>
  columns.toSorted((one, other) => one.index - other.index);

/** A relation with its columns in order, as the warehouse spells and types them. */
export interface FoundRelation {
  readonly database: string | undefined;
  readonly schema: string;
  readonly name: string;
  readonly type: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

/** What an answer about one database says of these relations; those that it does not know are left out. */
export function relationsFound(
  table: TextTable | undefined,
  { database, relations }: { readonly database: string | undefined; readonly relations: readonly RelationName[] },
): readonly FoundRelation[] {
  const tables = byTable(rowsOf(table, database));
  return relations.flatMap(it => {
    const columns = tables.get(keyOf(database, it.schema, it.identifier)) ?? [];
    const [first] = columns;
    if (first === undefined) return [];
    const named = inOrder(columns).map(({ column, columnType }) => ({ name: column, type: columnType }));
    return [{ database: first.database, schema: first.schema, name: first.table, type: first.type, columns: named }];
  });
}

/** `catalog.json` in dbt's first version of it: the project's relations that exist. */
export function catalogArtifact(
  db: ModelDb,
  catalog: Catalog,
  facts: { readonly settings: InvocationOf; readonly generatedAt: string },
): Artifact {
  const tables = byTable(catalog.rows);
  const manifest = db.manifest();
  const content = {
    metadata: artifactMetadata('catalog/v1', facts.generatedAt, facts.settings),
    nodes: tablesOf(builtNodes(manifest), tables),
    sources: tablesOf([...manifest.sources.values()], tables),
    errors: catalog.failures.length === 0 ? null : catalog.failures.map(({ message }) => message),
  };
  return { path: 'catalog.json', text: JSON.stringify(content) };
}

type Named = { readonly uniqueId: UniqueId; readonly relation: RelationName };
/** A relation by the names that the project has for it. */
export type RelationName = {
  readonly database: string | undefined;
  readonly schema: string;
  readonly identifier: string;
};

function tablesOf(
  nodes: readonly Named[],
  tables: ReadonlyMap<string, readonly CatalogRow[]>,
): Readonly<Record<UniqueId, unknown>> {
  const described = nodes.flatMap(({ uniqueId, relation }) => {
    const columns = tables.get(keyOf(relation.database, relation.schema, relation.identifier));
    return columns === undefined ? [] : [[uniqueId, tableData(uniqueId, columns)] as const];
  });
  return Object.fromEntries(described);
}

function tableData(uniqueId: UniqueId, columns: readonly CatalogRow[]): Readonly<Record<string, unknown>> {
  const [first] = columns;
  return {
    metadata: {
      type: first?.type ?? '',
      schema: first?.schema ?? '',
      name: first?.table ?? '',
      database: first?.database ?? null,
      comment: first?.tableComment ?? null,
      owner: first?.owner ?? null,
    },
    columns: Object.fromEntries(
      inOrder(columns).map(it => [
        it.column,
        { type: it.columnType, index: it.index, name: it.column, comment: it.columnComment ?? null },
      ]),
    ),
    stats: { has_stats: NO_STATS },
    unique_id: uniqueId,
  };
}

const NO_STATS = {
  id: 'has_stats',
  label: 'Has Stats?',
  value: false,
  include: false,
  description: 'Indicates whether there are statistics for this table',
};
