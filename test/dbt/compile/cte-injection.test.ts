import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { injectCtes } from '../../../server/src/dbt/compile/cte-injection.ts';
import { compiledNode } from '../../kit/rendered-node.ts';

const mapped = (text: string, file: string) => ({
  text,
  segments:
    text === ''
      ? []
      : [
          {
            start: 0,
            end: text.length,
            origin: { file, start: 0, end: text.length },
            kind: 'verbatim' as const,
            frame: undefined,
          },
        ],
});
const cte = (name: string, text: string) => ({ uniqueId: name, name, ...mapped(text, `${name}.sql`) });
const injected = (sql: string): string => injectCtes(mapped(sql, 'm.sql'), [cte('e', 'select 1')]).text;

describe('the query of an ephemeral parent', () => {
  // Recorded from dbt-core 1.11.14.
  test.each([
    ['select * from e', 'with e as (\nselect 1\n) select * from e'],
    ['\nselect * from e', '\nwith e as (\nselect 1\n) select * from e'],
    ['with a as (select 1) select 2', 'with  e as (\nselect 1\n), a as (select 1) select 2'],
    ['-- note\nwith a as (select 1) select 2', '-- note\nwith  e as (\nselect 1\n), a as (select 1) select 2'],
    ['WITH RECURSIVE a as (select 1) select 2', 'WITH RECURSIVE  e as (\nselect 1\n), a as (select 1) select 2'],
    ['With\n  Recursive up as (x) y', 'With\n  Recursive  e as (\nselect 1\n), up as (x) y'],
    ['with /* x */ q as (y) z', 'with  e as (\nselect 1\n), /* x */ q as (y) z'],
    ['with"q" as (y) z', 'with e as (\nselect 1\n), "q" as (y) z'],
    ["select 'with love' from (with q as (x) y)", "with e as (\nselect 1\n) select 'with love' from (with q as (x) y)"],
  ])('is put into %j', (sql, expected) => {
    expect(injected(sql)).toBe(expected);
  });

  test('keeps the origin of every character but the ones that join', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (sql, query) => {
        const { text, segments } = injectCtes(mapped(sql, 'm.sql'), [cte('e', query)]);
        let at = 0;
        for (const segment of segments) {
          expect(segment.start).toBe(at);
          at = segment.end;
          if (segment.origin === undefined) continue;
          const source = segment.origin.file === 'm.sql' ? sql : query;
          expect(source.slice(segment.origin.start, segment.origin.end)).toBe(text.slice(segment.start, segment.end));
        }
        expect(at).toBe(text.length);
      }),
    );
  });

  test('comes after the queries that it needs, each once', () => {
    const { text } = compiledNode(`
//- models/main.sql
select * from {{ ref('b_other') }} union all select * from {{ ref('a_mid') }} union all select * from {{ ref('z_base') }}
//- models/z_base.sql
{{ config(materialized='ephemeral') }}
select 1 as n
//- models/a_mid.sql
{{ config(materialized='ephemeral') }}
select n from {{ ref('z_base') }}
//- models/b_other.sql
{{ config(materialized='ephemeral') }}
select 2 as n
`);
    expect(text.split('__dbt__cte__').map(part => part.split(/[\s(]/)[0])).toEqual([
      'with',
      'b_other',
      'z_base',
      'a_mid',
      'z_base',
      'b_other',
      'a_mid',
      'z_base',
    ]);
  });

  test('is put in also when another goes by its name', () => {
    const { text } = compiledNode(`
//- models/main.sql
select * from {{ ref('a') }} cross join {{ ref('b') }}
//- models/a.sql
{{ config(materialized='ephemeral', alias='same', schema='one') }} select 1 as x
//- models/b.sql
{{ config(materialized='ephemeral', alias='same', schema='two') }} select 2 as y
`);
    expect(text.match(/select [12] as [xy]/g)).toEqual(['select 1 as x', 'select 2 as y']);
  });
});
