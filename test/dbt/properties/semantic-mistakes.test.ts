import { expect, test } from 'vitest';
import { dataOf } from '../../../server/src/dbt/manifest/yaml-data.ts';
import { readProperties } from '../../../server/src/dbt/properties/read-properties.ts';
import { parseYaml } from '../../../server/src/syntax/yaml/parse.ts';

/** The mistakes in a properties file, as lines of `path: message`. */
function mistakesIn(text: string): readonly string[] {
  const { mistakes } = readProperties(dataOf(parseYaml(text).root), 'models/s.yml', {
    packageName: 'shop',
    path: 's.yml',
    render: it => ({ value: it }),
    quoteColumn: it => it,
    argumentsProperty: true,
  });
  return mistakes.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

test('metrics have a label, a type that there is, and a name that can be a column', () => {
  expect(mistakesIn('metrics: [{name: m, type: simple, type_params: {measure: x}}]')).toEqual([
    "metrics.0: 'label' is a required property",
  ]);
  expect(mistakesIn('metrics: [{name: 1 m, label: M, type: simpl, type_params: {measures: x}}]')).toEqual([
    "metrics.0.type_params.measures: Additional properties are not allowed ('measures' was unexpected)",
  ]);
  expect(mistakesIn('metrics: [{name: 1 m, label: M, type: simpl, type_params: {measure: x}}]')).toEqual([
    "metrics.0.name: The metric name '1 m' is invalid.  It cannot contain spaces, must begin with a letter, must contain only letters, numbers and underscores",
    'metrics.0.type: Invalid enum value: `simpl` in enum MetricType',
  ]);
  expect(mistakesIn('metrics: [{name: m, label: M, type: Simple, type_params: {measure: {name: x}}}]')).toEqual([]);
});

test('the parts of semantic models are of kinds that there are', () => {
  const parts =
    'entities: [{name: e, type: prime}], measures: [{name: m, agg: summ}], dimensions: [{name: d, type: tim}]';
  expect(mistakesIn(`semantic_models: [{name: s, model: ref('a'), ${parts}}]`)).toEqual([
    'semantic_models.0.entities.0.type: Invalid enum value: `prime` in enum EntityType',
    'semantic_models.0.measures.0.agg: Invalid enum value: `summ` in enum AggregationType',
    'semantic_models.0.dimensions.0.type: Invalid enum value: `tim` in enum DimensionType',
  ]);
  expect(mistakesIn("semantic_models: [{name: s, model: ref('a'), measures: [{name: m}]}]")).toEqual([
    "semantic_models.0.measures.0: 'agg' is a required property",
  ]);
});

test('a unit test is of some versions or of all but some', () => {
  const unitTest = 'name: u, model: m, given: [], expect: {rows: []}';
  expect(mistakesIn(`unit_tests: [{${unitTest}, versions: {include: [1], exclude: [2]}}]`)).toEqual([
    'unit_tests.0.versions: Unit tests can not both include and exclude versions.',
  ]);
});

test('entries of sections that dbt reads late are told in its words', () => {
  expect(mistakesIn('groups: {name: g}')).toEqual(["groups: the value of 'groups' is not a list"]);
  expect(mistakesIn('groups: [{owner: {name: o}}]')).toEqual([
    "groups.0: a list element for 'groups' does not have a name attribute.",
  ]);
  expect(mistakesIn('models: [{name: }]')).toEqual(["models.0.name: None is not of type 'string'"]);
});
