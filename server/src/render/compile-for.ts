import type { Expression, For, Statement } from '../syntax/jinja/nodes.ts';
import { walk } from '../syntax/jinja/tree.ts';
import { compileExpression } from './compile-expression.ts';
import { compileRawOutput } from './compile-output.ts';
import { compileEntry, compileExit } from './compile-scope.ts';
import { compileTarget } from './compile-target.ts';
import { FunctionScope, innerScope } from './compilation.ts';
import type { Compilation, Scope } from './compilation.ts';
import { BREAK, Environment, GO_ON } from './engine.ts';
import type { Execute, Signal, Site } from './engine.ts';
import { draw, drawFrom, LoopContext } from './loop.ts';
import type { Drawn } from './loop.ts';
import { visitExpression, visitStatements, visitTarget } from './names.ts';
import { iterate } from './python/iterate.ts';
import { toText } from './python/text.ts';
import { truthy } from './python/truth.ts';
import { newSink, sinkValue } from './sink.ts';
import { Symbols } from './symbols.ts';
import { undeclaredNames } from './undeclared.ts';
import { Markup } from './value.ts';
import type { Value } from './value.ts';

/** Turns a `for` into code. */
export function compileFor(compilation: Compilation, outer: Scope, node: For): Execute {
  return node.recursive ? compileRecursive(compilation, outer, node) : compilePlain(compilation, outer, node);
}

function compilePlain(compilation: Compilation, outer: Scope, node: For): Execute {
  const scopes = loopScopes(outer, node, outer.fn);
  const filter = compileLoopFilter(compilation, outer, scopes.loop, node);
  checkTargets(compilation, node);
  compilation.mark(node.at);
  const site = compilation.site(node.tags[0] ?? node);
  const iterable = compileExpression(compilation, outer, node.iterable);
  const rounds = compileRounds(compilation, scopes, node, site);
  return environment => {
    const value = iterable(environment);
    environment.engine.site = site;
    const source = filter(environment, value);
    return rounds(environment, value, source, undefined);
  };
}

/** The loop of a recursive `for` is a function of its own, which `loop(…)` calls again. */
function compileRecursive(compilation: Compilation, outer: Scope, node: For): Execute {
  const fn = new FunctionScope(outer.fn);
  const scopes = loopScopes(outer, node, fn);
  const filter = compileLoopFilter(compilation, { ...outer, fn }, scopes.loop, node);
  compilation.mark(node.at);
  checkTargets(compilation, node);
  const opening = node.tags[0] ?? node;
  const rounds = compileRounds(compilation, scopes, node, compilation.site(opening));
  const joining = compilation.site(opening);
  compilation.mark(node.at);
  const site = compilation.site(opening);
  const iterable = compileExpression(compilation, outer, node.iterable);
  const emit = compileRawOutput(compilation, opening);
  const render = (environment: Environment, value: Value, depth: number): Value => {
    const { engine, context } = environment;
    engine.enter();
    const sink = engine.sink;
    engine.sink = newSink(compilation.mode);
    const inner = new Environment(fn.size, environment, context);
    const recursion = { depth, recurse: (items: Value, level: number) => render(environment, items, level) };
    engine.site = site;
    rounds(inner, value, filter(inner, value), recursion);
    engine.site = joining;
    const result = sinkValue(engine.sink);
    engine.sink = sink;
    engine.leave();
    return context.autoescape ? new Markup(toText(result)) : result;
  };
  return environment => {
    const value = iterable(environment);
    emit(environment, render(environment, value, 0));
    return GO_ON;
  };
}

interface LoopScopes {
  readonly loop: Scope;
  readonly otherwise: Scope;
  /** The variable of `loop`, when the body asks for it. */
  readonly loopVariable: string | undefined;
}

function loopScopes(outer: Scope, node: For, fn: FunctionScope): LoopScopes {
  const loop = new Symbols(outer.symbols);
  const isExtended =
    node.recursive || undeclaredNames(node.body, ['loop']).has('loop') || node.body.some(hasScopedBlock);
  const loopVariable = isExtended ? loop.declareParameter('loop') : undefined;
  visitTarget(loop, node.target, 'parameter');
  visitStatements(loop, node.body);
  const otherwise = new Symbols(outer.symbols);
  visitStatements(otherwise, node.otherwise ?? []);
  return { loop: innerScope(outer, loop, fn), otherwise: innerScope(outer, otherwise, fn), loopVariable };
}

