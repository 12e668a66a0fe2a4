import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  highestInRange,
  inRange,
  installableVersions,
  intersection,
  rangeText,
} from '../../../server/src/dbt/packages/version-range.ts';
import { compareVersions, readVersion, versionText } from '../../../server/src/dbt/packages/version.ts';

const bound = (text: string) => readVersion(text)!;
const range = (...texts: readonly string[]) => intersection(texts.map(bound));

describe('a version', () => {
  test.each(['1.2.3', '>=0.1.0', '<2.0.0-rc.1', '=1.0.0', '1.0.0rc1', '1.0.0-a.1+build.5'])('%s is read', text => {
    expect(versionText(bound(text))).toBe(versionText(bound(versionText(bound(text)))));
  });

  test.each(['1.2', '>= 1.0.0', '>=1.0.0,<2.0.0', 'v1.0.0', '1.02.3x-', '', '==1.0.0', '~1.0.0'])(
    '%j is none',
    text => {
      expect(readVersion(text)).toBeUndefined();
    },
  );

  test.each([
    ['1.0.0', '1.0.1', -1],
    ['1.10.0', '1.9.0', 1],
    ['1.0.0-rc.1', '1.0.0', -1],
    ['1.0.0-rc.2', '1.0.0-rc.10', -1],
    ['1.0.0-1', '1.0.0-a', -1],
    ['1.0.0-a', '1.0.0-a.1', -1],
    ['1.0.0+one', '1.0.0+two', 0],
    ['<1.0.0', '>=1.0.0', -1],
    ['>1.0.0', '>=1.0.0', 1],
    ['<=1.0.0', '>=1.0.0', 0],
  ])('%s and %s are in order %i', (a, b, order) => {
    expect(compareVersions(bound(a), bound(b))).toBe(order);
  });

  test('the candidate of a version that is ruled out is ruled out as well', () => {
    expect(inRange(bound('2.0.0-rc.1'), range('<2.0.0')!)).toBe(false);
    expect(inRange(bound('2.0.0-rc.1'), range('>=1.0.0', '<2.0.1')!)).toBe(true);
    expect(inRange(bound('1.0.0-rc.1'), range('>=1.0.0')!)).toBe(false);
  });
});

describe('ranges', () => {
  test.each([
    [[], 'ANY'],
    [['1.0.0'], '=1.0.0, =1.0.0'],
    [['>=1.0.0', '<2.0.0'], '>=1.0.0, <2.0.0'],
    [['>=1.0.0', '>1.0.0', '<3.0.0', '<=2.0.0'], '>1.0.0, <=2.0.0'],
    [['>=1.0.0', '1.5.0', '<2.0.0'], '=1.5.0, =1.5.0'],
  ])('%j leave %s', (texts, text) => expect(rangeText(range(...texts)!)).toBe(text));

  test.each([
    [['1.0.0', '1.0.1']],
    [['>2.0.0', '<1.0.0']],
    [['>1.0.0', '1.0.0']],
    [['<1.0.0', '>=1.0.0']],
    [['2.0.0', '<2.0.0']],
  ])('%j leave nothing', texts => expect(range(...texts)).toBeUndefined());

  test('prereleases are installed only when they are asked for, lowest version first', () => {
    const versions = ['1.10.0', '2.0.0-rc.1', '1.9.0', 'nonsense'];
    expect(installableVersions(versions, { prereleases: false })).toEqual(['1.9.0', '1.10.0']);
    expect(installableVersions(versions, { prereleases: true })).toEqual(['1.9.0', '1.10.0', '2.0.0-rc.1']);
  });

  const number = fc.nat(3);
  const release = fc.tuple(number, number, number).map(parts => parts.join('.'));
  const comparison = fc.constantFrom('>=', '>', '<', '<=', '=');

  test('of releases mean what each bound means by itself, in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(comparison, release), { maxLength: 4 }), release, (parts, version) => {
        const bounds = parts.map(([sign, text]) => bound(`${sign}${text}`));
        const both = intersection(bounds);
        const allowed = both !== undefined && inRange(bound(version), both);
        expect(allowed).toBe(parts.every(([sign, text]) => holds(version, sign, text)));
        expect(intersection(bounds.toReversed()) === undefined).toBe(both === undefined);
      }),
    );
  });

  test('the chosen version is the highest of those that are allowed', () => {
    fc.assert(
      fc.property(fc.array(release), release, (versions, low) => {
        const chosen = highestInRange(range(`>=${low}`)!, versions);
        const allowed = versions.filter(it => holds(it, '>=', low));
        expect(chosen).toBe(allowed.toSorted((a, b) => compareVersions(bound(a), bound(b))).at(-1));
      }),
    );
  });
});

/** What a bound means, by the numbers alone. */
function holds(version: string, sign: string, limit: string): boolean {
  const [a, b] = [version, limit].map(it => it.split('.').reduce((sum, part) => sum * 10 + Number(part), 0)) as [
    number,
    number,
  ];
  return { '>=': a >= b, '>': a > b, '<': a < b, '<=': a <= b, '=': a === b }[sign]!;
}
