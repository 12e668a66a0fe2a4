import { Callable, Dict, Float, Tuple, type CallArguments, type CallContext, type Value } from '../../value.ts';
import {
  bindArguments,
  bindBuiltin,
  bindRange,
  indexArgument,
  parameters,
  positionalArguments,
  refuseNamed,
} from '../arguments.ts';
import { Complex } from '../complex.ts';
import { Decimal } from '../decimal.ts';
import { raise } from '../error.ts';
import { iterate, PyIterator, toArray } from '../iterate.ts';
import { binary } from '../operators.ts';
import { truthy } from '../truth.ts';
import { makeItems, spend, spendOnItems } from '../meter.ts';

type Maker = (args: CallArguments, context: CallContext) => Value;

/** The `itertools` module as dbt hands it to templates: the functions without their class methods. */
export function itertoolsModule(): Dict {
  return Dict.fromStrings(Object.entries(makers).map(([name, maker]) => [name, new Callable(name, maker)]));
}

const lazy = (name: string, source: Iterable<Value>): PyIterator => new PyIterator(`itertools.${name}`, source);

/** Iterating a value once, with its TypeError at once and its items later. */
const once = (value: Value): Iterable<Value> => {
  const iterator = iterate(value)[Symbol.iterator]();
  return { [Symbol.iterator]: () => iterator };
};

const isNumber = (value: Value): boolean =>
  ['number', 'bigint', 'boolean'].includes(typeof value) ||
  value instanceof Float ||
  value instanceof Complex ||
  value instanceof Decimal;

function* countFrom(start: Value, step: Value): Generator<Value, void> {
  for (let value = start; ; value = binary('+', value, step)) {
    spend(1);
    yield value;
  }
}

function* cycled(values: Iterable<Value>): Generator<Value, void> {
  const seen: Value[] = [];
  for (const value of values) {
    seen.push(value);
    yield value;
  }
  while (seen.length > 0) {
    for (const value of seen) {
      spend(1);
      yield value;
    }
  }
}

function* repeated(value: Value, times: number): Generator<Value, void> {
  for (let n = 0; n < times; n++) {
    spend(1);
    yield value;
  }
}

function* accumulated(
  values: Iterable<Value>,
  add: (a: Value, b: Value) => Value,
  initial: Value,
): Generator<Value, void> {
  let total: Value | undefined = initial === null ? undefined : initial;
  if (total !== undefined) yield total;
  for (const value of values) {
    total = total === undefined ? value : add(total, value);
    yield total;
  }
}

function* chained(sources: readonly Value[]): Generator<Value, void> {
  for (const source of sources) yield* iterate(source);
}

function* compressed(data: Iterable<Value>, selectors: Iterator<Value>): Generator<Value, void> {
  for (const value of data) {
    const selector = selectors.next();
    if (selector.done === true) return;
    if (truthy(selector.value)) yield value;
  }
}

function* sliced(values: Iterator<Value>, start: number, stop: number, step: number): Generator<Value, void> {
  let next = start;
  for (let index = 0; index < stop; index++) {
    spend(1);
    const item = values.next();
    if (item.done === true) return;
    if (index !== next) continue;
    next += step;
    yield item.value;
  }
}

function* starMapped(callee: Value, rows: Iterable<Value>, context: CallContext): Generator<Value, void> {
  for (const row of rows) yield context.call(callee, positionalArguments(...toArray(row)));
}

function* zippedLongest(sources: readonly Iterator<Value>[], fill: Value): Generator<Value, void> {
  for (;;) {
    const steps = sources.map(it => it.next());
    if (steps.every(it => it.done === true)) return;
    yield new Tuple(steps.map(it => (it.done === true ? fill : it.value)));
  }
}

function* products(pools: readonly (readonly Value[])[], from = 0): Generator<readonly Value[], void> {
  const pool = pools[from];
  if (pool === undefined) {
    yield [];
    return;
  }
  for (const first of pool) {
    for (const rest of products(pools, from + 1)) {
      spend(2);
      yield [first, ...rest];
    }
  }
}

function* permuted(pool: readonly Value[], length: number): Generator<readonly Value[], void> {
  if (length === 0) {
    yield [];
    return;
  }
  for (const [index, first] of pool.entries()) {
    spendOnItems(pool.length);
    for (const rest of permuted(pool.toSpliced(index, 1), length - 1)) {
      spend(2);
      yield [first, ...rest];
    }
  }
}

function* combined(pool: readonly Value[], length: number, step: 0 | 1, from = 0): Generator<readonly Value[], void> {
  if (length === 0) {
    yield [];
    return;
  }
  for (let index = from; index < pool.length; index++) {
    const first = pool[index] ?? null;
    spend(1);
    for (const rest of combined(pool, length - 1, step, index + step)) {
      spend(2);
      yield [first, ...rest];
    }
  }
}

function* tuples(rows: Iterable<readonly Value[]>): Generator<Value, void> {
  for (const row of rows) yield new Tuple(row);
}

