import { intersection } from '../packages/version-range.ts';
import { readVersion, type VersionBound } from '../packages/version.ts';
import { DBT_VERSION } from './dbt-version.ts';

/** A project whose `require-dbt-version` is judged. */
export interface VersionedProject {
  readonly name: string;
  readonly requirements: readonly string[];
}

/** Why no version of dbt, or not the one whose rules count here, may read a project; in dbt's words. */
export function versionMistake({ name, requirements }: VersionedProject): string | undefined {
  const bounds = boundsOf(requirements);
  if (bounds.length === 0) return undefined;
  const listed = `[${requirements.map(it => `'${it}'`).join(', ')}]`;
  const advice = `Check for a different version of the '${name}' package, or run dbt again with --no-version-check\n`;
  if (intersection(bounds) === undefined) {
    return `The package version requirement can never be satisfied for the '${name}\npackage.\n  Required versions of dbt for '${name}': ${listed}\n${advice}`;
  }
  const installed = readVersion(DBT_VERSION);
  if (installed === undefined || intersection([installed, ...bounds]) !== undefined) return undefined;
  return `This version of dbt is not supported with the '${name}' package.\n  Installed version of dbt: =${DBT_VERSION}\n  Required version of dbt for '${name}': ${listed}\n${advice}`;
}

/** The requirements that are no bounds on versions, as `>=1.5` and whatever has blanks in it. */
export const unreadableVersions = (requirements: readonly string[]): readonly string[] =>
  requirements.flatMap(it => it.split(',')).filter(it => readVersion(it) === undefined);

const boundsOf = (requirements: readonly string[]): readonly VersionBound[] =>
  requirements.flatMap(it => it.split(',')).flatMap(it => readVersion(it) ?? []);
