import type { Project } from './project.ts';
import type { Snapshot } from './snapshot.ts';
import type { LocatedFile } from './workspace.ts';

/**
 * Reads every node of a project and puts it together, one by one, so that what is asked of the whole project next (its
 * lineage, its tests) only has to be collected. What was read before costs next to nothing.
 */
export async function readAhead(snapshot: Snapshot, project: Project): Promise<void> {
  for (const uniqueId of project.db.ids()) {
    await snapshot.pause();
    project.db.node(uniqueId);
  }
}

/** Computes the columns of what the nodes of a file are made from, so that what is asked of its SQL next costs little. */
export async function columnsAhead(snapshot: Snapshot, { project, file }: LocatedFile): Promise<void> {
  for (const uniqueId of project.db.nodesOfFile(file)) {
    while (!project.db.prepareColumns(uniqueId, 1)) await snapshot.pause();
    await snapshot.pause();
  }
}
