import { extract, type ReadEntry } from 'tar';
import { err, ok, type Result } from '../base/result.ts';
import type { HostFailure } from './failure.ts';
import { makeFolder } from './files.ts';

/**
 * Unpacks a `.tar.gz` into a folder of its own. An archive with anything in it that would land outside of the folder,
 * or that is neither file, folder nor link inside of it, is refused as a whole.
 */
export async function unpack(file: string, folder: string): Promise<Result<void, HostFailure>> {
  makeFolder(folder);
  const refused: string[] = [];
  try {
    await extract({
      file,
      cwd: folder,
      strict: true,
      preservePaths: false,
      // Rights and owners of whoever packed it mean nothing here.
      noChmod: true,
      preserveOwner: false,
      filter: (path, entry) => isWanted(path, entry, refused),
    });
  } catch (error) {
    return err({ kind: 'invalid', message: error instanceof Error ? error.message : String(error) });
  }
  const [first] = refused;
  return first === undefined
    ? ok(undefined)
    : err({ kind: 'invalid', message: `it holds '${first}', which is not safe` });
}

const UNSAFE_PATH = /^(?:[/\\]|[A-Za-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)/;

function isWanted(path: string, entry: unknown, refused: string[]): boolean {
  const { type, linkpath = '' } = entry as ReadEntry;
  const isLink = type === 'Link' || type === 'SymbolicLink';
  const isPlain = type === 'File' || type === 'OldFile' || type === 'ContiguousFile' || type === 'Directory';
  const leavesByLink = isLink && leaves(path, linkpath, type === 'SymbolicLink');
  if (!UNSAFE_PATH.test(path) && (isPlain || isLink) && !leavesByLink) return true;
  refused.push(leavesByLink ? `${path} -> ${linkpath}` : path);
  return false;
}

/** Whether a link leads out of the folder that holds the archive's content. */
function leaves(path: string, target: string, isRelativeToFile: boolean): boolean {
  if (/^(?:[/\\]|[A-Za-z]:)/.test(target)) return true;
  let depth = isRelativeToFile ? path.split('/').filter(Boolean).length - 1 : 0;
  for (const part of target.split(/[/\\]/)) {
    if (part === '..') depth--;
    else if (part !== '' && part !== '.') depth++;
    if (depth < 0) return true;
  }
  return false;
}
