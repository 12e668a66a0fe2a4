import fc from 'fast-check';

/** Templates without mistakes over the variables `a`, `b`, `items`, whose rendering cannot fail. */
export const templateText: fc.Arbitrary<string> = fc.letrec<{ body: string; node: string }>(tie => ({
  body: fc.array(tie('node'), { maxLength: 4 }).map(nodes => nodes.join('')),
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('select 1', ' ', '\n', '\r\n', '\r', '  x\n', 'é😀', '-- c\n', "'q'", '}'),
    fc.constantFrom(
      '{{ a }}',
      "{{ 'lit' }}",
      '{{- b -}}',
      '{{ 1 + 2 }}',
      '{# note #}',
      '{#- note -#}',
      "{{ 'x' ~ b }}",
    ),
    fc.constantFrom('{% raw %}{{ raw }}{% endraw %}', '{% set c = a %}', '{{ a | upper }}', '{{ undefined_name }}'),
    tie('body').map(body => `{% if a %}${body}{% else %}other{% endif %}`),
    tie('body').map(body => `{%- for item in items -%}${body}{{ item }}{%- endfor %}`),
    tie('body').map(body => `{% set part %}${body}{% endset %}[{{ part }}]`),
    tie('body').map(body => `{% macro m(p='d') %}${body}{{ p }}{% endmacro %}{{ dbt_macro__m('y') }}`),
    tie('body').map(
      body => `{% macro w() %}<{{ caller() }}>{% endmacro %}{% call dbt_macro__w() %}${body}{% endcall %}`,
    ),
    tie('body').map(body => `{% filter trim %}${body}{% endfilter %}`),
  ),
})).body;
