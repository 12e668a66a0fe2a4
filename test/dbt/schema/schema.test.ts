import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Data, DataMap } from '../../../server/src/dbt/manifest/data.ts';
import {
  anyOf,
  integer,
  listOf,
  mapping,
  oneOf,
  optional,
  patternOf,
  recordOf,
  schemaErrors,
  text,
  type Schema,
} from '../../../server/src/dbt/schema/schema.ts';

const leaf: fc.Arbitrary<Schema> = fc.constantFrom(
  text,
  integer,
  mapping,
  oneOf('a b'),
  patternOf(/^a/),
  optional(text),
);
const schema = fc.letrec<{ any: Schema }>(any => ({
  any: fc.oneof(
    { depthSize: 'small' },
    leaf,
    any('any').map(listOf),
    fc.tuple(any('any'), any('any')).map(of => anyOf(...of)),
    fc
      .tuple(any('any'), any('any'), fc.boolean())
      .map(([first, second, isOpen]) => recordOf({ a: first, 'b!': second }, isOpen)),
  ),
})).any;

const data = fc.letrec<{ any: Data; map: DataMap }>(any => ({
  any: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<Data>('a', 'b', 'c', 1, null, true),
    fc.array(any('any'), { maxLength: 2 }),
    any('map'),
  ),
  map: fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 1), any('any')), { maxLength: 3 }).map(it => new Map(it)),
})).any;

test('a schema finds something wrong exactly where it is no alternative', () => {
  fc.assert(
    fc.property(schema, data, (given, value) => {
      const isAlternative = schemaErrors(anyOf(given), value).length === 0;
      expect(schemaErrors(given, value).length === 0).toBe(isAlternative);
    }),
    { numRuns: 1000 },
  );
});
