import { bug } from '../base/bug.ts';
import type { Arguments, Expression } from '../syntax/jinja/nodes.ts';
import { invoke, NO_NAMED, plain, plainArguments, spreadNamed, spreadPositional, EvaluatorCall } from './calls.ts';
import type { Compilation, Scope } from './compilation.ts';
import { compileConcat } from './compile-concat.ts';
import type { Environment, Evaluate } from './engine.ts';
import { constantOf, isWritable, unwritableFloat } from './fold.ts';
import { getAttribute, getItem } from './python/attributes.ts';
import { compare } from './python/compare.ts';
import { raise } from './python/error.ts';
import { filterNamed } from './python/filters/filter-named.ts';
import type { Apply } from './python/filters/filter.ts';
import { dictOf } from './python/hash.ts';
import { binary, unary } from './python/operators.ts';
import { slice } from './python/slice.ts';
import { testNamed } from './python/tests/test-named.ts';
import { truthy } from './python/truth.ts';
import { undefinedName } from './python/undefined.ts';
import { keepSpans } from './spans.ts';
import { Dict, Float, List, PySet, Tuple, Undefined, HostObject } from './value.ts';
import type { CallArguments, Value } from './value.ts';
import { made, weigh } from './weight.ts';

/** Turns an expression into code. */
export function compileExpression(compilation: Compilation, scope: Scope, node: Expression): Evaluate {
  if (node.kind === 'name') return compileName(scope, node.name);
  if (node.kind === 'string' || node.kind === 'constant') return () => node.value;
  if (node.kind === 'number') {
    return compileConstant(compilation, node, node.float ? new Float(Number(node.value)) : node.value);
  }
  if (node.kind === 'list') return compileList(compilation, scope, node.items);
  if (node.kind === 'tuple') return compileTuple(compilation, scope, node.items);
  if (node.kind === 'dict') return compileDict(compilation, scope, node);
  if (node.kind === 'slice' || node.kind === 'missing' || node.kind === 'namespace-ref') {
    return bug('a template with a mistake is compiled');
  }
  const constant = compilation.volatile ? undefined : constantOf(compilation, node);
  if (constant !== undefined && isWritable(constant)) return compileConstant(compilation, node, constant);
  compilation.folding++;
  const code = compileOperation(compilation, scope, node);
  compilation.folding--;
  return code;
}

type Operation = Exclude<
  Expression,
  {
    kind: 'name' | 'string' | 'constant' | 'number' | 'list' | 'tuple' | 'dict' | 'slice' | 'missing' | 'namespace-ref';
  }
>;

function compileOperation(compilation: Compilation, scope: Scope, node: Operation): Evaluate {
  switch (node.kind) {
    case 'attribute':
      return compileAttribute(compilation, scope, node);
    case 'item':
      return compileItem(compilation, scope, node);
    case 'call':
      return compileCall(compilation, scope, node);
    case 'filter':
      return compileFilter(compilation, scope, node);
    case 'test':
      return compileTest(compilation, scope, node);
    case 'unary':
      return compileUnary(compilation, scope, node);
    case 'binary':
      return compileBinary(compilation, scope, node);
    case 'compare':
      return compileCompare(compilation, scope, node);
    case 'concat':
      return compileConcat(compilation, node, item => compileExpression(compilation, scope, item));
    case 'conditional':
      return compileConditional(compilation, scope, node);
    default:
      return node satisfies never;
  }
}

type NodeOf<K extends Expression['kind']> = Extract<Expression, { kind: K }>;

/** A value known ahead; a container is made anew each time, because templates can change it. */
function compileConstant(compilation: Compilation, node: Expression, value: Value): Evaluate {
  const unwritable = unwritableFloat(value);
  if (unwritable !== undefined) {
    const site = compilation.site(node);
    return ({ engine }) => {
      engine.site = site;
      return raise('NameError', `name '${unwritable}' is not defined`);
    };
  }
  if (value instanceof List || value instanceof Dict || value instanceof PySet || value instanceof Tuple) {
    return () => copyOf(value);
  }
  return () => value;
}

function copyOf(value: Value): Value {
  if (value instanceof List) return new List(value.items.map(copyOf));
  if (value instanceof Tuple) return new Tuple(value.items.map(copyOf));
  if (value instanceof PySet) return new PySet(new Map(value.entries));
  if (!(value instanceof Dict)) return value;
  return new Dict(new Map([...value.entries].map(([hash, entry]) => [hash, { ...entry, value: copyOf(entry.value) }])));
}

