import { md5 } from '../../base/md5.ts';
import { parseYaml } from '../../syntax/yaml/parse.ts';
import { PythonError, raise } from '../../render/python/error.ts';
import { dictGet, dictSet, setOf } from '../../render/python/hash.ts';
import { iterable, iterate, PyIterator, toArray } from '../../render/python/iterate.ts';
import { toJsonText } from '../../render/python/json-text.ts';
import { strOf } from '../../render/python/strings.ts';
import { toText } from '../../render/python/text.ts';
import { Callable, Dict, List, Tuple, type CallArguments, type Value } from '../../render/value.ts';
import { toValue } from '../manifest/data-value.ts';
import { dataOf } from '../manifest/yaml-data.ts';
import { DbtError } from './dbt-error.ts';
import { hostFunction, isTrue, textOf, type HostCall } from './host-function.ts';
import { parseJson } from './json-value.ts';
import { timestampValue } from './temporal.ts';
import { toYamlText } from './yaml-text.ts';

/** The functions that every dbt context has and that know nothing of the project. */
export const PURE_FUNCTIONS: ReadonlyMap<string, Value> = new Map<string, Value>(
  [
    hostFunction('local_md5', ['value'], call => md5(textOf(call.at(0), 'value'))),
    hostFunction('fromjson', ['string', ['default', null]], call => parsed(call, parseJson)),
    hostFunction('fromyaml', ['value', ['default', null]], call => parsed(call, parseYamlValue)),
    hostFunction('tojson', ['value', ['default', null], ['sort_keys', false]], toJson),
    hostFunction('toyaml', ['value', ['default', null], ['sort_keys', false]], call =>
      toYamlText(call.at(0), { sortKeys: isTrue(call.at(2)) }),
    ),
    hostFunction('set', ['value', ['default', null]], call => {
      const items = iterable(call.at(0));
      return items === undefined ? call.at(1) : setOf(items);
    }),
    hostFunction('set_strict', ['value'], call =>
      setOf(strictly('SetStrictWrongTypeError', () => iterate(call.at(0)))),
    ),
    hostFunction('diff_of_two_dicts', ['dict_a', 'dict_b'], call => differenceOf(call.at(0), call.at(1))),
    new Callable('zip', zip),
    new Callable('zip_strict', args => zipped(args.positional, true)),
  ].map(callable => [callable.name, callable]),
);

/** A text that does not parse gives the default. */
function parsed(call: HostCall, parse: (text: string) => Value | undefined): Value {
  const text = strOf(call.at(0));
  const value = text === undefined ? undefined : parse(text);
  return value === undefined ? call.at(1) : value;
}

function parseYamlValue(text: string): Value | undefined {
  const tree = parseYaml(text);
  return tree.problems.length > 0 ? undefined : toValue(dataOf(tree.root), timestampValue);
}

function toJson(call: HostCall): Value {
  try {
    return toJsonText(call.at(0), { sortKeys: isTrue(call.at(2)) });
  } catch (error) {
    if (error instanceof PythonError && error.errorClass === 'ValueError') return call.at(1);
    if (error instanceof PythonError) throw new DbtError('CompilationError', error.message, 'not-serializable');
    throw error;
  }
}

function strictly<T>(errorClass: string, attempt: () => T): T {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof PythonError) throw new DbtError(errorClass, error.message, 'argument-type');
    throw error;
  }
}

function zip({ positional, named }: CallArguments): Value {
  if (positional.every(value => iterable(value) !== undefined)) return zipped(positional, false);
  return named.get('default') ?? null;
}

function zipped(values: readonly Value[], strict: boolean): Value {
  const columns = strict ? strictly('ZipStrictWrongTypeError', () => values.map(toArray)) : values.map(toArray);
  const length = columns.length === 0 ? 0 : Math.min(...columns.map(column => column.length));
  const rows = Array.from({ length }, (_, row) => new Tuple(columns.map(column => column[row] ?? null)));
  return new PyIterator('zip', rows);
}

/** The entries of `a` that `b` has not; keys and list items compare without case. */
function differenceOf(a: Value, b: Value): Dict {
  if (!(a instanceof Dict) || !(b instanceof Dict)) raise('AttributeError', 'diff_of_two_dicts needs two dicts');
  const lowered = new Map([...b.entries.values()].map(({ key, value }) => [toText(key).toLowerCase(), value]));
  const difference = new Dict();
  for (const { key, value } of a.entries.values()) {
    const other = lowered.get(toText(key).toLowerCase());
    const known = new Set(other === undefined ? [] : toArray(other).map(item => toText(item).toLowerCase()));
    const missing = toArray(value).filter(item => !known.has(toText(item).toLowerCase()));
    if (missing.length > 0) dictSet(difference, key, new List(missing));
  }
  return difference;
}

/** The value under a text key of a dict, or nothing. */
export const entryOf = (value: Value, key: string): Value | undefined =>
  value instanceof Dict ? dictGet(value, key) : undefined;
