/** Makes sure that the locked dependencies are installed, with nothing but Node and npm. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { npm, run } from './child-process.mjs';
import { repository } from './repository.mjs';

const lockFile = path.join(repository, 'package-lock.json');

/** What npm says it installed. It writes this file last, so an interrupted installation has none. */
const installedFile = path.join(repository, 'node_modules/.package-lock.json');

/** @typedef {{ packages: Record<string, { version?: string, optional?: boolean }> }} LockFile */

/** Installs the locked dependencies unless they are there; says whether it did. */
export async function ensureDependencies() {
  refuseOldNode();
  if (isInstalled()) return false;
  console.log('installing the locked dependencies (npm ci), once');
  const [command, args] = npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  const code = await run(command, args, { cwd: repository });
  if (code !== 0) throw new Error(`npm ci ended with exit code ${code}`);
  return true;
}

/** Whether every locked package is installed in its locked version; optional ones may be for other platforms. */
function isInstalled() {
  if (!existsSync(installedFile)) return false;
  const locked = readLock(lockFile);
  const installed = readLock(installedFile);
  return Object.entries(locked).every(
    ([name, entry]) =>
      !name.startsWith('node_modules/') || entry.optional || installed[name]?.version === entry.version,
  );
}

/** @param {string} file */
function readLock(file) {
  /** @type {LockFile} */
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  return lock.packages;
}

function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Error(`Node 20.19 or newer is needed; this is ${process.versions.node}`);
}
