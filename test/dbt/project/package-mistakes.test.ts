import { expect, test } from 'vitest';
import { dataOf } from '../../../server/src/dbt/manifest/yaml-data.ts';
import { packageMistakes } from '../../../server/src/dbt/project/package-mistakes.ts';
import { parseYaml } from '../../../server/src/syntax/yaml/parse.ts';

const file = (name: string, text: string) => {
  const data = dataOf(parseYaml(text).root);
  return { file: name, data, unrendered: data };
};

/** The mistakes as lines of `file path: message`. */
function mistakesIn(packages: string, dependencies = ''): readonly string[] {
  const found = packageMistakes(file('packages.yml', packages), file('dependencies.yml', dependencies));
  return found.map(it => `${it.file} ${it.path.join('.')}: ${it.message}`);
}

test('a list of packages may hold every kind of them, and other files need no list', () => {
  const kinds = `packages:
  - {package: a/b, version: [">=1.0.0", "<2.0.0"], install_prerelease: true}
  - {package: a/c, version: 1.0}
  - {git: "https://example.org/x.git", revision: 5, subdirectory: s, warn-unpinned: false, name: x}
  - {local: ../lib}
  - {tarball: "https://example.org/x.tar.gz", name: x}
  - {private: org/x, provider: github}
`;
  expect(mistakesIn(kinds)).toEqual([]);
  expect(mistakesIn('')).toEqual([]);
  expect(mistakesIn('', 'projects: [{name: up}]')).toEqual([]);
});

test('an entry says which package it means, and with keys that its kind has', () => {
  expect(
    mistakesIn('packages: [{pakage: x/y}, {git: g, rev: 1}, {package: x/y}, {package: x, version: 1.0.0}]'),
  ).toEqual([
    'packages.yml packages.0: a package is given by one of package, local, git, tarball or private',
    "packages.yml packages.1: 'rev' means nothing for a git package; there are git, revision, warn-unpinned, subdirectory, name",
    'packages.yml packages.2: x/y is missing the version. When installing from the Hub package index, version is a required property',
    'packages.yml packages.3: x was not found in the package index. Packages on the index require a namespace, e.g dbt-labs/dbt_utils',
  ]);
  expect(mistakesIn('packages: [{local: ""}, {tarball: t}, x]')).toEqual([
    'packages.yml packages.0: A local package is missing the value. It is a required property.',
    'packages.yml packages.1: a value of this tarball package is of the wrong type, or one is missing',
    'packages.yml packages.2: a package is given by one of package, local, git, tarball or private',
  ]);
});

test('the file holds a list, and nothing that belongs elsewhere', () => {
  expect(mistakesIn('packages: x/y')).toEqual(["packages.yml packages: the value of 'packages' is not a list"]);
  expect(mistakesIn('packages: {}')).toEqual(["packages.yml packages: the value of 'packages' is not a list"]);
  expect(mistakesIn('- package: x/y')).toEqual(['packages.yml : packages.yml does not parse to a dictionary']);
  expect(mistakesIn('pakages: []')).toEqual([
    "packages.yml pakages: Additional properties are not allowed ('pakages' was unexpected)",
    "packages.yml : 'packages' is a required property",
  ]);
  expect(mistakesIn('packages: []\nprojects: []', 'packages: []')).toEqual([
    "dependencies.yml packages: The 'packages' key cannot be specified in both packages.yml and dependencies.yml",
    "packages.yml projects: The 'projects' key cannot be specified in packages.yml",
  ]);
});
