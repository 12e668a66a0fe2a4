import type { Autoescape } from '../syntax/jinja/nodes.ts';
import { compileExpression } from './compile-expression.ts';
import { compileEntry, compileExit } from './compile-scope.ts';
import { innerScope } from './compilation.ts';
import type { Compilation, Scope } from './compilation.ts';
import type { Execute } from './engine.ts';
import { constantOf } from './fold.ts';
import { visitExpression, visitStatements } from './names.ts';
import { truthy } from './python/truth.ts';
import { Symbols } from './symbols.ts';

/** Turns `{% autoescape … %}` into code. When the setting is no constant, nothing in the body is computed ahead. */
export function compileAutoescape(compilation: Compilation, outer: Scope, node: Autoescape): Execute {
  const symbols = new Symbols(outer.symbols);
  visitExpression(symbols, node.value);
  visitStatements(symbols, node.body);
  const scope = innerScope(outer, symbols);
  const enter = compileEntry(scope);
  const value = compileExpression(compilation, scope, node.value);
  const { autoescape, volatile } = compilation;
  const constant = constantOf(compilation, node.value);
  if (constant === undefined) compilation.volatile = true;
  else compilation.autoescape = truthy(constant);
  const body = compilation.compileBody(compilation, scope, node.body);
  compilation.autoescape = autoescape;
  compilation.volatile = volatile;
  const leave = compileExit(scope);
  return environment => {
    const { context } = environment;
    environment.engine.step();
    enter(environment);
    const before = context.autoescape;
    context.autoescape = truthy(value(environment));
    const signal = body(environment);
    context.autoescape = before;
    leave(environment);
    return signal;
  };
}
