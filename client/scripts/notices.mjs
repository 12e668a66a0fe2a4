/** The licences of what the package ships from others: gathered at each build, from the packages themselves. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { repository } from './repository.mjs';

/**
 * The licences that may be shipped, by their SPDX names. The last is that of minimatch, which comes with
 * `vscode-languageclient`.
 */
const allowed = new Set([
  'MIT',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'ISC',
  'MPL-2.0',
  'BlueOak-1.0.0',
]);

/**
 * The text of the notices: each package once, with its licence in full.
 * @param {Iterable<string>} files files of `node_modules`, relative to the repository; others are passed over
 * @throws when a package has a licence that may not be shipped, or none
 */
export function noticesOf(files) {
  const folders = new Set([...files].map(packageFolder).filter(it => it !== undefined));
  const notices = [...folders].map(noticeOf).sort();
  return `Sluice contains the following packages.\n\n${notices.join(`\n${'-'.repeat(80)}\n\n`)}`;
}

/**
 * The folder of the package that a file belongs to: the innermost one, when packages are nested.
 * @param {string} file @returns {string | undefined}
 */
function packageFolder(file) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file.replaceAll('\\', '/'))?.[0];
}

/** @param {string} folder @returns {string} */
function noticeOf(folder) {
  const root = path.join(repository, folder);
  const { name, version, license, author } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  if (!allowed.has(license)) throw new Error(`the licence of ${name}, ${license}, is not among those that we ship`);
  const holder = typeof author === 'string' ? author : author?.name;
  const text =
    licenceText(root) ?? `Copyright ${holder ?? `the authors of ${name}`}. No text of the licence comes with it.`;
  return `${name} ${version}\nLicence: ${license}\n\n${text.trim()}\n`;
}

/** @param {string} root @returns {string | undefined} */
function licenceText(root) {
  const file = readdirSync(root).find(it => /^(?:licen[cs]e|copying)(?:[.-].*)?$/i.test(it));
  return file === undefined ? undefined : readFileSync(path.join(root, file), 'utf8');
}
