import { describe, expect, test } from 'vitest';
import { DEFAULT_FUEL } from '../../server/src/render/engine.ts';
import { FILE, MACRO_FILE, nativeValue, rendered, withOrigins } from './rendering.ts';

const originsOf = (text: string, macros?: string): string =>
  withOrigins(rendered(text, macros === undefined ? {} : { macros }), { [FILE]: text, [MACRO_FILE]: macros ?? '' });

describe('origins', () => {
  test('text is verbatim, the value of an expression stands for the whole of it', () => {
    expect(originsOf('select {{ a }},\n 1')).toMatchInlineSnapshot(`
      "verbatim "select " <- "select "
      computed "A" <- "{{ a }}"
      verbatim ",\\n 1" <- ",\\n 1""
    `);
  });

  test('a template without tags is one verbatim stretch, CRLF and last newline included', () => {
    const { text, segments } = rendered('select 1\r\nfrom t\r\n');
    expect(text).toBe('select 1\r\nfrom t\r\n');
    expect(segments).toHaveLength(1);
  });

  test('a string literal that is printed is verbatim, unless it is escaped', () => {
    expect(originsOf(`{{ 'plain' }}{{ 'a\\nb' }}`)).toMatchInlineSnapshot(`
      "verbatim "plain" <- "plain"
      computed "a\\nb" <- "{{ 'a\\\\nb' }}""
    `);
  });

  test('captured text keeps its origins through set, trim and concatenation', () => {
    expect(originsOf(`{% set q %}  x{{ a }} {% endset %}{{ q | trim }}{{ q.y }}{{ '<' ~ q }}`)).toMatchInlineSnapshot(`
      "verbatim "x" <- "x"
      computed "A" <- "{{ a }}"
      computed "<" <- "'<'"
      verbatim "  x" <- "  x"
      computed "A" <- "{{ a }}"
      verbatim " " <- " ""
    `);
  });

  test('the text of a macro comes from its file, with the call as its frame', () => {
    const macros = `{% macro wrap(x) %}<{{ x }}>{% endmacro %}`;
    const template = `{{ wrap('v') }}`;
    expect(originsOf(template, macros)).toMatchInlineSnapshot(`
      "verbatim "<" <- "<" in wrap
      computed "v" <- "{{ x }}" in wrap
      verbatim ">" <- ">" in wrap"
    `);
    const [segment] = rendered(template, { macros }).segments;
    expect(segment?.frame?.callSite).toMatchObject({ file: FILE, range: { start: 3, end: 12 } });
  });

  test('the body of a call block belongs to the file it stands in', () => {
    const macros = `{% macro wrap() %}<{{ caller() }}>{% endmacro %}`;
    expect(originsOf(`{% call wrap() %}mine{% endcall %}`, macros)).toMatchInlineSnapshot(`
      "verbatim "<" <- "<" in wrap
      verbatim "mine" <- "mine"
      verbatim ">" <- ">" in wrap"
    `);
  });

  test('a returned text keeps its origins', () => {
    const macros = `{% macro part() %}{% set p %}body{% endset %}{{ return(p) }}{% endmacro %}`;
    expect(originsOf(`{{ part() }}`, macros)).toBe('verbatim "body" <- "body" in part');
  });

  test('CRLF comes out as LF, and each line is verbatim', () => {
    expect(originsOf('{{ a }}x\r\ny\rz')).toMatchInlineSnapshot(`
      "computed "A" <- "{{ a }}"
      verbatim "x" <- "x"
      verbatim "\\ny" <- "\\ny"
      computed "\\n" <- "\\r"
      verbatim "z" <- "z""
    `);
  });
});

