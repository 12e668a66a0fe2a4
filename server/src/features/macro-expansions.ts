import type { TextRange } from '../base/text-range.ts';
import type { UniqueId } from '../dbt/manifest/node.ts';
import type { ModelDb } from '../model/db.ts';
import type { CallSite, FileId, Frame, Origin, Segment } from '../render/rendered.ts';
import type { CompiledPreview, PreviewSegment } from './compiled-preview.ts';

/** So many different calls show what a macro is about; a macro may have thousands. */
const MOST_CALLS = 20;

/** What one call of the macro printed. */
interface Expansion {
  readonly call: CallSite;
  readonly sql: string;
  /** In the order of the text, from its beginning. */
  readonly segments: readonly Segment[];
}

/**
 * What a macro prints where the nodes of the project call it, one call below the other, each under a comment that names
 * the place. Calls that print the same are shown once. `undefined` when the id is not that of a macro.
 */
export function macroExpansions(
  db: ModelDb,
  macro: UniqueId,
  extent: TextRange | undefined,
): CompiledPreview | undefined {
  const node = db.node(macro);
  const place = db.places(macro)?.declaration;
  if (node?.resourceType !== 'macro' || place === undefined) return undefined;
  const expansions = new Map<string, Expansion>();
  for (const id of callers(db, macro)) {
    if (expansions.size >= MOST_CALLS) break;
    for (const it of expansionsIn(db, id, place)) if (!expansions.has(it.sql)) expansions.set(it.sql, it);
  }
  const shown = [...expansions.values()].slice(0, MOST_CALLS);
  const page = written(db, shown, place.file);
  const sql =
    shown.length > 0
      ? page.sql
      : `-- ${node.name}() prints nothing in the project: it is not called, or it returns a value.\n`;
  return { uniqueId: macro, name: node.name, sql, segments: page.segments, problem: undefined, extent };
}

/** The nodes whose files call the macro by its name, then those that do so through other macros, which take longer to find. */
function* callers(db: ModelDb, macro: UniqueId): Iterable<UniqueId> {
  const seen = new Set<UniqueId>();
  const through = [macro];
  for (const id of through) {
    for (const file of filesCalling(db, id)) {
      for (const user of db.nodesOfFile(file)) {
        if (seen.has(user)) continue;
        seen.add(user);
        if (db.node(user)?.resourceType === 'macro') through.push(user);
        else yield user;
      }
    }
  }
}

function filesCalling(db: ModelDb, macro: UniqueId): ReadonlySet<FileId> {
  const node = db.node(macro);
  if (node === undefined) return new Set();
  const { name, packageName } = node;
  const declaration = db
    .names()
    .macros.get(`${packageName}.${name}`)
    ?.find(it => it.uniqueId === macro);
  if (declaration === undefined) return new Set();
  return new Set(db.usesOf(declaration).map(it => it.file));
}

/** The calls of a macro during the rendering of a node that printed something. */
function expansionsIn(db: ModelDb, node: UniqueId, place: Origin): readonly Expansion[] {
  const rendered = db.rendered(node, { mode: 'compile' })?.rendered;
  if (rendered === undefined) return [];
  const byCall = new Map<Frame, Segment[]>();
  for (const segment of rendered.segments) {
    const frame = frameOf(segment.frame, place);
    if (frame === undefined) continue;
    const segments = byCall.get(frame);
    if (segments === undefined) byCall.set(frame, [segment]);
    else segments.push(segment);
  }
  return [...byCall].map(([frame, segments]) => ({
    call: frame.callSite,
    sql: segments.map(it => rendered.text.slice(it.start, it.end)).join(''),
    segments: closedUp(segments),
  }));
}

/** The outermost frame of the chain in which the macro itself is at work. */
function frameOf(inner: Frame | undefined, place: Origin): Frame | undefined {
  let found: Frame | undefined;
  for (let frame = inner; frame !== undefined; frame = frame.callSite.frame) {
    const { file, start } = frame.definition;
    if (file === place.file && place.start <= start && start < place.end) found = frame;
  }
  return found;
}

/** The same segments one right behind the other, from 0: what a caller's block printed in between is not the macro's. */
function closedUp(segments: readonly Segment[]): readonly Segment[] {
  let end = 0;
  return segments.map(segment => {
    const start = end;
    end += segment.end - segment.start;
    return { ...segment, start, end };
  });
}

function written(
  db: ModelDb,
  expansions: readonly Expansion[],
  file: FileId,
): { readonly sql: string; readonly segments: readonly PreviewSegment[] } {
  let sql = '';
  const segments: PreviewSegment[] = [];
  for (const expansion of expansions) {
    sql += `-- ${headline(db, expansion.call)}\n`;
    const margin = expansion.sql.length - expansion.sql.trimStart().length;
    const text = expansion.sql.trim();
    segments.push(
      ...expansion.segments.flatMap(
        it => moved(it, { file, by: sql.length - margin, from: sql.length, to: sql.length + text.length }) ?? [],
      ),
    );
    sql += `${text}\n\n`;
  }
  return { sql: sql.trimEnd() + '\n', segments };
}

interface Move {
  readonly file: FileId;
  readonly by: number;
  /** The part of the page that shows the expansion. */
  readonly from: number;
  readonly to: number;
}

/** Where a segment that the file itself made stands on the page; `undefined` when others made it or none of it is shown. */
function moved({ start, end, kind, origin }: Segment, move: Move): PreviewSegment | undefined {
  if (kind === 'synthetic' || origin?.file !== move.file) return undefined;
  const compiled = { start: Math.max(start + move.by, move.from), end: Math.min(end + move.by, move.to) };
  if (compiled.start >= compiled.end) return undefined;
  if (kind === 'computed') return { kind, compiled, template: { start: origin.start, end: origin.end } };
  const cut = compiled.start - (start + move.by);
  const from = origin.start + cut;
  return { kind, compiled, template: { start: from, end: from + (compiled.end - compiled.start) } };
}

function headline(db: ModelDb, call: CallSite): string {
  const source = db.text(call.file)?.slice(call.range.start, call.range.end) ?? '';
  return `${call.file}: ${source.replaceAll(/\s+/g, ' ').trim()}`;
}
