/**
 * Writes `server/src/dbt/macros/library.generated.ts`: the built-in Jinja library as text, so that bundles, unit tests
 * and the type checker see the same macros without a loader of their own.
 *
 * The macros themselves are real files, `server/src/dbt/macros/<adapter>/**\/*.sql`. Run it before anything that
 * compiles the server: `node client/scripts/macro-library.mjs`.
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { repository } from './repository.mjs';

const folder = path.join(repository, 'server/src/dbt/macros');
const generated = path.join(folder, 'library.generated.ts');

/** Writes the generated module when its content changed, and says whether it did. */
export function writeMacroLibrary() {
  if (!existsSync(folder)) return false;
  const source = librarySource(macroFiles());
  if (existsSync(generated) && readFileSync(generated, 'utf8') === source) return false;
  writeFileSync(generated, source);
  return true;
}

/** The macro files, sorted by path so that the generated module is the same on every machine. */
function macroFiles() {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.sql'))
    .map(name => ({
      path: name.split(path.sep).join('/'),
      text: readFileSync(path.join(folder, name), 'utf8').replaceAll('\r\n', '\n'),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** @param {readonly { path: string, text: string }[]} files */
function librarySource(files) {
  const entries = files.map(file => `  { path: ${JSON.stringify(file.path)}, text: ${JSON.stringify(file.text)} },\n`);
  return `// Written by client/scripts/macro-library.mjs from the .sql files of this folder.

/** One file of the built-in macro library; the path is relative to this folder. */
export interface MacroLibraryFile {
  readonly path: string;
  readonly text: string;
}

/** Every file of the built-in macro library, sorted by path. */
export const macroLibrary: readonly MacroLibraryFile[] = [
${entries.join('')}];
`;
}

if (process.argv[1] === import.meta.filename) writeMacroLibrary();
