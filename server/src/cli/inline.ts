import type { UniqueId } from '../dbt/manifest/node.ts';
import { createModelDb } from '../model/create-db.ts';
import { projectPaths } from '../model/project-paths.ts';
import type { Invocation } from './project.ts';

/** The same project with one analysis more, which holds the template of `--inline`. */
export function inlineProject(
  invocation: Invocation,
  template: string,
): { readonly invocation: Invocation; readonly id: UniqueId } {
  const { input, db } = invocation;
  const paths = projectPaths(input.files.get('dbt_project.yml') ?? '', []);
  const folder = paths.analyses[0] ?? 'analyses';
  const files = new Map(input.files).set(`${folder}/${INLINE}.sql`, template);
  const inlined = { ...input, files };
  return {
    invocation: { ...invocation, input: inlined, db: createModelDb(inlined) },
    id: `analysis.${db.project().name ?? ''}.${INLINE}`,
  };
}

const INLINE = 'inline_query';
