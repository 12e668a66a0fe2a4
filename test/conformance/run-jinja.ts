import { readFileSync } from 'node:fs';
import { failureOf } from './jinja-case.ts';
import type { JinjaCase } from './jinja-case.ts';

/** Runs a file of Jinja cases: prints each failure with its id, then one line of JSON; answers the number of failures. */
export function run(file: string): number {
  const cases = readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as JinjaCase);
  let failed = 0;
  for (const test of cases) {
    const failure = failureOf(test);
    if (failure === undefined) continue;
    failed++;
    console.log(`${test.id} ${JSON.stringify(test.template)}: ${failure}`);
  }
  console.log(JSON.stringify({ passed: cases.length - failed, failed }));
  return failed;
}
