import type { CatalogRelation, CatalogSnapshot } from './db.ts';
import { parsedJson, seenRelations, type SeenRelation } from './seen-relations.ts';

/**
 * The relations of the two files in the target folder that tell what the warehouse holds, each relation as it was seen
 * last: the `catalog.json` of `docs generate`, and the `sluice_catalog.json` that runs leave. `undefined` where no text
 * is such a file.
 */
export function readCatalog(texts: readonly (string | undefined)[]): CatalogSnapshot | undefined {
  const read = texts.flatMap(text => (text === undefined ? [] : (relationsIn(text) ?? [])));
  if (read.length === 0) return undefined;
  const latest = new Map<string, CatalogRelation>();
  for (const relation of read) {
    const key = keyOf(relation);
    const known = latest.get(key);
    if (known === undefined || known.takenAt <= relation.takenAt) latest.set(key, relation);
  }
  return { relations: [...latest.values()] };
}

/** Names a relation in either file; warehouses disagree on the case that a name is kept in. */
const keyOf = ({ database, schema, identifier }: CatalogRelation): string =>
  JSON.stringify([database ?? '', schema, identifier]).toLowerCase();

function relationsIn(text: string): readonly CatalogRelation[] | undefined {
  const file = parsedJson(text);
  const seen = seenRelations(file);
  return seen === undefined ? generatedRelations(recordOf(file)) : seen.map(relationOfSeen);
}

/**
 * dbt's form: `metadata.generated_at`, and under `nodes` and `sources` for each id its `metadata` (`database`, `schema`,
 * `name`, `type`) and `columns` (`name`, `type`, `index`). Entries of another shape are left out.
 */
function generatedRelations(catalog: Fields | undefined): readonly CatalogRelation[] | undefined {
  const takenAt = textOf(recordOf(catalog?.['metadata'])?.['generated_at']);
  if (catalog === undefined || takenAt === undefined) return undefined;
  const entries = [catalog['nodes'], catalog['sources']].flatMap(it => Object.values(recordOf(it) ?? {}));
  return entries.flatMap(it => relationOf(recordOf(it), takenAt) ?? []);
}

const relationOfSeen = ({ database, schema, name, type, columns, seen_at }: SeenRelation): CatalogRelation => ({
  database: database ?? undefined,
  schema,
  identifier: name,
  kind: kindOf(type),
  columns,
  takenAt: seen_at,
});

type Fields = Readonly<Record<string, unknown>>;

const recordOf = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function relationOf(entry: Fields | undefined, takenAt: string): CatalogRelation | undefined {
  const metadata = recordOf(entry?.['metadata']);
  const identifier = textOf(metadata?.['name']);
  const schema = textOf(metadata?.['schema']);
  if (identifier === undefined || schema === undefined) return undefined;
  const database = textOf(metadata?.['database']);
  const columns = Object.values(recordOf(entry?.['columns']) ?? {}).flatMap(it => {
    const column = recordOf(it);
    const name = textOf(column?.['name']);
    const at = Number(column?.['index']);
    return name === undefined ? [] : [{ name, type: textOf(column?.['type']) ?? '', at }];
  });
  const sorted = columns.toSorted((a, b) => a.at - b.at).map(({ name, type }) => ({ name, type }));
  return { database, schema, identifier, kind: kindOf(textOf(metadata?.['type']) ?? ''), columns: sorted, takenAt };
}

function kindOf(type: string): CatalogRelation['kind'] {
  const words = type.toLowerCase();
  if (words.includes('materialized')) return 'materialized_view';
  if (words.includes('external')) return 'external';
  if (words.includes('view')) return 'view';
  return words.includes('table') ? 'table' : 'unknown';
}
