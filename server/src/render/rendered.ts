import type { Offset, TextRange } from '../base/text-range.ts';

/** A file of the project by its path relative to the project's root, with forward slashes; packages below `dbt_packages/`. */
export type FileId = string;

/** Where a stretch of rendered text came from. */
export interface Origin {
  readonly file: FileId;
  readonly start: Offset;
  readonly end: Offset;
}

/**
 * `verbatim`: the characters of the origin, one for one, so offsets can be added and edits mapped.
 * `computed`: all of it stands for the whole of the origin (the value of an expression).
 * `synthetic`: made by the product itself (an injected CTE); it has no origin.
 */
export type SegmentKind = 'verbatim' | 'computed' | 'synthetic';

/** A call in a template: the file and the range of the whole call expression, and the macro it stands in. */
export interface CallSite {
  readonly file: FileId;
  readonly range: TextRange;
  readonly frame: Frame | undefined;
}

/** A macro at work: its name, where it is defined, the call that started it, and through that the callers' chain. */
export interface Frame {
  readonly macro: string;
  readonly definition: Origin;
  readonly callSite: CallSite;
}

/** A stretch of rendered text with one origin. Segments are sorted and tile the text; `start < end`. */
export interface Segment {
  readonly start: Offset;
  readonly end: Offset;
  readonly origin: Origin | undefined;
  readonly kind: SegmentKind;
  readonly frame: Frame | undefined;
}

/** An error of a template: Python's class and message, at the place that raised it. */
export interface RenderProblem {
  /** Python's exception class: `TemplateSyntaxError`, `UndefinedError`, `TypeError`, dbt's `CompilationError` … */
  readonly errorClass: string;
  readonly message: string;
  readonly file: FileId;
  readonly range: TextRange;
  /** The macros between the template and the place, innermost first. */
  readonly frame: Frame | undefined;
  /** The line that Python reports, from 1, in the outermost template; `undefined` when it reports none. */
  readonly line?: number | undefined;
  /** For errors that dbt's own functions raise: a stable code for the editor's problem list. */
  readonly code?: string;
}

/** The product of rendering: text and map are one. After a problem, `text` is what was rendered until then. */
export interface Rendered {
  readonly text: string;
  readonly segments: readonly Segment[];
  readonly problem: RenderProblem | undefined;
}
