import { configPaths, sectionOf, type ConfigPath } from '../dbt/config/project-levels.ts';
import type { Project } from '../dbt/project/project.ts';
import { ONLY, type Inputs } from './inputs.ts';
import type { NodeFacts } from './node-facts.ts';

/** They are configured among the models, but dbt does not count that as a use of a path. */
const BORROWING: ReadonlySet<string> = new Set(['analysis', 'operation', 'sql_operation', 'group']);

/** The paths of folders in a project file that configure no resource at all. */
export function unusedPaths(
  project: Project,
  { inputs, facts }: { readonly inputs: Inputs; readonly facts: NodeFacts },
): readonly { readonly keys: readonly string[]; readonly path: string }[] {
  const paths = configPaths(project);
  if (paths.length === 0) return [];
  const used = new Set<ConfigPath>();
  for (const declared of inputs.all.get(ONLY) ?? []) {
    if (BORROWING.has(declared.kind)) continue;
    const section = sectionOf(declared.kind);
    const open = paths.filter(path => path.section === section && !used.has(path));
    if (open.length === 0) continue;
    const fqn = facts.fqn(declared);
    for (const path of open) if (path.path.every((part, at) => part === fqn[at])) used.add(path);
  }
  return paths.filter(path => !used.has(path)).map(({ keys }) => ({ keys, path: keys.join('.') }));
}