describe('macros', () => {
  test('return ends the macro, keeps the type and drops the text before it', () => {
    const macros = `{% macro pick() %}text{% for i in items %}{{ return([i]) }}{% endfor %}{% endmacro %}`;
    expect(rendered(`{% for i in pick() %}{{ i + 1 }}{% endfor %}`, { macros }).text).toBe('2');
  });

  test('a macro sees the context and not the variables of its caller', () => {
    const macros = `{% macro see() %}{{ a }}{{ mine is defined }}{% endmacro %}`;
    expect(rendered(`{% set mine = 1 %}{% set a = 2 %}{{ see() }}`, { macros }).text).toBe('AFalse');
  });

  test('what stands beside a macro in its text runs with each call', () => {
    const macros = `{% set k = items | length %}{% macro count() %}{{ k }}{% endmacro %}`;
    expect(rendered(`{{ count() }}{{ count() }}`, { macros }).text).toBe('22');
  });

  test('an error inside a macro names the place in the macro and the line of the call', () => {
    const macros = `{% macro bad() %}\n\n{{ nope() }}{% endmacro %}`;
    const { problem, text } = rendered(`x\n{{ bad() }}`, { macros });
    expect(problem).toMatchObject({
      errorClass: 'UndefinedError',
      message: "'nope' is undefined",
      file: MACRO_FILE,
      line: 2,
      frame: { macro: 'bad', callSite: { file: FILE, range: { start: 5, end: 10 } } },
    });
    expect(problem && macros.slice(problem.range.start, problem.range.end)).toBe('nope()');
    expect(text).toBe('x\n');
  });
});

describe('native values', () => {
  test.each([
    ['{{ items }}', 'List'],
    ['{{ 1 }}', 'String'],
    ['{{ a | length }}', 'Number'],
    ["{{ '5' | as_number }}", 'Number'],
    ['{{ a }}{{ a }}', 'String'],
  ])('%s is a %s', (text, type) => {
    const { value } = nativeValue(text);
    expect(Object(value).constructor.name).toBe(type);
  });

  test('what cannot be converted is a problem', () => {
    expect(nativeValue("{{ 'x' | as_bool }}").problem).toMatchObject({
      errorClass: 'JinjaRenderingError',
      message: "Could not convert value 'x' into type 'bool'",
    });
  });
});

describe('limits', () => {
  test.each([
    ['a loop that feeds itself', '{% set l = [1] %}{% for x in l %}{% do l.append(x) %}{% endfor %}'],
    ['loops within loops', '{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}'],
    ['a macro that calls itself', '{% macro f() %}{{ dbt_macro__f() }}{% endmacro %}{{ dbt_macro__f() }}'],
    [
      'a text that doubles',
      "{% set n = namespace(s='x') %}{% for i in range(99) %}{% set n.s = n.s ~ n.s %}{% endfor %}",
    ],
    ['a list that doubles', '{% set l = [1] %}{% for i in range(99) %}{% do l.extend(l) %}{% endfor %}'],
    ['endless output', "{% for i in range(99999) %}{{ 'x' * 9999 }}{% endfor %}"],
    ['work on long lists', '{% for i in range(99999) %}{{ range(99999) | sum }}{% endfor %}'],
    ['a huge power', '{{ 9 ** 99999999 }}'],
    ['a huge repetition', '{{ [0] * 999999999 }}'],
  ])('%s ends as a problem at its place', (_name, text) => {
    const { problem } = rendered(text, { fuel: { ...DEFAULT_FUEL, steps: 20_000, depth: 100 } });
    expect(problem?.errorClass).toMatch(/RenderLimitExceeded|RecursionError|MemoryError|OverflowError/);
    expect(problem?.file).toBe(FILE);
  });

  test('templates reach no JavaScript property', () => {
    const names = ['constructor', 'prototype', '__proto__', 'toString', 'length', 'invoke', 'items2'];
    for (const name of names) {
      expect(rendered(`{{ items.${name} is defined }}{{ a.${name} is defined }}{{ {}.${name} is defined }}`).text).toBe(
        'FalseFalseFalse',
      );
    }
  });
});
