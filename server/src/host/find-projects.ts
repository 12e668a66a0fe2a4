import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { isForeignFolder } from './project-paths.ts';

/**
 * Folders with a `dbt_project.yml` at or below a folder, sorted, with forward slashes. Installed packages, build
 * results and hidden folders are not looked into.
 */
export async function findProjects(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  await search(found, folder);
  return found.sort();
}

async function search(found: string[], folder: string): Promise<void> {
  // A folder that went away or may not be read has no project for us.
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  if (entries.some(it => it.name === 'dbt_project.yml')) found.push(folder.replaceAll('\\', '/'));
  for (const entry of entries) {
    if (entry.isDirectory() && !isForeignFolder(entry.name) && !INSTALLED.has(entry.name)) {
      await search(found, path.join(folder, entry.name));
    }
  }
}

const INSTALLED: ReadonlySet<string> = new Set(['dbt_packages', 'dbt_modules']);