/** Reads a variable; one without a value is an undefined of that name. */
export function compileName(scope: Scope, name: string): Evaluate {
  const variable = scope.symbols.find(name);
  // Jinja does not look for names in the filter of a set block, and trips over the new ones.
  if (variable === undefined) {
    const message = `Tried to resolve a name to a reference that was unknown to the frame ('${name}')`;
    return raise('AssertionError', message);
  }
  const { depth, place } = scope.fn.locate(variable);
  const isParameter = scope.symbols.findLoad(variable)?.kind === 'parameter' && !scope.pending.has(variable);
  const absent = (environment: Environment): Value =>
    isParameter ? MISSING : undefinedName(name, environment.context.flavour);
  // `None` is null, so only `undefined` is a missing value.
  if (depth === 0) {
    return environment => {
      const value = environment.slots[place];
      return value === undefined ? absent(environment) : value;
    };
  }
  return environment => {
    const value = environment.outer(depth).slots[place];
    return value === undefined ? absent(environment) : value;
  };
}

/** What Python sees of a parameter whose scope is over. */
class MissingParameter extends HostObject {
  readonly typeName = 'MissingType';
  repr(): string {
    return 'missing';
  }
}

const MISSING = new MissingParameter();

function compileAll(compilation: Compilation, scope: Scope, nodes: readonly Expression[]): readonly Evaluate[] {
  return nodes.map(node => compileExpression(compilation, scope, node));
}

function compileList(compilation: Compilation, scope: Scope, nodes: readonly Expression[]): Evaluate {
  const items = compileAll(compilation, scope, nodes);
  return environment => new List(items.map(item => plain(item(environment))));
}

function compileTuple(compilation: Compilation, scope: Scope, nodes: readonly Expression[]): Evaluate {
  const items = compileAll(compilation, scope, nodes);
  return environment => new Tuple(items.map(item => plain(item(environment))));
}

function compileDict(compilation: Compilation, scope: Scope, node: NodeOf<'dict'>): Evaluate {
  // Inside a larger expression a dict is computed ahead, and a key that cannot be hashed fails right there.
  if (compilation.folding > 0 && !compilation.volatile) constantOf(compilation, node);
  const site = compilation.site(node);
  const pairs = node.pairs.map(pair => ({
    key: compileExpression(compilation, scope, pair.key),
    value: compileExpression(compilation, scope, pair.value),
  }));
  return environment => {
    const entries = pairs.map(pair => [plain(pair.key(environment)), plain(pair.value(environment))] as const);
    environment.engine.site = site;
    return dictOf(entries);
  };
}

function compileAttribute(compilation: Compilation, scope: Scope, node: NodeOf<'attribute'>): Evaluate {
  const object = compileExpression(compilation, scope, node.object);
  const site = compilation.site(node);
  const { name } = node;
  return environment => {
    const value = object(environment);
    environment.engine.site = site;
    return getAttribute(value, name, environment.context.flavour);
  };
}

function compileItem(compilation: Compilation, scope: Scope, node: NodeOf<'item'>): Evaluate {
  const object = compileExpression(compilation, scope, node.object);
  const site = compilation.site(node);
  if (node.index.kind !== 'slice') {
    const index = compileExpression(compilation, scope, node.index);
    return environment => {
      const value = object(environment);
      const key = index(environment);
      environment.engine.site = site;
      return getItem(value, key, environment.context.flavour);
    };
  }
  const { lower, upper, step } = node.index;
  const bounds = [lower, upper, step].map(bound =>
    bound === undefined ? (): Value => null : compileExpression(compilation, scope, bound),
  );
  return environment => {
    const value = object(environment);
    const [start = null, stop = null, by = null] = bounds.map(bound => bound(environment));
    environment.engine.site = site;
    weigh(value);
    return slice(value, start, stop, by);
  };
}

function compileConditional(compilation: Compilation, outer: Scope, node: NodeOf<'conditional'>): Evaluate {
  const scope = { ...outer, soft: true };
  const consequent = compileExpression(compilation, scope, node.consequent);
  const test = compileExpression(compilation, scope, node.test);
  const otherwise =
    node.otherwise === undefined
      ? noElse(compilation.lineOf(node.at))
      : compileExpression(compilation, scope, node.otherwise);
  return environment => (truthy(test(environment)) ? consequent(environment) : otherwise(environment));
}

