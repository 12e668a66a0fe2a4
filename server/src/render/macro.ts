import { bug } from '../base/bug.ts';
import type { TextRange } from '../base/text-range.ts';
import type { Expression, Macro, MacroTag, Statement } from '../syntax/jinja/nodes.ts';
import type { JinjaTree } from '../syntax/jinja/parse.ts';
import { walk } from '../syntax/jinja/tree.ts';
import { EvaluatorCall } from './calls.ts';
import { TextSink } from './sink.ts';
import { TemplateContext } from './engine.ts';
import type { Engine, RenderContext } from './engine.ts';
import { programOf } from './program.ts';
import type { ProgramResult } from './program.ts';
import { MacroReturn } from './macro-return.ts';
import { PythonError, raise } from './python/error.ts';
import { builtinGlobals } from './python/globals.ts';
import { repr } from './python/text.ts';
import type { FileId } from './rendered.ts';
import { Callable } from './value.ts';
import type { CallArguments, CallContext, Value } from './value.ts';

/** A macro, test, materialization or docs block of a file. */
export interface MacroDefinition {
  /** The parsed text it stands in: the file, or the block cut out of it. */
  readonly template: JinjaTree;
  readonly file: FileId;
  readonly tag: MacroTag;
  /** As written. */
  readonly name: string;
  /** As dbt stores it: `dbt_macro__x`, `dbt_macro__test_x`, `dbt_macro__materialization_x_default`, `dbt_docs__x`. */
  readonly fullName: string;
  readonly parameters: readonly MacroParameter[];
  /** `adapter=` of a materialization, `default` without. */
  readonly adapter: string | undefined;
  readonly range: TextRange;
  readonly nameRange: TextRange;
  readonly node: Macro;
}

export interface MacroParameter {
  readonly name: string;
  readonly type: string | undefined;
  /** The source of the default; `undefined` for a required parameter. */
  readonly default: string | undefined;
  readonly range: TextRange;
}

/** All macros of a parsed text, nested ones included, in the order in which they start. */
export function macrosIn(template: JinjaTree, file: FileId): readonly MacroDefinition[] {
  const macros: MacroDefinition[] = [];
  walk(template.body, node => {
    if (node.kind === 'macro') macros.push(definitionOf(template, file, node));
  });
  return macros;
}

function definitionOf(template: JinjaTree, file: FileId, node: Macro): MacroDefinition {
  const { tag, name, fullName, adapter, nameRange, start, end } = node;
  const parameters = node.parameters.map(it => ({
    name: it.name,
    type: it.type,
    default: it.default === undefined ? undefined : sourceText(template, it.default),
    range: { start: it.start, end: it.end },
  }));
  return { template, file, tag, name, fullName, parameters, adapter, range: { start, end }, nameRange, node };
}

const sourceText = (template: JinjaTree, node: Expression): string => template.text.slice(node.start, node.end);

/** The languages of a materialization: what dbt reads from its `supported_languages`. */
export function supportedLanguages(definition: MacroDefinition): readonly string[] {
  const value = definition.node.parameters.find(it => it.name === 'supported_languages')?.default;
  if (value === undefined) return ['sql'];
  if (value.kind !== 'list' && value.kind !== 'tuple') {
    return raise('AttributeError', "'Const' object has no attribute 'items'");
  }
  return value.items.map(item => (item.kind === 'string' ? item.value : ''));
}

/**
 * A macro as dbt hands it to templates: each call runs the text it stands in, in the context that `contextOf` gives, and
 * then the macro. `return(x)` in it ends the call with `x`; otherwise the result is the text, with its origins.
 */
export function macroCallable(definition: MacroDefinition, contextOf: () => RenderContext): Callable {
  let last: { readonly engine: Engine; readonly host: RenderContext; readonly macro: Callable } | undefined;
  const invoke = (args: CallArguments, context: CallContext): Value => {
    const call = context instanceof EvaluatorCall ? context : bug('a macro is called from outside a template');
    const { engine } = call.environment;
    const host = contextOf();
    if (last?.engine !== engine || last.host !== host) {
      const macro = loadMacro(definition, engine, host);
      if (!isPure(definition.template)) return callMacro(macro, args, call);
      last = { engine, host, macro };
    }
    return callMacro(last.macro, args, call);
  };
  return new Callable(definition.name, invoke, { typeName: 'MacroGenerator', keepsSpans: true });
}

function callMacro(macro: Callable, args: CallArguments, call: EvaluatorCall): Value {
  const { engine } = call.environment;
  const saved = engine.save();
  try {
    return macro.invoke(args, call);
  } catch (error) {
    if (error instanceof MacroReturn) {
      engine.restore(saved);
      return error.value;
    }
    if (error instanceof PythonError && CAUGHT.has(error.errorClass)) engine.blameCall(error, call.place);
    throw error;
  }
}

/** `TypeError`, and Jinja's `TemplateRuntimeError` with its subclasses. */
const CAUGHT: ReadonlySet<string> = new Set([
  'TypeError',
  'TemplateRuntimeError',
  'UndefinedError',
  'SecurityError',
  'FilterArgumentError',
]);

/** Whether running the text does nothing but define macros. */
function isPure({ body }: JinjaTree): boolean {
  return body.every((node: Statement) => node.kind === 'macro' || node.kind === 'text' || node.kind === 'comment');
}

/**
 * The code of a text with macros, made once. dbt compiles macros for text and with Jinja's own undefined, whatever the
 * template is that calls them.
 */
function macroProgram(template: JinjaTree, file: FileId): ProgramResult {
  return programOf(template, file, MACRO_OPTIONS);
}

const MACRO_OPTIONS = { mode: 'text', flavour: 'default' } as const;

/** Runs the text that the macro stands in and takes the macro out of it. */
function loadMacro(definition: MacroDefinition, engine: Engine, host: RenderContext): Callable {
  const { template, file, fullName } = definition;
  const program = macroProgram(template, file);
  if ('problem' in program) return raise(program.problem.errorClass, program.problem.message);
  const saved = engine.save();
  engine.sink = new TextSink();
  const context = new TemplateContext(engine, host, { globals: GLOBALS, blocks: program.blocks, flavour: 'default' });
  program.run(context);
  engine.restore(saved);
  const macro = context.vars.get(fullName);
  return macro instanceof Callable ? macro : raise('KeyError', repr(fullName));
}

const GLOBALS = builtinGlobals();
