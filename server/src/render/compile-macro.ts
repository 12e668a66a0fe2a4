import { bug } from '../base/bug.ts';
import type { CallBlock, Macro, Parameter } from '../syntax/jinja/nodes.ts';
import { compileCallWith, compileExpression } from './compile-expression.ts';
import { compileRawOutput } from './compile-output.ts';
import { compileEntry } from './compile-scope.ts';
import { CompileError, FunctionScope, innerScope } from './compilation.ts';
import type { Compilation, Scope } from './compilation.ts';
import { Environment, GO_ON, macroFrame, originOf } from './engine.ts';
import type { Evaluate, Execute } from './engine.ts';
import { EvaluatorCall } from './calls.ts';
import { bindMacro } from './macro-arguments.ts';
import type { MacroSignature } from './macro-arguments.ts';
import { visitMacro } from './names.ts';
import { undefinedHint } from './python/undefined.ts';
import { toText } from './python/text.ts';
import type { Frame } from './rendered.ts';
import { newSink, sinkValue } from './sink.ts';
import { Symbols } from './symbols.ts';
import { undeclaredNames } from './undeclared.ts';
import { Callable, Markup, Tuple, Undefined } from './value.ts';
import type { CallArguments, CallContext, Value } from './value.ts';

/** Turns the definition of a macro into code: the macro becomes a variable of the scope it stands in. */
export function compileMacro(compilation: Compilation, scope: Scope, node: Macro): Execute {
  const make = compileDefinition(compilation, scope, node, node.name, node.fullName);
  const variable = scope.symbols.find(node.fullName) ?? bug('a macro has no variable');
  const place = scope.fn.own(variable);
  const name = node.fullName;
  const { toplevel } = scope;
  return environment => {
    const macro = make(environment);
    environment.slots[place] = macro;
    if (toplevel) environment.context.vars.set(name, macro);
    return GO_ON;
  };
}

/** Turns a call block into code: its body becomes the `caller` of the call. */
export function compileCallBlock(compilation: Compilation, scope: Scope, node: CallBlock): Execute {
  if (node.call.kind === 'missing') return bug('a template with a mistake is compiled');
  const make = compileDefinition(compilation, scope, node, undefined, undefined);
  compilation.mark(node.at);
  const call = compileCallWith(compilation, scope, node.call);
  const emit = compileRawOutput(compilation, node.tags[0] ?? node);
  return environment => {
    emit(environment, call(environment, make(environment)));
    return GO_ON;
  };
}

/** The code that makes a macro of its definition; a body without a name belongs to the text around it. */
function compileDefinition(
  compilation: Compilation,
  outer: Scope,
  node: Macro | CallBlock,
  name: string | undefined,
  fullName: string | undefined,
): (environment: Environment) => Callable {
  const fn = new FunctionScope(outer.fn);
  const symbols = new Symbols(outer.symbols);
  visitMacro(symbols, node);
  const signature = declareSpecials(compilation, symbols, node, fullName);
  checkRepeated(compilation, symbols, node);
  const scope = innerScope(outer, symbols, fn);
  const places = parameterNames(signature).map(it => fn.own(symbols.find(it) ?? bug('a parameter has no variable')));
  compilation.mark(node.at);
  const enter = compileEntry(scope);
  const defaults = compileDefaults(compilation, { ...scope, pending: pendingOf(symbols) }, node.parameters);
  const body = compilation.compileBody(compilation, { ...scope, pending: new Set() }, node.body);
  const site = compilation.site(node);
  const definition = originOf(compilation.file, node);
  const attributes = macroAttributes(signature);

  return environment => {
    const defining = environment.engine.frame;
    return new Callable(fullName ?? '', (args, call) => run(environment, defining, args, call), {
      typeName: 'Macro',
      attributes,
      keepsSpans: true,
    });
  };

  function run(defined: Environment, defining: Frame | undefined, args: CallArguments, call: CallContext): Value {
    const { context } = defined;
    const place = call instanceof EvaluatorCall ? call : bug('a macro is called by something else than a template');
    const { engine } = place.environment;
    const environment = new Environment(fn.size, defined, context);
    const values = bindMacro(signature, args, () => undefinedHint('No caller defined', context.flavour));
    engine.enter();
    const { sink, frame } = engine;
    engine.sink = newSink(compilation.mode);
    engine.frame = name === undefined ? defining : macroFrame(name, definition, place.place, frame);
    enter(environment);
    for (let at = 0; at < places.length; at++) environment.slots[places[at] ?? 0] = values[at];
    defaults(environment);
    body(environment);
    engine.site = site;
    const result = sinkValue(engine.sink);
    engine.sink = sink;
    engine.frame = frame;
    engine.leave();
    return context.autoescape ? new Markup(toText(result)) : result;
  }
}

