import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { canariesBelow, reportCanaries } from '../../client/scripts/canaries.mjs';

const folders = new Set<string>();

/** A new folder that is removed when this process ends, or sooner with `removeFolder`. */
export function temporaryFolder(prefix: string): string {
  if (folders.size === 0) process.once('exit', () => folders.forEach(removeFolder));
  const folder = mkdtempSync(path.join(os.tmpdir(), prefix));
  folders.add(folder);
  return folder;
}

/** Removes a temporary folder and all that is in it, such as logs of the workbench; secrets in it are reported. */
export function removeFolder(folder: string): void {
  reportCanaries(canariesBelow(folder));
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
