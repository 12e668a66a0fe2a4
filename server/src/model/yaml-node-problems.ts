import { asList, asString, dataAt, isMap, type DataMap } from '../dbt/manifest/data.ts';
import { nearest } from '../base/nearest.ts';
import type { Entry } from '../dbt/properties/properties.ts';
import type { ProblemParts } from './file-problems.ts';
import type { Declared } from './file-summary.ts';
import { ONLY } from './inputs.ts';
import { missingFixture, unknownMeasure, unknownModel, type Problem } from './problems.ts';

/** What is wrong with resources that live in YAML alone: unit tests, metrics. */
export function yamlNodeProblems(parts: ProblemParts, declared: Declared): readonly Problem[] {
  const entry = parts.facts.entryOf(declared);
  if (entry === undefined) return [];
  if (declared.kind === 'unit_test') return unitTestProblems(parts, declared, entry);
  return declared.kind === 'metric' ? metricProblems(parts, declared, entry) : [];
}

function unitTestProblems(parts: ProblemParts, declared: Declared, entry: Entry): readonly Problem[] {
  const found: Problem[] = [];
  const model = asString(entry.data.get('model')) ?? '';
  const ref = { package: undefined, name: model, version: declared.version };
  if (parts.facts.resolveRef(ref, declared.packageName).kind === 'missing') {
    const message = `Unable to find model '${declared.packageName}.${model}' for unit test '${entry.name}' in ${declared.file}`;
    const origin = parts.places.inYaml(declared.file, [...entry.path, 'model']);
    const names = parts.tables.names.get(ONLY).models.keys();
    const dbt = { class: 'ParsingError', message: `Parsing Error\n  ${message}` };
    found.push(unknownModel(origin, model, nearest(model, names), dbt));
  }
  const holders = (asList(entry.data.get('given')) ?? []).map((given, at) => ({ rows: given, path: ['given', at] }));
  for (const { rows, path } of [...holders, { rows: entry.data.get('expect') ?? null, path: ['expect'] }]) {
    const problem = isMap(rows) ? fixtureProblem(parts, declared, rows, [...entry.path, ...path]) : undefined;
    if (problem !== undefined) found.push(problem);
  }
  return found;
}

function fixtureProblem(
  parts: ProblemParts,
  declared: Declared,
  rows: DataMap,
  path: readonly (string | number)[],
): Problem | undefined {
  const fixture = asString(rows.get('fixture'));
  const format = asString(rows.get('format')) ?? 'dict';
  if (fixture === undefined || parts.yamlNodes.fixtureText(declared, fixture, format) !== undefined) return undefined;
  const message = `File not found for fixture '${fixture}' in unit tests in ${declared.file}`;
  const origin = parts.places.inYaml(declared.file, [...path, 'fixture']);
  return missingFixture(origin, `${fixture}.${format}`, {
    class: 'ParsingError',
    message: `Parsing Error\n  ${message}`,
  });
}

function metricProblems(parts: ProblemParts, declared: Declared, entry: Entry): readonly Problem[] {
  const measure = dataAt(entry.data, 'type_params', 'measure');
  const name = asString(measure) ?? asString(dataAt(measure, 'name'));
  if (name === undefined || parts.yamlNodes.semanticModelsWith(name).length > 0) return [];
  const origin = parts.places.inYaml(declared.file, [...entry.path, 'type_params', 'measure']);
  const message = `A semantic model having a measure \`${name}\` does not exist but was referenced.`;
  const dbt = {
    class: 'ParsingError',
    message: `Parsing Error in metric ${declared.name} (${declared.file})\n  ${message}`,
  };
  return [unknownMeasure(origin, name, dbt)];
}
