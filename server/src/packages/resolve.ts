import { err, ok, type Result } from '../base/result.ts';
import {
  emptyListing,
  keyIn,
  withRequirement,
  withSpecs,
  type PackageListing,
} from '../dbt/packages/package-listing.ts';
import type { PackageSpec } from '../dbt/packages/package-spec.ts';
import type { PackageSource, PinnedPackage } from './package-source.ts';

/**
 * Chooses a version of every package that is wanted, and of those that they want in turn. As in dbt a version is chosen
 * for what was asked up to then and packages are followed from it; what is asked later narrows the choice of the end.
 */
export async function resolvePackages(
  specs: readonly PackageSpec[],
  source: PackageSource,
  projectName: string,
): Promise<Result<readonly PinnedPackage[], string>> {
  let final: PackageListing = emptyListing;
  let pending = withSpecs(emptyListing, specs);
  while (pending.ok && pending.value.size > 0) {
    let next: Result<PackageListing, string> = ok(emptyListing);
    for (const requirement of pending.value.values()) {
      const joined = withRequirement(final, requirement);
      if (!joined.ok) return joined;
      final = joined.value;
      const pinned = await source.pinned(final.get(keyIn(final, requirement)) ?? requirement);
      if (!pinned.ok) return pinned;
      next = next.ok ? withSpecs(next.value, pinned.value.packages) : next;
    }
    pending = next;
  }
  return pending.ok ? pinnedOf(final, source, projectName) : pending;
}

/** The packages of a lock file, which lists all of them: nothing is followed. */
export async function resolveLocked(
  specs: readonly PackageSpec[],
  source: PackageSource,
  projectName: string,
): Promise<Result<readonly PinnedPackage[], string>> {
  const listing = withSpecs(emptyListing, specs);
  return listing.ok ? pinnedOf(listing.value, source, projectName) : listing;
}

async function pinnedOf(
  listing: PackageListing,
  source: PackageSource,
  projectName: string,
): Promise<Result<readonly PinnedPackage[], string>> {
  const found = await Promise.all([...listing.values()].map(it => source.pinned(it)));
  const pinned: PinnedPackage[] = [];
  for (const each of found) {
    if (!each.ok) return each;
    const { project } = each.value;
    if (project === projectName) return err(sameAsRoot(project));
    if (pinned.some(it => it.project === project)) return err(twice(project));
    pinned.push(each.value);
  }
  return ok(pinned);
}

const sameAsRoot = (name: string): string =>
  `Found a dependency with the same name as the root project "${name}". Package names must be unique in a project. Please rename one of these packages.`;

const twice = (name: string): string =>
  `Found duplicate project "${name}". This occurs when a dependency has the same project name as some other dependency.`;
