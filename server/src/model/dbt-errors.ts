import { isPython } from './python-models.ts';
import type { Frame, RenderProblem } from '../render/rendered.ts';
import type { Declared, PatchRef } from './file-summary.ts';
import { compilation, indented, parsing, withLine, type DbtError, type SourceLine } from './error-text.ts';

/** dbt's exception for a `ref` or `source` that means nothing. */
export const targetNotFound = (message: string): DbtError => ({
  class: 'TargetNotFoundError',
  message: compilation(message),
});

/** dbt's exception for a `ref` that several packages could mean. */
export const ambiguousRefError = (node: Declared, message: string): DbtError => ({
  class: 'AmbiguousResourceNameRefError',
  message: inNode('Compilation Error', node, message),
});

/** dbt's exception for a `ref` that access rules forbid. */
export const forbiddenRefError = (message: string): DbtError => ({
  class: 'DbtReferenceError',
  message: parsing(message),
});

/** dbt's exception for a `doc()` that means nothing. */
export const docNotFound = (uniqueId: string, name: string, packageName: string | undefined): DbtError => {
  const inPackage = packageName === undefined ? '' : ` in package '${packageName}'`;
  const message = `Documentation for '${uniqueId}' depends on doc '${name}' ${inPackage} which was not found`;
  return { class: 'DocTargetNotFoundError', message: compilation(message) };
};

/** dbt's exception for a group that is not declared. */
export const groupError = (node: Declared, name: string, known: readonly string[]): DbtError => {
  const groups = `[${known.map(it => `'${it}'`).join(', ')}]`;
  return {
    class: 'ParsingError',
    message: inNode('Parsing Error', node, `Invalid group '${name}', expected one of ${groups}`),
  };
};

/** dbt's exception for an entry that describes what another one describes already. */
export function duplicatePatchError({ section, name, packageName }: PatchRef, files: readonly string[]): DbtError {
  const isMacro = section === 'macros';
  const what = isMacro
    ? `macro in package ${packageName} named ${name}. Macros`
    : `resource named ${name}. Resources and their associated columns`;
  const type = isMacro ? 'macros' : 'resource';
  const isOneFile = new Set(files).size === 1;
  const fix = isOneFile
    ? `remove one of the ${type} entries for ${name} in this file:\n - ${files[0] ?? ''}`
    : `remove the ${type} entry for ${name} in one of these files:\n - ${files.join('\n')}`;
  const message = `dbt found two schema.yml entries for the same ${what} may only be described a single time. To fix this, ${fix}`;
  return { class: isMacro ? 'DuplicateMacroPatchNameError' : 'DuplicatePatchPathError', message: compilation(message) };
}

/** dbt's exception for two resources of one name. */
export function duplicateError(all: readonly Declared[], place = ''): DbtError {
  const [first] = all;
  if (first === undefined) return { class: 'DuplicateResourceNameError', message: '' };
  // dbt reads the templates of a folder before its Python models.
  const [python, others] = [all.filter(it => isPython(it.file)), all.filter(it => !isPython(it.file))];
  const lines = [...python.toReversed(), ...others.toReversed()].map(it => `- ${it.uniqueId} (${it.originalPath})`);
  if (first.kind === 'macro') return duplicateMacro(first, all);
  const name = first.kind === 'source' ? sourceName(first).join('_') : first.name;
  const message = `dbt found two ${PLURALS.get(first.kind) ?? `${first.kind}s`} with the name "${name}"${place}.\n\nSince these resources have the same name, dbt will be unable to find the correct resource\nwhen ${purpose(first)}.\n\nTo fix this, change the name of one of these resources:\n${lines.join('\n')}`;
  return { class: 'DuplicateResourceNameError', message: compilation(message) };
}

function duplicateMacro({ name, packageName }: Declared, all: readonly Declared[]): DbtError {
  const files = all
    .toReversed()
    .map(it => `    - ${it.originalPath}`)
    .join('\n');
  const message = `dbt found multiple macros named "${name}" in the project\n"${packageName}".\n\nAll macros require unique names, to fix this error rename or remove any\nduplicates. They can be found in these files:\n${files}`;
  return { class: 'DuplicateMacroInPackageError', message: compilation(message) };
}

const PLURALS: ReadonlyMap<string, string> = new Map([
  ['test', 'data_tests'],
  ['analysis', 'analyses'],
]);

