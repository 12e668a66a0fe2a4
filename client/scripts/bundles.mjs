/** What is bundled, from which entry point, into which file: the one list that build, tests and package share. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { repository } from './repository.mjs';

/**
 * @typedef {object} Bundle
 * @property {string} entry path of the entry point from the root of the repository
 * @property {string} outfile path of the bundle inside `dist/`
 * @property {'node' | 'page'} kind where it runs: in Node, or in the page of a webview
 * @property {string} [banner] first line of the bundle
 */

/** The bundles that make up the product. @type {readonly Bundle[]} */
export const productBundles = [
  { entry: 'client/src/extension.ts', outfile: 'extension.cjs', kind: 'node' },
  { entry: 'server/src/main.ts', outfile: 'server.cjs', kind: 'node' },
  { entry: 'server/src/cli.ts', outfile: 'cli.cjs', kind: 'node', banner: '#!/usr/bin/env node' },
  { entry: 'server/src/warehouse/process.ts', outfile: 'warehouse.cjs', kind: 'node' },
  { entry: 'server/src/warehouse/postgres/temporary-login.ts', outfile: 'temporary-login.cjs', kind: 'node' },
  { entry: 'server/src/run/worker.ts', outfile: 'render-worker.cjs', kind: 'node' },
  { entry: 'server/src/host/file-writer-thread.ts', outfile: 'file-writer.cjs', kind: 'node' },
  { entry: 'client/webview/results.ts', outfile: 'webview/results.js', kind: 'page' },
  { entry: 'client/webview/lineage.ts', outfile: 'webview/lineage.js', kind: 'page' },
];

/**
 * Modules that few users need and that bring much along: a bundle that imports one when it is needed loads it from the
 * module's own bundle, which lies beside it.
 * @type {readonly string[]}
 */
export const lazyModules = ['server/src/warehouse/postgres/temporary-login.ts'];

/** The style sheets of the webviews are copied as they are, from this folder to `dist/webview/`. */
export const webviewFolder = 'client/webview';

/**
 * Packages that cannot be part of a bundle and are copied to `dist/node_modules` instead: a native binding, and SQL
 * grammars of 200 to 300 KB each, of which a session needs one.
 */
export const externalPackages = ['vscode', '@duckdb/node-bindings', 'node-sql-parser/build/*'];

/** The suites and tools that run inside or beside the workbench. @returns {readonly Bundle[]} */
export function workbenchTestBundles() {
  return [
    { entry: 'test/workbench/launcher/main.ts', outfile: 'test/launcher.cjs', kind: 'node' },
    { entry: 'test/workbench/ui/main.ts', outfile: 'test/ui.cjs', kind: 'node' },
    { entry: 'test/workbench/screenshots/main.ts', outfile: 'test/screenshots.cjs', kind: 'node' },
    { entry: 'test/workbench/integration/start.ts', outfile: 'test/start-integration.cjs', kind: 'node' },
    { entry: 'test/workbench/integration/main.ts', outfile: 'test/integration/main.cjs', kind: 'node' },
    ...entriesIn('test/workbench/integration', '.suite.ts', 'test/integration'),
  ];
}

/** The benchmark of a name. @param {string} name @returns {Bundle} */
export function benchmarkBundle(name) {
  return { entry: `test/bench/${name}.ts`, outfile: `bench/${name}.cjs`, kind: 'node' };
}

/** The names of all benchmarks: one file each. @returns {readonly string[]} */
export function benchmarkNames() {
  return filesIn('test/bench', '.ts').map(name => path.basename(name, '.ts'));
}

/** @param {string} folder @param {string} suffix @param {string} outFolder @returns {Bundle[]} */
function entriesIn(folder, suffix, outFolder) {
  return filesIn(folder, suffix).map(name => ({
    entry: `${folder}/${name}`,
    outfile: `${outFolder}/${name.replace(/\.ts$/, '.cjs')}`,
    kind: 'node',
  }));
}

/** @param {string} folder @param {string} suffix */
function filesIn(folder, suffix) {
  const absolute = path.join(repository, folder);
  if (!existsSync(absolute)) return [];
  return readdirSync(absolute)
    .filter(name => name.endsWith(suffix))
    .sort();
}
