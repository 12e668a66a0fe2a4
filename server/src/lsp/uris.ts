import { URI } from 'vscode-uri';
import { UNSAVED } from '../dbt/project/file-roles.ts';
import type { FileId } from '../render/rendered.ts';

/** The absolute path of a file's URI with forward slashes and a lower-case drive; `undefined` for what is no file. */
export function pathOf(uri: string): string | undefined {
  const parsed = URI.parse(uri);
  if (parsed.scheme !== 'file') return undefined;
  const path = parsed.authority === '' ? parsed.path : `//${parsed.authority}${parsed.path}`;
  // Windows knows no difference between C: and c:, and editors write both.
  return path.replace(/^\/([A-Za-z]):/, (_, drive: string) => `${drive.toLowerCase()}:`);
}

/** The URI of an absolute path, written as the editor writes it. */
export function uriOf(path: string): string {
  return URI.file(path).toString();
}

/** The path of a file relative to a project's root; `undefined` when it lies outside. */
export function fileIn(root: string, path: string): FileId | undefined {
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : undefined;
}

/** The absolute path of a project's file; its path may begin with `../`. */
export function pathIn(root: string, file: FileId): string {
  const folders = root.split('/');
  const parts = file.split('/');
  while (parts[0] === '..') {
    parts.shift();
    folders.pop();
  }
  return [...folders, ...parts].join('/');
}

/** The id in a project of a text that was never saved; `undefined` for the URI of anything else. */
export function unsavedFile(uri: string): FileId | undefined {
  return uri.startsWith(UNSAVED) ? uri + SUFFIX : undefined;
}

/** The URI of a project's file as the client knows it. */
export function uriOfFile(root: string, file: FileId): string {
  return file.startsWith(UNSAVED) ? file.slice(0, -SUFFIX.length) : uriOf(pathIn(root, file));
}

/** By its name, an unsaved text is SQL. */
const SUFFIX = '.sql';
