/**
 * A version, or a bound on versions, as dbt reads them: `1.2.3`, `>=1.0.0`, `<2.0.0-rc.1`. Without a comparison it
 * means exactly that version.
 */
export interface VersionBound {
  readonly comparison: Comparison;
  readonly numbers: readonly [major: number, minor: number, patch: number];
  readonly prerelease: string | undefined;
  readonly build: string | undefined;
}

export type Comparison = '=' | '>' | '>=' | '<' | '<=';

/** Reads one bound; `undefined` for a text that is none, such as one with blanks, commas or two numbers only. */
export function readVersion(text: string): VersionBound | undefined {
  const match = VERSION.exec(text);
  if (match === null) return undefined;
  const [, comparison = '=', major = '', minor = '', patch = '', prerelease, build] = match;
  return {
    comparison: comparison as Comparison,
    numbers: [Number(major), Number(minor), Number(patch)],
    prerelease,
    build,
  };
}

/** The bound as dbt prints it: `=1.2.3`, `>=1.0.0-rc.1`. */
export function versionText({ comparison, numbers, prerelease, build }: VersionBound): string {
  const tail = `${prerelease === undefined ? '' : `-${prerelease}`}${build === undefined ? '' : `+${build}`}`;
  return `${comparison}${numbers.join('.')}${tail}`;
}

/**
 * Orders two bounds: by their numbers, then prereleases before the release, then by where the comparisons cut. It is not
 * symmetric in one place, as dbt has it: `<2.0.0` lies below `2.0.0-rc.1`, so that nobody gets the candidate of a
 * version that was ruled out.
 */
export function compareVersions(a: VersionBound, b: VersionBound): number {
  for (const [at, number] of a.numbers.entries()) {
    const difference = number - (b.numbers[at] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return comparePrereleases(a, b) || compareCuts(a.comparison, b.comparison);
}

const NUMBER = '0|[1-9]\\d*';
const PART = '(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)';
const VERSION = new RegExp(
  `^(>=|<=|>|<|=)?(${NUMBER})\\.(${NUMBER})\\.(${NUMBER})(?:-?(${PART}(?:\\.${PART})*))?(?:\\+([0-9A-Za-z-]*(?:\\.[0-9A-Za-z-]*)*))?$`,
);

function comparePrereleases(a: VersionBound, b: VersionBound): number {
  if (a.prerelease === undefined && b.prerelease === undefined) return 0;
  if (a.prerelease === undefined) return a.comparison === '<' ? -1 : 1;
  if (b.prerelease === undefined) return -1;
  const [left, right] = [a.prerelease.split('.'), b.prerelease.split('.')];
  for (const [at, part] of left.entries()) {
    const other = right[at];
    const order = other === undefined ? 0 : compareParts(part, other);
    if (order !== 0) return order;
  }
  return Math.sign(a.prerelease.length - b.prerelease.length);
}

/** Numbers before words, each in its own order. */
function compareParts(a: string, b: string): number {
  const [isNumber, isOtherNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (isNumber && isOtherNumber) return Math.sign(Number(a) - Number(b));
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
  return a === b ? 0 : a < b ? -1 : 1;
}

/** At one and the same version `<` cuts first, then come `<=` and `>=`, and `>` is last. */
function compareCuts(a: Comparison, b: Comparison): number {
  if (a === b || a === '=' || b === '=') return 0;
  if ((a === '>=' && b === '<=') || (a === '<=' && b === '>=')) return 0;
  return Math.sign(CUTS[a] - CUTS[b]);
}

const CUTS = { '<': 0, '<=': 1, '=': 1, '>=': 2, '>': 3 } as const;
