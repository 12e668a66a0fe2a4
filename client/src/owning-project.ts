import type { ProjectStatus } from '../../server/src/protocol.ts';

/** The project a file belongs to: the one with the deepest root above it. */
export function owningProject(projects: readonly ProjectStatus[], uri: string): ProjectStatus | undefined {
  return projects
    .filter(it => uri.startsWith(it.root.endsWith('/') ? it.root : `${it.root}/`))
    .reduce<ProjectStatus | undefined>(
      (best, it) => (best && best.root.length >= it.root.length ? best : it),
      undefined,
    );
}
