import type { TextRange } from '../base/text-range.ts';
import type { ModelDb } from '../model/db.ts';
import { describe } from './describe.ts';
import type { FilePosition } from './file-position.ts';
import { sqlHover } from './sql-hover.ts';
import { useAt } from './use-at.ts';

/** What to show over a name: Markdown, and the words it is about. */
export interface Hover {
  readonly range: TextRange;
  readonly markdown: string;
}

/** The name's kind, its own words from the project's YAML, and the facts a reader wants next. */
export function hover(db: ModelDb, at: FilePosition): Hover | undefined {
  const found = useAt(db, at);
  if (found === undefined) return sqlHover(db, at);
  const sections = db.resolve(at.file, found.use).map(it => describe(db, it));
  return sections.length === 0 ? undefined : { range: found.range, markdown: sections.join('\n\n---\n\n') };
}
