import { nearest } from '../base/nearest.ts';
import type { SqlMeaningProblem } from '../binder/problem.ts';
import type { ConfigErrorClass } from '../dbt/config/invalid-config.ts';
import type { Mistake } from '../dbt/manifest/mistake.ts';
import type { YamlProblem } from '../syntax/yaml/tree.ts';
import type { FileId, Origin, Rendered, Frame } from '../render/rendered.ts';
import type { SqlProblem } from '../syntax/sql/parse.ts';
import type { SqlPlace } from './sql-places.ts';

/** How bad a problem is: an error stops the node from running, a warning is dbt's or ours, a hint only helps. */
export type Severity = 'error' | 'warning' | 'hint';

/** Another place that explains a problem: a macro on the way, the first of two declarations. */
export interface RelatedPlace {
  readonly origin: Origin;
  readonly message: string;
}

/**
 * A mistake in the user's project, as a value. The origin is exact; `data` holds what a quick fix needs (the nearest
 * name, the missing file).
 */
export interface Problem {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly origin: Origin;
  readonly related: readonly RelatedPlace[];
  readonly data?: { readonly suggestion?: string; readonly name?: string; readonly candidates?: readonly string[] };
  /** The exception that dbt stops with, where it would. */
  readonly dbt?: { readonly class: string; readonly message: string };
}

type DbtError = NonNullable<Problem['dbt']>;

const withSuggestion = (message: string, suggestion: string | undefined): string =>
  suggestion === undefined ? message : `${message}; did you mean '${suggestion}'?`;

const dataOf = (name: string, suggestion: string | undefined): NonNullable<Problem['data']> =>
  suggestion === undefined ? { name } : { name, suggestion };

/** A `ref` of a name that no model, seed or snapshot has. */
export function unknownModel(origin: Origin, name: string, suggestion: string | undefined, dbt: DbtError): Problem {
  const message = withSuggestion(`no model named '${name}'`, suggestion);
  return {
    code: 'unknown-model',
    severity: 'error',
    message,
    origin,
    related: [],
    data: dataOf(name, suggestion),
    dbt,
  };
}

/** A `ref` of a version that the model does not have. */
export function unknownVersion(origin: Origin, name: string, version: string, dbt: DbtError): Problem {
  const message = `'${name}' has no version '${version}'`;
  return { code: 'unknown-version', severity: 'error', message, origin, related: [], data: { name }, dbt };
}

/** A `ref` of a model that is switched off. */
export function disabledModel(origin: Origin, name: string, declaration: Origin | undefined, dbt: DbtError): Problem {
  const related = declaration === undefined ? [] : [{ origin: declaration, message: `'${name}' is disabled` }];
  const message = `the model '${name}' is disabled`;
  return { code: 'disabled-model', severity: 'error', message, origin, related, data: { name }, dbt };
}

/** A `ref` that several packages could mean. */
export function ambiguousRef(origin: Origin, name: string, packages: readonly string[], dbt: DbtError): Problem {
  const message = `'${name}' is a model of several packages (${packages.join(', ')}); name the package first`;
  return { code: 'ambiguous-ref', severity: 'error', message, origin, related: [], data: { name }, dbt };
}

/** A `source` of a source or table that is not declared. */
export function unknownSource(origin: Origin, name: string, suggestion: string | undefined, dbt: DbtError): Problem {
  const message = withSuggestion(`no source named '${name}'`, suggestion);
  return {
    code: 'unknown-source',
    severity: 'error',
    message,
    origin,
    related: [],
    data: dataOf(name, suggestion),
    dbt,
  };
}

/** A `source` of a table that is switched off. */
export function disabledSource(origin: Origin, name: string, dbt: DbtError): Problem {
  const message = `the source '${name}' is disabled`;
  return { code: 'disabled-source', severity: 'error', message, origin, related: [], data: { name }, dbt };
}

/** A `ref` that a model's access rules forbid. */
export function forbiddenRef(origin: Origin, message: string, dbt: DbtError): Problem {
  return { code: 'forbidden-ref', severity: 'error', message, origin, related: [], dbt };
}

