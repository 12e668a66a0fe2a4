import fc from 'fast-check';
import { dump } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { parseWhole } from '../../../server/src/syntax/yaml/parse.ts';
import { parsePlainly } from '../../../server/src/syntax/yaml/plain.ts';

const TYPICAL = `---
# What the shop sells.
version: 2

models:
  - name: orders          # one row per order
    description: "{{ doc('orders') }}"
    config: {materialized: table, tags: [core, "daily run"], meta: {owner: 'it''s us'}}
    columns:
    - name: id
      data_tests:
        - unique
        - not_null:
            config: {severity: warn}
        - accepted_values: {values: [1, -2, 'three', yes]}
    - name: amount
      description: >-
        what was paid,

          less what was returned
        and no tax
      'quoted key': x
    empty:
    last: 2020-01-01 # a date

sources:
  -
    name: raw
    description: |
      Two lines,
      and an end.

    tables:
      - name: orders
      - - nested
        - x: 1
          y: 2
`;

describe('plain YAML', () => {
  test('is what properties files are written in, and read as the whole language reads it', () => {
    expect(parsePlainly(TYPICAL)).toEqual(parseWhole(TYPICAL).root);
    expect(parsePlainly(TYPICAL)).toBeDefined();
  });

  test.each([
    'a: &x 1\nb: *x\n',
    'a: !!str 1\n',
    '? a\n: b\n',
    'a: 1\n---\nb: 2\n',
    'a: two\n  lines\n',
    'a: "two\n  lines"\n',
    'a: "tab\\t"\n',
    'a: [1,\n  2]\n',
    'a:\tb\n',
    'a: b: c\n',
    '<<: {a: 1}\n',
    'a: {b}\n',
    '- \n- x\n',
    'just text\n',
    '{a: 1}\n',
    '',
  ])('leaves %j to the parser of the whole language', text => {
    expect(parsePlainly(text)).toBeUndefined();
  });

  const value = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom(
      "it's",
      'a: b',
      '# no',
      'x #y',
      '- z',
      'two\nlines',
      'a\n\n  b\nc\n',
      '{{ ref("a") }}',
      ' ',
      'yes',
      '',
    ),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
  );
  const data = fc.letrec(tie => ({
    any: fc.oneof({ maxDepth: 4 }, value, tie('list'), tie('map')),
    list: fc.array(tie('any'), { maxLength: 4 }),
    map: fc.dictionary(fc.oneof(fc.constantFrom('name', 'a b', '+x', 'x-y'), fc.string({ maxLength: 5 })), tie('any'), {
      maxKeys: 4,
    }),
  })).map;

  test('gives the tree of the whole language for any data, however it is written', () => {
    const style = fc.record({
      flowLevel: fc.integer({ min: -1, max: 4 }),
      lineWidth: fc.constantFrom(-1, 20, 80),
      noArrayIndent: fc.boolean(),
    });
    fc.assert(
      fc.property(data, style, (written, options) => expectSame(dump(written, options))),
      { numRuns: 1500 },
    );
  });

  test('gives the tree of the whole language, or none, for texts with mistakes', () => {
    const slip = fc.record({
      at: fc.nat({ max: TYPICAL.length }),
      nRemoved: fc.integer({ min: 0, max: 4 }),
      added: fc.oneof(
        fc.constantFrom(...Array.from('-:#\'"[]{}|>,?&*!%@\n ~')),
        fc.constantFrom('\n  ', ': ', ' #', '- ', '\n- ', '|\n', '>+\n', "''", '  ', ':\n', '[]', '{}', 'x'),
        fc.constant(''),
      ),
    });
    fc.assert(
      fc.property(fc.array(slip, { minLength: 1, maxLength: 3 }), slips => {
        let text = TYPICAL;
        for (const { at, nRemoved, added } of slips) text = text.slice(0, at) + added + text.slice(at + nRemoved);
        expectSame(text);
      }),
      { numRuns: 5000 },
    );
  }, 60_000);
});

/** Where plain YAML answers, the whole language gives the same, without a complaint. */
function expectSame(text: string): void {
  const plain = parsePlainly(text);
  if (plain !== undefined) expect({ root: plain, problems: [] }, JSON.stringify(text)).toEqual(parseWhole(text));
}
