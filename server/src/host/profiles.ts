import { homedir } from 'node:os';
import path from 'node:path';
import { readText } from './files.ts';

/** Where `profiles.yml` is looked for. */
export interface ProfilesSearch {
  /** `--profiles-dir`: the only place when it is given. */
  readonly profilesDir: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly workingFolder: string;
  readonly projectRoot: string;
}

/** The first `profiles.yml` in dbt's order, with its text; the project's own folder counts as well. */
export function findProfiles(search: ProfilesSearch): { readonly file: string; readonly text: string } | undefined {
  for (const folder of profileFolders(search)) {
    const file = path.join(folder, 'profiles.yml');
    const text = readText(file);
    if (text !== undefined) return { file, text };
  }
  return undefined;
}

/** The folders that are searched, for the message that there was no file. */
export function profileFolders(search: ProfilesSearch): readonly string[] {
  const { profilesDir, environment, workingFolder, projectRoot } = search;
  const chosen = profilesDir ?? environment['DBT_PROFILES_DIR'];
  if (chosen !== undefined && chosen !== '') return [path.resolve(workingFolder, withHome(chosen))];
  return [...new Set([workingFolder, projectRoot, path.join(homedir(), '.dbt')])];
}

const withHome = (folder: string): string => folder.replace(/^~(?=$|[/\\])/, homedir());
