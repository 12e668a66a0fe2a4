import { Dict, HostObject, List, Markup, Tuple, Undefined, type Value } from '../../value.ts';
import { bindOne, indexArgument, type ParameterSpec } from '../arguments.ts';
import { attributeOf, getAttribute, itemOf } from '../attributes.ts';
import { equal, ordered } from '../compare.ts';
import { PythonError, raise } from '../error.ts';
import { hashKey } from '../hash.ts';
import { floorDivideInts } from '../int.ts';
import { iterate, lengthOf, PyIterator, toArray } from '../iterate.ts';
import { DictView, reversedEntries } from '../methods/dict.ts';
import { NamedTuple } from '../named-tuple.ts';
import { binary } from '../operators.ts';
import { Sliceable } from '../slice.ts';
import { sortKeyed } from '../sort.ts';
import { characters, strOf } from '../strings.ts';
import { toText } from '../text.ts';
import { truthy } from '../truth.ts';
import { typeName } from '../type-name.ts';
import { hasUnderscored } from '../underscored.ts';
import { undefinedHint, undefinedMember } from '../undefined.ts';
import { attributeGetter, ignoreCase, pathsOf, type Getter } from './attribute-getter.ts';
import { define, passing, signature, type FilterCall, type FilterSignature } from './define.ts';
import type { Filter } from './filter.ts';
import { itemsMethod } from './text-filters.ts';
import { makeItems, makeText, spend } from '../meter.ts';

const lengthFilter = (name: string): Filter => ({
  name,
  apply: (value, args) => lengthOf(bindOne('len', { ...args, positional: [value, ...args.positional] })),
});

const defaultFilter = (name: string): Filter =>
  define(name, signature('do_default', 'value', ['default_value', ''], ['boolean', false]), ({ value, args }) => {
    const [fallback = '', boolean = false] = args;
    return value instanceof Undefined || (truthy(boolean) && !truthy(value)) ? fallback : value;
  });

const withEnvironment = (callee: string, ...specs: readonly ParameterSpec[]): FilterSignature =>
  passing('environment', signature(callee, ...specs));

/** Jinja's filters over sequences and mappings that run no other filter or test. */
export const sequenceFilters: readonly Filter[] = [
  lengthFilter('length'),
  lengthFilter('count'),
  defaultFilter('default'),
  defaultFilter('d'),
  define('list', signature('sync_do_list', 'value'), ({ value }) => new List(toArray(value))),
  define('first', withEnvironment('sync_do_first', 'seq'), ({ value, context }) => {
    for (const item of iterate(value)) return item;
    return undefinedHint('No first item, sequence was empty.', context.flavour);
  }),
  define('last', withEnvironment('do_last', 'seq'), last),
  define('random', passing('context', signature('do_random', 'seq')), random),
  define('reverse', signature('do_reverse', 'value'), reverse),
  define('join', passing('eval_ctx', signature('sync_do_join', 'value', ['d', ''], ['attribute', null])), join),
  define('batch', signature('do_batch', 'value', 'linecount', ['fill_with', null]), call =>
    generator(batches(call.value, call.args[0] ?? null, call.args[1] ?? null)),
  ),
  define('slice', signature('sync_do_slice', 'value', 'slices', ['fill_with', null]), call =>
    generator(slices(call.value, call.args[0] ?? null, call.args[1] ?? null)),
  ),
  define('items', signature('do_items', 'value'), ({ value }) => generator(itemPairs(value))),
  define(
    'sort',
    withEnvironment('do_sort', 'value', ['reverse', false], ['case_sensitive', false], ['attribute', null]),
    sort,
  ),
  define('unique', withEnvironment('sync_do_unique', 'value', ['case_sensitive', false], ['attribute', null]), call =>
    generator(unique(call)),
  ),
  define('min', withEnvironment('do_min', 'value', ['case_sensitive', false], ['attribute', null]), call =>
    extreme(call, '<'),
  ),
  define('max', withEnvironment('do_max', 'value', ['case_sensitive', false], ['attribute', null]), call =>
    extreme(call, '>'),
  ),
  define('sum', withEnvironment('sync_do_sum', 'iterable', ['attribute', null], ['start', 0]), sum),
  define(
    'groupby',
    withEnvironment('sync_do_groupby', 'value', 'attribute', ['default', null], ['case_sensitive', false]),
    groupBy,
  ),
  define(
    'dictsort',
    signature('do_dictsort', 'value', ['case_sensitive', false], ['by', 'key'], ['reverse', false]),
    dictSort,
  ),
  define('attr', withEnvironment('do_attr', 'obj', 'name'), attr),
  define('is_list', signature('<lambda>', 'x'), ({ value }) => value instanceof List),
];

