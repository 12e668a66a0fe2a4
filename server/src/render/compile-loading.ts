import type { Extends, FromImport, Import, Include } from '../syntax/jinja/nodes.ts';
import { compileExpression } from './compile-expression.ts';
import { CompileError } from './compilation.ts';
import type { Compilation, Scope } from './compilation.ts';
import { GO_ON } from './engine.ts';
import type { Execute } from './engine.ts';
import { raise } from './python/error.ts';
import { iterate } from './python/iterate.ts';
import { strOf } from './python/strings.ts';
import { truthy } from './python/truth.ts';
import { Undefined } from './value.ts';

/** Turns the statements that load other templates into code, which fails: dbt gives Jinja nothing to load from. */
export function compileLoading(
  compilation: Compilation,
  scope: Scope,
  node: Include | Import | FromImport | Extends,
): Execute {
  if (node.kind === 'extends' && !scope.toplevel) {
    const message = 'cannot use extend from a non top-level scope';
    throw new CompileError('TemplateAssertionError', message, node, compilation.lineOf(node.at));
  }
  compilation.mark(node.at);
  const site = compilation.site(node);
  const template = compileExpression(compilation, scope, node.template);
  return environment => {
    const name = template(environment);
    environment.engine.site = site;
    const isName = strOf(name) !== undefined || name instanceof Undefined;
    if (node.kind === 'include' && !isName) {
      if (!truthy(name)) {
        if (node.ignoreMissing) return GO_ON;
        raise('TemplatesNotFound', 'Tried to select from an empty list of templates.');
      }
      iterate(name);
    }
    return raise('TypeError', 'no loader for this environment specified');
  };
}