/** Finds out which of `caller`, `kwargs` and `varargs` the body asks for, and makes parameters of them. */
function declareSpecials(
  compilation: Compilation,
  symbols: Symbols,
  node: Macro | CallBlock,
  name: string | undefined,
): MacroSignature {
  const names = node.parameters.map(it => it.name);
  const undeclared = undeclaredNames(node.body, ['caller', 'kwargs', 'varargs']);
  const explicit = names.lastIndexOf('caller');
  const takesCaller = undeclared.has('caller');
  if (takesCaller && explicit >= 0 && node.parameters[explicit]?.default === undefined) {
    const message =
      'When defining macros or call blocks the special "caller" argument must be omitted or be given a default.';
    throw new CompileError('TemplateAssertionError', message, node, compilation.lineOf(node.at));
  }
  const signature = {
    name,
    parameters: names,
    explicitCaller: explicit >= 0,
    takesCaller,
    takesNamed: undeclared.has('kwargs') && !names.includes('kwargs'),
    takesRest: undeclared.has('varargs') && !names.includes('varargs'),
  };
  if (takesCaller && explicit < 0) symbols.declareParameter('caller');
  if (signature.takesNamed) symbols.declareParameter('kwargs');
  if (signature.takesRest) symbols.declareParameter('varargs');
  return signature;
}

/** All parameters in the order in which `bindMacro` gives their values. */
function parameterNames(signature: MacroSignature): readonly string[] {
  const names = [...signature.parameters];
  if (signature.takesCaller && !signature.explicitCaller) names.push('caller');
  if (signature.takesNamed) names.push('kwargs');
  if (signature.takesRest) names.push('varargs');
  return names;
}

function checkRepeated(compilation: Compilation, symbols: Symbols, node: Macro | CallBlock): void {
  const seen = new Set<string>();
  for (const { name, nameRange } of node.parameters) {
    const argument = `l_${symbols.level}_${name}`;
    if (seen.has(name)) compilation.refuse(`duplicate argument '${argument}' in function definition`, nameRange);
    seen.add(name);
  }
}

function pendingOf(symbols: Symbols): Set<string> {
  return new Set([...symbols.loads].filter(([, load]) => load.kind === 'parameter').map(([variable]) => variable));
}

/** The code that gives parameters their defaults, each when all before it are known. */
function compileDefaults(
  compilation: Compilation,
  scope: Scope,
  parameters: readonly Parameter[],
): (environment: Environment) => void {
  const steps = parameters.map(parameter => {
    const { name } = parameter;
    const variable = scope.symbols.find(name) ?? bug('a parameter has no variable');
    const place = scope.fn.own(variable);
    const value: Evaluate =
      parameter.default === undefined
        ? ({ context }) => new Undefined(`parameter '${name}' was not provided`, name, context.flavour)
        : compileExpression(compilation, scope, parameter.default);
    scope.pending.delete(variable);
    return { place, value };
  });
  return environment => {
    for (const { place, value } of steps) {
      if (environment.slots[place] === undefined) environment.slots[place] = value(environment);
    }
  };
}

/** What a template can ask of a macro. */
function macroAttributes(signature: MacroSignature): ReadonlyMap<string, Value> {
  return new Map<string, Value>([
    ['name', signature.name ?? null],
    ['arguments', new Tuple(signature.parameters)],
    ['catch_kwargs', signature.takesNamed],
    ['catch_varargs', signature.takesRest],
    ['caller', signature.takesCaller],
    ['explicit_caller', signature.explicitCaller],
  ]);
}
