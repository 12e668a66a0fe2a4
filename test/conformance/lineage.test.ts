import { expect, test } from 'vitest';
import { run } from './run-lineage.ts';

test('the sources of every column of the hard queries are those found by hand', () => {
  expect(run('test/conformance/lineage/hard.json')).toBe(0);
});
