import type { Arguments, Expression } from '../syntax/jinja/nodes.ts';
import type { Compilation } from './compilation.ts';
import { getAttribute, getItem } from './python/attributes.ts';
import { callableOf } from './python/call.ts';
import { compare } from './python/compare.ts';
import { Complex } from './python/complex.ts';
import { PythonError } from './python/error.ts';
import { filterNamed } from './python/filters/filter-named.ts';
import type { FilterContext } from './python/filters/filter.ts';
import { dictOf } from './python/hash.ts';
import { iterate } from './python/iterate.ts';
import { FuelError } from './python/meter.ts';
import { binary, unary } from './python/operators.ts';
import { slice } from './python/slice.ts';
import { testNamed } from './python/tests/test-named.ts';
import { toText } from './python/text.ts';
import { truthy } from './python/truth.ts';
import { undefinedMember } from './python/undefined.ts';
import { strOf } from './python/strings.ts';
import { Dict, Float, List, Markup, PySet, Tuple } from './value.ts';
import type { CallArguments, CallContext, Value } from './value.ts';
import { isLargeConstant } from './weight.ts';

/**
 * The value of an expression that needs nothing from the context, or `undefined`. Jinja computes such values ahead,
 * which shows in native mode (they come out as text) and in errors that never happen.
 */
export function constantOf(compilation: Compilation, node: Expression): Value | undefined {
  if (node.kind === 'string' || node.kind === 'constant') return node.value;
  if (node.kind === 'number') return node.float ? new Float(Number(node.value)) : node.value;
  if (!isComposite(node)) return undefined;
  const { constants } = compilation;
  if (constants.has(node)) return constants.get(node);
  const value = compute(compilation, node);
  constants.set(node, value);
  return value;
}

type Composite = Exclude<
  Expression,
  { kind: 'name' | 'namespace-ref' | 'call' | 'missing' | 'slice' | 'string' | 'constant' | 'number' }
>;

const isComposite = (node: Exclude<Expression, { kind: 'string' | 'constant' | 'number' }>): node is Composite =>
  !NEVER_CONSTANT.has(node.kind);

const NEVER_CONSTANT: ReadonlySet<string> = new Set<Expression['kind']>([
  'name',
  'namespace-ref',
  'call',
  'missing',
  'slice',
]);

function compute(compilation: Compilation, node: Composite): Value | undefined {
  const constant = (part: Expression): Value | undefined => constantOf(compilation, part);
  switch (node.kind) {
    case 'list':
      return mapAll(node.items, constant, items => new List(items));
    case 'tuple':
      return mapAll(node.items, constant, items => new Tuple(items));
    case 'concat':
      return mapAll(node.items, constant, items => items.map(toText).join(''));
    case 'dict':
      return mapAll(
        node.pairs.flatMap(pair => [pair.key, pair.value]),
        constant,
        parts => dictOf(pairs(parts)),
      );
    case 'attribute': {
      const object = constant(node.object);
      if (object === undefined) return undefined;
      return attempt(() => getAttribute(object, node.name, compilation.flavour));
    }
    case 'item':
      return item(compilation, node.object, node.index);
    case 'filter':
      return filter(compilation, node);
    case 'test':
      return test(compilation, node);
    case 'unary': {
      const operand = constant(node.operand);
      if (operand === undefined) return undefined;
      const { operator } = node;
      return attempt(() => (operator === 'not' ? !truthy(operand) : unary(operator, operand)));
    }
    case 'binary':
      return operation(node, constant);
    case 'compare':
      return comparison(node, constant);
    case 'conditional': {
      const condition = constant(node.test);
      if (condition === undefined) return undefined;
      const branch = truthy(condition) ? node.consequent : node.otherwise;
      return branch === undefined ? undefined : constant(branch);
    }
    default:
      return node satisfies never;
  }
}

