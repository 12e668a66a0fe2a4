import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JinjaNode } from '../../../server/src/syntax/jinja/nodes.ts';
import { parseJinja } from '../../../server/src/syntax/jinja/parse.ts';
import type { JinjaTree } from '../../../server/src/syntax/jinja/parse.ts';
import { childrenOf, pathAt, tokensAt, walk } from '../../../server/src/syntax/jinja/tree.ts';
import { asCall, asString, callsIn, stringContents } from '../../../server/src/syntax/jinja/views.ts';
import { templateText } from './template-arbitrary.ts';

/** A tree as one line: kinds, with the source of leaves. */
function sketch(tree: JinjaTree, node: JinjaNode): string {
  const children = childrenOf(node);
  const source = tree.text.slice(node.start, node.end);
  return children.length === 0
    ? `${node.kind} ${JSON.stringify(source)}`
    : `${node.kind}(${children.map(child => sketch(tree, child)).join(', ')})`;
}

const sketchOf = (text: string): string => {
  const tree = parseJinja(text);
  return tree.body.map(node => sketch(tree, node)).join(' ');
};

describe('trees', () => {
  test('a call keeps its callee, arguments and keywords', () => {
    expect(sketchOf("{{ ref('a', v=1) }}")).toBe('output(call(name "ref", string "\'a\'", keyword(number "1")))');
  });

  test('filters bind tighter than operators, and unary minus tighter than filters', () => {
    expect(sketchOf('{{ -1|abs + x }}')).toBe('output(binary(filter(unary(number "1")), name "x"))');
  });

  test('a power is left-associative, and its base may be negative', () => {
    expect(sketchOf('{{ -2 ** 3 ** 2 }}')).toBe('output(binary(binary(unary(number "2"), number "3"), number "2"))');
  });

  test('trim markers take the whitespace beside them out of the text', () => {
    expect(sketchOf('a  {%- if x -%}\n b {% endif %}')).toBe(
      'text "a" if(branch(name "x", text "b "), tag "{% endif %}")',
    );
  });

  test('the last newline belongs to no text', () => {
    expect(sketchOf('{{ x }}\n\n')).toBe('output(name "x") text "\\n"');
  });

  test('a raw block is text', () => {
    expect(sketchOf('{% raw %}{{ x }}{% endraw %}')).toBe('text "{{ x }}"');
  });

  test('macros know their dbt names and their parameters', () => {
    const [macro] = parseJinja('{% test unique(model, column_name: str = none) %}x{% endtest %}').body;
    expect(macro).toMatchObject({
      kind: 'macro',
      tag: 'test',
      name: 'unique',
      fullName: 'dbt_macro__test_unique',
      parameters: [{ name: 'model' }, { name: 'column_name', type: 'str', default: { kind: 'constant' } }],
    });
  });

  test('snapshot is a tag of files only', () => {
    const text = '{% snapshot s %}select 1{% endsnapshot %}';
    expect(parseJinja(text).problems[0]?.message).toBe("Encountered unknown tag 'snapshot'.");
    expect(parseJinja(text, { tags: 'file' }).problems).toEqual([]);
  });
});

describe('mistakes', () => {
  const problemOf = (text: string): string | undefined => parseJinja(text).problems[0]?.message;

  test.each([
    ['{{ 1 + }}', "unexpected 'end of print statement'"],
    ['{{ [1, 2 }}', "unexpected '}', expected ']'"],
    ["{{ 'a }}", `unexpected char "'" at 3`],
    ['{% for %}', "Expected an expression, got 'end of statement block'"],
    ['{% endif %}', "Encountered unknown tag 'endif'."],
    ['{# open', 'Missing end of comment tag'],
    ['a😀\r\n{{ $ }}', "unexpected char '$' at 6"],
  ])('%s', (text, message) => {
    expect(problemOf(text)).toBe(message);
  });

  test('a nesting mistake names the tag that is looked for, and closes the inner block', () => {
    const tree = parseJinja('{% if a %}{% for x in y %}{% endif %}after');
    expect(tree.problems[0]?.message).toContain("currently looking for 'endfor' or 'else'");
    expect(tree.body.map(node => node.kind)).toEqual(['if', 'text']);
  });

  test('an unfinished call ends with its line and still has its argument', () => {
    const text = "select * from {{ ref('or\nwhere x = 'y' and {{ z }}";
    const tree = parseJinja(text);
    const [ref] = callsIn(tree);
    expect(ref?.path).toEqual(['ref']);
    const argument = asString(ref?.positional[0]);
    expect(argument).toMatchObject({ value: 'or', closed: false });
    expect(argument && stringContents(argument)).toEqual({ start: 22, end: 24 });
    expect(tree.body.map(node => node.kind)).toEqual(['text', 'output', 'text', 'output']);
  });

  test('what follows a broken argument is still read', () => {
    const [config] = callsIn(parseJinja("{{ config(a=, b={'c': {'d': 1}}, e='f') }}"));
    expect(config?.named.map(keyword => keyword.name)).toEqual(['a', 'b', 'e']);
  });
});

describe('places', () => {
  test('the path at a cursor ends in the innermost node', () => {
    const text = "{% if x %}{{ ref('orders') }}{% endif %}";
    const path = pathAt(parseJinja(text), text.indexOf('orders') + 2);
    expect(path.map(node => node.kind)).toEqual(['if', 'branch', 'output', 'call', 'string']);
    expect(asCall(path[3])?.path).toEqual(['ref']);
  });

  test('the path at the end of an unfinished string ends in the string', () => {
    const text = "{{ ref('or";
    expect(pathAt(parseJinja(text), text.length).at(-1)?.kind).toBe('string');
  });

  test('at a boundary both tokens are given', () => {
    expect(tokensAt(parseJinja('{{ a.b }}'), 4).map(token => token.kind)).toEqual(['name', 'dot']);
  });
});

describe('any text', () => {
  const anyText = fc.oneof(
    templateText,
    fc.string({ unit: fc.constantFrom(...Array.from('{}%#-+\'"()[]ab1.,|=\n\r \\ é😀')) }),
  );

  test('has tokens that tile it', () => {
    fc.assert(
      fc.property(anyText, text => {
        const { tokens } = parseJinja(text);
        let at = 0;
        tokens.starts.forEach((start, index) => {
          expect(start).toBe(at);
          at = tokens.ends[index] ?? at;
        });
        expect(at).toBe(text.length);
      }),
      { numRuns: 500, examples: [['{{\n'], ['{%\r\n'], ['{{ a\n'], ["{{ ref('or\n"]] },
    );
  });

  test('has nodes that lie in their parents', () => {
    fc.assert(
      fc.property(anyText, text => {
        walk(parseJinja(text).body, node => {
          expect(node.start).toBeLessThanOrEqual(node.end);
          expect(node.end).toBeLessThanOrEqual(text.length);
        });
      }),
    );
  });

  test('cut off anywhere still gives a tree', () => {
    fc.assert(
      fc.property(templateText, fc.nat(), (text, cut) => {
        const part = text.slice(0, cut % (text.length + 1));
        expect(parseJinja(part).tokens.ends.at(-1)).toBe(part.length);
      }),
    );
  });
});
