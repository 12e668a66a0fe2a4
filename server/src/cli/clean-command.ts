import path from 'node:path';
import { exists, remove } from '../host/files.ts';
import { projectPaths } from '../model/project-paths.ts';
import { note, refuse } from './output.ts';
import type { Invocation } from './project.ts';

/**
 * `clean`: removes the folders under `clean-targets`. When one of them holds the project's own files, or lies outside of
 * the project, nothing is removed at all.
 */
export function cleanCommand({ root, input, output, arguments: given }: Invocation): number {
  const paths = projectPaths(input.files.get('dbt_project.yml') ?? '', []);
  const sources = paths.resources.map(it => path.resolve(root, it));
  const onlyInside = given.switches.get('clean-project-files-only') ?? true;
  const refusals = paths.cleanTargets.flatMap(target => {
    const why = whyNot(path.resolve(root, target), root, { sources, onlyInside });
    return why === undefined ? [] : [`${target} is not removed: ${why}`];
  });
  if (refusals.length > 0) return refuse(output, `${refusals.join('\n       ')}\n       Nothing was removed.`);
  for (const target of paths.cleanTargets) {
    const folder = path.resolve(root, target);
    if (!exists(folder)) continue;
    remove(folder);
    note(output, `Removed ${target}`);
  }
  return 0;
}

function whyNot(
  folder: string,
  root: string,
  { sources, onlyInside }: { readonly sources: readonly string[]; readonly onlyInside: boolean },
): string | undefined {
  const holdsProject = folder === root || isBelow(root, folder);
  if (holdsProject || (onlyInside && !isBelow(folder, root))) return 'it lies outside of the project.';
  const holdsSources = sources.some(source => source === folder || isBelow(source, folder) || isBelow(folder, source));
  return holdsSources ? "it holds the project's own files." : undefined;
}

const isBelow = (inner: string, outer: string): boolean => inner !== outer && inner.startsWith(outer + path.sep);
