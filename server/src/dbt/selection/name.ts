import type { Selectable } from './candidates.ts';
import { fnmatch, hasWildcard } from './glob.ts';

/** Whether a name, or a dotted path of folders and a name, means the node: with its package in front or without. */
export function nameMatches(node: Selectable, selector: string): boolean {
  const isVersioned = node.resourceType === 'model' && node.version !== undefined;
  return pathMatches(node.fqn, selector, isVersioned) || pathMatches(node.fqn.slice(1), selector, isVersioned);
}

function pathMatches(fqn: readonly string[], selector: string, isVersioned: boolean): boolean {
  if (fqn.length === 0) return false;
  if (isVersioned ? versionedNameMatches(fqn, selector) : selector === fqn.at(-1)) return true;
  const path = fqn.flatMap(part => part.split('.'));
  const wanted = selector.split('.');
  if (wanted.length > path.length) return false;
  for (const [at, part] of wanted.entries()) {
    // A wildcard takes the rest of the path, dots and all.
    if (hasWildcard(part)) return fnmatch(path.slice(at).join('.'), wanted.slice(at).join('.'));
    if (path[at] !== part) return false;
  }
  return true;
}

/** `orders` means every version, `orders.v2` and `orders_v2` one. */
function versionedNameMatches(fqn: readonly string[], selector: string): boolean {
  return selector === fqn.at(-2) || fqn.slice(-2).join('_') === selector.split('.').slice(-2).join('_');
}
