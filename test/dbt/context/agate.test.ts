import { expect, test } from 'vitest';
import { tableOf } from '../../../server/src/dbt/context/agate.ts';
import { repr, toText } from '../../../server/src/render/python/text.ts';
import { getAttribute, getItem } from '../../../server/src/render/python/attributes.ts';
import { printed } from '../../kit/rendered-node.ts';

const table = tableOf({
  columns: [
    { name: 'id', type: 'INTEGER' },
    { name: 'price', type: 'DECIMAL(10,2)' },
    { name: 'share', type: 'DOUBLE' },
    { name: 'label', type: 'VARCHAR' },
  ],
  rows: [
    [1, '10.50', 3, 'a'],
    [2, null, 0.25, null],
  ],
  status: 'SELECT 2',
  rowsAffected: 2,
});

test('numbers with a fraction become decimals, whole ones stay ints', () => {
  expect(table.rows.map(row => row.values.map(toText))).toEqual([
    ['1', '10.50', '3.0', 'a'],
    ['2', 'None', '0.25', 'None'],
  ]);
});

test('rows and columns are reached by place and by name', () => {
  const [first] = table.rows;
  expect(first?.item('label')).toBe('a');
  expect(first?.item(0)).toBe(1);
  expect(repr(getAttribute(table, 'column_names'))).toBe("('id', 'price', 'share', 'label')");
  expect(toText(getAttribute(getItem(getAttribute(table, 'columns'), 'id'), 'name'))).toBe('id');
});

test('without a warehouse a query has empty columns, and its values are unknown', () => {
  expect(
    printed("{% set r = run_query('select a from t') %}{{ r.columns[0].values() }}{% for row in r %}x{% endfor %}"),
  ).toBe('()');
  expect(printed("{{ run_query('select a from t').rows[0][0] is defined }}")).toBe('False');
});
