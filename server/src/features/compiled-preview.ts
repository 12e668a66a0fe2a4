import type { TextRange } from '../base/text-range.ts';
import type { UniqueId } from '../dbt/manifest/node.ts';
import type { ModelDb, RenderOptions } from '../model/db.ts';
import type { FileId, RenderProblem, Rendered, Segment } from '../render/rendered.ts';

/** The SQL a file renders to, and which part of the file each part of it stands for. */
export interface CompiledPreview {
  readonly uniqueId: UniqueId;
  readonly name: string;
  readonly sql: string;
  readonly segments: readonly PreviewSegment[];
  /** Why it was not rendered to its end. */
  readonly problem: RenderProblem | undefined;
}

/** A stretch of compiled SQL and the stretch of the file it stands for; `verbatim` ones correspond character by character. */
export interface PreviewSegment {
  readonly kind: 'verbatim' | 'computed';
  readonly compiled: TextRange;
  readonly template: TextRange;
}

/** The compiled SQL of the first node that a file declares, from the unsaved text; `undefined` when it declares none. */
export function compiledPreview(
  db: ModelDb,
  file: FileId,
  options: RenderOptions = { mode: 'compile' },
): CompiledPreview | undefined {
  for (const uniqueId of db.nodesOfFile(file)) {
    const rendered = db.rendered(uniqueId, options)?.rendered;
    const node = db.node(uniqueId);
    if (rendered === undefined || node === undefined) continue;
    const segments = segmentsIn(rendered, file);
    return { uniqueId, name: node.name, sql: rendered.text, segments, problem: rendered.problem };
  }
  return undefined;
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
