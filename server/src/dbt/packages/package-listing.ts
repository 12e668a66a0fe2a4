import { err, ok, type Result } from '../../base/result.ts';
import type { GitSpec, HubSpec, LocalSpec, PackageSpec, TarballSpec } from './package-spec.ts';
import { readVersion, type VersionBound } from './version.ts';

/** What all entries that mean one package ask of it. */
export type Requirement = HubRequirement | GitRequirement | LocalSpec | TarballSpec;

export interface HubRequirement {
  readonly kind: 'hub';
  readonly package: string;
  /** As written, in the order they were met. */
  readonly versions: readonly string[];
  readonly bounds: readonly VersionBound[];
  /** Whether prereleases may be installed: asked for, or named by one of the bounds. */
  readonly prereleases: boolean;
}

export interface GitRequirement {
  readonly kind: 'git';
  readonly git: string;
  readonly unrendered: string;
  readonly revisions: readonly string[];
  readonly warnsUnpinned: boolean;
  readonly subdirectory: string | undefined;
}

/** The packages that are wanted so far, one requirement each, in the order they were met. */
export type PackageListing = ReadonlyMap<string, Requirement>;

export const emptyListing: PackageListing = new Map();

/** The listing with more entries in it. The failure says which entry cannot be joined with what is there. */
export function withSpecs(listing: PackageListing, specs: readonly PackageSpec[]): Result<PackageListing, string> {
  let joined: Result<PackageListing, string> = ok(listing);
  for (const spec of specs) {
    const requirement = requirementOf(spec);
    if (!requirement.ok) return requirement;
    joined = joined.ok ? withRequirement(joined.value, requirement.value) : joined;
  }
  return joined;
}

/** The listing with one requirement more, joined with what it asks of that package already. */
export function withRequirement(listing: PackageListing, added: Requirement): Result<PackageListing, string> {
  const key = keyIn(listing, added);
  const existing = listing.get(key);
  if (existing === undefined) return ok(new Map(listing).set(key, added));
  const both = joinedRequirement(existing, added);
  if (both !== undefined) return ok(new Map(listing).set(key, both));
  return err(
    `${nameOf(added)} is asked for as a ${added.kind} package and as a ${existing.kind} package; a project can only have one of them`,
  );
}

/** The key under which a listing holds what is asked of a package, or would hold it. */
export function keyIn(listing: PackageListing, requirement: Requirement): string {
  return namesOf(requirement).find(name => listing.has(name)) ?? nameOf(requirement);
}

/** What to call a package before its project is known. */
export function nameOf(requirement: Requirement): string {
  switch (requirement.kind) {
    case 'hub':
      return requirement.package;
    case 'local':
      return requirement.local;
    case 'tarball':
      return requirement.tarball;
    case 'git':
      return withFolder(requirement.git, requirement.subdirectory);
  }
}

/** A repository is the same with and without `.git` at its end. */
function namesOf(requirement: Requirement): readonly string[] {
  if (requirement.kind !== 'git') return [nameOf(requirement)];
  const { git, subdirectory } = requirement;
  const other = git.endsWith('.git') ? git.slice(0, -'.git'.length) : `${git}.git`;
  return [nameOf(requirement), withFolder(other, subdirectory)];
}

const withFolder = (address: string, folder: string | undefined): string =>
  folder === undefined ? address : `${address}/${folder}`;

function requirementOf(spec: PackageSpec): Result<Requirement, string> {
  switch (spec.kind) {
    case 'hub':
      return hubRequirement(spec);
    case 'git':
      return ok(gitRequirement(spec));
    case 'private':
      return err(
        `Cannot resolve private package ${spec.private} because git provider integration is missing. Please use a "git" package instead.`,
      );
    case 'local':
    case 'tarball':
      return ok(spec);
  }
}

function hubRequirement({ package: name, versions, prereleases }: HubSpec): Result<Requirement, string> {
  const bounds: VersionBound[] = [];
  for (const text of versions) {
    const bound = readVersion(text);
    if (bound === undefined) return err(notAVersion(name, text));
    bounds.push(bound);
  }
  const namesPrerelease = bounds.some(({ prerelease }) => prerelease !== undefined);
  return ok({ kind: 'hub', package: name, versions, bounds, prereleases: prereleases || namesPrerelease });
}

function notAVersion(name: string, text: string): string {
  const message = `${name}: "${text}" is not a valid semantic version.`;
  const parts = text.split(',').map(part => part.replaceAll(' ', ''));
  const better = parts.every(part => readVersion(part) !== undefined) ? parts : undefined;
  if (better === undefined) return message;
  const [only = ''] = better;
  return `${message} Write ${better.length === 1 ? `"${only}"` : `a list: [${better.map(it => `"${it}"`).join(', ')}]`}.`;
}

function gitRequirement({ revision, ...spec }: GitSpec): Requirement {
  const { git, unrendered, warnsUnpinned, subdirectory } = spec;
  const revisions = revision === undefined ? [] : [revision];
  return { kind: 'git', git, unrendered, revisions, warnsUnpinned, subdirectory };
}

/** What two entries ask of one package together; `undefined` when they are of different kinds. */
function joinedRequirement(a: Requirement, b: Requirement): Requirement | undefined {
  if (a.kind === 'hub' && b.kind === 'hub') {
    return {
      ...a,
      versions: [...a.versions, ...b.versions],
      bounds: [...a.bounds, ...b.bounds],
      // A prerelease that a later bound names counts as well; a later wish for prereleases in general does not.
      prereleases: a.prereleases || b.bounds.some(({ prerelease }) => prerelease !== undefined),
    };
  }
  if (a.kind === 'git' && b.kind === 'git') {
    const warnsUnpinned = a.warnsUnpinned && b.warnsUnpinned;
    return { ...a, revisions: [...a.revisions, ...b.revisions], warnsUnpinned };
  }
  return a.kind === b.kind ? a : undefined;
}
