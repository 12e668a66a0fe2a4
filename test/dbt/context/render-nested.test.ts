import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderNestedValue } from '../../../server/src/dbt/context/render-nested.ts';
import { renderNative } from '../../../server/src/render/render.ts';
import { parseJinja } from '../../../server/src/syntax/jinja/parse.ts';

const context = { lookup: (name: string) => (name === 'one' ? 1 : undefined) };

/** Short texts in which line breaks and what looks like tags are likely. */
const text = fc
  .array(fc.constantFrom('a', ' ', '\n', '\r', '{', '}', '%', '#', '-', '1', "'", '{{ one }}', '{# #}', 'ü'), {
    maxLength: 6,
  })
  .map(it => it.join(''));

test('a text in a template has the value that its template renders to', () => {
  fc.assert(
    fc.property(text, given => {
      const { value, problem } = renderNative({ template: parseJinja(given), file: '', context });
      if (problem === undefined) expect(renderNestedValue(context, given)).toEqual(value);
      else expect(() => renderNestedValue(context, given)).toThrow(problem.message);
    }),
  );
});
