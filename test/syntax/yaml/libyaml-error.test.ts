import { describe, expect, test } from 'vitest';
import { libyamlError } from '../../../server/src/syntax/yaml/libyaml-error.ts';
import { parseYaml } from '../../../server/src/syntax/yaml/parse.ts';

/** The message on one line, with places as `@line:column`. */
const shortened = (text: string): string | undefined =>
  libyamlError(text)
    ?.message.replaceAll(/\n {2}in "<unicode string>", line (\d+), column (\d+)/g, ' @$1:$2')
    .replaceAll('\n', ' | ');

describe('what dbt’s reader says of YAML that it refuses', () => {
  // The answers are those of PyYAML 6.0.3 with libyaml 0.2.5.
  test.each<[string, string | undefined]>([
    [
      'models:\n  - name: a\n  columns:\n    - name: id',
      "while parsing a block collection @2:3 | did not find expected '-' indicator @3:3",
    ],
    ['models:\n  - name: a\n    description: the model: a', 'mapping values are not allowed in this context @3:27'],
    [
      "models:\n  - name: a\n    description: {{ doc('x') }}",
      'while constructing a mapping @3:18 | found unhashable key @3:19',
    ],
    [
      'models:\n  - name: a\n    meta: {owner: @bob}',
      'while scanning for the next token | found character that cannot start any token @3:19',
    ],
    [
      'models:\n  - name: a\n\t  description: x',
      'while scanning a plain scalar @2:11 | found a tab character that violates indentation @3:1',
    ],
    [
      "models:\n  - name: a\n    description: 'it's bad'",
      'while parsing a block mapping @2:5 | did not find expected key @3:22',
    ],
    [
      'models:\n  - name: a\n    description: "x',
      'while scanning a quoted scalar @3:18 | found unexpected end of stream @3:20',
    ],
    [
      'models:\n  - name: a\n    tags: [a, b\n    description: x',
      "while parsing a flow sequence @3:11 | did not find expected ',' or ']' @4:16",
    ],
    [
      'models:\n  - name: a\n    meta: {a: 1',
      "while parsing a flow mapping @3:11 | did not find expected ',' or '}' @4:1",
    ],
    ['models\n  - name: a', 'mapping values are not allowed in this context @2:9'],
    [
      'models:\n  - name: a\n   - name: b',
      "while parsing a block collection @2:3 | did not find expected '-' indicator @3:4",
    ],
    ['models:\n  - name: a\n      description: x', 'mapping values are not allowed in this context @3:18'],
    [
      'models:\n  - name: a\n---\nmodels: []',
      'expected a single document in the stream @1:1 | but found another document @3:1',
    ],
    ['models:\n  - name: a\n    config: *d', 'found undefined alias @3:13'],
    [
      'models:\n  - name: &x a\n  - name: &x b',
      'found duplicate anchor; first occurrence @2:11 | second occurrence @3:11',
    ],
    ['a: 1\nb', "while scanning a simple key @2:1 | could not find expected ':' @3:1"],
    ['models:\n  name: a\n - name: b', 'while parsing a block mapping @1:1 | did not find expected key @3:2'],
    ['a: [1, 2]]', 'while parsing a block mapping @1:1 | did not find expected key @1:10'],
    ['a: }', 'while parsing a block node | did not find expected node content @1:4'],
    ['a: b\n- c', 'while parsing a block mapping @1:1 | did not find expected key @2:1'],
    ['- a\nb: c', "while parsing a block collection @1:1 | did not find expected '-' indicator @2:1"],
    ['a: - b', 'block sequence entries are not allowed in this context @1:4'],
    ['a: {b: c, d}}', 'while parsing a block mapping @1:1 | did not find expected key @1:13'],
    ['a: !x b', "could not determine a constructor for the tag '!x' @1:4"],
    ['%x\na: b', 'while scanning a directive @1:1 | found unknown directive name @1:3'],
    ['a: |x\n  b', 'while scanning a block scalar @1:4 | did not find expected comment or line break @1:5'],
    [
      'a: |\n\tb',
      'while scanning a block scalar @1:4 | found a tab character where an indentation space is expected @2:1',
    ],
    ['a: "\\q"', 'while parsing a quoted scalar @1:4 | found unknown escape character @1:5'],
    ['a: "\\xz1"', 'while parsing a quoted scalar @1:4 | did not find expected hexdecimal number @1:7'],
    ['a: {b:, c: 1}', "while scanning a plain scalar @1:5 | found unexpected ':' @1:6"],
    ['a: &', 'while scanning an anchor @1:4 | did not find expected alphabetic or numeric character @1:5'],
    ['a: !<x b', "while scanning a tag @1:4 | did not find the expected '>' @1:7"],
    ["a: 'b\n---\nc'", 'while scanning a quoted scalar @1:4 | found unexpected document indicator @2:1'],
    ['[a]: b', 'while constructing a mapping | found unhashable key @1:1'],
    ['a: b: c', 'mapping values are not allowed in this context @1:5'],
    ['key: - item\n  - other', 'block sequence entries are not allowed in this context @1:6'],
    ['a:\n  b: 1\n c: 2', 'while parsing a block mapping @1:1 | did not find expected key @3:2'],
    ['a: >0\n  b', 'while scanning a block scalar @1:4 | found an indentation indicator equal to 0 @1:5'],
    ['"a\nb": c', 'mapping values are not allowed in this context @2:3'],
    ['a: 😀 {\nb: [1, : 2', 'while parsing a flow node | did not find expected node content @2:8'],
    ['a: b\n...\nc: d', 'did not find expected <document start> @3:1'],
    ['- - a\n - b', "while parsing a block collection @1:1 | did not find expected '-' indicator @2:2"],
    ['? - a\n  - b', 'while constructing a mapping @1:1 | found unhashable key @1:3'],
    ['a: [b, {c: d}: e]', 'while constructing a mapping | found unhashable key @1:8'],
    ["a: 'it''s'\nb: \"\\u00e9\\\n  c\"\nc: |-\n  d\n\n  e\nd: [\n1,\n2]", undefined],
  ])('%j', (text, message) => {
    expect(shortened(text)).toBe(message);
  });

  test('a key is not longer than 1024 characters', () => {
    expect(shortened(`${'x'.repeat(1024)}: y`)).toBeUndefined();
    expect(shortened(`${'x'.repeat(1025)}: y`)).toBe('mapping values are not allowed in this context @1:1026');
  });
});

test('what dbt’s reader refuses is a problem, and what it accepts is none, whatever other parsers say', () => {
  const messages = (text: string) => parseYaml(text).problems.map(it => it.message);
  expect(messages('a: {b:, c: 1}')).toEqual(["found unexpected ':' while scanning a plain scalar"]);
  expect(messages('a: !x b')).toEqual(["could not determine a constructor for the tag '!x'"]);
  expect(messages('a: [1, \t{b: 2}]')).toEqual([]);
});
