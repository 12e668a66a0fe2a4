import { cpSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from './temporary-folder.ts';

/** What a run leaves behind in a project; a copy starts without it. */
const leftBehind = new Set(['target', 'logs', 'dbt_packages', '.sluice']);

/**
 * A copy of the sample project in a temporary folder of its own, as a fresh clone has it: no database, no artifacts.
 * It is removed when this process ends.
 */
export function copyOfSampleProject(): string {
  // The test runner starts every suite in the root of the repository.
  const source = path.resolve('sample-project');
  const folder = temporaryFolder('sluice-sample-');
  const copy = path.join(folder, 'sample-project');
  cpSync(source, copy, { recursive: true, filter: it => !isLeftBehind(path.relative(source, it)) });
  return copy;
}

function isLeftBehind(relative: string): boolean {
  return leftBehind.has(relative.split(path.sep)[0] ?? '') || /\.duckdb(?:\.wal)?$/.test(relative);
}
