/**
 * The file in which runs leave what they saw of the relations they built: `sluice_catalog.json` in the target folder,
 * described in `docs/catalog.md`.
 */
export const SEEN_FILE = 'sluice_catalog.json';

/** A relation as the file holds it. */
export interface SeenRelation {
  readonly database: string | null;
  readonly schema: string;
  readonly name: string;
  readonly type: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly seen_at: string;
  /** The command that looked, and its target. */
  readonly seen_by: string;
  readonly target: string | null;
}

const FORMAT = 'sluice catalog 1';

/** The relations of a file, parsed; those of another shape are left out. `undefined` when it is no such file. */
export function seenRelations(file: unknown): readonly SeenRelation[] | undefined {
  if (!isRecord(file) || file['format'] !== FORMAT || !Array.isArray(file['relations'])) return undefined;
  return (file['relations'] as readonly unknown[]).filter(isSeen);
}

/** The file with these relations in place of what it said of them before. Sorted, so that versions of it compare well. */
export function withSeen(text: string | undefined, seen: readonly SeenRelation[]): string {
  const before = text === undefined ? [] : (seenRelations(parsedJson(text)) ?? []);
  const all = new Map([...before, ...seen].map(it => [keyOf(it), it]));
  const relations = [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, it]) => it);
  return `${JSON.stringify({ format: FORMAT, relations }, undefined, 1)}\n`;
}

/** A JSON text's value; `undefined` for a text that is none: whose file it was, it cannot be read. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const keyOf = ({ database, schema, name }: SeenRelation): string =>
  JSON.stringify([database ?? '', schema, name]).toLowerCase();

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isSeen(value: unknown): value is SeenRelation {
  if (!isRecord(value) || !Array.isArray(value['columns'])) return false;
  const texts = ['schema', 'name', 'type', 'seen_at'].map(key => value[key]);
  return texts.every(it => typeof it === 'string') && (value['columns'] as readonly unknown[]).every(isColumn);
}

const isColumn = (value: unknown): boolean =>
  isRecord(value) && typeof value['name'] === 'string' && typeof value['type'] === 'string';
