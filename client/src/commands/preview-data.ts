import type { PreviewedPart } from '../../../server/src/protocol.ts';
import { activeFile } from './active-file.ts';
import type { CommandContext } from './command-context.ts';

/** Queries the unsaved text of a file, or a part of it, and shows the rows in the panel. */
export async function previewData(context: CommandContext, argument: unknown, part?: PreviewedPart): Promise<void> {
  const file = activeFile(argument);
  if (file === undefined) return;
  // The branch that the compiled preview shows is the one whose rows are wanted.
  const incremental = context.documents.branch(file);
  const { previewLimit: limit, previewCostLimit: costLimit } = context.config();
  await context.data.query(file, { limit, costLimit, incremental, ...(part === undefined ? {} : { part }) });
}
