import type { Selectable } from './candidates.ts';
import { matchesPath } from './glob.ts';

/**
 * Whether a pattern of paths in the root project finds a node: its file or a folder it lies in, or the properties file
 * that describes it. The nodes of packages are found by the paths that they have in their package, where the root
 * project has the same path.
 */
export function pathTest(
  pattern: string,
  projectName: string,
  nodes: Iterable<Selectable>,
): (node: Selectable) => boolean {
  const known = new Set<string>();
  for (const node of nodes) if (node.packageName === projectName) addWithFolders(known, node.originalPath);
  return node => {
    if (node.packageName === projectName) return matchesPath(node.originalPath, pattern) || isPatchedIn(node, pattern);
    return withFolders(node.originalPath).some(path => known.has(path) && matchesWhole(path, pattern));
  };
}

function addWithFolders(paths: Set<string>, path: string): void {
  for (const part of withFolders(path)) paths.add(part);
}

/** A path, and the folders it lies in. */
function withFolders(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
}

/** Only the properties file itself counts: a folder of them does not select what they describe. */
function isPatchedIn(node: Selectable, pattern: string): boolean {
  return 'patchFile' in node && node.patchFile !== undefined && matchesWhole(node.patchFile, pattern);
}

const matchesWhole = (path: string, pattern: string): boolean =>
  matchesPath(path, pattern) &&
  !withFolders(path)
    .slice(0, -1)
    .some(folder => matchesPath(folder, pattern));
