import { touches, type TextRange } from '../base/text-range.ts';
import type { ModelDb, Use } from '../model/db.ts';
import type { FilePosition } from './file-position.ts';

/** The literal use whose name the cursor touches, with the part of it that does: a source has two. */
export interface UseAtCursor {
  readonly use: Use;
  readonly range: TextRange;
  readonly part: 'name' | 'table' | 'package';
}

/** The use at a cursor, its ends included: a cursor behind the last letter still means the name. */
export function useAt(db: ModelDb, at: FilePosition): UseAtCursor | undefined {
  for (const use of db.uses(at.file)) {
    const part = partsOf(use).find(it => touches(it.range, at.offset));
    if (part !== undefined) return { use, ...part };
  }
  return undefined;
}

function partsOf(use: Use): readonly Omit<UseAtCursor, 'use'>[] {
  const parts: Omit<UseAtCursor, 'use'>[] = [{ part: 'name', range: use.range }];
  if (use.kind === 'source') parts.push({ part: 'table', range: use.tableRange });
  if (use.kind === 'ref' && use.packageRange !== undefined) parts.push({ part: 'package', range: use.packageRange });
  return parts;
}
