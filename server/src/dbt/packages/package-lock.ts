import { toJsonText } from '../../render/python/json-text.ts';
import { dumpYaml } from '../../render/python/yaml-dump.ts';
import { Dict } from '../../render/value.ts';
import { asString, dataAt, type Data } from '../manifest/data.ts';
import { toValue } from '../manifest/data-value.ts';
import type { PackageSpec } from './package-spec.ts';

/** One package that was chosen, with exactly the keys that go into the lock file. */
export type LockEntry = Readonly<Record<string, string>>;

/**
 * The text whose SHA-1 a lock file carries, so that it is known to fit the packages that are asked for. It says all that
 * the entries say, in an order of its own.
 */
export function hashedText(specs: readonly PackageSpec[]): string {
  const records = specs.map(({ record }) => toJsonText(toValue(record), { sortKeys: true }));
  return records.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)).join('\n');
}

/** The text of `package-lock.yml`. */
export function lockText(entries: readonly LockEntry[], hash: string): string {
  const items = entries.map(entry => {
    const block = dumpYaml(Dict.fromStrings(Object.entries(entry)), { sortKeys: true }) ?? '';
    const [first = '', ...rest] = block.trimEnd().split('\n');
    return [`  - ${first}`, ...rest.map(line => `    ${line}`)].join('\n');
  });
  return ['packages:', ...items, `sha1_hash: ${hash}`, ''].join('\n');
}

/** The hash in the data of a lock file. */
export const lockedHash = (lock: Data): string | undefined => asString(dataAt(lock, 'sha1_hash'));