/** A `doc()` of a block that does not exist. */
export function unknownDoc(origin: Origin, name: string, suggestion: string | undefined, dbt: DbtError): Problem {
  const message = withSuggestion(`no docs block named '${name}'`, suggestion);
  return { code: 'unknown-doc', severity: 'error', message, origin, related: [], data: dataOf(name, suggestion), dbt };
}

/** A description, or a block of documentation, that does not render. */
export function unreadableDescription(origin: Origin, message: string, dbt: DbtError): Problem {
  return { code: 'yaml-jinja', severity: 'error', message, origin, related: [], dbt };
}

/** A group that is not declared. */
export function unknownGroup(origin: Origin, name: string, known: readonly string[], dbt: DbtError): Problem {
  const message = `no group named '${name}'${known.length === 0 ? '' : `; the groups are ${known.join(', ')}`}`;
  return { code: 'unknown-group', severity: 'error', message, origin, related: [], data: { name }, dbt };
}

/** Two resources of one name where dbt allows one. */
export function duplicateName(origin: Origin, what: string, other: Origin | undefined, dbt: DbtError): Problem {
  const related = other === undefined ? [] : [{ origin: other, message: 'the other one' }];
  return { code: 'duplicate-name', severity: 'error', message: `there is another ${what}`, origin, related, dbt };
}

/** Two nodes that would be built into one relation. */
export function duplicateRelation(origin: Origin, relation: string, other: Origin | undefined, dbt: DbtError): Problem {
  const related = other === undefined ? [] : [{ origin: other, message: 'the other one' }];
  const message = `another node is built into ${relation} as well`;
  return { code: 'duplicate-relation', severity: 'error', message, origin, related, dbt };
}

/** A blank in a name, which dbt no longer allows. */
export function nameWithSpaces(origin: Origin, name: string, dbt: DbtError): Problem {
  const message = `the name '${name}' contains a space`;
  return { code: 'name-with-spaces', severity: 'error', message, origin, related: [], dbt };
}

/** A resource that two entries of properties files describe. */
export function duplicateProperties(origin: Origin, name: string, other: Origin | undefined, dbt: DbtError): Problem {
  const related = other === undefined ? [] : [{ origin: other, message: 'the other entry' }];
  const message = `'${name}' is described twice`;
  return { code: 'duplicate-properties', severity: 'error', message, origin, related, dbt };
}

/** An entry of a properties file about a resource that does not exist. */
export function unknownEntry(origin: Origin, section: string, name: string, suggestion: string | undefined): Problem {
  const message = withSuggestion(`no resource named '${name}' for this entry of '${section}'`, suggestion);
  return { code: 'unknown-entry', severity: 'warning', message, origin, related: [], data: dataOf(name, suggestion) };
}

/** Models that depend on each other in a circle. */
export function refCycle(origin: Origin, ids: readonly string[]): Problem {
  const message = `Found a cycle: ${ids.join(' --> ')}`;
  const dbt = { class: 'RuntimeError', message };
  return { code: 'ref-cycle', severity: 'error', message, origin, related: [], dbt };
}

/** A path in `dbt_project.yml` that configures nothing. */
export function unusedConfigPath(origin: Origin, path: string): Problem {
  const message = `this path configures no resource: ${path}`;
  return { code: 'unused-config-path', severity: 'warning', message, origin, related: [] };
}

/** A configuration value of the wrong type. */
export function invalidConfigValue(origin: Origin, message: string, errorClass: ConfigErrorClass): Problem {
  const heading = CONFIG_HEADINGS[errorClass];
  const dbt = { class: errorClass, message: heading === undefined ? message : `${heading}\n  ${message}` };
  return { code: 'invalid-config', severity: 'error', message, origin, related: [], dbt };
}

