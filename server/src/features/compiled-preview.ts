import type { Offset, TextRange } from '../base/text-range.ts';
import type { UniqueId } from '../dbt/manifest/node.ts';
import type { ModelDb, RenderOptions } from '../model/db.ts';
import type { FileId, RenderProblem, Rendered, Segment } from '../render/rendered.ts';
import { entriesOf, entryAt, extentAround } from './entries.ts';
import { macroExpansions } from './macro-expansions.ts';

/** The SQL a file renders to, and which part of the file each part of it stands for. */
export interface CompiledPreview {
  readonly uniqueId: UniqueId;
  readonly name: string;
  readonly sql: string;
  readonly segments: readonly PreviewSegment[];
  /** Why it was not rendered to its end. */
  readonly problem: RenderProblem | undefined;
  /** The part of the file that this is the answer for; `undefined` when it is all of it. */
  readonly extent: TextRange | undefined;
}

/** A stretch of compiled SQL and the stretch of the file it stands for; `verbatim` ones correspond character by character. */
export interface PreviewSegment {
  readonly kind: 'verbatim' | 'computed';
  readonly compiled: TextRange;
  readonly template: TextRange;
}

export interface PreviewOptions extends RenderOptions {
  /** Where the cursor is: in a file that declares several things, it says which of them is meant. */
  readonly offset?: Offset;
}

/**
 * The compiled SQL of what a file declares, from the unsaved text: of its only node; of the node at the cursor, or the
 * first, when there are several (blocks of snapshots, tests and models of a properties file); for a macro, what it
 * expands to where it is called. `undefined` when nothing there is rendered.
 */
export function compiledPreview(
  db: ModelDb,
  file: FileId,
  options: PreviewOptions = { mode: 'compile' },
): CompiledPreview | undefined {
  const entries = entriesOf(db, file);
  const { offset } = options;
  const entry = offset === undefined ? undefined : entryAt(entries, offset);
  for (const candidate of entry === undefined ? entries : [entry]) {
    const { uniqueId, range } = candidate;
    const extent = entries.length > 1 ? extentAround(candidate, entries, offset ?? range.start) : undefined;
    const found = macroExpansions(db, uniqueId, extent) ?? nodePreview(db, file, { uniqueId, extent, options });
    if (found !== undefined) return found;
  }
  return undefined;
}

interface NodePreview {
  readonly uniqueId: UniqueId;
  readonly extent: TextRange | undefined;
  readonly options: PreviewOptions;
}

function nodePreview(
  db: ModelDb,
  file: FileId,
  { uniqueId, extent, options }: NodePreview,
): CompiledPreview | undefined {
  const { mode, incremental } = options;
  const choice = incremental === undefined ? { mode } : { mode, incremental };
  const rendered = db.rendered(uniqueId, choice)?.rendered;
  const node = db.node(uniqueId);
  if (rendered === undefined || node === undefined) return undefined;
  const segments = segmentsIn(rendered, file);
  return { uniqueId, name: node.name, sql: rendered.text, segments, problem: rendered.problem, extent };
}

/**
 * The segments seen from one file: text that a macro in another file produced stands for the call in this one.
 * Neighbours that stand for the same call are joined, so that a cursor on the call lights up all it made.
 */
function segmentsIn(rendered: Rendered, file: FileId): readonly PreviewSegment[] {
  const segments: PreviewSegment[] = [];
  for (const segment of rendered.segments) {
    const seen = seenFrom(segment, file);
    if (seen === undefined) continue;
    const last = segments.at(-1);
    if (last !== undefined && continues(last, seen)) {
      segments[segments.length - 1] = { ...last, compiled: { start: last.compiled.start, end: seen.compiled.end } };
    } else segments.push(seen);
  }
  return segments;
}

function seenFrom(segment: Segment, file: FileId): PreviewSegment | undefined {
  const compiled = { start: segment.start, end: segment.end };
  if (segment.kind === 'synthetic' || segment.origin === undefined) return undefined;
  let frame = segment.frame;
  if (frame === undefined) {
    const { start, end } = segment.origin;
    return segment.origin.file === file ? { kind: segment.kind, compiled, template: { start, end } } : undefined;
  }
  while (frame.callSite.frame !== undefined) frame = frame.callSite.frame;
  if (frame.callSite.file !== file) return undefined;
  return { kind: 'computed', compiled, template: frame.callSite.range };
}

function continues(last: PreviewSegment, next: PreviewSegment): boolean {
  return (
    last.kind === 'computed' &&
    next.kind === 'computed' &&
    last.compiled.end === next.compiled.start &&
    last.template.start === next.template.start &&
    last.template.end === next.template.end
  );
}
