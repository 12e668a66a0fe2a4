import path from 'node:path';
import { exists, remove } from '../host/files.ts';
import { projectPaths } from '../model/project-paths.ts';
import { complain, note } from './output.ts';
import type { Invocation } from './project.ts';

/** `clean`: removes the folders under `clean-targets`, but nothing outside of the project and none of its sources. */
export function cleanCommand({ root, input, output }: Invocation): number {
  const paths = projectPaths(input.files.get('dbt_project.yml') ?? '', []);
  const sources = paths.resources.map(it => path.resolve(root, it));
  let nRefused = 0;
  for (const target of paths.cleanTargets) {
    const folder = path.resolve(root, target);
    const refusal = whyNot(folder, root, sources);
    if (refusal !== undefined) {
      complain(output, `${target} is not removed: ${refusal}`);
      nRefused++;
    } else if (exists(folder)) {
      remove(folder);
      note(output, `Removed ${target}`);
    }
  }
  return nRefused === 0 ? 0 : 2;
}

function whyNot(folder: string, root: string, sources: readonly string[]): string | undefined {
  if (!isBelow(folder, root)) return 'it lies outside of the project.';
  const holdsSources = sources.some(source => source === folder || isBelow(source, folder) || isBelow(folder, source));
  return holdsSources ? "it holds the project's own files." : undefined;
}

const isBelow = (inner: string, outer: string): boolean => inner !== outer && inner.startsWith(outer + path.sep);
