/** Content hashes that tell whether something built from files is still what those files would give. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { repository } from './repository.mjs';

/**
 * The hash of names and contents of files and folders of the repository; what does not exist counts as absent.
 * @param {readonly string[]} paths relative to the root of the repository
 */
export function fingerprintOf(paths) {
  const hash = createHash('sha256');
  for (const relative of paths) addPath(hash, relative);
  return hash.digest('hex');
}

/** @param {import('node:crypto').Hash} hash @param {string} relative */
function addPath(hash, relative) {
  const absolute = path.join(repository, relative);
  if (!existsSync(absolute)) return;
  if (!statSync(absolute).isDirectory()) {
    hash.update(`${relative}\0`).update(readFileSync(absolute)).update('\0');
    return;
  }
  for (const name of readdirSync(absolute).sort()) {
    if (name !== 'node_modules') addPath(hash, `${relative}/${name}`);
  }
}
