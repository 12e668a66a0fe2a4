import { describe, expect, test } from 'vitest';
import { macroLibrary } from '../../../server/src/dbt/macros/library.generated.ts';
import { builtinMacros, builtinMacroText } from '../../../server/src/dbt/macros/library.ts';
import { parseJinja } from '../../../server/src/syntax/jinja/parse.ts';

const adapters = ['postgres', 'redshift', 'duckdb', 'snowflake', 'bigquery', 'databricks', 'trino'];

test.each(macroLibrary.map(file => [file.path, file.text]))('%s is valid Jinja', (_, text) => {
  expect(parseJinja(text).problems).toEqual([]);
});

describe.each(adapters)('the library of %s', adapter => {
  test('has every macro once', () => {
    const ids = builtinMacros(adapter).map(macro => macro.uniqueId);
    expect(ids.length).toBe(new Set(ids).size);
    expect(ids.length).toBeGreaterThan(150);
  });

  test('has the text of every macro', () => {
    for (const { uniqueId } of builtinMacros(adapter)) expect(builtinMacroText(uniqueId)).toBeDefined();
  });
});

test('every dispatching macro has a macro to dispatch to', () => {
  const names = new Set(builtinMacros('duckdb').map(macro => macro.name));
  const optional = new Set(['get_column_names']);
  const missing = macroLibrary.flatMap(({ text }) =>
    [...text.matchAll(/adapter\.dispatch\(['"](\w+)['"]/g)]
      .map(match => match[1] ?? '')
      .filter(name => !optional.has(name) && !names.has(`default__${name}`)),
  );
  expect(missing).toEqual([]);
});