const generator = (source: Iterable<Value>): PyIterator => new PyIterator('generator', source);

/** `reversed(value)` as an array from the last item on, or `undefined` when Python cannot reverse it. */
function reversedItems(value: Value): Value[] | undefined {
  if (value instanceof List || value instanceof Tuple) {
    makeItems(value.items.length);
    return value.items.toReversed();
  }
  if (value instanceof Dict || value instanceof DictView) return [...reversedEntries(value).iterate()];
  if (value instanceof Sliceable) return toArray(value).reverse();
  if (value instanceof Undefined) return [];
  const text = strOf(value);
  if (text === undefined) return undefined;
  const reversed = characters(text).reverse();
  // Python reverses a Markup by indexing it, and its items are Markup.
  return value instanceof Markup ? reversed.map(it => new Markup(it)) : reversed;
}

function last({ value, context }: FilterCall): Value {
  const reversed = reversedItems(value) ?? raise('TypeError', `'${typeName(value)}' object is not reversible`);
  const [item] = reversed;
  return item === undefined ? undefinedHint('No last item, sequence was empty.', context.flavour) : item;
}

/** The core knows no randomness, so the choice is always the same: the first item. */
function random({ value, context }: FilterCall): Value {
  if (lengthOf(value) === 0) return undefinedHint('No random item, sequence was empty.', context.flavour);
  const item = itemOf(value, 0);
  if (item !== undefined) return item;
  return raise(
    value instanceof Dict ? 'KeyError' : 'TypeError',
    value instanceof Dict ? '0' : `'${typeName(value)}' object is not subscriptable`,
  );
}

function reverse({ value }: FilterCall): Value {
  const text = strOf(value);
  if (text !== undefined) {
    const reversed = characters(text).reverse().join('');
    return value instanceof Markup ? new Markup(reversed) : reversed;
  }
  if (value instanceof Dict || value instanceof DictView) return reversedEntries(value);
  const items = reversedItems(value);
  if (items !== undefined) return new PyIterator(value instanceof List ? 'list_reverseiterator' : 'reversed', items);
  return new List(allItems(value).reverse());
}

/** The items of what cannot be reversed as it stands; a TypeError on the way is blamed on the argument. */
function allItems(value: Value): Value[] {
  try {
    return toArray(value);
  } catch (error) {
    if (!(error instanceof PythonError) || error.errorClass !== 'TypeError') throw error;
    return raise('FilterArgumentError', 'argument must be iterable');
  }
}

function join({ value, args: [separator = '', attribute = null], context }: FilterCall): Value {
  const get = attribute === null ? undefined : attributeGetter(attribute, context.flavour);
  const between = toText(separator);
  const texts: string[] = [];
  let length = 0;
  for (const item of iterate(value)) {
    const text = toText(get === undefined ? item : get(item));
    length += text.length + between.length;
    if ((texts.length & 63) === 63) spend(64);
    if (length > LONG) makeText(length);
    texts.push(text);
  }
  return texts.join(between);
}

/** Short texts are counted by the number of items alone. */
const LONG = 10_000;

function* batches(value: Value, size: Value, fill: Value): Generator<Value, void> {
  let batch: Value[] = [];
  for (const item of iterate(value)) {
    if (equal(batch.length, size)) {
      yield new List(batch);
      batch = [];
    }
    batch.push(item);
    spend(1);
  }
  if (batch.length === 0) return;
  if (fill !== null && ordered('<', batch.length, size)) {
    const missing = indexArgument(size) - batch.length;
    makeItems(missing);
    for (let n = 0; n < missing; n++) batch.push(fill);
  }
  yield new List(batch);
}

function* slices(value: Value, count: Value, fill: Value): Generator<Value, void> {
  const items = toArray(value);
  const n = indexArgument(count);
  if (n === 0) raise('ZeroDivisionError', 'integer division or modulo by zero');
  const size = Number(floorDivideInts(items.length, n));
  const nLonger = items.length - size * n;
  let offset = 0;
  for (let index = 0; index < n; index++) {
    const start = offset + index * size;
    if (index < nLonger) offset++;
    const part = items.slice(start, offset + (index + 1) * size);
    if (fill !== null && index >= nLonger) part.push(fill);
    yield new List(part);
  }
}

