import { describe, expect, test } from 'vitest';
import type { PythonLiteral } from '../../../server/src/syntax/python/literal.ts';
import { parsePythonModel } from '../../../server/src/syntax/python/parse.ts';

/** The calls as `name(values)`, each with the text it stands for; `?` for what is no literal. */
function checkCalls(code: string, expected: readonly string[]): void {
  const { calls } = parsePythonModel(code);
  const shown = calls.map(({ name, arguments: given }) => {
    const values = given.map(it => (it.name === undefined ? shownOf(it.value) : `${it.name}=${shownOf(it.value)}`));
    return `${name}(${values.join(', ')})`;
  });
  expect(shown).toEqual(expected);
}

function shownOf(literal: PythonLiteral | undefined): string {
  switch (literal?.kind) {
    case undefined:
      return '?';
    case 'none':
      return 'None';
    case 'list':
    case 'tuple':
    case 'set':
      return `${literal.kind}[${literal.items.map(shownOf).join(', ')}]`;
    case 'dict':
      return `{${literal.pairs.map(([key, value]) => `${shownOf(key)}: ${shownOf(value)}`).join(', ')}}`;
    case 'string':
      return JSON.stringify(literal.value);
    case 'boolean':
    case 'integer':
    case 'float':
      return String(literal.value);
  }
}

const inModel = (...lines: readonly string[]): string =>
  `def model(dbt, session):\n${lines.map(line => `    ${line}\n`).join('')}    return 1\n`;

describe('the calls of dbt in a Python model', () => {
  test('all of its functions, wherever statements call them', () =>
    checkCalls(
      inModel(
        'dbt.config(a=1)',
        "x = dbt.ref('a').limit(dbt.ref('b'))[0] + dbt . source('s', 't')",
        "dbt.config.get('k', 2)",
      ),
      ['config(a=1)', 'ref("b")', 'ref("a")', 'source("s", "t")', 'config.get("k", 2)'],
    ));

  test('not in comments and texts, nor of other objects', () =>
    checkCalls(inModel("# dbt.ref('a')", '"dbt.ref(\'a\')"', "other.dbt.ref('a')", "ref('a')", "dbt.this('a')"), []));

  test('in arguments where dbt looks for them, and not where it does not', () => {
    checkCalls(inModel("f([dbt.ref('a')], {'k': dbt.ref('b')}, f'{dbt.ref(\"c\")}', k=dbt.ref('d'))"), [
      'ref("a")',
      'ref("b")',
      'ref("c")',
      'ref("d")',
    ]);
    checkCalls(inModel("f(dbt.ref('a') + 1, {dbt.ref('b'): 1}, [[dbt.ref('c')]])"), []);
  });

  test('literals of all kinds', () =>
    checkCalls(
      inModel(
        "dbt.config(a='x' \"y\", b=r'\\n', c='\\x41\\u00e9\\t\\q', d=u'u', e=0x10, f=1_000, g=1e3, h=-3, i=-1.5)",
        "dbt.config(a=None, b=True, c=(1,), d=[1, 'a'], e={'k': [False]}, f={1}, g=(1), h='''p\nq''')",
      ),
      [
        'config(a="xy", b="\\\\n", c="Aé\\t\\\\q", d="u", e=16, f=1000, g=1000, h=-3, i=-1.5)',
        'config(a=None, b=true, c=tuple[1], d=list[1, "a"], e={"k": list[false]}, f=set[1], g=1, h="p\\nq")',
      ],
    ));

  test('what is no literal has no value', () =>
    checkCalls(inModel('dbt.ref(name)', "dbt.ref(f'a{1}')", "dbt.ref(b'a')", 'dbt.config(a=1 + 1, b=[x])'), [
      'ref(?)',
      'ref(?)',
      'ref(?)',
      'config(a=?, b=?)',
    ]));

  test('half-written code has the calls that can be made out, and no mistake', () => {
    const code = "def model(dbt, session):\n    a = dbt.ref('a')\n    b = dbt.ref('b\n";
    checkCalls(code, ['ref("a")']);
    expect(parsePythonModel(code).mistake).toBeUndefined();
  });
});

describe('the shape of a Python model', () => {
  const mistakeOf = (code: string): string | undefined => parsePythonModel(code).mistake?.message;

  test('one function of dbt and a session that returns one value', () => {
    expect(mistakeOf('def model(dbt, session=None, *, x=1) -> int:\n    return [1, 2]\n')).toBeUndefined();
    expect(mistakeOf('# nothing\n')).toBeUndefined();
  });

  test.each([
    ['x = 1\n', 'dbt allows exactly one model defined per python file, found 0'],
    ['def model(a, b):\n    return 1\n', "'dbt' not provided for model as the first argument"],
    [
      'def model(dbt):\n    return 1\n',
      'model function should have two args, `dbt` and a session to current warehouse',
    ],
    [
      'def model(dbt, s):\n    return 1,\n',
      'In current version, model function should return only one dataframe object',
    ],
  ])('%j', (code, message) => expect(mistakeOf(code)).toBe(message));
});
