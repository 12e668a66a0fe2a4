import type { Mistake } from '../dbt/manifest/mistake.ts';
import { parseJinja } from '../syntax/jinja/parse.ts';
import { libyamlError } from '../syntax/yaml/libyaml-error.ts';
import type { YamlProblem } from '../syntax/yaml/tree.ts';
import { compilation, indented, lineAt, parsing, withLine, type DbtError } from './error-text.ts';

/**
 * dbt's exception for a YAML file that does not parse, with the lines around the place. Where dbt's reader sees nothing
 * wrong, the complaint of the one that did stands in.
 */
export function yamlLoadError(
  place: { readonly packageName: string; readonly path: string },
  text: string,
  problem: Pick<YamlProblem, 'message' | 'range'>,
): DbtError {
  // dbt strips the blanks around these files before it reads them.
  const report = yamlReport(text.trim(), problem);
  // dbt reads these before it knows of any package.
  if (READ_FIRST.has(place.path)) {
    return { class: 'DbtValidationError', message: `Runtime Error\n${indented(report)}` };
  }
  const inFile = `Error reading ${place.packageName}: ${place.path} - Runtime Error\n${indented(report)}`;
  return { class: 'YamlLoadError', message: parsing(inFile) };
}

/** dbt's exception for a project that names no profile. */
export const noProfileError: DbtError = {
  class: 'DbtProjectError',
  message: `Runtime Error
  dbt cannot run because no profile was specified for this dbt project.
  To specify a profile for this project, add a line like the this to
  your dbt_project.yml file:

  profile: [profile name]

  Here, [profile name] should be replaced with a profile name
  defined in your profiles.yml file. You can find profiles.yml here:

  ~/.dbt/profiles.yml`,
};

/** The same as for other YAML files for a profiles file. */
export const profilesLoadError = (text: string, problem: Pick<YamlProblem, 'message' | 'range'>): DbtError => {
  const report = `Runtime Error\n${indented(yamlReport(text, problem))}`;
  const heading = '\ndbt encountered an error while trying to read your profiles.yml file.\n';
  return { class: 'DbtValidationError', message: `Runtime Error\n${indented(`${heading}\n${report}`)}` };
};

function yamlReport(text: string, { message, range }: Pick<YamlProblem, 'message' | 'range'>): string {
  const before = text.slice(0, range.start).split('\n');
  const read = libyamlError(text) ?? {
    message: `${message}\n  in "<unicode string>", line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`,
    line: before.length - 1,
  };
  const first = Math.max(read.line - 3, 0);
  const lines = text.split('\n').slice(first, read.line + 4);
  const quoted = lines.map((it, index) => `${String(first + index + 1).padEnd(3)}| ${it}`);
  const ruler = '------------------------------';
  const heading = `Syntax error near line ${read.line + 1}`;
  return [heading, ruler, ...quoted, '', 'Raw Error:', ruler, read.message].join('\n');
}

const READ_FIRST: ReadonlySet<string> = new Set(
  'dbt_project.yml selectors.yml packages.yml dependencies.yml'.split(' '),
);

/** dbt's exception for a mistake in a project, profile, packages or properties file. */
export function mistakeError(mistake: Mistake, packageName: string): DbtError | undefined {
  const error = mistake.dbt ?? ownError(mistake, packageName);
  const isOfPackage = mistake.code.startsWith('project-') && mistake.file.includes('/');
  return error !== undefined && isOfPackage ? packageError(error, mistake.file) : error;
}

/** What dbt makes of a mistake in the project file of a package. */
function packageError({ class: errorClass, message }: DbtError, file: string): DbtError {
  if (!PROJECT_ERRORS.has(errorClass)) return { class: errorClass, message };
  const folder = file.slice(0, file.lastIndexOf('/'));
  return { class: 'DbtProjectError', message: runtime(`Failed to read package: ${message}`, folder) };
}

const PROJECT_ERRORS: ReadonlySet<string> = new Set([
  'DbtProjectError',
  'ProjectContractError',
  'ProjectContractBrokenError',
]);

function ownError({ code, message, file }: Mistake, packageName: string): DbtError | undefined {
  switch (code) {
    case 'project-folder-key':
      return { class: 'AttributeError', message: "'bool' object has no attribute 'startswith'" };
    case 'project-invalid':
      return { class: 'DbtProjectError', message: runtime(message, file) };
    case 'project-unknown-key':
      return { class: 'ProjectContractError', message: runtime(`at path []: ${message}`, file) };
    case 'project-shape':
      return { class: 'ProjectContractError', message: runtime(message, file) };
    case 'project-number':
      return { class: 'ProjectContractBrokenError', message: runtime(message, file) };
    case 'project-version':
      return { class: 'DbtInternalError', message: `Internal Error\n  ${message}` };
    case 'project-missing':
    case 'profile-missing':
      return { class: 'DbtProjectError', message: `Runtime Error\n${indented(message)}` };
    case 'profile-invalid':
    case 'target-missing':
      return { class: 'DbtProfileError', message: `Runtime Error\n${indented(message)}` };
    case 'package-missing':
      return { class: 'UninstalledPackagesFoundError', message: compilation(message) };
    case 'package-duplicate':
      return { class: 'NonUniquePackageNameError', message: compilation(message) };
    case 'package-invalid':
    case 'test-properties-invalid':
      return undefined;
    case 'properties-invalid':
      return { class: 'ParsingError', message: parsing(propertiesMessage(message, file, packageName)) };
    case 'properties-jinja':
      return propertiesJinjaError(message, file, packageName);
    case 'yaml-jinja':
      return yamlJinjaError(message);
  }
}

/** What dbt's parser of properties makes of its own exceptions. */
function propertiesJinjaError(message: string, file: string, packageName: string): DbtError {
  const error = yamlJinjaError(message);
  if (!error.message.startsWith('Parsing Error')) return error;
  const report = `Failed to render ${file} from project ${packageName}: ${error.message}`;
  return { class: 'ParsingError', message: parsing(report) };
}

/** dbt's exception for Jinja in YAML that does not render. */
export function yamlJinjaError(message: string): DbtError {
  const plain = message.replace(/^Could not render [^]*?\}\}: /, '');
  if (plain.startsWith('Secret env vars')) return { class: 'SecretEnvVarLocationError', message: parsing(plain) };
  if (plain.startsWith('Env var required')) return { class: 'EnvVarMissingError', message: parsing(plain) };
  return { class: 'CompilationError', message: compilation(withSyntaxLine(message)) };
}

/** Jinja's complaints about syntax name the line. */
function withSyntaxLine(message: string): string {
  const text = /^Could not render ([^]*?\}\}): /.exec(message)?.[1] ?? '';
  const [syntax] = parseJinja(text).problems;
  return syntax?.at === undefined ? message : withLine(message, lineAt(text, syntax.at));
}

const runtime = (message: string, file: string): string =>
  `Runtime Error\n${indented(message)}\n\nError encountered in {root}/${file}`;

function propertiesMessage(message: string, file: string, _packageName: string): string {
  const isShape = message.startsWith('a list element for') || message.startsWith("the value of '");
  return isShape ? `The schema file at ${file} is invalid because ${message}` : message;
}
