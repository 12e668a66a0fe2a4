import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { failureOf } from './jinja-case.ts';
import type { JinjaCase } from './jinja-case.ts';

const cases = readFileSync(new URL('jinja/dev.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(line => line !== '')
  .map(line => JSON.parse(line) as JinjaCase);

/**
 * Two escapes that make a surrogate pair are two characters in Python and one here: a text of UTF-16 cannot tell them
 * from the character they encode.
 */
const KNOWN: ReadonlySet<string> = new Set(['literals-0100']);

test.each([...new Set(cases.map(it => it.area))])('templates render as dbt-core renders them: %s', area => {
  const failures: string[] = [];
  for (const it of cases) {
    if (it.area !== area || KNOWN.has(it.id)) continue;
    const failure = failureOf(it);
    if (failure !== undefined) failures.push(`${it.id} ${JSON.stringify(it.template)}: ${failure}`);
  }
  expect(failures.slice(0, 5)).toEqual([]);
});

test('a surrogate pair written as two escapes is one character', () => {
  // Wrong: Python prints the two escapes again.
  const known = cases.find(it => it.id === 'literals-0100');
  expect(known && failureOf(known)).toContain('😀');
});
