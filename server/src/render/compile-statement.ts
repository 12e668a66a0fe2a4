import { bug } from '../base/bug.ts';
import type { Statement } from '../syntax/jinja/nodes.ts';
import { compileAutoescape } from './compile-autoescape.ts';
import { compileBlock } from './compile-block.ts';
import { compileCapture } from './compile-capture.ts';
import { compileExpression, compileFilterOver } from './compile-expression.ts';
import { compileFor } from './compile-for.ts';
import { compileLoading } from './compile-loading.ts';
import { compileCallBlock, compileMacro } from './compile-macro.ts';
import { compileOutputs, compileRawOutput, isOutput } from './compile-output.ts';
import { compileEntry, compileExit } from './compile-scope.ts';
import { compileTarget, exportStores } from './compile-target.ts';
import type { Compilation, Scope } from './compilation.ts';
import { innerScope } from './compilation.ts';
import { BREAK, CONTINUE, GO_ON } from './engine.ts';
import type { Execute, Signal } from './engine.ts';
import { visitExpression, visitStatements, visitTarget } from './names.ts';
import { toText } from './python/text.ts';
import { truthy } from './python/truth.ts';
import { Symbols } from './symbols.ts';
import { Markup } from './value.ts';

type StatementOf<K extends Statement['kind']> = Extract<Statement, { kind: K }>;

/** Turns the statements of one scope into code. */
export function compileBody(compilation: Compilation, scope: Scope, body: readonly Statement[]): Execute {
  const code: Execute[] = [];
  for (let at = 0; at < body.length; at++) {
    const node = body[at] ?? bug('a body has a hole');
    if (!isOutput(node)) {
      const statement = compileStatement(compilation, scope, node);
      if (statement !== undefined) code.push(statement);
      continue;
    }
    // Jinja makes one unit of the text and the values up to the next statement.
    let end = at + 1;
    while (end < body.length && isOutput(body[end] ?? node)) end++;
    code.push(sequence(compileOutputs(compilation, scope, body.slice(at, end))));
    at = end - 1;
  }
  return sequence(code);
}

/** Runs statements one after the other until one of them leaves the loop around. */
export function sequence(code: readonly Execute[]): Execute {
  const [first, second] = code;
  if (first === undefined) return () => GO_ON;
  if (second === undefined) return first;
  return environment => {
    for (const statement of code) {
      const signal = statement(environment);
      if (signal !== GO_ON) return signal;
    }
    return GO_ON;
  };
}

function compileStatement(compilation: Compilation, scope: Scope, node: Statement): Execute | undefined {
  switch (node.kind) {
    case 'if':
      return compileIf(compilation, scope, node);
    case 'for':
      return compileFor(compilation, scope, node);
    case 'set':
      return compileSet(compilation, scope, node);
    case 'set-block':
      return compileSetBlock(compilation, scope, node);
    case 'with':
      return compileWith(compilation, scope, node);
    case 'macro':
      return compileMacro(compilation, scope, node);
    case 'call-block':
      return compileCallBlock(compilation, scope, node);
    case 'filter-block':
      return compileFilterBlock(compilation, scope, node);
    case 'do':
      return compileDo(compilation, scope, node);
    case 'break':
    case 'continue':
      return compileLoopControl(compilation, scope, node);
    case 'block':
      return compileBlock(compilation, scope, node);
    case 'autoescape':
      return compileAutoescape(compilation, scope, node);
    case 'print':
      return sequence(compileOutputs(compilation, scope, printed(node)));
    case 'include':
    case 'import':
    case 'from':
    case 'extends':
      return compileLoading(compilation, scope, node);
    case 'text':
    case 'output':
    case 'comment':
      return undefined;
    case 'unknown':
      return bug('a template with a mistake is compiled');
    default:
      return node satisfies never;
  }
}

/** `{% print a, b %}` is `{{ a }}{{ b }}`. */
function printed(node: StatementOf<'print'>): readonly StatementOf<'output'>[] {
  return node.items.map(({ start, end }, index) => {
    const expression = node.items[index] ?? bug('a print has a hole');
    return { kind: 'output', start, end, expression, closed: true };
  });
}

function compileIf(compilation: Compilation, outer: Scope, node: StatementOf<'if'>): Execute {
  const scope: Scope = { ...outer, soft: true };
  const branches = node.branches.map(branch => {
    compilation.mark(branch.at);
    const test = compileExpression(compilation, scope, branch.test);
    return { test, body: compileBody(compilation, scope, branch.body) };
  });
  const otherwise = node.otherwise === undefined ? () => GO_ON : compileBody(compilation, scope, node.otherwise);
  return environment => {
    environment.engine.step();
    for (const { test, body } of branches) if (truthy(test(environment))) return body(environment);
    return otherwise(environment);
  };
}

