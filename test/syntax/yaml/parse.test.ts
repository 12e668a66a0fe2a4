import fc from 'fast-check';
import { load, dump, YAML11_SCHEMA } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { parseYaml } from '../../../server/src/syntax/yaml/parse.ts';
import { plainValue } from '../../../server/src/syntax/yaml/scalar.ts';
import { textOfScalar, valueOf, yamlPathAt, type YamlNode } from '../../../server/src/syntax/yaml/tree.ts';
import { dataOf } from '../../../server/src/dbt/manifest/yaml-data.ts';
import { toJson } from '../../../server/src/dbt/manifest/data.ts';

describe('a well-formed file', () => {
  test('gives every key and scalar its exact range', () => {
    const text = `models:\n  - name: "orders"   # why\n    columns: [{name: id}, {name: 'it''s'}]\n    docs: |\n      two\n      lines\n    empty:\n    last: x\n`;
    const { root, problems } = parseYaml(text);
    expect(problems).toEqual([]);
    expect(printed(text, root)).toMatchInlineSnapshot(`
      "mapping «models:»
        key models
        sequence «- name: "orders"   # why»
          mapping «name: "orders"   # why»
            key name
            double-quoted orders «"orders"»
            key columns
            sequence «[{name: id}, {name: 'it''s'}]»
              mapping «{name: id}»
                key name
                plain id «id»
              mapping «{name: 'it''s'}»
                key name
                single-quoted it's «'it''s'»
            key docs
            literal two⏎lines⏎ «      two»
            key empty
            plain  «»
            key last
            plain x «x»"
    `);
  });

  test.each([
    ['a: >\n  x', 'x'],
    ['a: |\n  x\n  y', 'x\ny'],
    ['a: |+\n  x', 'x'],
    ['a: >\n  x\n', 'x\n'],
  ])('a block scalar at the end has the line break that is written: %j', (text, expected) => {
    expect(toJson(dataOf(parseYaml(text).root))).toEqual({ a: expected });
  });

  test('places a missing value after its colon or dash', () => {
    const text = 'a:\nb:\n  - \n  - x\n';
    const { root } = parseYaml(text);
    expect(valueOf(root, 'a')).toMatchObject({ start: 2, end: 2, text: '' });
    expect(yamlPathAt(root, 2).at(-1)).toMatchObject({ text: expect.anything() });
  });

  test('an alias stands for its anchor, and merge keys give way to own keys', () => {
    const text = 'base: &b {x: 1, y: 2}\nuse: *b\nmore: {<<: *b, y: 3}\nboth:\n  <<: [*b, {z: 9, x: 0}]\n';
    const { root, problems } = parseYaml(text);
    expect(problems).toEqual([]);
    expect(toJson(dataOf(root))).toEqual({
      base: { x: 1, y: 2 },
      use: { x: 1, y: 2 },
      more: { x: 1, y: 3 },
      both: { z: 9, x: 1, y: 2 },
    });
    expect(textOfScalar(valueOf(valueOf(root, 'more'), 'x'))).toBe('1');
  });

  test('a byte order mark, directives, an empty file and a lone comment are fine', () => {
    for (const text of ['\ufeffa: 1\n', '%YAML 1.1\n---\na: 1\n', '---\na: 1\n...\n']) {
      expect(toJson(dataOf(parseYaml(text).root)), text).toEqual({ a: 1 });
    }
    for (const text of ['', '# only\n', '---\n']) expect(dataOf(parseYaml(text).root), text).toBeNull();
  });
});

test('brackets and quotes may go on further left than they stand', () => {
  const text = 'models:\n  - name: [\n    a, # first\n  b\n  ]\n    text: "one\n  two"\nend: 1\n';
  const { root, problems } = parseYaml(text);
  expect(problems).toEqual([]);
  expect(toJson(dataOf(root))).toEqual({
    models: [{ name: ['a', 'b'], text: 'one two' }],
    end: 1,
  });
});

test.each([
  ['a:\n  b: "one  \n\n  two\n  three\\\n  four"\n', 'one\ntwo threefour'],
  ["a:\n  b: 'it''s\n  one'\n", "it's one"],
  ['a:\n  b: [one\n  two]\n', ['one two']],
  [`a:\n  b: "start${'\n  line'.repeat(150)}"\n`, `start${' line'.repeat(150)}`],
])('%j: lines that stand too far left are folded like others', (text, value) => {
  const { root, problems } = parseYaml(text);
  expect(problems).toEqual([]);
  expect(toJson(dataOf(root))).toEqual({ a: { b: value } });
});

