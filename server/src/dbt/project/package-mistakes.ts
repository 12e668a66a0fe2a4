import {
  asList,
  asMap,
  dataAt,
  emptyMap,
  isList,
  isMap,
  textOfKey,
  type Data,
  type DataMap,
} from '../manifest/data.ts';
import type { KeyPath, Mistake } from '../manifest/mistake.ts';
import { dataRepr } from '../schema/data-repr.ts';
import {
  anyOf,
  boolean,
  listOf,
  mapping,
  numeral,
  optional,
  recordOf,
  schemaErrors,
  text,
  type Schema,
} from '../schema/schema.ts';

/** What a packages file holds; null for one that is empty or not there. */
export interface PackagesFile {
  readonly file: string;
  readonly data: Data;
  /** The same before its Jinja was rendered. */
  readonly unrendered: Data;
}

/** What dbt refuses in `packages.yml` and `dependencies.yml`, whose packages it takes from one of the two. */
export function packageMistakes(packages: PackagesFile, dependencies: PackagesFile): readonly Mistake[] {
  const inPackages = asMap(packages.data) ?? emptyMap;
  const inDependencies = asMap(dependencies.data) ?? emptyMap;
  const misplaced: Mistake[] = [];
  if (inPackages.has('packages') && inDependencies.has('packages')) {
    const message = "The 'packages' key cannot be specified in both packages.yml and dependencies.yml";
    misplaced.push(keyMistake(dependencies.file, 'packages', message));
  }
  if (inPackages.has('projects')) {
    misplaced.push(keyMistake(packages.file, 'projects', "The 'projects' key cannot be specified in packages.yml"));
  }
  if (misplaced.length > 0) return misplaced;
  if (!inDependencies.has('packages')) return fileMistakes(packages);
  const data = new Map([['packages', inDependencies.get('packages') ?? null]]);
  return fileMistakes({ ...dependencies, data });
}

/** The file that dbt takes the packages from. */
export const packagesSpecifiedIn = (dependencies: PackagesFile): string =>
  asMap(dependencies.data)?.has('packages') === true ? dependencies.file : 'packages.yml';

const keyMistake = (file: string, key: string, message: string): Mistake => ({
  code: 'package-invalid',
  message,
  file,
  path: [key],
  on: 'key',
  dbt: { class: 'DbtProjectError', message: `Runtime Error\n  ${message}` },
});

function fileMistakes({ file, data, unrendered }: PackagesFile): readonly Mistake[] {
  if (isNothing(data)) return [];
  if (!isMap(data)) {
    const lack = `'${isList(data) ? 'list' : 'str'}' object has no attribute 'get'`;
    return [crash(file, [], `${file} does not parse to a dictionary`, ['AttributeError', lack])];
  }
  const list = data.get('packages');
  if (list === undefined) return shapeMistakes(file, data);
  if (!isList(list)) return [noList(file, list)];
  const originals = asList(dataAt(unrendered, 'packages')) ?? [];
  const found = list.flatMap((item, at) => entryMistakes(file, at, item, originals[at] ?? null));
  return [...found, ...shapeMistakes(file, new Map([...data, ['packages', []]]))];
}

const shapeMistakes = (file: string, data: Data): readonly Mistake[] =>
  schemaErrors(packagesSchema, data).map(({ path, key, message }) =>
    malformed(file, key === undefined ? path : [key], message),
  );

const isNothing = (data: Data): boolean => data === null || data === '' || (isMap(data) && data.size === 0);

/** dbt adds each package as written to the package before it looks at them, and fails where there is nothing to add to. */
function noList(file: string, value: Data): Mistake {
  const message = "the value of 'packages' is not a list";
  if (isMap(value)) return crash(file, ['packages'], message, ['KeyError', '0']);
  const error = value === null ? "object of type 'NoneType' has no len()" : NO_ASSIGNMENT;
  return crash(file, ['packages'], message, ['TypeError', error]);
}

const NO_ASSIGNMENT = "'str' object does not support item assignment";

