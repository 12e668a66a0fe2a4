import type { Offset, TextRange } from '../base/text-range.ts';
import type { CallSite, FileId, Frame, Origin, Rendered, Segment } from './rendered.ts';

/** Which side of a boundary a zero-width question is about. */
export type Bias = 'before' | 'after';

/** Where a character of the rendered text comes from. */
export interface TemplateSite {
  /** In the file asked about: the text itself, or the call that led to it. */
  readonly callSite: Origin;
  /** Where the text stands when that is a macro or another file; absent when the call site is the text itself. */
  readonly definitionSite: Origin | undefined;
  readonly segment: Segment;
}

/**
 * Where the rendered character at `offset` comes from, seen from `file`, the template that was rendered. `before` and
 * `after` say which of two neighbours counts at a boundary. There is none for synthetic text.
 */
export function toTemplate(rendered: Rendered, file: FileId, offset: Offset, bias: Bias): TemplateSite | undefined {
  const segment = segmentAt(rendered, offset, bias);
  if (segment?.origin === undefined) return undefined;
  const place = exactOrigin(segment, segment.origin, offset);
  const call = outermostCall(segment.frame, file);
  if (call === undefined) return { callSite: place, definitionSite: undefined, segment };
  const callSite = { file: call.file, start: call.range.start, end: call.range.end };
  return { callSite, definitionSite: place, segment };
}

/** In verbatim text the one character (or the point at a segment's end); in computed text the whole expression. */
function exactOrigin(segment: Segment, origin: Origin, offset: Offset): Origin {
  if (segment.kind !== 'verbatim') return origin;
  const start = origin.start + (offset - segment.start);
  return { file: origin.file, start, end: Math.min(start + 1, origin.end) };
}

/** The call in `file` that is furthest out. */
function outermostCall(frame: Frame | undefined, file: FileId): CallSite | undefined {
  let found: CallSite | undefined;
  for (let at = frame; at !== undefined; at = at.callSite.frame) {
    if (at.callSite.file === file) found = at.callSite;
  }
  return found;
}

/** The segment that holds a rendered offset. */
export function segmentAt({ segments }: Rendered, offset: Offset, bias: Bias): Segment | undefined {
  const at = bias === 'before' ? offset - 1 : offset;
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((segments[middle]?.start ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  const segment = segments[low];
  return segment !== undefined && segment.start <= at && at < segment.end ? segment : undefined;
}

/** The segments of a rendering by where they come from: the way back, made once. */
export interface TemplateIndex {
  readonly file: FileId;
  /** Sorted by the start of their origin. */
  readonly entries: readonly IndexEntry[];
  /** For each entry the furthest end of an origin up to it, so that a search can stop. */
  readonly furthest: readonly Offset[];
}

interface IndexEntry {
  readonly origin: TextRange;
  readonly segment: Segment;
  /** The call that made the segment, when that is what the entry is about. */
  readonly call: CallSite | undefined;
}

interface RenderedRange extends TextRange {
  readonly call: CallSite | undefined;
}

/** Indexes what of a rendering comes from `file`, be it the template itself or a macro's. */
export function indexByTemplate(rendered: Rendered, file: FileId): TemplateIndex {
  const entries: IndexEntry[] = [];
  for (const segment of rendered.segments) {
    if (segment.origin?.file === file) entries.push({ origin: segment.origin, segment, call: undefined });
    const call = outermostCall(segment.frame, file);
    if (call !== undefined) entries.push({ origin: call.range, segment, call });
  }
  entries.sort((a, b) => a.origin.start - b.origin.start || a.segment.start - b.segment.start);
  const furthest: Offset[] = [];
  let end = 0;
  for (const { origin } of entries) furthest.push((end = Math.max(end, origin.end)));
  return { file, entries, furthest };
}

/**
 * Where the character at `offset` of the template is in the rendered text, in order: nowhere (a branch not taken, a
 * comment, trimmed blanks), once, or many times (a loop, a macro). Verbatim text gives the very character, everything
 * else the whole stretch that the expression or call made.
 */
export function toRendered(index: TemplateIndex, offset: Offset, bias: Bias): readonly TextRange[] {
  const at = bias === 'before' ? offset - 1 : offset;
  const { entries, furthest } = index;
  const ranges: RenderedRange[] = [];
  for (let last = lastStarting(entries, at); last >= 0 && (furthest[last] ?? 0) > at; last--) {
    const entry = entries[last];
    if (entry === undefined || at >= entry.origin.end) continue;
    ranges.push(renderedRange(entry, at));
  }
  return merged(ranges);
}

function lastStarting(entries: readonly IndexEntry[], at: Offset): number {
  let low = -1;
  let high = entries.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((entries[middle]?.origin.start ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

function renderedRange({ origin, segment, call }: IndexEntry, at: Offset): RenderedRange {
  if (segment.kind !== 'verbatim' || call !== undefined) return { start: segment.start, end: segment.end, call };
  const start = segment.start + (at - origin.start);
  return { start, end: start + 1, call };
}

/** Sorted, and what one call made as one range, however many segments that is. */
function merged(ranges: readonly RenderedRange[]): readonly TextRange[] {
  const sorted = [...ranges].sort((a, b) => a.start - b.start || a.end - b.end);
  const result: RenderedRange[] = [];
  for (const range of sorted) {
    const last = result.at(-1);
    if (last !== undefined && last.call !== undefined && last.call === range.call) {
      result[result.length - 1] = { ...last, end: Math.max(last.end, range.end) };
    } else result.push(range);
  }
  return result.map(({ start, end }) => ({ start, end }));
}

/**
 * The rendered range that a range of the template maps to when both ends lie in verbatim text of one frame; otherwise
 * there is no answer.
 */
export function rangeToTemplate(rendered: Rendered, range: TextRange): Origin | undefined {
  const first = segmentAt(rendered, range.start, 'after');
  const last = range.end > range.start ? segmentAt(rendered, range.end, 'before') : first;
  if (first?.origin === undefined || last?.origin === undefined) return undefined;
  if (first.frame !== last.frame || first.origin.file !== last.origin.file) return undefined;
  const start = first.kind === 'verbatim' ? first.origin.start + (range.start - first.start) : first.origin.start;
  const end = last.kind === 'verbatim' ? last.origin.start + (range.end - last.start) : last.origin.end;
  return start <= end ? { file: first.origin.file, start, end } : undefined;
}
