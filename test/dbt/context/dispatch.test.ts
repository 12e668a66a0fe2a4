import { describe, expect, test } from 'vitest';
import { printed } from '../../kit/rendered-node.ts';

const call = "{% macro greet() %}{{ return(adapter.dispatch('greet', 'shop')()) }}{% endmacro %}";

describe('adapter.dispatch', () => {
  test('prefers the macro of the adapter to the default one', () => {
    const macros = `//- macros/m.sql\n${call}{% macro default__greet() %}any{% endmacro %}{% macro duckdb__greet() %}duck{% endmacro %}\n`;
    expect(printed('{{ greet() }}', macros)).toBe('duck');
  });

  test('says what it looked for', () => {
    expect(printed('{{ greet() }}', `//- macros/m.sql\n${call}\n`)).toContain(
      "Searched for: 'shop.duckdb__greet', 'shop.default__greet'",
    );
  });

  test('lets the project override a built-in macro', () => {
    const macros = '//- macros/m.sql\n{% macro default__concat(fields) %}mine{% endmacro %}\n';
    expect(printed("{{ dbt.concat(['a', 'b']) }}", macros)).toBe('mine');
  });

  test('refuses the argument that dbt gave up', () => {
    const macros =
      "//- macros/m.sql\n{% macro greet() %}{{ adapter.dispatch('greet', packages=['shop'])() }}{% endmacro %}\n";
    expect(printed('{{ greet() }}', macros)).toContain('MacroDispatchArgError');
  });
});

describe('a bare name', () => {
  const lib = `//- dbt_packages/lib/dbt_project.yml
name: lib
version: '1'
//- dbt_packages/lib/macros/m.sql
{% macro who() %}lib{% endmacro %}
{% macro ask() %}{{ who() }}{% endmacro %}
//- packages.yml
packages: [{local: dbt_packages/lib}]
`;

  test('of a package needs the package', () => {
    expect(printed('{{ who() }}', lib)).toContain("'who' is undefined");
    expect(printed('{{ lib.who() }}', lib)).toBe('lib');
  });

  test("in a package's macro means root's macro first", () => {
    expect(printed('{{ lib.ask() }}', `${lib}//- macros/m.sql\n{% macro who() %}root{% endmacro %}\n`)).toBe('root');
  });
});
