import { md5 } from '../../base/md5.ts';
import type { PySet } from '../value.ts';
import { Callable, Dict, List, Tuple, Undefined, type CallArguments, type Value } from '../value.ts';
import { bindArguments, parameters, type ParameterSpec } from './arguments.ts';
import { failUndefined, PythonError, raise } from './error.ts';
import { setOf } from './hash.ts';
import { iterate, PyIterator, toArray } from './iterate.ts';
import { parseJson } from './json-parse.ts';
import { toJsonText } from './json-text.ts';
import { spend } from './meter.ts';
import { dumpYaml } from './yaml-dump.ts';
import { loadYaml } from './yaml-load.ts';
import type { DateTimes } from './modules/datetime/module.ts';
import { strOf } from './strings.ts';
import { truthy } from './truth.ts';
import { typeName } from './type-name.ts';

/** The functions of dbt's base context that know nothing of the project: conversions, sets, zips, a digest. */
export function contextFunctions(times: DateTimes): ReadonlyMap<string, Value> {
  return new Map<string, Value>([
    method('fromjson', ['string', ['default', null]], ([text = null, fallback = null]) => {
      const json = strOf(text) ?? failJson(text);
      const value = parseJson(json);
      return value === undefined ? fallback : value;
    }),
    method(
      'tojson',
      ['value', ['default', null], ['sort_keys', false]],
      ([value = null, fallback = null, sort = false]) =>
        unless('ValueError', fallback, () => toJsonText(value, { sortKeys: truthy(sort) })),
    ),
    method('fromyaml', ['value', ['default', null]], ([text = null, fallback = null]) => {
      const yaml = strOf(text) ?? raise('TypeError', 'a string or stream input is required');
      const value = loadYaml(yaml, times);
      return value === undefined ? fallback : value;
    }),
    method(
      'toyaml',
      ['value', ['default', null], ['sort_keys', false]],
      ([value = null, fallback = null, sort = false]) => {
        return dumpYaml(value, { sortKeys: truthy(sort) }) ?? fallback;
      },
    ),
    named('set', '_set', ['value', ['default', null]], ([value = null, fallback = null]) =>
      unless('TypeError', fallback, () => toSet(value)),
    ),
    method('set_strict', ['value'], ([value = null]) => strictly('SetStrictWrongTypeError', () => toSet(value))),
    ['zip', new Callable('_zip', args => zipOrDefault(args))],
    ['zip_strict', new Callable('zip_strict', args => zipStrict(args))],
    method('diff_of_two_dicts', ['dict_a', 'dict_b'], ([left = null, right = null]) => differenceOf(left, right)),
    method('local_md5', ['value'], ([value = null]) => {
      const text = strOf(value) ?? failEncode(value);
      spend(text.length >> 2);
      return md5(text);
    }),
  ]);
}

type Body = (values: readonly Value[]) => Value;

const method = (name: string, list: readonly ParameterSpec[], body: Body): [string, Value] =>
  named(name, name, list, body);

/** A static method of dbt's context class, whose name its messages carry. */
function named(name: string, callee: string, list: readonly ParameterSpec[], body: Body): [string, Value] {
  const bound = parameters(...list);
  return [name, new Callable(callee, args => body(bindArguments(`BaseContext.${callee}`, bound, args).values))];
}

function failJson(value: Value): never {
  return raise('TypeError', `the JSON object must be str, bytes or bytearray, not ${typeName(value)}`);
}

function failEncode(value: Value): never {
  if (!(value instanceof Undefined)) raise('AttributeError', `'${typeName(value)}' object has no attribute 'encode'`);
  // dbt's parse-time undefined answers `encode()` with itself, which is no bytes.
  return value.flavour === 'capturing'
    ? raise('TypeError', 'object supporting the buffer API required')
    : failUndefined(value);
}

/** What `make` makes, or the fallback where Python raises an error of that class. */
function unless(errorClass: string, fallback: Value, make: () => Value): Value {
  try {
    return make();
  } catch (error) {
    if (error instanceof PythonError && error.errorClass === errorClass) return fallback;
    throw error;
  }
}

/** What `make` makes, its TypeError as dbt's own error. */
function strictly(errorClass: string, make: () => Value): Value {
  try {
    return make();
  } catch (error) {
    if (error instanceof PythonError && error.errorClass === 'TypeError') raise(errorClass, error.message);
    throw error;
  }
}

const toSet = (value: Value): PySet => setOf(iterate(value));

function zipOrDefault(args: CallArguments): Value {
  const { rest, named: extra } = bindArguments('BaseContext._zip', [], args, { rest: true, named: true });
  for (const name of extra.keys()) {
    if (name !== 'default') raise('TypeError', `BaseContext._zip() got an unexpected keyword argument '${name}'`);
  }
  return unless('TypeError', extra.get('default') ?? null, () => zipOf(rest));
}

function zipStrict(args: CallArguments): Value {
  const { rest } = bindArguments('BaseContext.zip_strict', [], args, { rest: true });
  return strictly('ZipStrictWrongTypeError', () => zipOf(rest));
}

/** Python's `zip`: one pass, as long as the shortest. */
function zipOf(values: readonly Value[]): PyIterator {
  const sources = values.map(it => iterate(it)[Symbol.iterator]());
  return new PyIterator('zip', zipped(sources));
}

function* zipped(sources: readonly Iterator<Value>[]): Generator<Value, void> {
  while (sources.length > 0) {
    const row: Value[] = [];
    for (const source of sources) {
      const step = source.next();
      if (step.done === true) return;
      row.push(step.value);
    }
    yield new Tuple(row);
  }
}

function differenceOf(left: Value, right: Value): Dict {
  const ours = lowerKeys(left);
  const theirs = lowerKeys(right);
  const difference = new Dict();
  for (const [key, value] of ours) {
    const other = theirs.get(key);
    if (other === undefined) {
      difference.setString(key, value);
      continue;
    }
    const known = new Set(toArray(other).map(lowerText));
    const rest = new Set(
      toArray(value)
        .map(lowerText)
        .filter(it => !known.has(it)),
    );
    if (rest.size > 0) difference.setString(key, new List([...rest]));
  }
  return difference;
}

function lowerKeys(value: Value): ReadonlyMap<string, Value> {
  if (!(value instanceof Dict)) return raise('AttributeError', `'${typeName(value)}' object has no attribute 'items'`);
  return new Map([...value.entries.values()].map(it => [lowerText(it.key), it.value]));
}

const lowerText = (value: Value): string =>
  strOf(value)?.toLowerCase() ?? raise('AttributeError', `'${typeName(value)}' object has no attribute 'lower'`);
