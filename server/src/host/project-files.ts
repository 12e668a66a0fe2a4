import type { Dirent } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { isForeignFolder, isProjectFile } from './project-paths.ts';

/** Where dbt looks for `profiles.yml`. */
export interface ProfilesSearch {
  /** `--profiles-dir` or the editor's setting; looked at alone when it is given. */
  readonly profilesDir: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
}

/** Folders with a `dbt_project.yml` at or below `folder`, sorted; installed packages are not projects of their own. */
export async function findProjects(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  const isSkipped = (name: string): boolean => isForeignFolder(name) || INSTALLED.has(name);
  await walk({ root: folder, isSkipped }, '', (file, name) => {
    if (name === PROJECT_FILE) found.push(slashed(path.dirname(path.join(folder, file))));
  });
  return found.sort();
}

/** The texts of the files a project is made of, by path relative to its root. */
export async function readProject(root: string): Promise<ReadonlyMap<string, string>> {
  const files: string[] = [];
  await walk({ root, isSkipped: isForeignFolder }, '', file => {
    if (isProjectFile(file)) files.push(file);
  });
  const texts = await Promise.all(files.map(file => readText(path.join(root, file))));
  return new Map(files.flatMap((file, index) => pair(file, texts[index])));
}

/** The text of a file; `undefined` when it cannot be read or is not UTF-8. */
export async function readText(file: string): Promise<string | undefined> {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(await readFile(file));
  } catch {
    // Gone since it was listed, a folder, forbidden, or no text: in each case the project does without it.
    return undefined;
  }
}

/** The first `profiles.yml` in dbt's search order. */
export async function readProfiles(
  root: string,
  search: ProfilesSearch,
): Promise<{ readonly file: string; readonly text: string } | undefined> {
  for (const folder of profileFolders(root, search)) {
    const file = slashed(path.join(folder, 'profiles.yml'));
    const text = await readText(file);
    if (text !== undefined) return { file, text };
  }
  return undefined;
}

const PROJECT_FILE = 'dbt_project.yml';
const INSTALLED = new Set(['dbt_packages', 'dbt_modules']);

function profileFolders(root: string, search: ProfilesSearch): readonly string[] {
  if (search.profilesDir !== undefined) return [path.resolve(root, search.profilesDir)];
  const fromEnvironment = search.environment['DBT_PROFILES_DIR'];
  if (fromEnvironment !== undefined && fromEnvironment !== '') return [path.resolve(root, fromEnvironment)];
  return [root, path.join(homedir(), '.dbt')];
}

interface Walk {
  readonly root: string;
  readonly isSkipped: (folderName: string) => boolean;
}

async function walk(from: Walk, folder: string, visit: (file: string, name: string) => void): Promise<void> {
  for (const entry of await entriesOf(path.join(from.root, folder))) {
    const file = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!from.isSkipped(entry.name)) await walk(from, file, visit);
    } else visit(file, entry.name);
  }
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch {
    // A folder that went away or may not be read has nothing in it for us.
    return [];
  }
}

function pair(file: string, text: string | undefined): readonly (readonly [string, string])[] {
  return text === undefined ? [] : [[file, text]];
}

const slashed = (file: string): string => file.replaceAll('\\', '/');
