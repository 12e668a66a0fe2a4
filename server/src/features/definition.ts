import type { TextRange } from '../base/text-range.ts';
import type { Declaration, ModelDb } from '../model/db.ts';
import type { Origin } from '../render/rendered.ts';
import type { FilePosition } from './file-position.ts';
import { sqlDefinition } from './sql-definition.ts';
import { useAt } from './use-at.ts';

/** Where a name leads: the whole declaration, the part of it to put the cursor on, and the words that were clicked. */
export interface NavigationTarget {
  readonly origin: TextRange;
  readonly target: Origin;
  readonly selection: Origin;
}

/** What the name at the cursor is declared as; several targets when it is declared twice, none when it means nothing. */
export function definition(db: ModelDb, at: FilePosition): readonly NavigationTarget[] {
  const found = useAt(db, at);
  if (found === undefined) return sqlDefinition(db, at);
  return db.resolve(at.file, found.use).flatMap(declaration => targetOf(db, declaration, found.range));
}

function targetOf(db: ModelDb, declaration: Declaration, origin: TextRange): readonly NavigationTarget[] {
  // The product's own macros have no file that an editor could open.
  if (db.text(declaration.file) === undefined) return [];
  const places = declaration.uniqueId === undefined ? undefined : db.places(declaration.uniqueId);
  const target = places?.declaration ?? { file: declaration.file, start: 0, end: 0 };
  const selection = places?.name ?? { file: target.file, start: target.start, end: target.start };
  return [{ origin, target, selection }];
}
