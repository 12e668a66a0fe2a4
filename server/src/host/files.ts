import {
  closeSync,
  cpSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
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

/** Makes a file say this, with the folders above it. One that says it already is left alone. */
export function writeText(file: string, text: string): void {
  if (holds(file, text)) return;
  try {
    writeFileSync(file, text);
  } catch (error) {
    // Of many files only the first in a folder finds none, so it is not looked for before each.
    if (!isMissing(error)) throw error;
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** To read a file costs a fraction of writing it again, which on some file systems waits for the disk. */
function holds(file: string, text: string): boolean {
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  return size === Buffer.byteLength(text) && readText(file) === text;
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** The same for a file that other programs watch: it is written beside its place and renamed, so nobody reads half of it. */
export function replaceText(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const partial = `${file}.${process.pid}.partial`;
  writeFileSync(partial, text);
  renameSync(partial, file);
}

/** The same for a text that comes in pieces and is too large to be held as a whole. */
export function replaceWithPieces(file: string, pieces: Iterable<string>): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const partial = `${file}.${process.pid}.partial`;
  const handle = openSync(partial, 'w');
  try {
    for (const piece of pieces) writeSync(handle, piece);
  } finally {
    closeSync(handle);
  }
  renameSync(partial, file);
}

/** Makes a folder, with those above it; nothing happens when it is there. */
export function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
}

/** Removes a file or a folder with all that is in it; nothing happens when there is none. */
export function remove(file: string): void {
  rmSync(file, { recursive: true, force: true });
}

export const exists = (file: string): boolean => statSync(file, { throwIfNoEntry: false }) !== undefined;

/** The names in a folder, sorted; none when there is no such folder. */
export function namesIn(folder: string): readonly string[] {
  const isFolder = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder ? readdirSync(folder).sort() : [];
}

/** Makes a folder appear at another place: by a link where the system allows one, else as a copy. */
export function linkFolder(folder: string, place: string): 'linked' | 'copied' {
  try {
    symlinkSync(folder, place, 'junction');
    return 'linked';
  } catch {
    // Links need a right on some systems, and some file systems have none.
    cpSync(folder, place, { recursive: true });
    return 'copied';
  }
}

/** Copies a folder with all that is in it. */
export function copyFolder(folder: string, place: string): void {
  cpSync(folder, place, { recursive: true, verbatimSymlinks: true });
}

/**
 * Puts a finished folder in the place of another. At no time is there half of one: the old content is moved away first
 * and comes back when the new one cannot be put there.
 */
export function replaceFolder(finished: string, place: string): void {
  const old = `${finished}.old`;
  const isThere = lstatSync(place, { throwIfNoEntry: false }) !== undefined;
  if (isThere) renameSync(place, old);
  try {
    renameSync(finished, place);
  } catch (error) {
    if (isThere) renameSync(old, place);
    throw error;
  }
  remove(old);
}

/** Whether a path lies inside a folder once all links are followed. */
export function isInside(inner: string, folder: string): boolean {
  const [real, parent] = [realPath(inner), realPath(folder)];
  return real !== undefined && parent !== undefined && (real === parent || real.startsWith(parent + path.sep));
}

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
    } else if (kind?.isFile() === true && filter.extensions.has(path.extname(entry.name).toLowerCase())) {
      found.push(full);
    }
  }
}

/** The folder without links; `undefined` when it is none. */
function realPath(folder: string): string | undefined {
  const stats = statSync(folder, { throwIfNoEntry: false });
  return stats?.isDirectory() === true ? realpathSync(folder) : undefined;
}
