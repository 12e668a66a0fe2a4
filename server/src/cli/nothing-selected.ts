import { note, refuse, warn } from './output.ts';
import type { Invocation } from './project.ts';
import { takesForError } from './warn-errors.ts';

/** Says that a selection holds no node, and which of its words are to blame. Answers the exit code. */
export function nothingSelected({ arguments: given, output }: Invocation): number {
  const words = given.lists.get('select') ?? [];
  const messages =
    words.length === 0
      ? ['No nodes selected!']
      : words.map(word => `The selection criterion '${word}' does not match any enabled nodes`);
  if (takesForError(given, 'NoNodesForSelectionCriteria')) return refuse(output, messages.join('\n'));
  for (const message of messages) warn(output, message);
  note(output, 'Nothing to do. Try checking your model configs and model specification args.');
  return 0;
}
