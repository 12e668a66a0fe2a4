import type { InsertTarget } from '../../base/statement.ts';

/** Rows that go to the server in one statement: large enough that the round trip is nothing, small enough for memory. */
const ROWS_PER_STATEMENT = 10_000;

/** One statement that takes each column as an array of text, so that the server itself reads the values. */
export function insertStatement({ relation, columns, types }: InsertTarget): string {
  const names = columns.join(', ');
  const values = types.map((type, at) => `c${at}::${type}`).join(', ');
  const arrays = columns.map((_, at) => `$${at + 1}::text[]`).join(', ');
  const aliases = columns.map((_, at) => `c${at}`).join(', ');
  return `insert into ${relation} (${names}) select ${values} from unnest(${arrays}) as loaded (${aliases})`;
}

/** The rows in pages, each turned into one array per column. */
export function* pagesOf(
  rows: readonly (readonly (string | null)[])[],
  nColumns: number,
): Generator<readonly (readonly (string | null)[])[]> {
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
    const page = rows.slice(start, start + ROWS_PER_STATEMENT);
    yield Array.from({ length: nColumns }, (_, at) => page.map(row => row[at] ?? null));
  }
}
