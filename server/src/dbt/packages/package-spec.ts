import { err, ok, type Result } from '../../base/result.ts';
import { floatText } from '../../render/python/float.ts';
import { Float } from '../../render/value.ts';
import {
  asBoolean,
  asList,
  asMap,
  asString,
  dataAt,
  emptyMap,
  isList,
  isMap,
  textOfKey,
  type Data,
  type DataMap,
  type DataScalar,
} from '../manifest/data.ts';

/** One entry of `packages.yml`, `dependencies.yml` or `package-lock.yml`: a package that is wanted. */
export type PackageSpec = HubSpec | GitSpec | LocalSpec | TarballSpec | PrivateSpec;

/** A package of the registry. */
export interface HubSpec extends Entry {
  readonly kind: 'hub';
  /** `dbt-labs/dbt_utils`. */
  readonly package: string;
  /** Bounds that all have to hold, as written. */
  readonly versions: readonly string[];
  readonly prereleases: boolean;
}

/** A package in a git repository. */
export interface GitSpec extends Entry {
  readonly kind: 'git';
  readonly git: string;
  /** The address before Jinja was rendered, which is the one that may be written down: it shows no secret. */
  readonly unrendered: string;
  readonly revision: string | undefined;
  readonly warnsUnpinned: boolean;
  readonly subdirectory: string | undefined;
}

/** A package in a folder, relative to the root project. */
export interface LocalSpec extends Entry {
  readonly kind: 'local';
  readonly local: string;
}

/** A package in an archive. */
export interface TarballSpec extends Entry {
  readonly kind: 'tarball';
  readonly tarball: string;
  readonly unrendered: string;
  readonly name: string;
}

/** A package that only dbt's own platform can fetch. */
export interface PrivateSpec extends Entry {
  readonly kind: 'private';
  readonly private: string;
}

interface Entry {
  /** Everything dbt keeps of the entry, defaults included: what the hash in the lock file is made of. */
  readonly record: DataMap;
}

/**
 * Reads the list of packages. `unrendered` is the same data before its Jinja was rendered. The failure is a sentence
 * for a person about the first entry that is no package.
 */
export function readPackageSpecs(data: Data, unrendered: Data, file: string): Result<readonly PackageSpec[], string> {
  const list = dataAt(data, 'packages');
  if (data === null || list === undefined || list === null) return ok([]);
  if (!isList(list)) return err(`${file}: the value of 'packages' is not a list`);
  const originals = asList(dataAt(unrendered, 'packages')) ?? [];
  const specs: PackageSpec[] = [];
  for (const [at, item] of list.entries()) {
    const spec = readSpec(asMap(item), asMap(originals[at]) ?? emptyMap);
    if (!spec.ok) return err(`${file}, package ${at + 1}: ${spec.failure}`);
    specs.push(spec.value);
  }
  return ok(specs);
}

type Kind = 'local' | 'tarball' | 'git' | 'package' | 'private';

/** The keys of each kind, in dbt's spelling, with the values they have when they are not given. */
const FIELDS: Readonly<Record<Kind, Readonly<Record<string, Data>>>> = {
  local: { local: null },
  tarball: { tarball: null },
  git: { git: null, revision: null, 'warn-unpinned': null, subdirectory: null },
  package: { package: null, version: null, install_prerelease: false },
  private: { private: null, provider: null, revision: null, 'warn-unpinned': null, subdirectory: null },
};
const KINDS: readonly Kind[] = ['local', 'tarball', 'git', 'package', 'private'];

function readSpec(entry: DataMap | undefined, unrendered: DataMap): Result<PackageSpec, string> {
  const kind = KINDS.find(key => entry?.has(key) === true);
  if (entry === undefined || kind === undefined) {
    return err('a package is given by one of package, git, local, tarball and private');
  }
  const fields = FIELDS[kind];
  const unknown = [...entry.keys()].map(textOfKey).find(key => !Object.hasOwn(fields, key) && key !== 'name');
  if (unknown !== undefined) {
    const known = [...Object.keys(fields), 'name'].join(', ');
    return err(`'${unknown}' means nothing for a ${kind} package; there are ${known}`);
  }
  const address = asString(entry.get(kind));
  if (address === undefined || address === '') return err(`'${kind}' needs a value`);
  const record = new Map<DataScalar, Data>([...Object.entries(fields), ...entry, ['unrendered', unrendered]]);
  return specOf(kind, address, { entry, unrendered, record });
}

function specOf(kind: Kind, address: string, { entry, unrendered, record }: ReadEntry): Result<PackageSpec, string> {
  const written = asString(unrendered.get(kind)) ?? address;
  switch (kind) {
    case 'local':
      return ok({ kind, local: address, record });
    case 'private':
      return ok({ kind, private: address, record });
    case 'package':
      return hubSpec(address, entry, record);
    case 'tarball': {
      const name = asString(entry.get('name'));
      if (name === undefined) return err(`the tarball ${written} needs a name`);
      return ok({ kind, tarball: address, unrendered: written, name, record });
    }
    case 'git':
      return ok({
        kind,
        git: address,
        unrendered: written,
        revision: scalarText(entry.get('revision')),
        warnsUnpinned: asBoolean(entry.get('warn-unpinned')) !== false,
        subdirectory: asString(entry.get('subdirectory')),
        record,
      });
  }
}

interface ReadEntry {
  readonly entry: DataMap;
  readonly unrendered: DataMap;
  readonly record: DataMap;
}

function hubSpec(name: string, entry: DataMap, record: DataMap): Result<PackageSpec, string> {
  const version = entry.get('version');
  const versions = (isList(version) ? version : [version]).flatMap(it => scalarText(it) ?? []);
  if (versions.length === 0) {
    return err(
      `${name} is missing the version. When installing from the Hub package index, version is a required property`,
    );
  }
  if (!name.includes('/')) {
    return err(
      `${name} was not found in the package index. Packages on the index require a namespace, e.g dbt-labs/dbt_utils`,
    );
  }
  const prereleases = entry.get('install_prerelease') === true;
  return ok({ kind: 'hub', package: name, versions, prereleases, record });
}

/** A text, or a number that YAML made of one, as Python prints it; `undefined` for anything else. */
function scalarText(data: Data | undefined): string | undefined {
  if (data instanceof Float) return floatText(data.value);
  if (typeof data === 'number' || typeof data === 'bigint') return String(data);
  return isMap(data) ? undefined : asString(data);
}