function hasScopedBlock(node: Statement): boolean {
  let found = false;
  walk([node], it => {
    if (it.kind === 'block' && it.scoped) found = true;
  });
  return found;
}

/** `loop` belongs to the loop: nothing in it may assign to it. */
function checkTargets(compilation: Compilation, node: For): void {
  const check = (target: Expression): void => {
    if (target.kind === 'tuple') target.items.forEach(check);
    if (target.kind !== 'name' || target.name !== 'loop') return;
    compilation.fail("Can't assign to special loop variable in for-loop target", target);
  };
  walk([node], it => {
    if (it.kind === 'for' || it.kind === 'set' || it.kind === 'set-block') check(it.target);
  });
}

/** The code that draws the values of the loop, leaving out those that its `if` refuses. */
function compileLoopFilter(
  compilation: Compilation,
  outer: Scope,
  loop: Scope,
  node: For,
): (environment: Environment, value: Value) => Drawn {
  const { filter } = node;
  if (filter === undefined) return (_environment, value) => draw(value);
  compilation.mark(filter.at);
  const fn = new FunctionScope(outer.fn);
  const symbols = new Symbols(outer.symbols);
  visitTarget(symbols, node.target, 'parameter');
  visitExpression(symbols, filter);
  const scope = innerScope(outer, symbols, fn);
  const enter = compileEntry(scope);
  const site = compilation.site(node.tags[0] ?? node);
  const { assign } = compileTarget({ ...loop, fn, symbols }, node.target, site);
  const test = compileExpression(compilation, scope, filter);
  return (environment, value) => drawFrom(filtered(environment, value));

  function* filtered(environment: Environment, value: Value): Generator<Value, void> {
    const inner = new Environment(fn.size, environment, environment.context);
    enter(inner);
    for (const item of iterate(value)) {
      environment.engine.step();
      assign(inner, item);
      if (truthy(test(inner))) yield item;
    }
  }
}

type Rounds = (
  environment: Environment,
  iterable: Value,
  source: Drawn,
  recursion: { readonly depth: number; readonly recurse: (value: Value, depth: number) => Value } | undefined,
) => Signal;

/** The code of the rounds and of the `else` behind them. */
function compileRounds(compilation: Compilation, scopes: LoopScopes, node: For, site: Site): Rounds {
  const { loop, otherwise, loopVariable } = scopes;
  const { fn } = loop;
  if (++fn.loops > 20) compilation.refuse('too many statically nested blocks', node);
  const loopPlace = loopVariable === undefined ? undefined : fn.own(loopVariable);
  const { assign } = compileTarget(loop, node.target, site);
  const enter = compileEntry(loop);
  const body = compilation.compileBody(compilation, loop, node.body);
  const leave = compileExit(loop);
  fn.loops--;
  const hasElse = node.otherwise !== undefined && node.otherwise.length > 0;
  const enterElse = compileEntry(otherwise);
  const elseBody = compilation.compileBody(compilation, otherwise, node.otherwise ?? []);
  const leaveElse = compileExit(otherwise);
  const isFiltered = node.filter !== undefined;
  return (environment, iterable, source, recursion) => {
    const { engine } = environment;
    const context =
      loopPlace === undefined
        ? undefined
        : new LoopContext(isFiltered ? undefined : iterable, source, environment.context.flavour, recursion);
    const drawn = context ?? source;
    let isUntouched = true;
    for (let value = drawn.next(); value !== undefined; value = drawn.next()) {
      engine.step();
      assign(environment, value);
      if (loopPlace !== undefined) environment.slots[loopPlace] = context;
      enter(environment);
      const signal = body(environment);
      if (signal === GO_ON) isUntouched = false;
      else if (signal === BREAK) break;
      engine.site = site;
    }
    leave(environment);
    if (!hasElse || !isUntouched) return GO_ON;
    enterElse(environment);
    const signal = elseBody(environment);
    leaveElse(environment);
    return signal;
  };
}
