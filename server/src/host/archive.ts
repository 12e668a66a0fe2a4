import { createReadStream, createWriteStream, linkSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract, type Extract, type Headers } from 'tar-stream';
import { err, ok, type Result } from '../base/result.ts';
import type { HostFailure } from './failure.ts';
import { makeFolder } from './files.ts';

/**
 * Unpacks a `.tar.gz` into a folder of its own. An archive with anything in it that would land outside of the folder,
 * or that is neither file, folder nor link inside of it, is refused as a whole; what was unpacked until then stays.
 */
export async function unpack(file: string, folder: string): Promise<Result<void, HostFailure>> {
  makeFolder(folder);
  const entries = extract();
  try {
    await Promise.all([pipeline(createReadStream(file), createGunzip(), entries), writeEntries(entries, folder)]);
    return ok(undefined);
  } catch (error) {
    return err({ kind: 'invalid', message: error instanceof Error ? error.message : String(error) });
  }
}

async function writeEntries(entries: Extract, folder: string): Promise<void> {
  const links = new Set<string>();
  for await (const entry of entries) {
    const { header } = entry;
    const name = header.name
      .split('/')
      .filter(it => it !== '' && it !== '.')
      .join('/');
    const refused = refusal(header, name, links);
    if (refused !== undefined) throw new Error(`it holds '${refused}', which is not safe`);
    const target = path.join(folder, name);
    makeFolder(header.type === 'directory' ? target : path.dirname(target));
    if (header.type === 'symlink' || header.type === 'link') {
      links.add(name);
      makeLink(header, target, folder);
      entry.resume();
    } else if (header.type === 'directory') entry.resume();
    // Rights and owners of whoever packed it mean nothing here.
    else await pipeline(entry, createWriteStream(target, { flags: 'wx' }));
  }
}

function makeLink({ type, linkname }: Headers, target: string, folder: string): void {
  if (type === 'symlink') symlinkSync(linkname ?? '', target);
  else linkSync(path.join(folder, linkname ?? ''), target);
}

const PLAIN: ReadonlySet<unknown> = new Set(['file', 'contiguous-file', 'directory', 'symlink', 'link']);
const ABSOLUTE = /^(?:[/\\]|[A-Za-z]:)/;

/** How to name what must not be unpacked; `undefined` when the entry stays inside of the folder. */
function refusal(
  { name: given, type, linkname }: Headers,
  name: string,
  links: ReadonlySet<string>,
): string | undefined {
  const parts = name.split('/');
  const isOutside = ABSOLUTE.test(given) || name.split(/[/\\]/).includes('..');
  // Through a link that is already there, a path leads somewhere else than its name says.
  const isThroughLink = parts.some((_, nParts) => links.has(parts.slice(0, nParts).join('/')));
  if (isOutside || isThroughLink || !PLAIN.has(type)) return given;
  const isLink = type === 'symlink' || type === 'link';
  const depth = type === 'symlink' ? parts.length - 1 : 0;
  return isLink && leaves(linkname ?? '', depth) ? `${given} -> ${linkname ?? ''}` : undefined;
}

/** Whether a link's target, counted from so many folders deep, is outside of the folder that holds the archive's content. */
function leaves(target: string, fromDepth: number): boolean {
  if (ABSOLUTE.test(target)) return true;
  let depth = fromDepth;
  for (const part of target.split(/[/\\]/)) {
    if (part === '..') depth--;
    else if (part !== '' && part !== '.') depth++;
    if (depth < 0) return true;
  }
  return false;
}