function* itemPairs(value: Value): Generator<Value, void> {
  if (value instanceof Undefined) return;
  if (value instanceof Dict) {
    yield* iterate(new DictView(value, 'dict_items'));
    return;
  }
  const keys = value instanceof HostObject && value.attribute('keys') !== undefined ? value.iterate() : undefined;
  if (!(value instanceof HostObject) || keys === undefined) {
    return raise('TypeError', 'Can only get item pairs from a mapping.');
  }
  for (const key of keys) yield new Tuple([key, value.item(key) ?? null]);
}

const caseGetter = (caseSensitive: Value): { readonly after?: Getter } =>
  truthy(caseSensitive) ? {} : { after: ignoreCase };

function sort({
  value,
  args: [reversed = false, caseSensitive = false, attribute = null],
  context,
}: FilterCall): Value {
  const getters = pathsOf(attribute).map(path => attributeGetter(path, context.flavour, caseGetter(caseSensitive)));
  const keyed = toArray(value).map(item => ({ item, key: new List(getters.map(get => get(item))) }));
  return new List(sortKeyed(keyed, { reverse: indexArgument(reversed) !== 0 }));
}

function* unique({
  value,
  args: [caseSensitive = false, attribute = null],
  context,
}: FilterCall): Generator<Value, void> {
  const get = attributeGetter(attribute, context.flavour, caseGetter(caseSensitive));
  const seen = new Set();
  for (const item of iterate(value)) {
    spend(1);
    const key = hashKey(get(item));
    if (seen.has(key)) continue;
    seen.add(key);
    yield item;
  }
}

function extreme(
  { value, args: [caseSensitive = false, attribute = null], context }: FilterCall,
  operator: '<' | '>',
): Value {
  const get = attributeGetter(attribute, context.flavour, caseGetter(caseSensitive));
  let best: { readonly item: Value; readonly key: Value } | undefined;
  for (const item of iterate(value)) {
    const key = get(item);
    if (best === undefined || ordered(operator, key, best.key)) best = { item, key };
  }
  return best === undefined ? undefinedHint('No aggregated item, sequence was empty.', context.flavour) : best.item;
}

function sum({ value, args: [attribute = null, start = 0], context }: FilterCall): Value {
  if (strOf(start) !== undefined) raise('TypeError', "sum() can't sum strings [use ''.join(seq) instead]");
  const get = attribute === null ? undefined : attributeGetter(attribute, context.flavour);
  let total = start;
  for (const item of iterate(value)) {
    spend(1);
    total = binary('+', total, get === undefined ? item : get(item));
  }
  return total;
}

function groupBy({
  value,
  args: [attribute = null, fallback = null, caseSensitive = false],
  context,
}: FilterCall): Value {
  const get = attributeGetter(attribute, context.flavour, { default: fallback, ...caseGetter(caseSensitive) });
  const shown = attributeGetter(attribute, context.flavour, { default: fallback });
  const sorted = sortKeyed(toArray(value).map(item => ({ item, key: get(item) })));
  const groups: { readonly key: Value; readonly items: Value[] }[] = [];
  for (const item of sorted) {
    const key = get(item);
    const group = groups.at(-1);
    if (group !== undefined && equal(group.key, key)) group.items.push(item);
    else groups.push({ key, items: [item] });
  }
  return new List(
    groups.map(({ key, items }) => {
      const grouper = truthy(caseSensitive) ? key : shown(items[0] ?? null);
      return new NamedTuple(['grouper', 'list'], [grouper, new List(items)]);
    }),
  );
}

function dictSort({ value, args: [caseSensitive = false, by = 'key', reversed = false], context }: FilterCall): Value {
  const position = strOf(by) === 'key' ? 0 : strOf(by) === 'value' ? 1 : -1;
  if (position < 0) raise('FilterArgumentError', 'You can only sort by either "key" or "value"');
  const keyed = toArray(itemsMethod(value, context)).map(item => {
    const key = itemOf(item, position) ?? null;
    return { item, key: truthy(caseSensitive) ? key : ignoreCase(key) };
  });
  return new List(sortKeyed(keyed, { reverse: indexArgument(reversed) !== 0 }));
}

function attr({ value, args: [key = null], context }: FilterCall): Value {
  const name = strOf(key) ?? raise('TypeError', 'attribute name must be string');
  if (value instanceof Undefined && !/^__.*__$/.test(name)) return getAttribute(value, name, context.flavour);
  return hasUnderscored(value, name) || attributeOf(value, name) !== undefined
    ? getAttribute(value, name, context.flavour)
    : undefinedMember(value, name, context.flavour);
}
