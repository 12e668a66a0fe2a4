import { expect, test } from 'vitest';
import { printed } from '../../kit/rendered-node.ts';

const project = (vars: string): string =>
  `//- dbt_project.yml\nname: shop\nversion: '1'\nprofile: shop\nvars: ${vars}\n`;

test('a variable prints its value, and its default only when it is not set at all', () => {
  expect(
    printed("{{ var('n') + 1 }} {{ var('none', 'd') }} {{ var('absent', 'd') }}", project('{n: 2, none: null}')),
  ).toBe('3 None d');
});

test('a variable that nobody set is an error that lists those that are', () => {
  expect(printed("{{ var('region') }}", project('{day: 2024-01-01}'))).toBe(
    'CompilationError: Required var \'region\' not found in config:\nVars supplied to main = {\n    "day": "2024-01-01"\n}',
  );
});

test('var knows what is set', () => {
  expect(printed("{{ var.has_var('n') }} {{ var.has_var('m') }}", project('{n: null}'))).toBe('True False');
});

test('an environment variable that is not there is an error, a secret one always', () => {
  expect(printed("{{ env_var('ABSENT', 'd') }}")).toBe('d');
  expect(printed("{{ env_var('ABSENT') }}")).toContain("Env var required but not provided: 'ABSENT'");
  expect(printed("{{ env_var('DBT_ENV_SECRET_KEY', 'd') }}")).toContain('Secret env vars are allowed only in');
});
