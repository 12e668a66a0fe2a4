import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ExecutableNode } from '../../server/src/dbt/manifest/node.ts';
import { parseFixture } from '../kit/fixture.ts';
import { projectDb } from '../kit/project.ts';

/** A macro that one of dbt's tests may call: with it in the project every test is rendered. */
const OWN_MACRO = '//- macros/m.sql\n{% macro default__should_store_failures() %}{{ return(false) }}{% endmacro %}\n';

const project = (tests: readonly unknown[]): string => `
//- models/orders.sql
select 1 as id
//- models/users.sql
select 1 as id
//- models/s.yml
${JSON.stringify({
  models: [{ name: 'orders', columns: [{ name: 'id', tags: ['x'], data_tests: tests }] }],
  sources: [{ name: 'raw', tables: [{ name: 'events', columns: [{ name: 'id', data_tests: tests }] }] }],
})}
`;

const text = fc.oneof(
  fc.constantFrom(
    'a',
    'two words',
    "it's",
    '{{ 1 }}',
    "ref('users')",
    "{{ ref('users') }}",
    "ref('a', 'b')",
    '',
    '\\',
    '1',
  ),
  fc.string({ maxLength: 6 }),
);
const scalar = fc.oneof(
  text,
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const config = fc.dictionary(
  fc.constantFrom('severity', 'where', 'tags', 'alias', 'enabled', 'limit', 'store_failures', 'mine'),
  fc.oneof(scalar, fc.array(text, { maxLength: 2 })),
  { maxKeys: 2 },
);
const generic = fc.oneof(
  fc.constantFrom('unique', 'not_null', 'dbt.unique'),
  fc.record({ not_null: fc.record({ config, name: text }, { requiredKeys: [] }) }),
  fc.record({
    accepted_values: fc.record(
      {
        arguments: fc.dictionary(fc.constantFrom('values', 'quote', 'extra'), fc.oneof(scalar, fc.array(scalar))),
        config,
      },
      { requiredKeys: ['arguments'] },
    ),
  }),
  fc.record({
    relationships: fc.record(
      { arguments: fc.record({ to: text, field: text, column_name: text }, { requiredKeys: [] }), config },
      { requiredKeys: ['arguments'] },
    ),
  }),
);

test('what a plain test uses and configures is what its render shows', () => {
  fc.assert(
    fc.property(fc.array(generic, { minLength: 1, maxLength: 3 }), tests => {
      expect(testsOf(project(tests))).toEqual(testsOf(project(tests) + OWN_MACRO));
    }),
    { numRuns: 150 },
  );
}, 60_000);

/** The tests of a project as far as they are read from templates, and the problems of its file. */
function testsOf(fixture: string) {
  const db = projectDb(parseFixture(fixture));
  const nodes = [...db.manifest().nodes.values(), ...db.manifest().disabled.values()];
  const tests = nodes.filter((it): it is ExecutableNode => it.resourceType === 'test');
  return {
    tests: tests.map(it => [
      it.uniqueId,
      it.refs,
      it.sources,
      it.config,
      it.configCall,
      it.dependsOn,
      it.alias,
      it.schema,
    ]),
    problems: db.parseProblems('models/s.yml'),
  };
}
