import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root folder. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** One import or re-export of a file. */
export interface Import {
  /** A path from the root for relative imports, else the package's specifier. */
  readonly target: string;
  /** Whether only types cross: such an import vanishes at run time. */
  readonly typeOnly: boolean;
}

export interface SourceFile {
  /** Path from the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
}

/** All TypeScript files below `folder`, generated ones left out. */
export function sourceFiles(folder: string): readonly SourceFile[] {
  return filesBelow(folder, name => name.endsWith('.ts') && !name.endsWith('.generated.ts')).map(path => {
    const text = readFileSync(join(root, path), 'utf8');
    return { path, text, imports: importsOf(path, text) };
  });
}

/** Paths from the root of the files below `folder` whose name is wanted; build output and packages are never entered. */
export function filesBelow(folder: string, wanted: (name: string) => boolean): readonly string[] {
  const skipped = new Set(['node_modules', 'dist', 'target', '.git', 'test-output', '.vscode-test']);
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap(entry => {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : filesBelow(path, wanted);
    return wanted(entry.name) ? [path] : [];
  });
}

const IMPORT = /^(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm;
const DYNAMIC_IMPORT = /\bimport\('([^']+)'\)/g;

function importsOf(path: string, text: string): readonly Import[] {
  const fixed = [...text.matchAll(IMPORT)].map(([, type, specifier = '']) => ({
    target: targetOf(path, specifier),
    typeOnly: type !== undefined,
  }));
  const dynamic = [...text.matchAll(DYNAMIC_IMPORT)].map(([, specifier = '']) => ({
    target: targetOf(path, specifier),
    typeOnly: false,
  }));
  return [...fixed, ...dynamic];
}

function targetOf(from: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  return relative(root, resolve(root, dirname(from), specifier)).replaceAll('\\', '/');
}
