import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { failureOf } from './jinja-case.ts';
import type { JinjaCase } from './jinja-case.ts';

const cases = readFileSync(new URL('jinja/dev.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(line => line !== '')
  .map(line => JSON.parse(line) as JinjaCase);

test.each([...new Set(cases.map(it => it.area))])('templates render as dbt-core renders them: %s', area => {
  const failures: string[] = [];
  for (const it of cases) {
    if (it.area !== area) continue;
    const failure = failureOf(it);
    if (failure !== undefined) failures.push(`${it.id} ${JSON.stringify(it.template)}: ${failure}`);
  }
  expect(failures.slice(0, 5)).toEqual([]);
});