function noElse(line: number): Evaluate {
  const message = `the inline if-expression on line ${line} evaluated to false and no else section was defined.`;
  return () => new Undefined(message, undefined);
}

function compileUnary(compilation: Compilation, scope: Scope, node: NodeOf<'unary'>): Evaluate {
  const operand = compileExpression(compilation, scope, node.operand);
  const { operator } = node;
  if (operator === 'not') return environment => !truthy(operand(environment));
  const site = compilation.site(node);
  return environment => {
    const value = operand(environment);
    environment.engine.site = site;
    return unary(operator, value);
  };
}

function compileBinary(compilation: Compilation, scope: Scope, node: NodeOf<'binary'>): Evaluate {
  const left = compileExpression(compilation, scope, node.left);
  const right = compileExpression(compilation, scope, node.right);
  const { operator } = node;
  if (operator === 'and') {
    return environment => {
      const value = left(environment);
      return truthy(value) ? right(environment) : value;
    };
  }
  if (operator === 'or') {
    return environment => {
      const value = left(environment);
      return truthy(value) ? value : right(environment);
    };
  }
  const site = compilation.site(node);
  const base = operator === '**' ? negativeConstant(compilation, node.left) : undefined;
  if (base !== undefined) {
    const positive = unary('-', base);
    return environment => {
      const exponent = right(environment);
      environment.engine.site = site;
      return unary('-', binary('**', positive, exponent));
    };
  }
  return environment => {
    const a = left(environment);
    const b = right(environment);
    environment.engine.site = site;
    return binary(operator, a, b);
  };
}

/** Jinja writes a constant into Python code, where the minus of a negative base is applied after the power. */
function negativeConstant(compilation: Compilation, node: Expression): Value | undefined {
  const value = compilation.volatile ? undefined : constantOf(compilation, node);
  if (typeof value === 'number' || typeof value === 'bigint') return value < 0 ? value : undefined;
  if (!(value instanceof Float) || !Number.isFinite(value.value)) return undefined;
  return value.value < 0 || Object.is(value.value, -0) ? value : undefined;
}

function compileCompare(compilation: Compilation, scope: Scope, node: NodeOf<'compare'>): Evaluate {
  const first = compileExpression(compilation, scope, node.first);
  const rest = node.rest.map(it => ({
    operator: it.operator,
    operand: compileExpression(compilation, scope, it.operand),
  }));
  const site = compilation.site(node);
  return environment => {
    let left = first(environment);
    for (const { operator, operand } of rest) {
      const right = operand(environment);
      environment.engine.site = site;
      weigh(right);
      if (!compare(operator, left, right)) return false;
      left = right;
    }
    return true;
  };
}

/** The arguments of a call, evaluated in Python's order. */
export function compileArguments(
  compilation: Compilation,
  scope: Scope,
  node: Arguments,
  callee: () => string,
): (environment: Parameters<Evaluate>[0]) => CallArguments {
  checkRepeated(compilation, node);
  const positional = compileAll(compilation, scope, node.positional);
  const named = node.named.map(it => ({ name: it.name, value: compileExpression(compilation, scope, it.value) }));
  const star = node.star === undefined ? undefined : compileExpression(compilation, scope, node.star);
  const doubleStar = node.doubleStar === undefined ? undefined : compileExpression(compilation, scope, node.doubleStar);
  if (named.length === 0 && star === undefined && doubleStar === undefined) {
    return environment => ({ positional: positional.map(it => it(environment)), named: NO_NAMED });
  }
  return environment => {
    const values = positional.map(it => it(environment));
    if (star !== undefined) spreadPositional(values, star(environment), callee);
    const names = new Map<string, Value>();
    for (const { name, value } of named) names.set(name, value(environment));
    if (doubleStar !== undefined) spreadNamed(names, doubleStar(environment), callee);
    return { positional: values, named: names };
  };
}

