import { expect, test } from 'vitest';
import { compiledNode, printed } from '../../kit/rendered-node.ts';

test('config reads what the node ended up with', () => {
  expect(
    printed(
      `{{ config(materialized='table', mine='abc') }}{{ config.get('mine') }} {{ config.get('no', 'd') }} {{ config.get('no') }} {{ config.get('materialized') }}`,
    ),
  ).toBe('abc d None table');
});

test('a required setting that is missing is an error', () => {
  expect(printed("{{ config.require('must') }}")).toBe(
    "CompilationError: Model 'model.shop.main' does not define a required config parameter 'must'.",
  );
});

test('config takes keyword arguments or one dict', () => {
  expect(printed("{{ config({'materialized': 'table'}) }}{{ model.config.materialized }}")).toBe('table');
  expect(compiledNode("{{ config('table') }}").problem?.errorClass).toBe('InlineModelConfigError');
});
