import { asMap, emptyMap, type Data, type DataMap, type DataScalar } from '../manifest/data.ts';
import type { Project } from './project.ts';

/**
 * The variables that nodes of one package see: what its own project says, over that what the root project says, and
 * over all the command line; in each project the package's own section beats the top level.
 */
export function varsOf(packageName: string, projects: readonly Project[], commandLine: DataMap): DataMap {
  const root = projects.find(project => project.isRoot);
  const own = projects.find(project => project.name === packageName && !project.isRoot);
  const merged = new Map<DataScalar, Data>();
  for (const project of [own, root]) {
    if (project === undefined) continue;
    merge(merged, project.vars);
    merge(merged, asMap(project.vars.get(packageName)) ?? emptyMap);
  }
  merge(merged, commandLine);
  return merged;
}

function merge(into: Map<DataScalar, Data>, from: DataMap): void {
  for (const [key, value] of from) into.set(key, value);
}
