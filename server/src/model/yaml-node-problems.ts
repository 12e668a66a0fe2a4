import { asString, dataAt } from '../dbt/manifest/data.ts';
import type { Entry } from '../dbt/properties/properties.ts';
import type { ProblemParts } from './file-problems.ts';
import type { Declared } from './file-summary.ts';
import { unknownMeasure, type Problem } from './problems.ts';
import { unitTestProblems } from './unit-test-problems.ts';

/** What is wrong with resources that live in YAML alone: unit tests, metrics. */
export function yamlNodeProblems(parts: ProblemParts, declared: Declared): readonly Problem[] {
  const entry = parts.facts.entryOf(declared);
  if (entry === undefined) return [];
  if (declared.kind === 'unit_test') return unitTestProblems(parts, declared, entry);
  return declared.kind === 'metric' ? metricProblems(parts, declared, entry) : [];
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
