import { describe, expect, test } from 'vitest';
import { rename, renameTarget } from '../../server/src/features/rename.ts';
import { cursorIn, parseFixture } from '../kit/fixture.ts';
import { projectDb } from '../kit/project.ts';

/** The text of the model at the cursor with what is named there renamed, or why not. */
function renamed(model: string, newName: string): string {
  const fixture = parseFixture(`//- models/m.sql\nselect 1 as n, 2 as k\n//- models/main.sql\n${model}`);
  const { path, start } = cursorIn(fixture);
  const db = projectDb(fixture);
  const answer = rename(db, { file: path, offset: start }, newName);
  if (answer.kind === 'refused') return `refused: ${answer.reason}`;
  let text = fixture.files.get(path) ?? '';
  for (const { range, newText } of answer.edits.toReversed()) {
    text = text.slice(0, range.start) + newText + text.slice(range.end);
  }
  return text;
}

describe('renaming', () => {
  test.each([
    [
      'a CTE in every place that says it',
      'with a$0 as (select 1 as x), b as (select a.x, A.x as y from a) select * from b join "a" on a.x = b.x',
      'with c as (select 1 as x), b as (select c.x, c.x as y from c) select * from b join "c" on c.x = b.x',
    ],
    [
      'a CTE, and nothing else of that name',
      'with a as (select 1 as a), b as (with a as (select 2 as a) select * from a) select b.a, a.a from b, $0a',
      'with c as (select 1 as a), b as (with a as (select 2 as a) select * from a) select b.a, c.a from b, c',
    ],
    [
      'an alias of a relation',
      "select p.n from {{ ref('m') }} as $0p where p.n > 1 -- p",
      "select c.n from {{ ref('m') }} as c where c.n > 1 -- p",
    ],
    [
      'a column, which keeps its name where the query gives it away',
      'with a as (select 1 as x, 2 as y), b as (select x, y from a) select b.$0x as z, b.y from b order by b.x',
      'with a as (select 1 as x, 2 as y), b as (select x as c, y from a) select b.c as z, b.y from b order by b.c',
    ],
    [
      'a column under its own name further out',
      'with a as (select 1 as $0x) select x, a.x + 1 as y from a group by x',
      'with a as (select 1 as c) select c as x, a.c + 1 as y from a group by c',
    ],
    [
      'a quoted name, whose quotes stay',
      'with "A$0 b" as (select 1 as x) select x from "A b"',
      'with "c" as (select 1 as x) select x from "c"',
    ],
    [
      'in a loop, which says the name once',
      'with {% for i in [1, 2] %}a{{ i }} as (select s$0.n from (select 1 as n) as s), {% endfor %}b as (select 1 as q) select * from a1, a2, b',
      'with {% for i in [1, 2] %}a{{ i }} as (select c.n from (select 1 as n) as c), {% endfor %}b as (select 1 as q) select * from a1, a2, b',
    ],
  ])('%s', (_, model, expected) => expect(renamed(model, 'c')).toBe(expected));

  test.each([
    ['a column of the model', 'select 1 as $0x', 'c', 'a column of the model'],
    [
      'a column of a CTE that leaves by a star',
      'with a as (select 1 as $0x) select * from a',
      'c',
      'a column of the model',
    ],
    ['a column of another model', "select $0n from {{ ref('m') }}", 'c', 'Only CTEs'],
    ['a model', "select m$0.n from {{ ref('m') }}", 'c', 'Only CTEs'],
    ['to a name with a blank', 'with a$0 as (select 1 as x) select x from a', 'a b', 'no plain name'],
    ['to a word of the language', 'with a$0 as (select 1 as x) select x from a', 'select', 'mean something else'],
    [
      'to a name that is taken',
      'with a$0 as (select 1 as x), b as (select 2 as y) select a.x from a, b',
      'b',
      'mean something else',
    ],
    [
      'what stands in a branch that is not taken',
      'with a$0 as (select 1 as x) select x from {% if false %} a join a as q {% else %} a {% endif %}',
      'c',
      'renders nothing now',
    ],
    [
      'what Jinja writes',
      "with {{ 'A' | lower }} as (select 1 as x) select x from a$0",
      'c',
      'Jinja has a hand in this name',
    ],
    ['in a query that cannot be read', 'with a$0 as (select 1 as x select x from a', 'c', 'has a mistake'],
  ])('refuses %s', (_, model, newName, reason) => {
    expect(renamed(model, newName)).toMatch(new RegExp(`^refused: .*${reason}`));
  });

  test('begins with the name under the cursor', () => {
    const fixture = parseFixture('with "a b" as (select 1 as x) select x from "a$0 b"');
    const { path, start } = cursorIn(fixture);
    const target = renameTarget(projectDb(fixture), { file: path, offset: start });
    expect(target).toEqual({ kind: 'name', name: 'a b', range: { start: start - 2, end: start + 3 } });
  });
});
