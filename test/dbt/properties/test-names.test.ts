import { describe, expect, test } from 'vitest';
import { dataOf } from '../../../server/src/dbt/manifest/yaml-data.ts';
import { genericTestId } from '../../../server/src/dbt/properties/properties.ts';
import { readProperties } from '../../../server/src/dbt/properties/read-properties.ts';
import { parseYaml } from '../../../server/src/syntax/yaml/parse.ts';

/** The ids and short names of the generic tests that a properties file of the package `probes` or `conf` declares. */
function tests(yaml: string, packageName = 'probes') {
  const { tests: found, mistakes } = readProperties(dataOf(parseYaml(yaml).root), 'models/s.yml', {
    packageName,
    path: 's.yml',
    render: text => ({ value: text }),
    quoteColumn: name => `"${name}"`,
    argumentsProperty: true,
  });
  expect(mistakes).toEqual([]);
  return found.map(it => `${genericTestId(packageName, it)} ${it.shortName === it.name ? '' : it.shortName}`.trim());
}

describe('generic tests get the ids that dbt gives them', () => {
  test('with their arguments and hash, configuration left out', () => {
    const yaml = `
models:
  - name: a_base
    columns:
      - name: id
        data_tests:
          - unique
          - not_null: {severity: warn, where: id > 3, limit: 5}
          - accepted_values: {values: [1, 2]}
          - relationships: {to: ref('e1'), field: e1}
          - is_pos: {config: {severity: warn}, thr: "{{ var('v_int') + 1 }}"}
          - accepted_values: {name: named_av, values: [a, it's], quote: false}
`;
    expect(tests(yaml)).toEqual([
      'test.probes.unique_a_base_id.0dbc7d6b4e',
      'test.probes.not_null_a_base_id.b4ba8f13dc',
      'test.probes.accepted_values_a_base_id__1__2.c8c0d95f21',
      'test.probes.relationships_a_base_id__e1__ref_e1_.f0f4be0a9f',
      'test.probes.is_pos_a_base_id___var_v_int_1_.a60cb827bb',
      'test.probes.named_av.0b50385c25',
    ]);
  });

  test('also below `arguments`, and on sources', () => {
    const yaml = `
models:
  - name: kids
    columns:
      - {name: kind, data_tests: [{accepted_values: {arguments: {values: [a, b]}}}]}
      - {name: parent_id, data_tests: [{relationships: {arguments: {to: ref('parents'), field: id}}}]}
sources:
  - name: crm
    tables: [{name: people, columns: [{name: id, data_tests: [not_null]}]}]
`;
    expect(tests(yaml, 'conf')).toEqual([
      'test.conf.accepted_values_kids_kind__a__b.3d5cdf27dc',
      'test.conf.relationships_kids_parent_id__id__ref_parents_.656d2d839d',
      'test.conf.source_not_null_crm_people_id.2f97d3da9f',
    ]);
  });
});
