import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { contextFunctions } from '../../server/src/render/python/context-functions.ts';
import { templateModules } from '../../server/src/render/python/modules/modules.ts';
import type { Value } from '../../server/src/render/value.ts';
import { FILE, MACRO_FILE, rendered } from './rendering.ts';

const { modules, times } = templateModules({ epochMilliseconds: () => 1_700_000_000_000, localOffsetMinutes: () => 0 });
const values: Readonly<Record<string, Value>> = Object.fromEntries([...contextFunctions(times), ['modules', modules]]);

/** Templates that would run for ever, or fill the memory, each in a paragraph of its own. */
const endless = readFileSync(path.join(import.meta.dirname, 'cases/endless.txt'), 'utf8')
  .trimEnd()
  .split('\n\n');

/** How such a template ends: the limit, or an error that Python raises before it. */
const ENDS = /^(RenderLimitExceeded|RecursionError|MemoryError|OverflowError|TypeError|ValueError)$/;

describe('a template that would not end ends as a problem at its tag', () => {
  test.each(endless)('%s', text => {
    const begun = performance.now();
    const { problem } = rendered(text, { macros: text, values });
    expect(problem?.errorClass).toMatch(ENDS);
    expect([FILE, MACRO_FILE]).toContain(problem?.file);
    expect(problem?.range.end).toBeGreaterThan(problem?.range.start ?? 0);
    // A fifth of a second is what it may take; the machine may be many times as busy as it.
    expect(performance.now() - begun).toBeLessThan(4_000);
  });
});

describe('what real models and macros do is far from the limit', () => {
  test.each([
    '{% for a in range(300) %}{% for b in range(200) %}{{ a }}, {% endfor %}{% endfor %}',
    '{% set l = [] %}{% for a in range(20000) %}{% set _ = l.append(a) %}{% endfor %}{{ l|length }}',
    '{% set d = {} %}{% for a in range(10000) %}{% set _ = d.update({a: a}) %}{{ d.get(a) }}{% endfor %}',
    "{% set ns = namespace(s='') %}{% for i in range(5000) %}{% set ns.s = ns.s ~ ', column_' ~ i %}{% endfor %}{{ ns.s }}",
    "{{ ('select ' ~ range(2000)|join(', a_')) | upper | replace('A_', 'b_') | indent(4) | trim }}",
  ])('%s', text => {
    expect(rendered(text).problem).toBeUndefined();
  });
});
