/** A position in a text: UTF-16 code units from its start, as JavaScript strings index. */
export type Offset = number;

/** A half-open stretch of text, `start <= at < end`. */
export interface TextRange {
  readonly start: Offset;
  readonly end: Offset;
}

/** Whether the character at `at` lies in `range`. */
export const contains = (range: TextRange, at: Offset): boolean => range.start <= at && at < range.end;

/** Whether a cursor at `at` touches `range`: inside it or at either end. */
export const touches = (range: TextRange, at: Offset): boolean => range.start <= at && at <= range.end;

/** Whether two ranges share at least one character. */
export const overlaps = (a: TextRange, b: TextRange): boolean => a.start < b.end && b.start < a.end;

/** The text that `range` covers. */
export const textOf = (text: string, range: TextRange): string => text.slice(range.start, range.end);
