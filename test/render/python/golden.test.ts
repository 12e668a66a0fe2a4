import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { failureOf } from '../../conformance/jinja-case.ts';
import type { JinjaCase } from '../../conformance/jinja-case.ts';

// Expressions made at random over values, methods, operators, formats, dates and patterns, with what
// Jinja2 3.1.6 on CPython 3.11.7 made of them.
const cases = readFileSync(new URL('golden.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(line => line !== '')
  .map(line => JSON.parse(line) as JinjaCase);

test('expressions give what Python gives', () => {
  const failures = cases.flatMap(it => {
    const failure = failureOf(it);
    return failure === undefined ? [] : [`${it.id} ${it.template}: ${failure}`];
  });
  expect(failures).toEqual([]);
  expect(cases.length).toBeGreaterThan(1000);
});