function compileSet(compilation: Compilation, scope: Scope, node: StatementOf<'set'>): Execute {
  // Python checks for namespaces on the line before the assignment's own.
  const target = compileTarget(scope, node.target, compilation.site(node));
  compilation.mark(node.at);
  const value = compileExpression(compilation, scope, node.value);
  const assign = compileTarget(scope, node.target, compilation.site(node)).assign;
  const exporting = exportStores(scope, node.target);
  return environment => {
    environment.engine.step();
    target.verify(environment);
    assign(environment, value(environment));
    exporting(environment);
    return GO_ON;
  };
}

function compileSetBlock(compilation: Compilation, scope: Scope, node: StatementOf<'set-block'>): Execute {
  const symbols = new Symbols(scope.symbols);
  visitStatements(symbols, node.body);
  const inner = innerScope(scope, symbols);
  const enter = compileEntry(inner);
  const capture = compileCapture(compilation, compileBody(compilation, inner, node.body));
  compilation.mark(node.at);
  const site = compilation.site(node.tags[0] ?? node);
  const target = compileTarget(scope, node.target, site);
  const joined = capture.join(site);
  const value = node.filter === undefined ? joined : compileFilterOver(compilation, inner, node.filter, joined);
  const exporting = exportStores(scope, node.target);
  const leave = compileExit(inner);
  return environment => {
    environment.engine.step();
    enter(environment);
    const signal = capture.run(environment);
    if (signal !== GO_ON) return signal;
    const result = value(environment);
    target.assign(environment, environment.context.autoescape ? new Markup(toText(result)) : result);
    exporting(environment);
    leave(environment);
    return GO_ON;
  };
}

function compileFilterBlock(compilation: Compilation, scope: Scope, node: StatementOf<'filter-block'>): Execute {
  const symbols = new Symbols(scope.symbols);
  visitStatements(symbols, node.body);
  if (node.filter.kind === 'missing') return bug('a template with a mistake is compiled');
  visitExpression(symbols, node.filter);
  const inner = innerScope(scope, symbols);
  const enter = compileEntry(inner);
  const capture = compileCapture(compilation, compileBody(compilation, inner, node.body));
  compilation.mark(node.at);
  const opening = node.tags[0] ?? node;
  const value = compileFilterOver(compilation, inner, node.filter, capture.join(compilation.site(opening)));
  const emit = compileRawOutput(compilation, opening);
  const leave = compileExit(inner);
  return environment => {
    environment.engine.step();
    enter(environment);
    const signal = capture.run(environment);
    if (signal !== GO_ON) return signal;
    emit(environment, value(environment));
    leave(environment);
    return GO_ON;
  };
}

function compileWith(compilation: Compilation, scope: Scope, node: StatementOf<'with'>): Execute {
  const symbols = new Symbols(scope.symbols);
  for (const target of node.targets) visitTarget(symbols, target, 'parameter');
  visitStatements(symbols, node.body);
  const inner = innerScope(scope, symbols);
  const enter = compileEntry(inner);
  const site = compilation.site(node.tags[0] ?? node);
  const assignments = node.targets.map((target, index) => {
    const { assign } = compileTarget(inner, target, site);
    const value = compileExpression(compilation, scope, node.values[index] ?? bug('a with has no value'));
    return { assign, value };
  });
  const body = compileBody(compilation, inner, node.body);
  const leave = compileExit(inner);
  return environment => {
    environment.engine.step();
    enter(environment);
    for (const { assign, value } of assignments) assign(environment, value(environment));
    const signal = body(environment);
    leave(environment);
    return signal;
  };
}

function compileDo(compilation: Compilation, scope: Scope, node: StatementOf<'do'>): Execute {
  compilation.mark(node.at);
  const expression = compileExpression(compilation, scope, node.expression);
  return environment => {
    environment.engine.step();
    expression(environment);
    return GO_ON;
  };
}

function compileLoopControl(compilation: Compilation, scope: Scope, node: StatementOf<'break' | 'continue'>): Execute {
  compilation.mark(node.at);
  if (scope.fn.loops === 0) {
    const message = node.kind === 'break' ? "'break' outside loop" : "'continue' not properly in loop";
    compilation.refuse(message, node);
  }
  const signal: Signal = node.kind === 'break' ? BREAK : CONTINUE;
  return () => signal;
}
