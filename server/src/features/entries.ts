import type { Offset, TextRange } from '../base/text-range.ts';
import type { UniqueId } from '../dbt/manifest/node.ts';
import type { ModelDb } from '../model/db.ts';
import type { FileId, Origin } from '../render/rendered.ts';

/** Something a file declares or describes, and the part of the file that does. */
export interface Entry {
  readonly uniqueId: UniqueId;
  readonly range: TextRange;
}

/** All that a file declares, then all that it describes, each in the order of the file. */
export function entriesOf(db: ModelDb, file: FileId): readonly Entry[] {
  const declared = db.nodesOfFile(file).flatMap(it => entry(it, file, db.places(it)?.declaration) ?? []);
  const described = db.patchedBy(file).flatMap(it => entry(it, file, db.places(it)?.patch) ?? []);
  return [...declared, ...described];
}

/** The innermost entry around an offset: a test inside the model it tests. */
export function entryAt(entries: readonly Entry[], offset: Offset): Entry | undefined {
  const around = entries.filter(({ range }) => range.start <= offset && offset <= range.end);
  return around.sort((a, b) => length(a.range) - length(b.range))[0];
}

/** The part of an entry around an offset that no entry inside of it takes. */
export function extentAround({ range }: Entry, entries: readonly Entry[], offset: Offset): TextRange {
  const inside = entries.filter(it => isWithin(it.range, range)).map(it => it.range);
  const before = inside.filter(it => it.end < offset).map(it => it.end + 1);
  const after = inside.filter(it => it.start > offset).map(it => it.start - 1);
  return { start: Math.max(range.start, ...before), end: Math.min(range.end, ...after) };
}

const isWithin = (inner: TextRange, outer: TextRange): boolean =>
  outer.start <= inner.start && inner.end <= outer.end && length(inner) < length(outer);

function entry(uniqueId: UniqueId, file: FileId, place: Origin | undefined): Entry | undefined {
  if (place === undefined || place.file !== file) return undefined;
  return { uniqueId, range: { start: place.start, end: place.end } };
}

const length = (range: TextRange): number => range.end - range.start;
