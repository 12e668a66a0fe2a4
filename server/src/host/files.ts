import {
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

/** The text of a file, or `undefined` when there is none that can be read. */
export function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // Gone, never there, a folder, or not ours to read: to the caller there is no text.
    return undefined;
  }
}

/** Writes a file, with the folders above it. */
export function writeText(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** The same for a file that other programs watch: it is written beside its place and renamed, so nobody reads half of it. */
export function replaceText(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const partial = `${file}.${process.pid}.partial`;
  writeFileSync(partial, text);
  renameSync(partial, file);
}

/** Removes a file or a folder with all that is in it; nothing happens when there is none. */
export function remove(file: string): void {
  rmSync(file, { recursive: true, force: true });
}

export const exists = (file: string): boolean => statSync(file, { throwIfNoEntry: false }) !== undefined;

/** Which files of a folder are wanted. */
export interface TreeFilter {
  /** With their dots: `.sql`. */
  readonly extensions: ReadonlySet<string>;
  /** Absolute paths of folders that are left out. */
  readonly skip: ReadonlySet<string>;
}

/**
 * The absolute paths of the files below a folder, sorted. Links are followed, as dbt does, but no folder is visited
 * twice; hidden folders and `node_modules` are left out. A folder that does not exist holds nothing.
 */
export function filesBelow(folder: string, filter: TreeFilter): readonly string[] {
  const found: string[] = [];
  visit(found, folder, filter, new Set());
  return found.sort();
}

function visit(found: string[], folder: string, filter: TreeFilter, visited: Set<string>): void {
  const real = realPath(folder);
  if (real === undefined || visited.has(real) || filter.skip.has(folder)) return;
  visited.add(real);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    const kind = entry.isSymbolicLink() ? statSync(full, { throwIfNoEntry: false }) : entry;
    if (kind?.isDirectory() === true) {
      if (!entry.name.startsWith('.') && entry.name !== 'node_modules') visit(found, full, filter, visited);
    } else if (kind?.isFile() === true && filter.extensions.has(path.extname(entry.name))) {
      found.push(full);
    }
  }
}

/** The folder without links; `undefined` when it is none. */
function realPath(folder: string): string | undefined {
  const stats = statSync(folder, { throwIfNoEntry: false });
  return stats?.isDirectory() === true ? realpathSync(folder) : undefined;
}
