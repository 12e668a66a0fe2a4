import { describe, expect, test } from 'vitest';
import { builtinGlobals } from '../../server/src/render/python/globals.ts';
import { render } from '../../server/src/render/render.ts';
import { parseJinja } from '../../server/src/syntax/jinja/parse.ts';

const globals = builtinGlobals();

function problemOf(text: string): string | undefined {
  const context = { lookup: (name: string) => globals.get(name) };
  return render({ template: parseJinja(text), file: 'models/m.sql', context }).problem?.errorClass;
}

describe('a template that would not end ends as a problem', () => {
  test.each([
    '{% for a in range(100000) %}{% for b in range(100000) %}x{% endfor %}{% endfor %}',
    '{% for a in range(100000) %}{% for b in range(100000) %}{{ a + b }}{% endfor %}{% endfor %}',
    "{% for a in range(100000) %}{{ range(100000)|join(',') }}{% endfor %}",
    '{% for a in range(100000) %}{{ range(100000)|sort|length }}{% endfor %}',
    "{% for a in range(100000) %}{{ range(99999)|map('string')|list|length }}{% endfor %}",
    "{% set ns = namespace(x='a') %}{% for a in range(1000) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
    "{% for a in range(100000) %}{{ 'x' * 1000000 }}{% endfor %}",
  ])('%s', text => {
    expect(problemOf(text)).toBe('RenderLimitExceeded');
  });

  test.each([
    ["{{ ('a' * 9000000)|replace('a','bbbbbbbbbbbbbb')|replace('b','cccccccccccccc')|length }}", 'RenderLimitExceeded'],
    ['{% set x = 10 ** 300000 %}{{ (x * x * x) > 1 }}', 'MemoryError'],
  ])('%s', (text, errorClass) => {
    expect(problemOf(text)).toBe(errorClass);
  });

  test.each([
    '{% for a in range(300) %}{% for b in range(300) %}{{ a }}, {% endfor %}{% endfor %}',
    '{% set l = [] %}{% for a in range(20000) %}{% set _ = l.append(a) %}{% endfor %}{{ l|length }}',
    '{% set d = {} %}{% for a in range(20000) %}{% set _ = d.update({a: a}) %}{{ d.get(a) }}{% endfor %}',
  ])('what real models and macros do is far from the limit: %s', text => {
    expect(problemOf(text)).toBeUndefined();
  });
});
