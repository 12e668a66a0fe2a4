import type { CatalogRelation, CatalogSnapshot } from './db.ts';

/**
 * The relations of a `catalog.json`, as `docs generate` writes it into the target folder: `metadata.generated_at`, and
 * under `nodes` and `sources` for each id its `metadata` (`database`, `schema`, `name`, `type`) and `columns` (`name`,
 * `type`, `index`). `undefined` for a text that is no such file; entries of another shape are left out.
 */
export function readCatalog(text: string): CatalogSnapshot | undefined {
  const catalog = recordOf(parsed(text));
  const takenAt = textOf(recordOf(catalog?.['metadata'])?.['generated_at']);
  if (catalog === undefined || takenAt === undefined) return undefined;
  const entries = [catalog['nodes'], catalog['sources']].flatMap(it => Object.values(recordOf(it) ?? {}));
  return { takenAt, relations: entries.flatMap(it => relationOf(recordOf(it)) ?? []) };
}

type Fields = Readonly<Record<string, unknown>>;

/** What is no JSON is no catalog; the reason helps nobody. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const recordOf = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function relationOf(entry: Fields | undefined): CatalogRelation | undefined {
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
  return { database, schema, identifier, kind: kindOf(textOf(metadata?.['type']) ?? ''), columns: sorted };
}

function kindOf(type: string): CatalogRelation['kind'] {
  const words = type.toLowerCase();
  if (words.includes('materialized')) return 'materialized_view';
  if (words.includes('external')) return 'external';
  if (words.includes('view')) return 'view';
  return words.includes('table') ? 'table' : 'unknown';
}
