import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compare, equal } from '../../../server/src/render/python/compare.ts';
import { floatText, parseFloat } from '../../../server/src/render/python/float.ts';
import { hashKey, setOf } from '../../../server/src/render/python/hash.ts';
import { parseInt, toInt } from '../../../server/src/render/python/int.ts';
import { parseJson } from '../../../server/src/render/python/json-parse.ts';
import { toJsonText } from '../../../server/src/render/python/json-text.ts';
import { dateTimes } from '../../../server/src/render/python/modules/datetime/module.ts';
import { literalEval } from '../../../server/src/render/python/native.ts';
import { binary } from '../../../server/src/render/python/operators.ts';
import { sortValues } from '../../../server/src/render/python/sort.ts';
import { repr, toText } from '../../../server/src/render/python/text.ts';
import { dumpYaml } from '../../../server/src/render/python/yaml-dump.ts';
import { loadYaml } from '../../../server/src/render/python/yaml-load.ts';
import { Dict, Float, List, Tuple, type Value } from '../../../server/src/render/value.ts';

const ints = fc
  .oneof(fc.integer(), fc.maxSafeInteger(), fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }))
  .map(it => toInt(BigInt(it)));
const floats = fc.double({ noNaN: true }).map(it => new Float(it));
const texts = fc.string({ unit: 'grapheme', maxLength: 12 });
const scalars: fc.Arbitrary<Value> = fc.oneof(fc.constant(null), fc.boolean(), ints, floats, texts);

/** Lists and dicts with string keys, a few levels deep. */
const values: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>(tie => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalars,
    fc.array(tie('value'), { maxLength: 4 }).map(items => new List(items)),
    fc.array(fc.tuple(texts, tie('value')), { maxLength: 4 }).map(entries => Dict.fromStrings(entries)),
  ),
})).value;

const times = dateTimes({ epochMilliseconds: () => 0, localOffsetMinutes: () => 0 });

describe('int', () => {
  test('operators agree with exact integers', () => {
    fc.assert(
      fc.property(ints, ints, (a, b) => {
        const [x, y] = [BigInt(a), BigInt(b)];
        expect(binary('+', a, b)).toBe(toInt(x + y));
        expect(binary('-', a, b)).toBe(toInt(x - y));
        expect(binary('*', a, b)).toBe(toInt(x * y));
      }),
    );
  });

  test('quotient and remainder make up the dividend, the remainder with the sign of the divisor', () => {
    fc.assert(
      fc.property(ints, ints, (a, b) => {
        fc.pre(b !== 0);
        const [quotient, rest] = [binary('//', a, b), binary('%', a, b)];
        expect(binary('+', binary('*', quotient, b), rest)).toBe(a);
        expect(compare('<', rest, 0) && compare('>', b, 0)).toBe(false);
        expect(compare('>', rest, 0) && compare('<', b, 0)).toBe(false);
      }),
    );
  });

  test('a text of an int reads back', () => {
    fc.assert(
      fc.property(ints, value => {
        expect(parseInt(toText(value))).toBe(value);
      }),
    );
  });
});

test('a text of a float reads back and looks like a float', () => {
  fc.assert(
    fc.property(fc.double(), value => {
      const text = floatText(value);
      expect(text).toMatch(/[.en]/);
      expect(parseFloat(text)).toBe(value);
    }),
  );
});

test('equal values have equal keys, unequal ones do not', () => {
  fc.assert(
    fc.property(scalars, scalars, (a, b) => {
      expect(hashKey(a) === hashKey(b) || (Number.isNaN(hashKey(a)) && Number.isNaN(hashKey(b)))).toBe(equal(a, b));
    }),
  );
  expect(setOf([1, true, new Float(1), new Tuple([1]), new Tuple([true])]).entries.size).toBe(2);
});

test('literal_eval reads back what repr writes', () => {
  const finite = values.filter(it => !/\b(inf|nan)\b/.test(repr(it)));
  fc.assert(
    fc.property(finite, value => {
      const read = literalEval(repr(value));
      expect(read === undefined ? 'unread' : repr(read)).toBe(repr(value));
    }),
  );
});

test('json reads back what it writes', () => {
  fc.assert(
    fc.property(values, value => {
      const read = parseJson(toJsonText(value));
      expect(read === undefined ? 'unread' : repr(read)).toBe(repr(value));
    }),
  );
});

test('yaml reads back what it writes', () => {
  fc.assert(
    fc.property(values, value => {
      const read = loadYaml(dumpYaml(value, { sortKeys: false }) ?? '', times);
      expect(read === undefined ? 'unread' : repr(read)).toBe(repr(value));
    }),
  );
});

test('sorting is stable and in order', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 100 }), numbers => {
      const sorted = sortValues(numbers.map((it, index) => new Tuple([it, index])));
      const expected = numbers.map((it, index) => [it, index] as const).toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
      expect(sorted.map(repr)).toEqual(expected.map(([it, index]) => `(${it}, ${index})`));
    }),
  );
});

test('a value that would fill the memory is refused', () => {
  for (const make of [
    () => binary('*', 'ab', 10 ** 9),
    () => binary('*', new List([1]), 10 ** 9),
    () => binary('**', 10, 10 ** 8),
  ]) {
    expect(make).toThrow(/^(rendering was stopped at .*|)$/);
  }
});
