import { touches, type TextRange } from '../base/text-range.ts';
import type { ModelDb } from '../model/db.ts';
import type { Problem } from '../model/problems.ts';
import type { FileId } from '../render/rendered.ts';

/** A change that mends a problem. */
export interface CodeAction {
  readonly title: string;
  readonly problem: Problem;
  readonly edits: readonly { readonly file: FileId; readonly range: TextRange; readonly newText: string }[];
  /** Whether it is the mend most users want. */
  readonly preferred: boolean;
}

/** The mends for the problems that a selection touches. */
export function codeActions(db: ModelDb, file: FileId, selection: TextRange): readonly CodeAction[] {
  return db
    .problems(file)
    .filter(it => touches(it.origin, selection.start) || touches(it.origin, selection.end))
    .flatMap(mends);
}

function mends(problem: Problem): readonly CodeAction[] {
  const suggestion = problem.data?.suggestion;
  if (suggestion === undefined) return [];
  const { file, start, end } = problem.origin;
  const edits = [{ file, range: { start, end }, newText: suggestion }];
  return [{ title: `Change to '${suggestion}'`, problem, edits, preferred: true }];
}