describe('a file with mistakes', () => {
  const complaints = (text: string) =>
    parseYaml(text).problems.map(it => `${text.slice(it.range.start, it.range.end)}: ${it.message}`);

  test('keeps what can be made out, with a complaint at the place', () => {
    const text = 'models:\n  - name: a\n    columns:\n      - name: x\n       data: y\n  - name: c\n';
    const tree = parseYaml(text);
    expect(tree.problems).toHaveLength(1);
    expect(text.slice(tree.problems[0]!.range.start).startsWith('data')).toBe(true);
    expect(toJson(dataOf(tree.root))).toMatchObject({ models: [{ name: 'a' }, { name: 'c' }] });
  });

  test.each([
    ['a: *x\n', "*x: found undefined alias 'x'"],
    [
      'a: {{ x }}\n',
      '{ x }: found a mapping or list where a key is expected; a value that starts with {{ must be quoted',
    ],
    ['a: 1\nb: 2\na: 3\n', "a: the key 'a' stands twice in this mapping; only the last one counts"],
    ['a: b: c\n', 'b:: Nested mappings are not allowed in compact mappings'],
    ['a:\n\t- b\n', '\t: Tabs are not allowed as indentation'],
    ['a: 1\n---\nb: 2\n', '---: expected a single document in the file'],
  ])('%j', (text, complaint) => expect(complaints(text)).toContain(complaint));
});

describe('plain scalars mean what PyYAML says', () => {
  test.each([
    ['yes', true],
    ['Off', false],
    ['y', 'y'],
    ['12:30', 750],
    ['12:30:45', 45045],
    ['012', 10],
    ['08', '08'],
    ['0o7', '0o7'],
    ['0x1F', 31],
    ['0b101', 5],
    ['1_000', 1000],
    ['-0', 0],
    ['1e3', '1e3'],
    ['1.5e+3', 1500],
    ['.5', 0.5],
    ['5.', 5],
    ['~', null],
    ['NULL', null],
    ['nUll', 'nUll'],
    ['9007199254740993', 9007199254740993n],
  ])('%s', (text, expected) => {
    const meaning = plainValue(text);
    expect('value' in meaning ? meaning.value : null).toEqual(expected);
  });

  test.each([
    ['2020-01-31', 'date', '2020-01-31'],
    ['2020-1-31', 'str', undefined],
    ['2020-01-31 10:00:00', 'datetime', '2020-01-31 10:00:00'],
    ['2020-01-31T1:02:03.5Z', 'datetime', '2020-01-31 01:02:03.500000+00:00'],
    ['2020-01-31 10:00:00 -5', 'datetime', '2020-01-31 10:00:00-05:00'],
  ])('%s is a %s', (text, type, spelling) => {
    expect(plainValue(text)).toMatchObject(spelling === undefined ? { type } : { type, text: spelling });
  });
});

test('what is written comes back: the data of any dumped value is the value', () => {
  const leaf = fc.oneof(fc.string(), fc.boolean(), fc.constant(null), fc.integer());
  const key = fc.string({ minLength: 1 });
  const { value } = fc.letrec(tie => ({
    value: fc.oneof({ depthSize: 'small' }, leaf, fc.array(tie('value')), fc.dictionary(key, tie('value'))),
  }));
  fc.assert(
    fc.property(value, data => {
      const text = dump(data);
      const tree = parseYaml(text);
      expect(tree.problems).toEqual([]);
      expect(toJson(dataOf(tree.root))).toEqual(JSON.parse(JSON.stringify(load(text, { schema: YAML11_SCHEMA }))));
    }),
    { numRuns: 300 },
  );
});

test('no text makes the parser fail, and every range lies in the text', () => {
  const piece = fc.constantFrom(
    'a',
    ': ',
    '- ',
    '\n',
    '  ',
    '"',
    "'",
    '[',
    ']',
    '{',
    '}',
    ',',
    '|',
    '>',
    '&a ',
    '*a',
    '#',
    '\t',
    '? ',
    '!x ',
    '---\n',
    '%',
    '<<: ',
    '\u{1f600}',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), pieces => {
      const text = pieces.join('');
      const tree = parseYaml(text);
      dataOf(tree.root);
      for (const problem of tree.problems) expect(inside(text, problem.range)).toBe(true);
      for (const node of allNodes(tree.root)) {
        expect(inside(text, node), `${JSON.stringify(text)} ${JSON.stringify(node)}`).toBe(true);
      }
    }),
    { numRuns: 800 },
  );
});

const inside = (text: string, range: { start: number; end: number }) =>
  0 <= range.start && range.start <= range.end && range.end <= text.length;

function allNodes(node: YamlNode | undefined): YamlNode[] {
  if (node === undefined) return [];
  if (node.kind === 'sequence') return [node, ...node.items.flatMap(allNodes)];
  if (node.kind === 'mapping') {
    return [node, ...node.entries.flatMap(it => [...allNodes(it.key), ...allNodes(it.value)])];
  }
  return [node];
}

function printed(text: string, node: YamlNode | undefined, indent = ''): string {
  if (node === undefined) return '';
  const source = `«${text.slice(node.start, node.end).split('\n')[0]}»`;
  switch (node.kind) {
    case 'scalar':
      return `${indent}${node.style} ${node.text.replaceAll('\n', '⏎')} ${source}`;
    case 'alias':
      return `${indent}alias ${node.name}`;
    case 'sequence':
      return [`${indent}sequence ${source}`, ...node.items.map(it => printed(text, it, `${indent}  `))].join('\n');
    case 'mapping':
      return [
        `${indent}mapping ${source}`,
        ...node.entries.flatMap(it => [
          `${indent}  key ${text.slice(it.key.start, it.key.end)}`,
          printed(text, it.value, `${indent}  `),
        ]),
      ].join('\n');
  }
}
