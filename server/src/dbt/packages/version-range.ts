import { compareVersions, readVersion, versionText, type VersionBound } from './version.ts';

/** What is left of several bounds: from `low` to `high`, either of which may be open. An exact version is both. */
export interface VersionRange {
  readonly low: VersionBound | undefined;
  readonly high: VersionBound | undefined;
}

/** The versions that satisfy all bounds, or `undefined` when there can be none. No bound at all allows everything. */
export function intersection(bounds: readonly VersionBound[]): VersionRange | undefined {
  // The last bound comes first, as in dbt: the order shows where prereleases meet upper bounds.
  const [first, ...rest] = [...bounds.slice(-1), ...bounds.slice(0, -1)];
  if (first === undefined) return { low: undefined, high: undefined };
  let range: VersionRange | undefined = rangeOf(first);
  for (const bound of rest) {
    range = combined(range, rangeOf(bound));
    if (range === undefined) return undefined;
  }
  return range;
}

/** Whether a version lies in a range. */
export function inRange(version: VersionBound, { low, high }: VersionRange): boolean {
  return intersection([version, low, high].filter(bound => bound !== undefined)) !== undefined;
}

/** The range as dbt prints it: `>=1.0.0, <2.0.0`; `ANY` when it is open on both sides. */
export function rangeText({ low, high }: VersionRange): string {
  const ends = [low, high].filter(bound => bound !== undefined);
  return ends.length === 0 ? 'ANY' : ends.map(versionText).join(', ');
}

/** The versions that may be installed at all, lowest first. Texts that are no versions are left out. */
export function installableVersions(
  versions: readonly string[],
  options: { readonly prereleases: boolean },
): readonly string[] {
  const read = versions.flatMap(text => {
    const version = readVersion(text);
    return version === undefined ? [] : [{ text, version }];
  });
  return read
    .filter(({ version }) => options.prereleases || version.prerelease === undefined)
    .toSorted((a, b) => compareVersions(a.version, b.version))
    .map(({ text }) => text);
}

/** The highest of some versions that lies in a range. */
export function highestInRange(range: VersionRange, versions: readonly string[]): string | undefined {
  let highest: { readonly text: string; readonly version: VersionBound } | undefined;
  for (const text of versions) {
    const version = readVersion(text);
    if (version === undefined || !inRange(version, range)) continue;
    if (highest === undefined || compareVersions(highest.version, version) < 0) highest = { text, version };
  }
  return highest?.text;
}

const isExact = (bound: VersionBound | undefined): bound is VersionBound => bound?.comparison === '=';

function rangeOf(bound: VersionBound): VersionRange {
  if (bound.comparison === '=') return { low: bound, high: bound };
  const isLow = bound.comparison.startsWith('>');
  return isLow ? { low: bound, high: undefined } : { low: undefined, high: bound };
}

function combined(a: VersionRange, b: VersionRange): VersionRange | undefined {
  if (isExact(a.low) && isExact(b.low)) return compareVersions(a.low, b.low) === 0 ? a : undefined;
  const low = combinedEnd(a.low, b.low, 'low');
  const high = combinedEnd(a.high, b.high, 'high');
  if (low === NONE || high === NONE) return undefined;
  const isEmpty = low !== undefined && high !== undefined && compareVersions(low, high) > 0;
  return isEmpty ? undefined : { low, high };
}

const NONE = 'none';

/** The stricter of two lower or two upper ends; an exact version has to lie on the right side of the other end. */
function combinedEnd(
  a: VersionBound | undefined,
  b: VersionBound | undefined,
  end: 'low' | 'high',
): VersionBound | undefined | typeof NONE {
  if (a === undefined || b === undefined) return a ?? b;
  if (isExact(a)) return exactBeside(b, a, end);
  if (isExact(b)) return exactBeside(a, b, end);
  const order = compareVersions(a, b);
  return (end === 'low' ? order < 0 : order > 0) ? b : a;
}

function exactBeside(bound: VersionBound, exact: VersionBound, end: 'low' | 'high'): VersionBound | typeof NONE {
  const order = compareVersions(bound, exact);
  const isInside = end === 'low' ? order < 0 : order > 0;
  const isAtEnd = order === 0 && bound.comparison === (end === 'low' ? '>=' : '<=');
  return isInside || isAtEnd ? exact : NONE;
}