const CONFIG_HEADINGS: Readonly<Record<ConfigErrorClass, string | undefined>> = {
  SchemaConfigError: 'Parsing Error',
  ParsingError: 'Parsing Error',
  InvalidAccessTypeError: 'Parsing Error',
  DbtInternalError: 'Internal Error',
  ConfigUpdateError: 'Parsing Error',
  InvalidFieldValue: undefined,
  TypeError: undefined,
  ValidationError: undefined,
};

/** A configuration that dbt does not know, and that looks like one it does. */
export function unknownConfig(origin: Origin, key: string, suggestion: string): Problem {
  const message = `'${key}' is no configuration of dbt; did you mean '${suggestion}'?`;
  return { code: 'unknown-config', severity: 'warning', message, origin, related: [], data: { name: key, suggestion } };
}

/** A test of a column that the model is not known to have. */
export function testOfUnknownColumn(origin: Origin, column: string, model: string): Problem {
  const message = `'${model}' does not describe a column '${column}'`;
  return { code: 'test-of-unknown-column', severity: 'hint', message, origin, related: [] };
}

/** A fixture file of a unit test that is not there. */
export function missingFixture(origin: Origin, file: string, dbt: DbtError): Problem {
  const message = `no fixture file ${file} in the tests' fixtures folder`;
  return { code: 'fixture-missing', severity: 'error', message, origin, related: [], data: { name: file }, dbt };
}

/** A value that a property cannot have. */
export function propertyValue(origin: Origin, message: string, dbt: DbtError): Problem {
  return { code: 'properties-invalid', severity: 'error', message, origin, related: [], dbt };
}

/** A measure that no semantic model has. */
export function unknownMeasure(origin: Origin, name: string, dbt: DbtError): Problem {
  const message = `no semantic model has a measure '${name}'`;
  return { code: 'unknown-measure', severity: 'error', message, origin, related: [], data: { name }, dbt };
}

/** A metric that does not exist. */
export function unknownMetric(origin: Origin, name: string, dbt: DbtError): Problem {
  const message = `no metric named '${name}'`;
  return { code: 'unknown-metric', severity: 'error', message, origin, related: [], data: { name }, dbt };
}

/** A snapshot that lacks what its strategy needs. */
export function incompleteSnapshot(origin: Origin, message: string): Problem {
  const dbt = { class: 'ValidationError', message };
  return { code: 'snapshot-incomplete', severity: 'error', message, origin, related: [], dbt };
}

/** A YAML file that does not parse, or says one thing twice. */
export function yamlProblem(
  origin: Origin,
  { code, message }: Pick<YamlProblem, 'code' | 'message'>,
  dbt: DbtError,
): Problem {
  if (code === 'yaml-duplicate-key') {
    return { code: 'yaml-duplicate-key', severity: 'warning', message, origin, related: [] };
  }
  return { code: 'yaml-syntax', severity: 'error', message, origin, related: [], dbt };
}

/** A template that does not parse. */
export function jinjaSyntax(origin: Origin, message: string, dbt: DbtError): Problem {
  return { code: 'jinja-syntax', severity: 'error', message, origin, related: [], dbt };
}

/** A template that fails when it is rendered. The macros on the way are the related places. */
export function renderError(file: FileId, problem: NonNullable<Rendered['problem']>, dbt: DbtError): Problem {
  const site = outermostSite(problem.frame, file);
  const here: Origin = { file: problem.file, ...problem.range };
  const origin = site ?? here;
  const related = site === undefined ? [] : [{ origin: here, message: problem.message }, ...framesOf(problem.frame)];
  const common = { severity: 'error' as const, message: problem.message, origin, related, dbt };
  const undefinedName = /^'([^']+)' is undefined/.exec(problem.message)?.[1];
  if (undefinedName !== undefined) return { code: 'unknown-macro', ...common, data: { name: undefinedName } };
  switch (problem.code ?? '') {
    case 'macro-missing':
    case 'dispatch-not-found':
      return { code: 'unknown-macro', ...common };
    case 'var-missing':
      return { code: 'var-missing', ...common };
    case 'env-var-missing':
      return { code: 'env-var-missing', ...common };
    case 'env-var-secret':
      return { code: 'env-var-secret', ...common };
    default:
      return { code: 'render-error', ...common };
  }
}

