import { err, ok, type Result } from '../../base/result.ts';
import { asMap, asString, dataAt, emptyMap, stringEntries, stringList, type Data } from '../manifest/data.ts';
import type { HubRequirement } from './package-listing.ts';
import { readPackageSpecs, type PackageSpec } from './package-spec.ts';
import { highestInRange, installableVersions, intersection, inRange, rangeText } from './version-range.ts';
import { readVersion } from './version.ts';

/** What the registry knows of one package. */
export interface HubPackage {
  readonly versions: ReadonlyMap<string, HubVersion>;
  /** Where the package has moved to, for a warning: it can still be installed under the old name. */
  readonly movedTo: string | undefined;
}

export interface HubVersion {
  /** The name of its project, which its folder is called by. */
  readonly project: string;
  /** The packages that it needs, or what is wrong with its list: old versions are no concern of those who take a new one. */
  readonly packages: Result<readonly PackageSpec[], string>;
  readonly tarball: string;
  readonly requireDbtVersion: readonly string[];
}

/** Reads the registry's answer about a package; the failure says what is missing in it. */
export function readHubPackage(data: Data, name: string): Result<HubPackage, string> {
  const versions = asMap(dataAt(data, 'versions'));
  if (versions === undefined) return err(`The registry's answer about ${name} holds no versions.`);
  const read = new Map<string, HubVersion>();
  for (const [version, facts] of stringEntries(versions)) {
    const known = readVersionFacts(facts, `${name} ${version}`);
    if (known !== undefined) read.set(version, known);
  }
  return ok({ versions: read, movedTo: movedTo(data) });
}

/** `undefined` for a version that could not be installed: without a name, or with nothing to download. */
function readVersionFacts(facts: Data, label: string): HubVersion | undefined {
  const project = asString(dataAt(facts, 'name'));
  const tarball = asString(dataAt(facts, 'downloads', 'tarball'));
  if (project === undefined || tarball === undefined) return undefined;
  const packages = readPackageSpecs(facts, emptyMap, label);
  return { project, tarball, packages, requireDbtVersion: stringList(dataAt(facts, 'require_dbt_version')) };
}

function movedTo(data: Data): string | undefined {
  const [space, name] = ['redirectnamespace', 'redirectname'].map(key => asString(dataAt(data, key)));
  if (space === undefined && name === undefined) return undefined;
  return `${space ?? asString(dataAt(data, 'namespace')) ?? ''}/${name ?? asString(dataAt(data, 'name')) ?? ''}`;
}

/** The version of a package to install, and the newest that could be. */
export interface ChosenVersion {
  readonly version: string;
  readonly latest: string;
}

/**
 * Chooses the highest version that every bound allows and, unless `dbtVersion` is `undefined`, that works with that
 * version of dbt. The failure says what was asked for and what there is.
 */
export function chooseVersion(
  requirement: HubRequirement,
  hub: HubPackage,
  dbtVersion: string | undefined,
): Result<ChosenVersion, string> {
  const { package: name, versions, bounds, prereleases } = requirement;
  const range = intersection(bounds);
  if (range === undefined) {
    const options = bounds.length === versions.length ? versions : [];
    return err(
      `Version error for package ${name}: Could not find a satisfactory version from options: [${options.map(it => `'${it}'`).join(', ')}]`,
    );
  }
  const compatible = [...hub.versions].filter(([, facts]) => dbtVersion === undefined || worksWith(facts, dbtVersion));
  const installable = installableVersions(
    compatible.map(([version]) => version),
    { prereleases },
  );
  const version = highestInRange(range, installable);
  if (version !== undefined) return ok({ version, latest: installable.at(-1) ?? version });
  const hidden = compatible.length < hub.versions.size ? NOT_SHOWN : '';
  return err(
    `Could not find a matching compatible version for package ${name}\n  Requested range: ${rangeText(range)}\n  Compatible versions: ${installable.join(', ') || 'none'}${hidden}`,
  );
}

const NOT_SHOWN = '\n  Not shown: versions that do not work with this version of dbt; --no-version-check includes them';

function worksWith({ requireDbtVersion }: HubVersion, dbtVersion: string): boolean {
  const own = readVersion(dbtVersion);
  const bounds = requireDbtVersion.flatMap(text => readVersion(text) ?? []);
  const range = intersection(bounds);
  return own === undefined || (range !== undefined && inRange(own, range));
}