function entryMistakes(file: string, at: number, item: Data, unrendered: Data): readonly Mistake[] {
  const path = ['packages', at];
  if (!isMap(item)) return [crash(file, path, UNKNOWN_KIND, ['TypeError', NO_ASSIGNMENT])];
  if (isGiven(item, 'package') && !item.has('version')) {
    return [crash(file, path, withoutVersion(item), ['KeyError', "'version'"])];
  }
  const lack = lackOf(item);
  if (lack !== undefined) return [malformed(file, path, lack)];
  const whole = new Map([...item, ['unrendered', unrendered]]);
  const isKnown = schemaErrors(entrySchema, whole).length === 0;
  const message = `${dataRepr(whole)} is not valid under any of the given schemas`;
  return isKnown ? [] : [malformed(file, path, message, explained(item))];
}

const UNKNOWN_KIND = 'a package is given by one of package, local, git, tarball or private';

const isGiven = (item: DataMap, key: string): boolean => (item.get(key) ?? '') !== '';

const withoutVersion = (item: DataMap): string =>
  `${dataRepr(item.get('package') ?? null).replaceAll(/^'|'$/g, '')} is missing the version. When installing from the Hub package index, version is a required property`;

/** What dbt says by hand of an entry, before its schema is asked. */
function lackOf(item: DataMap): string | undefined {
  for (const [key, kind] of [
    ['package', 'hub'],
    ['local', 'local'],
    ['git', 'git'],
  ] as const) {
    if (item.get(key) === '') return `A ${kind} package is missing the value. It is a required property.`;
  }
  const name = item.get('package');
  if (typeof name !== 'string') return undefined;
  if (!isGiven(item, 'version')) return withoutVersion(item);
  if (name.includes('/')) return undefined;
  return `${name} was not found in the package index. Packages on the index require a namespace, e.g dbt-labs/dbt_utils`;
}

/** The same for a person: dbt only says that an entry is none of its kinds. */
function explained(item: DataMap): string {
  const known = KINDS.map(fields => Object.keys(fields).map(key => key.replace(/!$/, ''))).find(([kind]) =>
    item.has(kind ?? ''),
  );
  if (known === undefined) return UNKNOWN_KIND;
  const unknown = [...item.keys()].map(textOfKey).find(key => !known.includes(key));
  if (unknown !== undefined) {
    return `'${unknown}' means nothing for a ${known[0]} package; there are ${known.join(', ')}`;
  }
  return `a value of this ${known[0]} package is of the wrong type, or one is missing`;
}

const maybeText = optional(text);
const version = optional(text, numeral);
const pinned = { revision: version, 'warn-unpinned': optional(boolean), subdirectory: maybeText };

/** The keys of each kind of package, apart from those that all have. */
const KINDS: readonly Readonly<Record<string, Schema>>[] = [
  { 'local!': text, name: maybeText },
  { 'tarball!': text, 'name!': text },
  { 'git!': text, ...pinned, name: maybeText },
  {
    'package!': text,
    'version!': anyOf(text, numeral, listOf(anyOf(text, numeral))),
    install_prerelease: optional(boolean),
    name: maybeText,
  },
  { 'private!': text, provider: maybeText, ...pinned, name: maybeText },
];

const entrySchema = anyOf(...KINDS.map(fields => recordOf({ ...fields, unrendered: mapping })));

const packagesSchema = recordOf({ 'packages!': listOf(mapping) });

function malformed(file: string, path: KeyPath, error: string, message = error): Mistake {
  const report = `The packages.yml file in this project is malformed. Please double check\n  the contents of this file and fix any errors before retrying.\n  \n  You can find more information on the syntax for this file here:\n  https://docs.getdbt.com/docs/package-management\n  \n  Validator Error:\n  ${error}\n  \n\nError encountered in {root}/dbt_project.yml`;
  const dbt = { class: 'DbtProjectError', message: `Runtime Error\n  ${report}` };
  return { code: 'package-invalid', message, file, path, on: 'value', dbt };
}

/** What makes dbt fail without a message for people. */
const crash = (
  file: string,
  path: KeyPath,
  message: string,
  [errorClass, error]: readonly [string, string],
): Mistake => ({
  code: 'package-invalid',
  message,
  file,
  path,
  on: 'value',
  dbt: { class: errorClass, message: error },
});
