import type { Expression } from '../syntax/jinja/nodes.ts';
import type { Scope } from './compilation.ts';
import { bug } from '../base/bug.ts';
import type { Environment, Site } from './engine.ts';
import { plain } from './calls.ts';
import { compileName } from './compile-expression.ts';
import { raise } from './python/error.ts';
import { iterable } from './python/iterate.ts';
import { typeName } from './python/type-name.ts';
import { HostObject, Undefined } from './value.ts';
import type { Value } from './value.ts';

/** The left side of an assignment. */
export interface Target {
  /** Checks what is assigned to, before the value is computed. */
  readonly verify: (environment: Environment) => void;
  readonly assign: (environment: Environment, value: Value) => void;
}

type Assign = Target['assign'];

/** Turns the target of an assignment into code; errors of the assignment belong to `site`. */
export function compileTarget(scope: Scope, node: Expression, site: Site): Target {
  const assign = compileAssign(scope, node, site);
  const namespaces = [...new Set(namespaceNames(node))].map(name => compileName(scope, name));
  if (namespaces.length === 0) return { verify: () => undefined, assign };
  const verify = (environment: Environment): void => {
    for (const namespace of namespaces) {
      if (isNamespace(namespace(environment))) continue;
      environment.engine.site = site;
      raise('TemplateRuntimeError', 'cannot assign attribute on non-namespace object');
    }
  };
  return { verify, assign };
}

const isNamespace = (value: Value): value is HostObject =>
  value instanceof HostObject && value.typeName === 'Namespace';

function namespaceNames(node: Expression): readonly string[] {
  if (node.kind === 'tuple') return node.items.flatMap(namespaceNames);
  return node.kind === 'namespace-ref' ? [node.name] : [];
}

function compileAssign(scope: Scope, node: Expression, site: Site): Assign {
  if (node.kind === 'name') {
    const place = scope.fn.own(scope.symbols.find(node.name) ?? bug('a target has no variable', { name: node.name }));
    return (environment, value) => {
      environment.slots[place] = value;
    };
  }
  if (node.kind === 'namespace-ref') {
    const namespace = compileName(scope, node.name);
    return (environment, value) => {
      const object = namespace(environment);
      if (isNamespace(object)) object.setAttribute(node.attribute, value);
    };
  }
  if (node.kind !== 'tuple') return bug('a template with a mistake is compiled');
  return compileUnpacking(
    node.items.map(item => compileAssign(scope, item, site)),
    site,
  );
}

function compileUnpacking(targets: readonly Assign[], site: Site): Assign {
  return (environment, value) => {
    environment.engine.site = site;
    const values = unpack(plain(value), targets.length);
    targets.forEach((assign, index) => assign(environment, values[index] ?? null));
  };
}

/** `a, b = value`: exactly `count` values. */
function unpack(value: Value, count: number): readonly Value[] {
  const items = value instanceof Undefined ? [] : iterable(value);
  if (items === undefined) raise('TypeError', `cannot unpack non-iterable ${typeName(value)} object`);
  const values: Value[] = [];
  for (const item of items) {
    if (values.length === count) raise('ValueError', `too many values to unpack (expected ${count})`);
    values.push(item);
  }
  if (values.length < count) {
    raise('ValueError', `not enough values to unpack (expected ${count}, got ${values.length})`);
  }
  return values;
}

/** What is set at the top level of a template is seen by blocks and by functions that get the context. */
export function exportStores(scope: Scope, node: Expression): (environment: Environment) => void {
  if (!scope.toplevel) return () => undefined;
  const stores = storedNames(node).map(name => {
    const variable = scope.symbols.find(name) ?? bug('a target has no variable', { name });
    return { name, place: scope.fn.own(variable) };
  });
  return environment => {
    for (const { name, place } of stores) {
      const value = environment.slots[place];
      if (value !== undefined) environment.context.vars.set(name, value);
    }
  };
}

function storedNames(node: Expression): readonly string[] {
  if (node.kind === 'tuple') return node.items.flatMap(storedNames);
  return node.kind === 'name' ? [node.name] : [];
}
