import { describe, expect, test } from 'vitest';
import { printed, profileOf } from '../../kit/rendered-node.ts';

const create = "api.Relation.create(database='d', schema='s', identifier='i', type='view')";

describe('a relation', () => {
  test('prints as the adapter quotes', () => {
    expect(printed(`{{ ${create} }}`)).toBe('"d"."s"."i"');
    expect(printed(`{{ ${create} }}`, profileOf('snowflake'))).toBe('d.s.i');
    expect(printed(`{{ ${create} }}`, profileOf('bigquery'))).toBe('`d`.`s`.`i`');
  });

  test('leaves parts out and quotes parts as asked', () => {
    expect(printed(`{{ ${create}.include(database=false) }}`)).toBe('"s"."i"');
    expect(printed(`{{ ${create}.quote(identifier=false) }}`)).toBe('"d"."s".i');
    expect(printed(`{{ ${create}.without_identifier() }}`)).toBe('"d"."s"');
  });

  test('changes its path and type without changing itself', () => {
    const changed = `{% set r = ${create} %}{% set x = r.incorporate(path={'schema': 'z'}, type='table') %}`;
    expect(printed(`${changed}{{ x }} {{ x.is_table }} {{ r }} {{ r.is_view }}`)).toBe(
      '"d"."z"."i" True "d"."s"."i" True',
    );
  });

  test('is equal to a relation of the same parts', () => {
    expect(printed(`{{ ${create} == ${create} }} {{ ${create} == ${create}.include(database=false) }}`)).toBe(
      'True False',
    );
  });

  test('has its information schema', () => {
    expect(printed(`{{ ${create}.information_schema('columns') }}`)).toBe('"d".INFORMATION_SCHEMA.columns');
  });

  test('is known as one by the packages that ask', () => {
    const asked = `{{ ${create} is mapping }} {{ ${create}.get('metadata', {}).get('type') }} {{ ${create}.get('nothing', 1) }}`;
    expect(printed(asked, profileOf('postgres'))).toBe('True PostgresRelation 1');
    expect(printed(`{{ ${create} | list }}`)).toContain('was used as a dictionary');
  });

  test('has an information schema that is a relation itself', () => {
    const schema = `${create}.information_schema('tables')`;
    expect(
      printed(`{{ ${schema}.include(database=false) }} {{ ${schema}.replace(information_schema_view='x') }}`),
    ).toBe('INFORMATION_SCHEMA.tables "d".INFORMATION_SCHEMA.x');
  });

  test('of more than 63 characters is refused on postgres', () => {
    const long = `api.Relation.create(identifier='${'x'.repeat(64)}', type='table')`;
    expect(printed(`{{ ${long} }}`, profileOf('postgres'))).toContain('is longer than 63 characters');
  });
});