/** A mistake that the readers of project, profile and properties files found. */
export function mistakeProblem(origin: Origin, mistake: Mistake, dbt: DbtError | undefined): Problem {
  const { message } = mistake;
  const common = { severity: 'error' as const, message, origin, related: [], ...(dbt === undefined ? {} : { dbt }) };
  switch (mistake.code) {
    case 'project-invalid':
    case 'project-shape':
    case 'project-number':
    case 'project-version':
      return { code: 'project-invalid', ...common };
    case 'project-folder-key':
      return { code: 'project-folder-key', ...common };
    case 'project-unknown-key':
      return { code: 'project-unknown-key', ...common };
    case 'project-missing':
      return { code: 'project-missing', ...common };
    case 'profile-missing':
      return { code: 'profile-missing', ...common };
    case 'profile-invalid':
      return { code: 'profile-invalid', ...common };
    case 'target-missing':
      return { code: 'target-missing', ...common };
    case 'package-missing':
      return { code: 'package-missing', ...common };
    case 'package-duplicate':
      return { code: 'package-duplicate', ...common };
    case 'package-invalid':
      return { code: 'package-invalid', ...common };
    case 'properties-invalid':
      return { code: 'properties-invalid', ...common };
    case 'test-properties-invalid':
      return { code: 'test-properties-invalid', ...common, severity: 'warning' };
    case 'properties-jinja':
    case 'yaml-jinja':
      return { code: 'yaml-jinja', ...common };
  }
}

/** Where in the file itself the call stands that led to a problem elsewhere. */
function outermostSite(frame: Frame | undefined, file: FileId): Origin | undefined {
  let outermost: Origin | undefined;
  for (let at = frame; at !== undefined; at = at.callSite.frame) {
    const { callSite } = at;
    if (callSite.file === file) outermost = { file, ...callSite.range };
  }
  return outermost;
}

function framesOf(frame: Frame | undefined): readonly RelatedPlace[] {
  const places: RelatedPlace[] = [];
  for (let at = frame; at !== undefined; at = at.callSite.frame) {
    places.push({ origin: at.definition, message: `in macro ${at.macro}` });
  }
  return places;
}

/** SQL that this dialect's parser cannot read. */
export function sqlSyntax(place: SqlPlace, { message, expected }: SqlProblem): Problem {
  const related = relatedMacro(place);
  return {
    code: 'sql-syntax',
    severity: 'error',
    message,
    origin: place.origin,
    related,
    data: { candidates: expected },
  };
}

/** A ref or source that is only a part of the name it stands in. */
export function mangledRef(origin: Origin, kind: 'ref' | 'source'): Problem {
  const message = `${kind}() gives the whole name of the relation; what is glued to it makes another name`;
  return { code: 'sql-mangled-ref', severity: 'warning', message, origin, related: [] };
}

/** A query that can be read and cannot be right, or that says something it need not. */
export function sqlMeaning(
  place: SqlPlace,
  problem: SqlMeaningProblem,
  { related, written }: { readonly related: Origin | undefined; readonly written: string },
): Problem {
  const { code, severity, message, candidates } = problem;
  const suggestion = NAMES_A_NAME.has(code) && place.isVerbatim ? nearest(written, candidates) : undefined;
  return {
    code,
    severity,
    message,
    origin: place.origin,
    related: [
      ...relatedMacro(place),
      ...(related === undefined ? [] : [{ origin: related, message: 'the other one' }]),
    ],
    data: {
      candidates,
      ...(place.isVerbatim ? { name: written } : {}),
      ...(suggestion === undefined ? {} : { suggestion }),
    },
  };
}

/** Problems whose candidates are names to put in the place of the wrong one. */
const NAMES_A_NAME: ReadonlySet<string> = new Set(['sql-unknown-column', 'sql-unknown-alias']);

const relatedMacro = ({ definition }: SqlPlace): readonly RelatedPlace[] =>
  definition === undefined ? [] : [{ origin: definition, message: 'made by this macro' }];
