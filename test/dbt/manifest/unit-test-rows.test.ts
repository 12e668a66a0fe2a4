import { describe, expect, test } from 'vitest';
import type { Data } from '../../../server/src/dbt/manifest/data.ts';
import { seedRows, unitTestRows } from '../../../server/src/dbt/manifest/unit-test-rows.ts';

const row = (id: number, name: string | null): Data =>
  new Map<string, Data>([
    ['id', id],
    ['name', name],
  ]);

describe('rows of a unit test', () => {
  test.each([
    ['change places so that the first has no null', [row(1, null), row(2, null), row(3, 'c')], [3, 2, 1]],
    ['stay when the first has none', [row(1, 'a'), row(2, null), row(3, 'c')], [1, 2, 3]],
    ['stay when each has one', [row(1, null), row(2, null)], [1, 2]],
    ['may be none', [], []],
  ])('%s', (_title, rows, ids) => {
    const found = unitTestRows({ format: 'dict', rows, fixture: undefined });
    expect(found?.map(it => it instanceof Map && it.get('id'))).toEqual(ids);
  });

  test('are read from CSV, where an empty field is null', () => {
    const rows = unitTestRows({ format: 'csv', rows: 'id,name\n1,\n\n2,b\n', fixture: undefined });
    expect(rows).toEqual([
      new Map(Object.entries({ id: '2', name: 'b' })),
      new Map(Object.entries({ id: '1', name: null })),
    ]);
  });

  test('are not known of a query', () => {
    expect(unitTestRows({ format: 'sql', rows: 'select 1 as id', fixture: undefined })).toBeUndefined();
  });

  test('are read from a seed, where everything is a text and a row may be too short or too long', () => {
    expect(seedRows('id,name\n1,\n\n2\n3,c,d,e\n')).toEqual([
      new Map([
        ['id', '1'],
        ['name', ''],
      ]),
      new Map([
        ['id', '2'],
        ['name', null],
      ]),
      new Map<string | null, Data>([
        ['id', '3'],
        ['name', 'c'],
        [null, ['d', 'e']],
      ]),
    ]);
  });
});
