import { expect, test } from 'vitest';
import { sqlSketch } from '../../server/src/features/sql-sketch.ts';
import { cursorIn, parseFixture } from '../kit/fixture.ts';
import { projectDb } from '../kit/project.ts';

/** The sketch of `models/main.sql`, the cursor in it as a bar. */
function sketched(text: string): string {
  const fixture = parseFixture(`//- models/orders.sql\nselect 1 as id\n//- models/main.sql\n${text}`);
  const { path, start } = cursorIn(fixture);
  const whole = { start: 0, end: fixture.files.get(path)!.length };
  const sketch = sqlSketch(projectDb(fixture), 'model.shop.main', whole, start)!;
  for (const { start: from, end, origin, kind } of sketch.segments) {
    if (kind !== 'verbatim' || origin === undefined) continue;
    expect(sketch.text.slice(from, end)).toBe(fixture.files.get(path)!.slice(origin.start, origin.end));
  }
  return sketch.cursor === undefined
    ? sketch.text
    : `${sketch.text.slice(0, sketch.cursor)}|${sketch.text.slice(sketch.cursor)}`;
}

test.each([
  ['a ref is its relation', "select $0 from {{ ref('orders') }}", 'select | from "shop"."main"."orders"'],
  ['any other expression is a name', 'select {{ x }}, $0 from t', 'select jinja, | from t'],
  ['a line of its own is nothing', '{{ config() }}\nselect $0', ' \nselect |'],
  ['the branch with the cursor counts', '{% if x %}a{% else %}b$0{% endif %}', '  b| '],
  ['else the first', '{% if x %}a{% else %}b{% endif %}$0', ' a  |'],
  ['the body of a loop stands once', '{% for x in y %}{{ x }},$0{% endfor %}', ' jinja,| '],
  ['what a block sets is not in the text', '{% set x %}select 1{% endset %}select $0', '  select |'],
  ['a tag that never ends', "select $0 from {{ ref('orders", 'select | from "shop"."main"."orders"'],
  ['the end of the file', 'select $0', 'select |'],
])('%s', (_, text, expected) => {
  // Tags leave a blank, because what they stand between is rarely one word.
  expect(sketched(text)).toBe(expected);
});
