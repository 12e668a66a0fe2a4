import { describe, expect, test } from 'vitest';
import { compiledNode, printed } from '../../kit/rendered-node.ts';

const orders = '//- models/orders.sql\nselect 1 as id\n';

describe('ref', () => {
  test('prints the relation that the node is built as', () => {
    expect(printed("{{ ref('orders') }}", orders)).toBe('"shop"."main"."orders"');
    expect(printed("{{ ref('shop', 'orders') }}", orders)).toBe('"shop"."main"."orders"');
  });

  test('takes one or two names, and only texts', () => {
    expect(printed('{{ ref() }}')).toBe('RefArgsError: ref() takes at most two arguments (0 given)');
    expect(printed('{{ ref(42) }}')).toBe(
      "CompilationError: The name argument to ref() must be a string, got <class 'int'>",
    );
  });

  test('that only the second render reaches asks for a hint', () => {
    const { problem } = compiledNode(`
//- models/main.sql
{% if execute %}select * from {{ ref('orders') }}{% endif %}
${orders}`);
    expect(problem?.code).toBe('ref-not-inferred');
    expect(problem?.message).toContain("-- depends_on: {{ ref('orders') }}");
  });

  test('of a macro in its place can go back to the original', () => {
    const macro =
      '//- macros/ref.sql\n{% macro ref(name) %}{{ return(builtins.ref(name).include(database=false)) }}{% endmacro %}\n';
    expect(printed("{{ ref('orders') }}", orders + macro)).toBe('"main"."orders"');
  });
});

describe('source', () => {
  const sources =
    '//- models/s.yml\nsources: [{name: raw, schema: landing, tables: [{name: events, identifier: EV}]}]\n';

  test('prints the table that the YAML declares', () => {
    expect(printed("{{ source('raw', 'events') }}", sources)).toBe('"shop"."landing"."EV"');
  });

  test('takes exactly two names', () => {
    expect(printed("{{ source('raw') }}", sources)).toBe(
      'NumberSourceArgsError: source() takes exactly two arguments (1 given)',
    );
  });
});
