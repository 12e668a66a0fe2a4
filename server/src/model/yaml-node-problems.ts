import { asList, asMap, asString, dataAt, emptyMap, type Data, type DataMap } from '../dbt/manifest/data.ts';
import type { KeyPath } from '../dbt/manifest/mistake.ts';
import type { Entry } from '../dbt/properties/properties.ts';
import type { Origin } from '../render/rendered.ts';
import type { ProblemParts } from './file-problems.ts';
import type { Declared } from './file-summary.ts';
import { parseJinja } from '../syntax/jinja/parse.ts';
import { syntaxError, targetNotFound } from './dbt-errors.ts';
import { lineAt } from './error-text.ts';
import { jinjaSyntax, unknownMeasure, unknownMetric, type Problem } from './problems.ts';
import { unitTestProblems } from './unit-test-problems.ts';

/** What is wrong with resources that live in YAML alone: unit tests, and what names metrics and their measures. */
export function yamlNodeProblems(parts: ProblemParts, declared: Declared): readonly Problem[] {
  const entry = parts.facts.entryOf(declared);
  if (entry === undefined) return [];
  if (declared.kind === 'unit_test') return unitTestProblems(parts, declared, entry);
  if (declared.kind === 'metric') return metricProblems(parts, declared, entry);
  return [...unreadableCalls(parts, declared, entry), ...missingMetrics(parts, declared, entry)];
}

/** What an exposure depends on is rendered, each text an expression. */
function unreadableCalls(parts: ProblemParts, declared: Declared, { data, path }: Entry): readonly Problem[] {
  if (declared.kind !== 'exposure') return [];
  return namedIn(data, [], 'depends_on').flatMap(({ name: call, path: below }) => {
    const template = `{{ ${call}}}`;
    const [syntax] = parseJinja(template).problems;
    if (syntax === undefined) return [];
    const dbt = syntaxError(declared, { message: syntax.message, frame: undefined }, lineAt(template, syntax.at ?? 0));
    return [jinjaSyntax(parts.places.inYaml(declared.file, [...path, ...below]), syntax.message, dbt)];
  });
}

function metricProblems(parts: ProblemParts, declared: Declared, entry: Entry): readonly Problem[] {
  const parameters = asMap(entry.data.get('type_params')) ?? emptyMap;
  const conversion = asMap(parameters.get('conversion_type_params')) ?? emptyMap;
  const path = ['type_params'];
  const within = [...path, 'conversion_type_params'];
  const measures = [
    ...namedAt(parameters, path, ['measure']),
    ...namedAt(conversion, within, ['base_measure', 'conversion_measure']),
  ];
  const metrics = [...namedAt(parameters, path, ['numerator', 'denominator']), ...namedIn(parameters, path, 'metrics')];
  const told = (of: Named, message: string): readonly [Origin, DbtError] => [
    parts.places.inYaml(declared.file, [...entry.path, ...of.path]),
    { class: 'ParsingError', message: `Parsing Error in metric ${declared.name} (${declared.file})\n  ${message}` },
  ];
  return [
    ...measures
      .filter(({ name }) => parts.yamlNodes.semanticModelsWith(name).length === 0)
      .map(it => {
        const message = `A semantic model having a measure \`${it.name}\` does not exist but was referenced.`;
        const [origin, dbt] = told(it, message);
        return unknownMeasure(origin, it.name, dbt);
      }),
    ...metrics
      .filter(({ name }) => !isMetric(parts, name))
      .map(it => {
        const message = `The metric \`${it.name}\` does not exist but was referenced by metric \`${declared.name}\`.`;
        const [origin, dbt] = told(it, message);
        return unknownMetric(origin, it.name, dbt);
      }),
  ];
}

type DbtError = NonNullable<Problem['dbt']>;

/** A measure or metric that an entry names, and where. */
interface Named {
  readonly name: string;
  readonly path: KeyPath;
}

const namedAt = (data: DataMap, path: KeyPath, keys: readonly string[]): readonly Named[] =>
  keys.flatMap(key => named(data.get(key), [...path, key]));

const namedIn = (data: DataMap, path: KeyPath, key: string): readonly Named[] =>
  (asList(data.get(key)) ?? []).flatMap((item, at) => named(item, [...path, key, at]));

function named(data: Data | undefined, path: KeyPath): readonly Named[] {
  const name = asString(data) ?? asString(dataAt(data, 'name'));
  return name === undefined ? [] : [{ name, path }];
}

const isMetric = ({ inputs }: ProblemParts, name: string): boolean =>
  (inputs.declared.get(`metric:${name}`) ?? []).length > 0;

/** The metrics that a saved query or an exposure wants and that there are not. */
function missingMetrics(parts: ProblemParts, declared: Declared, { data, path }: Entry): readonly Problem[] {
  return wantedMetrics(declared, data)
    .filter(({ name }) => !isMetric(parts, name))
    .map(({ name, path: below }) => {
      const kind = declared.kind === 'exposure' ? 'Exposure' : 'Saved_Query';
      const message = `${kind} '${declared.uniqueId}' (${declared.originalPath}) depends on a metric named '${name}' which was not found`;
      return unknownMetric(parts.places.inYaml(declared.file, [...path, ...below]), name, targetNotFound(message));
    });
}

function wantedMetrics({ kind }: Declared, data: DataMap): readonly Named[] {
  if (kind === 'saved_query') {
    return namedIn(asMap(data.get('query_params')) ?? emptyMap, ['query_params'], 'metrics');
  }
  if (kind !== 'exposure') return [];
  return namedIn(data, [], 'depends_on').flatMap(({ name: call, path }) => {
    const name = METRIC.exec(call)?.[1];
    return name === undefined ? [] : [{ name, path }];
  });
}

const METRIC = /^\s*metric\(\s*['"]([^'"]+)['"]\s*\)\s*$/;
