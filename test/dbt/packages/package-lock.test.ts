import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { dataOf } from '../../../server/src/dbt/manifest/yaml-data.ts';
import { hashedText, lockedHash, lockText } from '../../../server/src/dbt/packages/package-lock.ts';
import { readPackageSpecs } from '../../../server/src/dbt/packages/package-spec.ts';
import { parseYaml } from '../../../server/src/syntax/yaml/parse.ts';

const data = (yaml: string) => dataOf(parseYaml(yaml).root);

function hash(packagesYml: string): string {
  const specs = readPackageSpecs(data(packagesYml), data(packagesYml), 'packages.yml');
  if (!specs.ok) throw new Error(specs.failure);
  return createHash('sha1').update(hashedText(specs.value)).digest('hex');
}

describe('the hash of a lock file', () => {
  // These hashes stand in lock files that dbt itself wrote for these packages.
  test.each([
    ['{package: fivetran/fivetran_utils, version: 0.4.7}', '71304bca2138cf8004070b3573a1e17183c0c1a8'],
    [
      '{package: dbt-labs/dbt_utils, version: [">=1.0.0", "<1.2.0"]}, {package: dbt-msft/tsql_utils, version: 1.2.0}',
      'fa6e90848d8d53118016630883854c314f500e24',
    ],
    [
      '{git: "https://github.com/dbt-labs/dbt-multipe-packages.git", subdirectory: dbt-utils-main, revision: v0.1.0},' +
        '{git: "https://github.com/dbt-labs/dbt-multipe-packages.git", subdirectory: dbt-date-main, revision: v0.1.0}',
      'b9c8042f29446c55a33f9f211737f445a640c7a1',
    ],
  ])('of %s is %s', (packages, expected) => expect(hash(`packages: [${packages}]`)).toBe(expected));

  test('does not depend on the order of packages', () => {
    const [a, b] = ['{package: a/b, version: 1.0.0}', '{local: x}'];
    expect(hash(`packages: [${a}, ${b}]`)).toBe(hash(`packages: [${b}, ${a}]`));
  });
});

test('a lock file looks as dbt writes it, and is read back', () => {
  const git = 'https://github.com/dbt-labs/dbt-multipe-packages.git';
  const revision = '53782f3ede8fdf307ee1d8e418aa65733a4b72fa';
  const text = lockText(
    [
      { git, revision, subdirectory: 'dbt-utils-main', name: 'dbt_utils' },
      { git, revision, subdirectory: 'dbt-date-main', name: 'dbt_date' },
    ],
    'b9c8042f29446c55a33f9f211737f445a640c7a1',
  );
  expect(text).toMatchInlineSnapshot(`
    "packages:
      - git: https://github.com/dbt-labs/dbt-multipe-packages.git
        name: dbt_utils
        revision: 53782f3ede8fdf307ee1d8e418aa65733a4b72fa
        subdirectory: dbt-utils-main
      - git: https://github.com/dbt-labs/dbt-multipe-packages.git
        name: dbt_date
        revision: 53782f3ede8fdf307ee1d8e418aa65733a4b72fa
        subdirectory: dbt-date-main
    sha1_hash: b9c8042f29446c55a33f9f211737f445a640c7a1
    "
  `);
  expect(lockedHash(data(text))).toBe('b9c8042f29446c55a33f9f211737f445a640c7a1');
  const digits = lockText([{ git: 'x', revision: '1234567890123456789012345678901234567890', name: 'x' }], '0');
  expect(digits).toContain("    revision: '1234567890123456789012345678901234567890'\n");
});
