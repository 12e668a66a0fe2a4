import { returnFunction } from '../../server/src/render/macro-return.ts';
import { macroCallable, macrosIn, supportedLanguages } from '../../server/src/render/macro.ts';
import { contextFunctions } from '../../server/src/render/python/context-functions.ts';
import { PythonError } from '../../server/src/render/python/error.ts';
import { templateModules } from '../../server/src/render/python/modules/modules.ts';
import { typeName } from '../../server/src/render/python/type-name.ts';
import { render, renderNative } from '../../server/src/render/render.ts';
import type { RenderContext } from '../../server/src/render/render.ts';
import type { RenderProblem } from '../../server/src/render/rendered.ts';
import { Dict, Marked } from '../../server/src/render/value.ts';
import type { Value } from '../../server/src/render/value.ts';
import { lineTable, positionAt } from '../../server/src/base/line-table.ts';
import { scanBlocks } from '../../server/src/syntax/jinja/blocks.ts';
import { parseJinja } from '../../server/src/syntax/jinja/parse.ts';
import { Decoder, encode } from './jinja-values.ts';
import type { Encoded } from './jinja-values.ts';

/** One line of a file of cases: a template and what dbt-core makes of it. */
export interface JinjaCase {
  readonly id: string;
  readonly area: string;
  readonly mode: 'text' | 'native' | 'blocks' | 'macros';
  readonly template: string;
  readonly context: { readonly [name: string]: Encoded };
  readonly options?: {
    readonly capture_macros?: boolean;
    readonly macros?: readonly { readonly name: string; readonly macro_sql: string }[];
    readonly allowed_blocks?: readonly string[];
    readonly collect_raw_data?: boolean;
    readonly warnings?: boolean;
  };
  readonly expected: {
    readonly output?: Encoded;
    readonly type?: string;
    readonly repr?: string;
    readonly warnings?: readonly string[];
    readonly error?: ExpectedError;
  };
}

interface ExpectedError {
  readonly class: string;
  readonly message: string;
  readonly line: number | null;
}

/** What the product makes of a case. */
type Outcome =
  | { readonly output: Encoded; readonly type?: string; readonly warnings?: readonly string[] }
  | { readonly error: ExpectedError };

const FILE = 'models/case.sql';