/** Python refuses a repeated keyword, unless a keyword is one of Python's own and all go through a dict. */
function checkRepeated(compilation: Compilation, node: Arguments): void {
  if (node.named.length < 2 || node.named.some(it => PYTHON_KEYWORDS.has(it.name))) return;
  const seen = new Set<string>();
  for (const keyword of node.named) {
    if (seen.has(keyword.name)) compilation.refuse(`keyword argument repeated: ${keyword.name}`, keyword);
    seen.add(keyword.name);
  }
}

const PYTHON_KEYWORDS: ReadonlySet<string> = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global ' +
    'if import in is lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

function compileCall(compilation: Compilation, scope: Scope, node: NodeOf<'call'>): Evaluate {
  const callee = compileExpression(compilation, scope, node.callee);
  const args = compileArguments(compilation, scope, node, () => 'jinja2.sandbox.SandboxedEnvironment.call');
  const site = compilation.site(node);
  return environment => {
    const value = callee(environment);
    return invoke(environment, value, args(environment), site);
  };
}

/** The call of a call block: the same with `caller` among the named arguments. */
export function compileCallWith(
  compilation: Compilation,
  scope: Scope,
  node: NodeOf<'call'>,
): (environment: Parameters<Evaluate>[0], caller: Value) => Value {
  const callee = compileExpression(compilation, scope, node.callee);
  const args = compileArguments(compilation, scope, node, () => 'jinja2.sandbox.SandboxedEnvironment.call');
  const site = compilation.site(node);
  return (environment, caller) => {
    const value = callee(environment);
    const { positional, named } = args(environment);
    return invoke(environment, value, { positional, named: new Map([...named, ['caller', caller]]) }, site);
  };
}

function compileFilter(compilation: Compilation, scope: Scope, node: NodeOf<'filter'>): Evaluate {
  const apply = filterCode(compilation, scope, node);
  const operand = node.operand === undefined ? (): Value => '' : compileExpression(compilation, scope, node.operand);
  return compileApplication(compilation, scope, node, apply, operand);
}

/** A chain of filters over captured output, which stands where the first one's operand is missing. */
export function compileFilterOver(
  compilation: Compilation,
  scope: Scope,
  node: NodeOf<'filter'>,
  captured: Evaluate,
): Evaluate {
  const apply = filterCode(compilation, scope, node);
  const inner =
    node.operand === undefined
      ? captured
      : node.operand.kind === 'filter'
        ? compileFilterOver(compilation, scope, node.operand, captured)
        : compileExpression(compilation, scope, node.operand);
  return compileApplication(compilation, scope, node, apply, inner);
}

function filterCode(compilation: Compilation, scope: Scope, node: NodeOf<'filter'>): Apply {
  const found = filterNamed(node.name);
  if (found !== undefined) return found.apply;
  if (!scope.soft) compilation.fail(`No filter named '${node.name}'.`, node);
  return unknown('filter', node.name);
}

/** Inside a branch an unknown filter or test fails only when it is used. */
function unknown(kind: 'filter' | 'test', name: string): Apply {
  return (_value, args) => {
    const [keyword] = args.named.keys();
    if (keyword !== undefined) raise('TypeError', `t_1() got an unexpected keyword argument '${keyword}'`);
    return raise('TemplateRuntimeError', `No ${kind} named '${name}' found.`);
  };
}

function compileTest(compilation: Compilation, scope: Scope, node: NodeOf<'test'>): Evaluate {
  const found = testNamed(node.name);
  if (found === undefined && !scope.soft) compilation.fail(`No test named '${node.name}'.`, node);
  const operand = compileExpression(compilation, scope, node.operand);
  return compileApplication(compilation, scope, node, found?.apply ?? unknown('test', node.name), operand);
}

function compileApplication(
  compilation: Compilation,
  scope: Scope,
  node: NodeOf<'filter'> | NodeOf<'test'>,
  apply: Apply,
  operand: Evaluate,
): Evaluate {
  const args = compileArguments(compilation, scope, node, () => node.name);
  const site = compilation.site(node);
  const { mode } = compilation;
  return environment => {
    const value = operand(environment);
    const passed = plainArguments(args(environment));
    const { engine, context } = environment;
    engine.site = site;
    engine.spend(4);
    weigh(value);
    const call = new EvaluatorCall(environment, site);
    const { autoescape, flavour } = context;
    const result = apply(plain(value), passed, { mode, autoescape, flavour, call });
    return keepSpans(value, made(result));
  };
}
