import { activeFile } from './active-file.ts';
import type { CommandContext } from './command-context.ts';

/** Shows the other branch of `is_incremental()` of a file, in its compiled SQL and in its data from now on. */
export function toggleIncremental(context: CommandContext, argument: unknown): void {
  const file = activeFile(argument);
  if (file !== undefined) context.documents.toggleIncremental(file);
}