function purpose(declared: Declared): string {
  switch (declared.kind) {
    case 'source': {
      const [source, table] = sourceName(declared);
      return `looking for source("${source}", "${table}")`;
    }
    case 'model':
    case 'seed':
    case 'snapshot':
      return `looking for ref("${declared.name}")`;
    case 'doc':
      return `looking for doc("${declared.name}")`;
    case 'test':
      return declared.at.kind === 'generic-test' ? 'running tests' : `looking for ${declared.name}`;
    case 'analysis':
    case 'exposure':
    case 'group':
    case 'macro':
    case 'metric':
    case 'operation':
    case 'saved_query':
    case 'semantic_model':
    case 'sql_operation':
    case 'unit_test':
      return `looking for ${declared.name}`;
  }
}

function sourceName({ uniqueId, packageName, name }: Declared): readonly [string, string] {
  return [uniqueId.slice(`source.${packageName}.`.length, -(name.length + 1)), name];
}

/** dbt's exception for names with blanks, all at once. */
export function spacedNamesError(nodes: readonly Declared[]): DbtError {
  const lines = nodes.map(({ uniqueId, originalPath }) => `  * '${uniqueId}' (${originalPath})`).join('\n');
  const message = `Resource names cannot contain spaces:\n${lines}\nPlease rename the invalid model(s) so that their name(s) do not contain any spaces.`;
  return { class: 'DbtValidationError', message: `Runtime Error\n${indented(message)}` };
}

/** dbt's exception for two nodes that are built into one relation. */
export function ambiguousAlias(
  relation: string,
  nodes: readonly { readonly uniqueId: string; readonly originalPath: string }[],
): DbtError {
  const lines = nodes.map(({ uniqueId, originalPath }) => `- ${uniqueId} (${originalPath})`);
  const message = `dbt found two resources with the database representation "${relation}".\ndbt cannot create two resources with identical database representations. To fix this,\nchange the configuration of one of these resources:\n${lines.join('\n')}`;
  return { class: 'AmbiguousAliasError', message: compilation(message) };
}

const inNode = (kind: string, { kind: type, name, originalPath }: NodeInMessage, message: string): string =>
  `${kind} in ${type} ${name} (${originalPath})\n${indented(message)}`;

/** dbt's exception for a node that it cannot read. */
const parsingError = (node: Declared, message: string): DbtError => ({
  class: 'ParsingError',
  message: inNode('Parsing Error', node, message),
});

/** dbt's exception for a template that fails while the project is read. */
export function parseRenderError(node: Declared, problem: RenderProblem): DbtError {
  // dbt looks what a macro dispatches to when it reads the macro, and then knows of no node.
  if (problem.frame !== undefined && problem.code === 'dispatch-not-found') {
    return { class: problem.errorClass, message: compilation(problem.message) };
  }
  if (isCaughtInMacro(problem)) {
    const message = caughtMessage(node, problem);
    return { class: 'CaughtMacroErrorWithNodeError', message: inNode('Compilation Error', node, message) };
  }
  const errorClass = raisedFor(problem.errorClass);
  if (isPython(node.file)) return pythonError(node, problem);
  if (PARSING_ERRORS.has(errorClass)) return { class: errorClass, message: parsing(problem.message) };
  return { class: errorClass, message: inNode('Compilation Error', node, renderedMessage(node, problem)) };
}

/** What dbt raises for an exception of Jinja or Python. */
function raisedFor(errorClass: string): string {
  if (errorClass === 'UndefinedError') return 'UndefinedMacroError';
  return PYTHON_ERRORS.has(errorClass) ? 'CompilationError' : errorClass;
}

/** A Python model has no template: dbt's exceptions are those of its own reader, and some do not name the node. */
function pythonError(node: Declared, { errorClass, message }: RenderProblem): DbtError {
  switch (errorClass) {
    case 'ParsingError':
      return parsingError(node, message);
    case 'PythonLiteralEvalError':
      return { class: errorClass, message: parsing(message) };
    default:
      return { class: errorClass, message: compilation(message) };
  }
}

/** The innermost macro makes dbt's own exception of these; those around it are named on the way out. */
const isCaughtInMacro = (problem: RenderProblem): boolean =>
  (problem.frame !== undefined && (problem.errorClass === 'UndefinedError' || problem.errorClass === 'TypeError')) ||
  isOfArguments(problem);

/** A macro that is called with the wrong arguments fails itself, before there is a frame for it. */
const isOfArguments = ({ errorClass, message }: RenderProblem): boolean =>
  errorClass === 'TypeError' && message.startsWith("macro 'dbt_macro__");

function caughtMessage(node: NodeInMessage, problem: RenderProblem): string {
  const outer = isOfArguments(problem) ? problem.frame : problem.frame?.callSite.frame;
  return `${problem.message}${macroTrail(node, outer)}`;
}

type NodeInMessage = Pick<Declared, 'kind' | 'name' | 'originalPath'>;