function mapAll(
  nodes: readonly Expression[],
  constant: (node: Expression) => Value | undefined,
  make: (values: Value[]) => Value,
): Value | undefined {
  const values: Value[] = [];
  for (const node of nodes) {
    const value = constant(node);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return make(values);
}

function* pairs(parts: readonly Value[]): Generator<readonly [Value, Value], void> {
  for (let at = 0; at + 1 < parts.length; at += 2) yield [parts[at] ?? null, parts[at + 1] ?? null];
}

/** An error is left for the moment when the code runs. */
function attempt(compute: () => Value): Value | undefined {
  try {
    const value = compute();
    return isLargeConstant(value) ? undefined : value;
  } catch (error) {
    // A `RangeError` is JavaScript's word for a text or a stack that grew beyond measure.
    if (error instanceof PythonError || error instanceof RangeError || error instanceof FuelError) return undefined;
    throw error;
  }
}

function item(compilation: Compilation, object: Expression, index: Expression): Value | undefined {
  const value = constantOf(compilation, object);
  if (value === undefined) return undefined;
  if (index.kind !== 'slice') {
    const key = constantOf(compilation, index);
    return key === undefined ? undefined : attempt(() => getItem(value, key, compilation.flavour));
  }
  const bounds: Value[] = [];
  for (const part of [index.lower, index.upper, index.step]) {
    const bound = part === undefined ? null : constantOf(compilation, part);
    if (bound === undefined) return undefined;
    bounds.push(bound);
  }
  const [lower = null, upper = null, step = null] = bounds;
  try {
    return slice(value, lower, upper, step);
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    // Ahead of time a slice is an item like any other, and an item that is not there is undefined.
    if (error.errorClass !== 'TypeError') return undefined;
    return undefinedMember(value, `slice(${bounds.map(toText).join(', ')})`, compilation.flavour);
  }
}

type FilterNode = Expression & { readonly kind: 'filter' };
type TestNode = Expression & { readonly kind: 'test' };

function filter(compilation: Compilation, node: FilterNode): Value | undefined {
  if (compilation.volatile || node.operand === undefined || CONTEXT_FILTERS.has(node.name)) return undefined;
  const found = filterNamed(node.name);
  if (found === undefined) return undefined;
  const args = constantArguments(compilation, node);
  const operand = constantOf(compilation, node.operand);
  if (args === undefined || operand === undefined) return undefined;
  return attempt(() => found.apply(operand, args, aheadOfTime(compilation)));
}

/** The filters that Jinja gives the context, and therefore never computes ahead. */
const CONTEXT_FILTERS: ReadonlySet<string> = new Set(['map', 'random', 'reject', 'rejectattr', 'select', 'selectattr']);

function test(compilation: Compilation, node: TestNode): Value | undefined {
  if (compilation.volatile) return undefined;
  const found = testNamed(node.name);
  if (found === undefined) return undefined;
  const args = constantArguments(compilation, node);
  const operand = constantOf(compilation, node.operand);
  if (args === undefined || operand === undefined) return undefined;
  return attempt(() => found.apply(operand, args, aheadOfTime(compilation)));
}

function aheadOfTime(compilation: Compilation): FilterContext {
  const { mode, autoescape } = compilation;
  return {
    mode,
    autoescape,
    get flavour() {
      return compilation.flavour;
    },
    call: NO_CALL,
  };
}

/** Filters call methods of their operand; a constant has no others than Python's own. */
const NO_CALL: CallContext = {
  call: (callee, args) => callableOf(callee).invoke(args, NO_CALL),
  site: { file: '', range: { start: 0, end: 0 }, frame: undefined },
  lookup: () => undefined,
};

function constantArguments(compilation: Compilation, node: Arguments): CallArguments | undefined {
  const positional: Value[] = [];
  const named = new Map<string, Value>();
  for (const argument of node.positional) {
    const value = constantOf(compilation, argument);
    if (value === undefined) return undefined;
    positional.push(value);
  }
  for (const keyword of node.named) {
    const value = constantOf(compilation, keyword.value);
    if (value === undefined) return undefined;
    named.set(keyword.name, value);
  }
  return spread(compilation, node, positional, named) ? { positional, named } : undefined;
}

/** Adds `*args` and `**kwargs`; false when they are no constants that can be spread. */
function spread(compilation: Compilation, node: Arguments, positional: Value[], named: Map<string, Value>): boolean {
  if (node.star !== undefined) {
    const value = constantOf(compilation, node.star);
    if (value === undefined || attempt(() => spreadItems(positional, value)) === undefined) return false;
  }
  if (node.doubleStar !== undefined) {
    const value = constantOf(compilation, node.doubleStar);
    if (!(value instanceof Dict)) return false;
    for (const entry of value.entries.values()) {
      const key = strOf(entry.key);
      if (key === undefined) return false;
      named.set(key, entry.value);
    }
  }
  return true;
}

function spreadItems(positional: Value[], value: Value): Value {
  for (const part of iterate(value)) positional.push(part);
  return true;
}

function operation(
  node: Expression & { readonly kind: 'binary' },
  constant: (node: Expression) => Value | undefined,
): Value | undefined {
  const { operator } = node;
  const left = constant(node.left);
  if (left === undefined) return undefined;
  if (operator === 'and') return truthy(left) ? constant(node.right) : left;
  if (operator === 'or') return truthy(left) ? left : constant(node.right);
  const right = constant(node.right);
  return right === undefined ? undefined : attempt(() => binary(operator, left, right));
}

function comparison(
  node: Expression & { readonly kind: 'compare' },
  constant: (node: Expression) => Value | undefined,
): Value | undefined {
  let left = constant(node.first);
  if (left === undefined) return undefined;
  for (const { operator, operand } of node.rest) {
    const right = constant(operand);
    if (right === undefined) return undefined;
    const [a, b] = [left, right];
    const holds = attempt(() => compare(operator, a, b));
    if (holds === undefined) return undefined;
    if (holds === false) return false;
    left = right;
  }
  return true;
}

/** Whether Jinja can write the value into generated code. Only then it replaces the expression. */
export function isWritable(value: Value): boolean {
  if (value === null || typeof value !== 'object') return true;
  if (value instanceof Float || value instanceof Markup || value instanceof Complex) return true;
  if (value instanceof List) return value.items.every(isWritable);
  if (value instanceof Tuple) return value.constructor === Tuple && value.items.every(isWritable);
  if (value instanceof PySet) return [...value.entries.values()].every(isWritable);
  if (value instanceof Dict) return [...value.entries.values()].every(it => isWritable(it.key) && isWritable(it.value));
  return false;
}

/** Whether generated code names an infinity or NaN, which Python reads as a variable. */
export function unwritableFloat(value: Value): 'inf' | 'nan' | undefined {
  if (value instanceof Float) {
    return Number.isFinite(value.value) ? undefined : Number.isNaN(value.value) ? 'nan' : 'inf';
  }
  if (value instanceof List || value instanceof Tuple) return firstUnwritable(value.items);
  if (value instanceof PySet) return firstUnwritable([...value.entries.values()]);
  if (value instanceof Dict) return firstUnwritable([...value.entries.values()].flatMap(it => [it.key, it.value]));
  return undefined;
}

function firstUnwritable(values: readonly Value[]): 'inf' | 'nan' | undefined {
  for (const value of values) {
    const name = unwritableFloat(value);
    if (name !== undefined) return name;
  }
  return undefined;
}
