import { expect, test } from 'vitest';
import { definition } from '../../server/src/features/definition.ts';
import { cursorIn, markNamed, parseFixture } from '../kit/fixture.ts';
import { projectDb } from '../kit/project.ts';

/** The cursor's name leads to every mark `target`, and the clicked words are the mark `origin`. */
function checkDefinition(source: string): void {
  const fixture = parseFixture(source);
  const { path, start } = cursorIn(fixture);
  const targets = definition(projectDb(fixture), { file: path, offset: start });
  const wanted = fixture.marks.filter(it => it.note === 'target');
  expect(targets.map(it => [it.selection.file, it.selection.start])).toEqual(wanted.map(it => [it.path, it.start]));
  if (wanted.length === 0) return;
  const { start: from, end } = markNamed(fixture, 'origin');
  expect(targets[0]?.origin).toEqual({ start: from, end });
}

test('ref goes to the model file, also from inside a macro argument', () =>
  checkDefinition(`
//- models/orders.sql
select 1 as id
^ target
//- models/revenue.sql
select sum(amount) from {{ audited(ref('ord$0ers')) }}
                                        ^^^^^^ origin
`));

test('ref goes to a seed', () =>
  checkDefinition(`
//- seeds/countries.csv
code
^ target
//- models/a.sql
select * from {{ ref('countries$0') }}
                      ^^^^^^^^^ origin
`));

test('a table of a source goes to its name in the YAML', () =>
  checkDefinition(`
//- models/sources.yml
sources:
  - name: raw
    tables:
      - name: events
              ^^^^^^ target
//- models/a.sql
select * from {{ source('raw', 'ev$0ents') }}
                                ^^^^^^ origin
`));

test("a macro goes to its name in the macro's header", () =>
  checkDefinition(`
//- macros/money.sql
{% macro cents(x) %}{{ x }} * 100{% endmacro %}
         ^^^^^ target
//- models/a.sql
select {{ ce$0nts('amount') }} as c
          ^^^^^ origin
`));

test('a ref that is not finished yet leads nowhere', () =>
  checkDefinition(`
//- models/orders.sql
select 1 as id
//- models/a.sql
select * from {{ ref('ord$0
`));

test('a word that only looks like a name leads nowhere', () =>
  checkDefinition(`
//- models/orders.sql
select 1 as id
//- models/a.sql
select 'ord$0ers' as x from {{ ref('orders') }}
`));
