import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJson } from '../../../server/src/render/python/json-parse.ts';
import { toJsonText } from '../../../server/src/render/python/json-text.ts';
import { printed } from '../../kit/rendered-node.ts';

describe('the functions of every context', () => {
  // Recorded from dbt-core 1.11.14.
  test.each([
    ["{{ local_md5('x') }}", '9dd4e461268c8034f5c8564e155c67a6'],
    [`{{ fromjson('{"a": [1, null]}') }}`, "{'a': [1, None]}"],
    ["{{ fromjson('not json', 'dflt') }} {{ fromjson('not json') }}", 'dflt None'],
    ["{{ tojson({'b': 1, 'a': 2}, sort_keys=true) }}", '{"a": 2, "b": 1}'],
    ["{{ toyaml({'b': 1, 'a': [1, 'x']}) }}", 'b: 1\na:\n- 1\n- x\n'],
    [
      "{{ fromyaml('k: [1, two, 2024-01-01, yes]').k }} {{ fromyaml('{bad', 'dflt') }}",
      "[1, 'two', datetime.date(2024, 1, 1), True] dflt",
    ],
    ["{{ set([3, 1, 3, 2]) | sort }} {{ set(5) }} {{ set(5, 'd') }}", '[1, 2, 3] None d'],
    [
      "{{ zip([1, 2], ['a', 'b', 'c']) | list }} {{ zip(1, 2) }} {{ zip(1, [2], default='dz') }}",
      "[(1, 'a'), (2, 'b')] None dz",
    ],
    ["{{ diff_of_two_dicts({'a': ['x', 'y'], 'b': ['z']}, {'A': ['X']}) }}", "{'a': ['y'], 'b': ['z']}"],
    ['{{ modules.datetime.date(2020,1,31).isoformat() }}', '2020-01-31'],
    ["{% do context.update({'kept': [1]}) %}{{ context['kept'] }} {{ context.get('lost', 'no') }}", '[1] no'],
    ["{{ metric('revenue') }} {{ metric('shop', 'revenue') }}", 'revenue revenue'],
    ["{{ run_started_at.strftime('%Y-%m-%d %H:%M') }}", '2024-02-29 12:00'],
  ])('%s', (expression, expected) => {
    expect(printed(expression)).toBe(expected);
  });

  test('JSON that is read and written again is the same', () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false } as fc.JsonSharedConstraints), text => {
        // These few private-use characters stand for halves of surrogate pairs (base/surrogate.ts).
        fc.pre(!/[\u{10d800}-\u{10dfff}]/u.test(text));
        const value = parseJson(text);
        if (value === undefined) throw new Error(`not read: ${text}`);
        expect(JSON.parse(toJsonText(value))).toEqual(JSON.parse(text));
      }),
    );
  });

  test('what is no JSON is not read', () => {
    for (const text of ['', '{', '[1,]', '01', '"a', 'nul', '{"a" 1}', '1 2']) expect(parseJson(text)).toBeUndefined();
  });
});
