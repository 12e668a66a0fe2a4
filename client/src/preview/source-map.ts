import type { CompiledSegment, LineRange } from '../../../server/src/protocol.ts';

/** A place in a text, as editors count. */
export type Position = LineRange['start'];

/** What stands on the other side. `exact`: the same characters; otherwise all of it stands for an expression. */
export interface Counterpart {
  readonly range: LineRange;
  readonly exact: boolean;
}

type Side = 'compiled' | 'template';

/** Where in the compiled SQL the text at a position of the template went: nowhere, to one place, or to many (loops). */
export function compiledAt(segments: readonly CompiledSegment[], at: Position): readonly Counterpart[] {
  return counterparts(segments, at, 'template', 'compiled');
}

/** Where in the template the compiled SQL at a position came from. */
export function templateAt(segments: readonly CompiledSegment[], at: Position): readonly Counterpart[] {
  return counterparts(segments, at, 'compiled', 'template');
}

function counterparts(
  segments: readonly CompiledSegment[],
  at: Position,
  from: Side,
  to: Side,
): readonly Counterpart[] {
  const inside = segments.filter(it => contains(it[from], at));
  // A cursor behind the last character of a stretch still means that stretch, when nothing starts there.
  const hit = inside.length > 0 ? inside : segments.filter(it => isSame(it[from].end, at));
  return hit.map(segment =>
    segment.kind === 'verbatim'
      ? { range: point(moved(segment[from].start, segment[to].start, at)), exact: true }
      : { range: segment[to], exact: false },
  );
}

/** The position as far behind `to` as `at` is behind `from`; both texts are the same there. */
function moved(from: Position, to: Position, at: Position): Position {
  const line = at.line - from.line;
  return { line: to.line + line, character: line === 0 ? to.character + at.character - from.character : at.character };
}

const point = (at: Position): LineRange => ({ start: at, end: at });

const isSame = (a: Position, b: Position): boolean => a.line === b.line && a.character === b.character;

const isBefore = (a: Position, b: Position): boolean =>
  a.line < b.line || (a.line === b.line && a.character < b.character);

const contains = (range: LineRange, at: Position): boolean => !isBefore(at, range.start) && isBefore(at, range.end);

/** Whether a cursor is in a range, or right behind it. */
export const isInside = (range: LineRange, at: Position): boolean => contains(range, at) || isSame(range.end, at);