/** Why the product's answer to a case is wrong, or `undefined` when it is right. */
export function failureOf(test: JinjaCase): string | undefined {
  let outcome: Outcome;
  try {
    outcome = OUTCOMES[test.mode](test);
  } catch (error) {
    return `crashed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
  const { expected } = test;
  if (expected.error !== undefined) {
    if (!('error' in outcome)) return `expected ${show(expected.error)}, got output ${show(outcome.output)}`;
    return differs(expected.error, outcome.error) ? `expected ${show(expected.error)}, got ${show(outcome.error)}` : undefined;
  }
  if ('error' in outcome) return `expected output ${show(expected.output)}, got ${show(outcome.error)}`;
  const isSame =
    show(sorted(expected.output ?? null)) === show(sorted(outcome.output)) &&
    (expected.type === undefined || expected.type === outcome.type) &&
    (expected.warnings === undefined || show(expected.warnings) === show(outcome.warnings));
  return isSame ? undefined : `expected ${show(expected)}, got ${show(outcome)}`;
}

const show = (value: unknown): string => JSON.stringify(value);

/** Sets have no order of their own, and the name that an undefined keeps shows nowhere. */
function sorted(value: Encoded): Encoded {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value as { readonly [key: string]: Encoded });
  return Object.fromEntries(
    entries.map(([key, content]) => {
      const inner = sorted(content);
      if (key === '$undefined') return [key, ''];
      return [key, key === '$set' && Array.isArray(inner) ? [...inner].sort((a, b) => (show(a) < show(b) ? -1 : 1)) : inner];
    }),
  );
}

/** The classes whose message belongs to Jinja or dbt; the messages of the others are CPython's. */
const OWN_MESSAGES: ReadonlySet<string> = new Set([
  'TemplateSyntaxError',
  'TemplateAssertionError',
  'UndefinedError',
  'SecurityError',
  'TemplateRuntimeError',
  'JinjaRenderingError',
  'NestedTagsError',
  'BlockDefinitionNotAtTopError',
  'UnexpectedControlFlowEndTagError',
  'MissingControlFlowStartTagError',
  'MissingCloseTagError',
  'UnexpectedMacroEOFError',
  'MaterializationArgError',
]);

function differs(expected: ExpectedError, actual: ExpectedError): boolean {
  if (expected.class === 'SyntaxError') return false;
  if (expected.class !== actual.class || expected.line !== actual.line) return true;
  return OWN_MESSAGES.has(expected.class) && withoutHeading(expected.message) !== withoutHeading(actual.message);
}

/** dbt's own errors print a heading before their message. */
const withoutHeading = (message: string): string => message.replace(/^(Compilation|Runtime) Error\n {2}/, '').replaceAll('\n  ', '\n');

const OUTCOMES: Record<JinjaCase['mode'], (test: JinjaCase) => Outcome> = {
  text: test => {
    const { text, problem } = render(requestOf(test));
    return problem === undefined ? { output: text } : { error: errorOf(problem) };
  },
  native: test => {
    const { value, problem } = renderNative(requestOf(test));
    if (problem !== undefined) return { error: errorOf(problem) };
    return { output: encode(value ?? null), type: nativeType(value ?? null) };
  },
  blocks: blocksOutcome,
  macros: macrosOutcome,
};

function nativeType(value: Value): string {
  if (value instanceof Marked) return `${value.mark[0]?.toUpperCase() ?? ''}${value.mark.slice(1)}Marker`;
  const type = typeName(value);
  return type.slice(type.lastIndexOf('.') + 1);
}

function errorOf({ errorClass, message, line }: RenderProblem): ExpectedError {
  return { class: errorClass, message, line: line ?? null };
}

function requestOf(test: JinjaCase): Parameters<typeof render>[0] {
  const flavour = test.options?.capture_macros === true ? 'capturing' : test.mode === 'native' ? 'native' : 'default';
  return { template: parseJinja(test.template), file: FILE, context: contextOf(test), flavour };
}

const OUTSIDE_TIME = { epochMilliseconds: () => 1_700_000_000_000, localOffsetMinutes: () => 0 };

function contextOf(test: JinjaCase): RenderContext {
  const { modules, times } = templateModules(OUTSIDE_TIME);
  const decoder = new Decoder(modules);
  const values = new Dict();
  for (const [name, value] of contextFunctions(times)) values.setString(name, value);
  values.setString('return', returnFunction);
  values.setString('modules', modules);
  values.setString('context', values);
  for (const [name, encoded] of Object.entries(test.context)) values.setString(name, decoder.decode(encoded));
  const context: RenderContext = { lookup: name => values.getString(name) };
  for (const { name, macro_sql } of test.options?.macros ?? []) {
    const file = `macros/${name}.sql`;
    const [definition] = macrosIn(parseJinja(macro_sql), file);
    if (definition !== undefined) values.setString(name, macroCallable(definition, () => context));
  }
  return context;
}

function blocksOutcome({ template, options }: JinjaCase): Outcome {
  const { blocks, unexpected, problem } = scanBlocks(template, {
    ...(options?.allowed_blocks === undefined ? {} : { allowed: new Set(options.allowed_blocks) }),
    withData: options?.collect_raw_data ?? true,
  });
  if (problem !== undefined) return { error: { class: problem.errorClass, message: problem.message, line: null } };
  const output = blocks.map(block => ({
    block_type_name: block.type,
    ...(block.type === '__dbt__data' ? {} : { block_name: block.name ?? null }),
    contents: template.slice(block.contents.start, block.contents.end),
    full_block: template.slice(block.full.start, block.full.end),
  }));
  const warnings = unexpected.map(tag => `Found unexpected '${tag.type}' block tag.`);
  return options?.warnings === true ? { output, warnings } : { output };
}

function macrosOutcome({ template }: JinjaCase): Outcome {
  const tree = parseJinja(template);
  const lines = lineTable(template);
  const [problem] = tree.problems;
  if (problem !== undefined) {
    const line = problem.at === undefined ? null : positionAt(lines, problem.at).line + 1;
    return { error: { class: problem.errorClass, message: problem.message, line } };
  }
  const output = macrosIn(tree, FILE).map(definition => {
    const types = definition.parameters.map(it => it.type ?? '');
    return {
      name: definition.fullName,
      args: definition.parameters.map(it => it.name),
      defaults: definition.parameters.filter(it => it.default !== undefined).length,
      line: positionAt(lines, definition.node.at).line + 1,
      ...(definition.node.typed ? { arg_types: types } : {}),
      ...(definition.tag === 'materialization' ? languagesOf(definition) : {}),
    };
  });
  return { output };
}

function languagesOf(definition: Parameters<typeof supportedLanguages>[0]): { readonly [key: string]: Encoded } {
  try {
    return { supported_languages: supportedLanguages(definition) };
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    return { supported_languages_error: { class: error.errorClass, message: error.message } };
  }
}