const sizeArgument = (value: Value): number => {
  const size = indexArgument(value);
  return size < 0 ? raise('ValueError', 'r must be non-negative') : size;
};

const combining =
  (name: string, step: 0 | 1): Maker =>
  args => {
    const [values = null, length = 0] = bindBuiltin(name, parameters('iterable', 'r'), args);
    return lazy(name, tuples(combined(toArray(values), sizeArgument(length), step)));
  };

function isliceOf(args: CallArguments): Value {
  const [values = null, ...bounds] = bindRange('islice', args, 2, 4);
  const [first = null, second, third = null] = bounds;
  const start = second === undefined ? null : first;
  const stop = second === undefined ? first : second;
  const from = sliceBound(start, 0);
  const to = sliceBound(stop, Infinity);
  const step = third ?? 1;
  if (typeof step !== 'number' || step < 1) {
    return raise('ValueError', 'Step for islice() must be a positive integer or None.');
  }
  return lazy('islice', sliced(iterate(values)[Symbol.iterator](), from, to, step));
}

function sliceBound(value: Value, fallback: number): number {
  if (value === null) return fallback;
  if (typeof value === 'number' && value >= 0) return value;
  return raise('ValueError', 'Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.');
}

/** Copies of an iterator: what one has drawn is kept for the others. */
function teed(args: CallArguments): Value {
  const [values = null, count = 2] = bindRange('tee', args, 1, 2);
  const copies = indexArgument(count);
  if (copies < 0) raise('ValueError', 'n must be >= 0');
  const source = iterate(values)[Symbol.iterator]();
  const drawn: Value[] = [];
  function* copy(): Generator<Value, void> {
    for (let index = 0; ; index++) {
      if (index >= drawn.length) {
        const step = source.next();
        if (step.done === true) return;
        drawn.push(step.value);
      }
      yield drawn[index] ?? null;
    }
  }
  makeItems(copies);
  return new Tuple(Array.from({ length: copies }, () => lazy('_tee', copy())));
}

const makers: Readonly<Record<string, Maker>> = {
  count: args => {
    const [start = 0, step = 1] = bindBuiltin('count', parameters(['start', 0], ['step', 1]), args);
    if (!isNumber(start) || !isNumber(step)) raise('TypeError', 'a number is required');
    return lazy('count', countFrom(start, step));
  },
  cycle: args => lazy('cycle', cycled(once(bindRange('cycle', args, 1, 1)[0] ?? null))),
  repeat: args => {
    const isEndless = args.positional.length + args.named.size < 2;
    const [value = null, times = 0] = bindBuiltin('repeat', parameters('object', ['times', 0]), args);
    return lazy('repeat', repeated(value, isEndless ? Infinity : indexArgument(times)));
  },
  accumulate: (args, context) => {
    const list = parameters('iterable', ['func', null], ['initial', null]);
    const [values = null, callee = null, initial = null] = bindBuiltin('accumulate', list, args);
    const add = (a: Value, b: Value): Value =>
      callee === null ? binary('+', a, b) : context.call(callee, positionalArguments(a, b));
    return lazy('accumulate', accumulated(once(values), add, initial));
  },
  chain: args => {
    refuseNamed('chain', args);
    return lazy('chain', chained(args.positional));
  },
  compress: args => {
    const [data = null, selectors = null] = bindBuiltin('compress', parameters('data', 'selectors'), args);
    return lazy('compress', compressed(once(data), iterate(selectors)[Symbol.iterator]()));
  },
  islice: isliceOf,
  starmap: (args, context) => {
    const [callee = null, rows = null] = bindRange('starmap', args, 2, 2);
    return lazy('starmap', starMapped(callee, once(rows), context));
  },
  tee: teed,
  zip_longest: args => {
    const { rest, named } = bindArguments('zip_longest', [], args, { rest: true, named: true });
    for (const name of named.keys()) {
      if (name !== 'fillvalue') raise('TypeError', 'zip_longest() got an unexpected keyword argument');
    }
    const fill = named.get('fillvalue') ?? null;
    return lazy(
      'zip_longest',
      zippedLongest(
        rest.map(it => iterate(it)[Symbol.iterator]()),
        fill,
      ),
    );
  },
  product: args => {
    const { rest, named } = bindArguments('product', [], args, { rest: true, named: true });
    const repeat = named.get('repeat');
    const times = repeat === undefined ? 1 : indexArgument(repeat);
    if (times < 0) raise('ValueError', 'repeat argument cannot be negative');
    makeItems(times * rest.length);
    const pools = rest.map(toArray);
    return lazy('product', tuples(products(Array.from({ length: times }, () => pools).flat())));
  },
  permutations: args => {
    const [values = null, length = null] = bindBuiltin('permutations', parameters('iterable', ['r', null]), args);
    const pool = toArray(values);
    return lazy('permutations', tuples(permuted(pool, length === null ? pool.length : sizeArgument(length))));
  },
  combinations: combining('combinations', 1),
  combinations_with_replacement: combining('combinations_with_replacement', 0),
};
