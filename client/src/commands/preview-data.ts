import { activeFile } from './active-file.ts';
import type { CommandContext } from './command-context.ts';

/** Queries the unsaved text of a file and shows its rows in the panel. */
export async function previewData(context: CommandContext, argument: unknown): Promise<void> {
  const file = activeFile(argument);
  if (file !== undefined) await context.data.query(file, { limit: context.config().previewLimit });
}
