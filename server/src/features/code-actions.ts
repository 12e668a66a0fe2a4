import { touches, type TextRange } from '../base/text-range.ts';
import type { ModelDb } from '../model/db.ts';
import type { Problem } from '../model/problems.ts';
import { sqlPlace } from '../model/sql-places.ts';
import type { FileId } from '../render/rendered.ts';
import { pathAt } from '../syntax/sql/visit.ts';
import { sqlAt } from './sql-cursor.ts';

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
    .flatMap(it => [...mends(it), ...groupings(db, it)]);
}

function mends(problem: Problem): readonly CodeAction[] {
  const { suggestion, candidates = [], name } = problem.data ?? {};
  const { file, start, end } = problem.origin;
  const changeTo = (newText: string): CodeAction => ({
    title: `Change to '${newText}'`,
    problem,
    edits: [{ file, range: { start, end }, newText }],
    preferred: newText === suggestion,
  });
  // Candidates are names to put in the place of what is written there; without that they only explain.
  const isName = NAMES.has(problem.code) && name !== undefined;
  const others = isName ? candidates.filter(it => it !== suggestion).slice(0, MOST_CANDIDATES) : [];
  return [...(suggestion === undefined ? [] : [suggestion]), ...others].map(changeTo);
}

const NAMES: ReadonlySet<string> = new Set(['sql-unknown-column', 'sql-unknown-alias', 'sql-ambiguous-column']);
const MOST_CANDIDATES = 3;

/** A column that neither groups nor is aggregated can become one more to group by, where there is a list of those. */
function groupings(db: ModelDb, problem: Problem): readonly CodeAction[] {
  const { code, origin, data } = problem;
  const found = code === 'sql-missing-group-by' ? sqlAt(db, { file: origin.file, offset: origin.start }) : undefined;
  const select = found && pathAt(found.statement.tree, found.offset).findLast(it => it.kind === 'select');
  const last = select?.clauses.find(it => it.kind === 'group-by')?.items.at(-1);
  const place = found && last && sqlPlace(found.statement, origin.file, last);
  if (data?.name === undefined || place?.isVerbatim !== true) return [];
  const { file, end } = place.origin;
  const edits = [{ file, range: { start: end, end }, newText: `, ${data.name}` }];
  return [{ title: `Add '${data.name}' to GROUP BY`, problem, edits, preferred: true }];
}