/** dbt's exception for a macro that fails to name a node, which dbt calls for no node in particular. */
export function namingError(problem: RenderProblem): DbtError {
  if (isCaughtInMacro(problem)) {
    const outer = isOfArguments(problem) ? problem.frame : problem.frame?.callSite.frame;
    const trail = outer === undefined ? '' : `\n\n${macroLines(outer).join('\n')}\n> called by <Unknown>`;
    return { class: 'CaughtMacroErrorWithNodeError', message: compilation(`${problem.message}${trail}`) };
  }
  const errorClass = raisedFor(problem.errorClass);
  if (PARSING_ERRORS.has(errorClass)) return { class: errorClass, message: parsing(problem.message) };
  let macro = problem.frame;
  while (macro?.callSite.frame !== undefined) macro = macro.callSite.frame;
  if (macro === undefined) return { class: errorClass, message: compilation(problem.message) };
  const asNode = { kind: 'macro' as const, name: macro.macro, originalPath: macro.definition.file };
  return { class: errorClass, message: inNode('Compilation Error', asNode, renderedMessage(asNode, problem)) };
}

/** dbt's exception for a template that fails when it is compiled. */
export function compileRenderError(node: Declared, problem: RenderProblem): DbtError {
  const message = inNode('Compilation Error', node, renderedMessage(node, problem));
  return { class: 'DbtRuntimeError', message: `Runtime Error\n${indented(message)}` };
}

const PYTHON_ERRORS_LIST: readonly string[] =
  'TemplateSyntaxError TemplateAssertionError UndefinedError TypeError ValueError KeyError IndexError AttributeError ZeroDivisionError MacroReturn RecursionError'.split(
    ' ',
  );
const PYTHON_ERRORS: ReadonlySet<string> = new Set(PYTHON_ERRORS_LIST);

/** dbt names the macros on the way for errors of its own, and says what may lie behind a name that is not there. */
export function renderedMessage(node: NodeInMessage, problem: RenderProblem): string {
  const { message, errorClass } = problem;
  if (isCaughtInMacro(problem)) return caughtMessage(node, problem);
  if (errorClass === 'UndefinedError') return `${message}${UNDEFINED_HINT}`;
  if (STACKLESS.has(errorClass)) return message;
  return `${message}${macroTrail(node, problem.frame)}`;
}

/** The macros on the way from a frame to the node, as dbt lists them below a message; nothing without a frame. */
function macroTrail({ kind, name, originalPath }: NodeInMessage, innermost: Frame | undefined): string {
  if (innermost === undefined) return '';
  return `\n\n${macroLines(innermost).join('\n')}\n> called by ${kind} ${name} (${originalPath})`;
}

function macroLines(innermost: Frame): readonly string[] {
  const macros: string[] = [];
  for (let frame: Frame | undefined = innermost; frame !== undefined; frame = frame.callSite.frame) {
    const step = macros.length === 0 ? 'in macro' : 'called by macro';
    macros.push(`> ${step} ${frame.macro} (${frame.definition.file})`);
  }
  return macros;
}

const STACKLESS: ReadonlySet<string> = new Set([
  ...PYTHON_ERRORS_LIST,
  'DbtRuntimeError',
  'DbtDatabaseError',
  'FailFastError',
]);

const UNDEFINED_HINT =
  '. This can happen when calling a macro that does not exist. Check for typos and/or install package dependencies with "dbt deps".';

/** dbt's exception for a template that does not parse: Jinja's message, with the line it names. */
export function syntaxError(
  node: Declared,
  { message, frame }: Pick<RenderProblem, 'message' | 'frame'>,
  line: SourceLine | undefined,
): DbtError {
  const report = `${withLine(message, line)}${macroTrail(node, frame)}`;
  return { class: 'CompilationError', message: inNode('Compilation Error', node, report) };
}

/** The same for a block of a macro file, which dbt does not name. */
export const macroSyntaxError = (message: string, line: SourceLine | undefined): DbtError => ({
  class: 'CompilationError',
  message: compilation(withLine(message, line)),
});

/** dbt's exception for a description, or a block of documentation, that does not render. */
export function descriptionError(message: string): DbtError {
  if (message.startsWith("Required var '")) return { class: 'RequiredVarNotFoundError', message: compilation(message) };
  const isUndefined = /^'[^]*' (?:is undefined|has no attribute '[^']*')$/.test(message);
  if (isUndefined) return { class: 'UndefinedMacroError', message: compilation(`${message}${UNDEFINED_HINT}`) };
  return { class: 'CompilationError', message: compilation(message) };
}

/** dbt's exception for a block without its end tag. */
export const unclosedBlockError = (errorClass: string, message: string): DbtError => ({
  class: errorClass,
  message: compilation(message),
});

const PARSING_ERRORS: ReadonlySet<string> = new Set([
  'EnvVarMissingError',
  'SecretEnvVarLocationError',
  'ParsingError',
]);
