import { readFileSync } from 'node:fs';
import { dialectOfAdapter } from '../../server/src/syntax/sql/dialect.ts';
import { parseSql } from '../../server/src/syntax/sql/parse.ts';

/** One line of a file of queries; `id` is optional, the number of the line stands in for it. */
interface SqlCase {
  readonly id?: string;
  readonly dialect: string;
  readonly sql: string;
}

/** Parses a file of valid queries: prints each that has a problem, then one line of JSON; answers their number. */
export function run(file: string): number {
  const lines = readFileSync(file, 'utf8').split('\n');
  let passed = 0;
  let failed = 0;
  for (const [index, line] of lines.entries()) {
    if (line === '') continue;
    const test = JSON.parse(line) as SqlCase;
    const failure = failureOf(test);
    if (failure === undefined) passed++;
    else {
      failed++;
      console.log(`${test.id ?? index + 1} ${test.dialect}: ${failure}`);
    }
  }
  console.log(JSON.stringify({ passed, failed }));
  return failed;
}

function failureOf({ dialect, sql }: SqlCase): string | undefined {
  const { problems, root } = parseSql(sql, dialectOfAdapter(dialect));
  const [first] = problems;
  if (first !== undefined) {
    const context = sql.slice(first.range.start, first.range.start + 60);
    return `${first.message} at ${first.range.start}, before ${JSON.stringify(context)}`;
  }
  return root.statements.every(it => it.class === 'query') ? undefined : 'not read as a query';
}
