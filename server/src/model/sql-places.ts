import type { Offset, TextRange } from '../base/text-range.ts';
import type { FileId, Origin, Segment } from '../render/rendered.ts';
import { rangeToTemplate, toTemplate } from '../render/source-map.ts';
import type { SqlStatement } from './sql-facts.ts';

type MappedSql = Pick<SqlStatement, 'text' | 'segments'>;

/** Where a stretch of a statement stands in a template. */
export interface SqlPlace {
  readonly origin: Origin;
  /** Whether the template's characters are those of the statement, so that an edit of them edits it. */
  readonly isVerbatim: boolean;
  /** Where a macro says it, when the origin is the call of that macro. */
  readonly definition: Origin | undefined;
}

/**
 * Where a stretch of a statement comes from, seen from the file of its template: the very characters, or the expression
 * or call that made them. There is none for text that nobody wrote, and for a stretch that several places made.
 */
export function sqlPlace(sql: MappedSql, file: FileId, range: TextRange): SqlPlace | undefined {
  const rendered = { ...sql, problem: undefined };
  const first = toTemplate(rendered, file, range.start, range.start === sql.text.length ? 'before' : 'after');
  if (first === undefined) return undefined;
  if (range.end <= range.start) return zeroWidth(first.segment, first.callSite, range.start);
  const exact = rangeToTemplate(rendered, range);
  const last = toTemplate(rendered, file, range.end, 'before');
  if (last === undefined) return undefined;
  if (first.definitionSite === undefined && last.definitionSite === undefined && exact !== undefined) {
    return { origin: exact, isVerbatim: isVerbatim(sql, range), definition: undefined };
  }
  const isOneFile = first.callSite.file === last.callSite.file && first.callSite.file === file;
  if (!isOneFile) return undefined;
  const { start } = first.callSite;
  // A verbatim character is one wide, so that its end is the end of the stretch.
  const end = Math.max(start, last.callSite.end);
  const definition = first.definitionSite === undefined ? undefined : (exact ?? first.definitionSite);
  return { origin: { file, start, end }, isVerbatim: false, definition };
}

/** A point between characters: what is missing stands behind what is there. */
function zeroWidth(segment: Segment, site: Origin, at: Offset): SqlPlace {
  if (segment.kind !== 'verbatim' || segment.origin === undefined || segment.frame !== undefined) {
    return { origin: site, isVerbatim: false, definition: undefined };
  }
  const start = segment.origin.start + (at - segment.start);
  return { origin: { file: segment.origin.file, start, end: start }, isVerbatim: true, definition: undefined };
}

/** Whether every character of a stretch is written in one template, one after the other. */
function isVerbatim({ segments }: MappedSql, range: TextRange): boolean {
  const inside = segments.filter(it => it.start < range.end && range.start < it.end);
  return inside.every((it, at) => {
    const before = inside[at - 1];
    if (it.kind !== 'verbatim' || it.frame !== undefined) return false;
    return before === undefined || before.origin?.end === it.origin?.start;
  });
}

/**
 * Where in a statement the cursor at `offset` of a template is: between the characters that are written there, first
 * where it is first. `undefined` where no text of the template itself reaches the statement: inside a tag, in a branch
 * that is not taken.
 */
export function cursorInSql(sql: MappedSql, file: FileId, offset: Offset): Offset | undefined {
  const verbatim = sql.segments.filter(
    ({ kind, origin, frame }) => kind === 'verbatim' && frame === undefined && origin?.file === file,
  );
  const inside = verbatim.find(({ origin }) => origin !== undefined && origin.start < offset && offset <= origin.end);
  const found = inside ?? verbatim.find(({ origin }) => origin?.start === offset);
  return found?.origin && found.start + (offset - found.origin.start);
}
