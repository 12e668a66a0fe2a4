import type { JinjaTree } from '../syntax/jinja/parse.ts';
import { DEFAULT_FUEL, Engine, TemplateContext } from './engine.ts';
import type { Fuel, RenderContext, Site } from './engine.ts';
import { MacroReturn } from './macro-return.ts';
import { nativeConcat } from './native-concat.ts';
import { programOf } from './program.ts';
import type { ProgramProblem } from './program.ts';
import { PythonError } from './python/error.ts';
import { builtinGlobals } from './python/globals.ts';
import { currentMeter, FuelError, metered } from './python/meter.ts';
import { toText } from './python/text.ts';
import type { FileId, Rendered, RenderProblem, Segment } from './rendered.ts';
import { NativeSink, sinkText, TextSink } from './sink.ts';
import type { UndefinedFlavour, Value } from './value.ts';

export type { Fuel, RenderContext } from './engine.ts';

/** What is to be rendered, and in which surroundings. */
export interface RenderRequest {
  readonly template: JinjaTree;
  readonly file: FileId;
  /** The names of the host: variables, functions, macros. Jinja's own globals come after it. */
  readonly context: RenderContext;
  /** How names without a value behave; `default` unless told. */
  readonly flavour?: UndefinedFlavour;
  readonly fuel?: Fuel;
}

/** The result of native rendering. */
export interface NativeRendered {
  /** `undefined` with a problem. */
  readonly value: Value | undefined;
  readonly problem: RenderProblem | undefined;
}

/**
 * Renders a template to text as dbt does, with the origin of every character. A text without any Jinja comes back
 * untouched. It never throws for anything a template does: what Python would raise is the `problem`.
 */
export function render(request: RenderRequest): Rendered {
  const { template, file } = request;
  const { text } = template;
  if (!mayHoldJinja(text)) return { text, segments: wholeText(file, text), problem: undefined };
  const sink = new TextSink();
  const problem = run(request, 'text', sink);
  const joined = problem === undefined ? join(sink, file) : { text: sink.texts.join(''), problem };
  return { text: joined.text, segments: segmentsOf(sink), problem: joined.problem };
}

/**
 * Renders a template to a value as dbt does for YAML: one expression keeps the type of its value, anything else is text,
 * and only the `as_…` filters evaluate.
 */
export function renderNative(request: RenderRequest): NativeRendered {
  const sink = new NativeSink();
  const problem = run(request, 'native', sink);
  if (problem !== undefined) return { value: undefined, problem };
  try {
    return { value: nativeConcat(sink.values), problem: undefined };
  } catch (error) {
    return { value: undefined, problem: problemOf(error, wholeSite(request), undefined, undefined) };
  }
}

/** Whether a text holds any delimiter at all; dbt does not hand others to Jinja. */
export function mayHoldJinja(text: string): boolean {
  for (let at = text.indexOf('{'); at >= 0; at = text.indexOf('{', at + 1)) {
    const next = text.charCodeAt(at + 1);
    if (next === 123 || next === 37 || next === 35) return true;
  }
  for (let at = text.indexOf('}', 1); at >= 0; at = text.indexOf('}', at + 1)) {
    const before = text.charCodeAt(at - 1);
    if (before === 125 || before === 37 || before === 35) return true;
  }
  return false;
}

function wholeText(file: FileId, text: string): readonly Segment[] {
  if (text === '') return [];
  const origin = { file, start: 0, end: text.length };
  return [{ start: 0, end: text.length, origin, kind: 'verbatim', frame: undefined }];
}

const wholeSite = ({ template, file }: RenderRequest): Site => ({
  file,
  range: { start: 0, end: template.text.length },
  line: 1,
});

function run(request: RenderRequest, mode: 'text' | 'native', sink: TextSink | NativeSink): RenderProblem | undefined {
  const { template, file, context, flavour = 'default', fuel = DEFAULT_FUEL } = request;
  const program = programOf(template, file, { mode, flavour });
  if ('problem' in program) return compileProblem(program.problem, file);
  const engine = new Engine(fuel, sink, program.start);
  try {
    metered(engine, () =>
      program.run(new TemplateContext(engine, context, { globals: GLOBALS, blocks: program.blocks, flavour })),
    );
  } catch (error) {
    const { site, frame } = engine;
    return problemOf(error, site, frame, engine.lineOf(error));
  }
  // A template that a function of another one renders is work of that one too.
  currentMeter()?.spend(engine.spent);
  return undefined;
}

const GLOBALS = builtinGlobals();

function compileProblem({ errorClass, message, range, line }: ProgramProblem, file: FileId): RenderProblem {
  return { errorClass, message, file, range, frame: undefined, line };
}

/** The problem that an error of a template is; any other error is ours and goes on. */
function problemOf(error: unknown, site: Site, frame: RenderProblem['frame'], line: number | undefined): RenderProblem {
  const { file, range } = site;
  // A `return` outside of any macro is nobody's to catch.
  if (error instanceof MacroReturn) {
    return { errorClass: 'MacroReturn', message: toText(error.value), file, range, frame, line };
  }
  if (error instanceof PythonError) {
    const { errorClass, message, code } = error;
    return { errorClass, message, file, range, frame, line, ...(code === undefined ? {} : { code }) };
  }
  if (error instanceof FuelError) {
    return { errorClass: 'RenderLimitExceeded', message: error.message, file, range, frame, line };
  }
  if (error instanceof RangeError) {
    const isStack = /call stack/i.test(error.message);
    const errorClass = isStack ? 'RecursionError' : 'MemoryError';
    const message = isStack ? 'maximum recursion depth exceeded' : '';
    return { errorClass, message, file, range, frame, line };
  }
  throw error;
}

/** The text of the whole template; a block's value that is no text is found out only here. */
function join(sink: TextSink, file: FileId): { readonly text: string; readonly problem: RenderProblem | undefined } {
  try {
    return { text: sinkText(sink), problem: undefined };
  } catch (error) {
    const site = { file, range: { start: 0, end: 0 }, line: 1 };
    return { text: sink.texts.join(''), problem: problemOf(error, site, undefined, undefined) };
  }
}

function segmentsOf({ pieces }: TextSink): readonly Segment[] {
  const segments: Segment[] = [];
  let start = 0;
  for (const { length, origin, kind, frame } of pieces) {
    const end = start + length;
    segments.push({ start, end, origin, kind, frame });
    start = end;
  }
  return segments;
}
