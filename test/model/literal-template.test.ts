import fc from 'fast-check';
import { expect, test } from 'vitest';
import { captureNode } from '../../server/src/dbt/compile/capture.ts';
import type { CapturedNode } from '../../server/src/model/engine.ts';
import { captureLiterals, literalTemplatesHold } from '../../server/src/model/literal-template.ts';
import { parseJinja } from '../../server/src/syntax/jinja/parse.ts';
import { bug } from '../../server/src/base/bug.ts';
import { parseFixture } from '../kit/fixture.ts';
import { projectDb } from '../kit/project.ts';

const quoted = fc.oneof(
  fc.constantFrom('a', 'b c', "it\\'s", '{{ x }}', '\\n', 'é', '').map(it => `'${it}'`),
  fc.constantFrom('"a"', '"b" "c"'),
);
const literal: fc.Arbitrary<string> = fc.letrec<{ any: string; list: string; dict: string }>(tie => ({
  any: fc.oneof(
    { maxDepth: 2 },
    quoted,
    fc.constantFrom(
      '1',
      '-1',
      '0',
      '1.5',
      '10000000000000000000',
      'true',
      'False',
      'none',
      'x',
      'ref("a")',
      "('a', 1)",
      "'a' ~ 'b'",
    ),
    tie('list'),
    tie('dict'),
  ),
  list: fc.array(tie('any'), { maxLength: 3 }).map(items => `[${items.join(', ')}]`),
  dict: fc
    .array(fc.tuple(fc.oneof(quoted, fc.constant('1')), tie('any')), { maxLength: 2 })
    .map(pairs => `{${pairs.map(([key, value]) => `${key}: ${value}`).join(', ')}}`),
})).any;
const keyword = fc
  .tuple(
    fc.constantFrom(
      'tags',
      'meta',
      'materialized',
      'pre_hook',
      'post_hook',
      'v',
      'version',
      'enabled',
      'mine',
      'schema',
    ),
    literal,
  )
  .map(([name, value]) => `${name}=${value}`);
const call = fc
  .tuple(
    fc.constantFrom('ref', 'source', 'config', 'ref', 'source', 'config', 'var', 'this', 'builtins.ref'),
    fc.array(fc.oneof({ weight: 3, arbitrary: quoted }, literal), { maxLength: 3 }),
    fc.array(keyword, { maxLength: 3 }),
  )
  .map(([name, positional, named]) => `${name}(${[...(name === 'config' ? [] : positional), ...named].join(', ')})`);
const piece = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(call, fc.constantFrom('{{ @ }}', '{{- @ -}}', '{{@}}', '{{ @ '))
      .map(([it, form]) => form.replace('@', () => it)),
  },
  fc.constantFrom(
    ' select 1 ',
    '\n',
    '{# no #}',
    '{% set x = 1 %}',
    '{{ this }}',
    '{% raw %}{{ ref("a") }}{% endraw %}',
    '-- {{ ref("x") }}',
  ),
);

test('what a template of literal calls uses and configures is what its render shows', () => {
  let nLiteral = 0;
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 4 }), pieces => {
      const text = pieces.join('');
      const literals = captureLiterals(parseJinja(text, { tags: 'file' }));
      if (literals === undefined) return;
      nLiteral++;
      expect(literals, text).toEqual(rendered(text));
    }),
    { numRuns: 1500 },
  );
  expect(nLiteral).toBeGreaterThan(200);
}, 60_000);

test('a project that has its own ref, source or config is rendered', () => {
  expect(literalTemplatesHold([{ name: 'cents' }], ['shop'])).toBe(true);
  expect(literalTemplatesHold([{ name: 'ref' }], ['shop'])).toBe(false);
  expect(literalTemplatesHold([], ['config'])).toBe(false);
});

function rendered(text: string): CapturedNode {
  const files = new Map([['models/m.sql', text]]);
  const db = projectDb({ ...parseFixture(''), files });
  const node = db.view().node('model.shop.m') ?? bug('no model');
  const { rendered: result, refs, sources, config, macros } = captureNode(db.view(), node);
  return { problem: result.problem, refs, sources, config, macros };
}
