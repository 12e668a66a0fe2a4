import { md5 } from '../../base/md5.ts';
import { reprText, toText } from '../../render/python/text.ts';
import { isList, isMap, textOfKey, type Data, type DataMap } from '../manifest/data.ts';
import { toValue } from '../manifest/data-value.ts';
import type { TestMetadata } from '../manifest/node.ts';

/** The names dbt makes up for a generic test: `full` for its id, `short` (at most 63 characters) for its alias. */
export function syntheticTestName(
  test: string,
  target: string,
  args: DataMap,
): { readonly short: string; readonly full: string } {
  const identifier = `${test}_${target}`;
  const values = [...args]
    .map(([key, value]) => [textOfKey(key), value] as const)
    .filter(([key]) => key !== 'model')
    .toSorted(([a], [b]) => compareCodePoints(a, b))
    .flatMap(([, value]) => parts(value));
  const unique = values.map(value => value.replace(/[^0-9a-zA-Z_]+/g, '_')).join('__');
  const full = `${identifier}_${unique}`;
  if (full.length < LIMIT || (SURROGATE.test(full) && Array.from(full).length < LIMIT)) return { short: full, full };
  return { short: `${identifier.slice(0, 30)}_${md5(full)}`, full };
}

const LIMIT = 64;

/** The last part of a generic test's unique id. */
export function testHash(name: string, metadata: TestMetadata): string {
  const [kwargs, test, namespace] = [metadata.kwargs, metadata.name, metadata.namespace ?? 'None'].map(hashedText);
  return md5(`${name}{'kwargs': ${kwargs}, 'name': ${test}, 'namespace': ${namespace}}`).slice(-10);
}

/** Python's `repr` of data whose mappings are sorted and in which all that is no collection is a text, its `str`. */
function hashedText(data: Data): string {
  if (isList(data)) return `[${data.map(hashedText).join(', ')}]`;
  if (!isMap(data)) return reprText(typeof data === 'string' ? data : toText(toValue(data)));
  const entries = new Map([...data].map(([key, value]) => [textOfKey(key), value] as const));
  const sorted = [...entries].toSorted(([a], [b]) => compareCodePoints(a, b));
  return `{${sorted.map(([key, value]) => `${reprText(key)}: ${hashedText(value)}`).join(', ')}}`;
}

function parts(value: Data): readonly string[] {
  if (isList(value)) return value.map(item => toText(toValue(item)));
  if (isMap(value)) return [...value.values()].map(item => toText(toValue(item)));
  return [toText(toValue(value))];
}

const SURROGATE = /[\ud800-\udfff]/;

/** Python sorts texts by code point, JavaScript by code unit. */
function compareCodePoints(a: string, b: string): number {
  if (!SURROGATE.test(a) && !SURROGATE.test(b)) return a < b ? -1 : a > b ? 1 : 0;
  const left = Array.from(a);
  const right = Array.from(b);
  for (const [at, char] of left.entries()) {
    const other = right[at];
    if (other === undefined) return 1;
    if (char !== other) return (char.codePointAt(0) ?? 0) - (other.codePointAt(0) ?? 0);
  }
  return left.length - right.length;
}
