import { expect, test } from 'vitest';
import { printed } from '../../kit/rendered-node.ts';

test('a contract that does not hold names every column that differs', () => {
  const yaml = "[{'name': 'id', 'data_type': 'INTEGER'}, {'name': 'gone', 'data_type': 'TEXT'}]";
  const sql = "[{'name': 'id', 'data_type': 'TEXT'}, {'name': 'more', 'data_type': 'DATE'}]";
  expect(printed(`{{ exceptions.raise_contract_error(${yaml}, ${sql}) if execute }}`)).toContain(
    [
      '| column_name | definition_type | contract_type | mismatch_reason       |',
      '| ----------- | --------------- | ------------- | --------------------- |',
      '| gone        |                 | TEXT          | missing in definition |',
      '| id          | TEXT            | INTEGER       | data type mismatch    |',
      '| more        | DATE            |               | missing in contract   |',
    ].join('\n'),
  );
});

test('an error that a macro raises is a compilation error with its words', () => {
  expect(printed("{{ exceptions.raise_compiler_error('boom') if execute }}")).toBe('CompilationError: boom');
  expect(printed("{{ exceptions.raise_not_implemented('later') if execute }}")).toBe('CompilationError: ERROR: later');
});
