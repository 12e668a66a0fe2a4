import type { UniqueId } from '../dbt/manifest/node.ts';
import type { ModelDb } from '../model/db.ts';
import type { Frame, Origin } from '../render/rendered.ts';
import type { FailurePlace } from './result.ts';

/**
 * Where a position of a node's compiled SQL stands in the project's files; `undefined` when the SQL is not what the
 * node renders to without a warehouse, or the text there was made by the product.
 */
export function placeInTemplate(db: ModelDb, id: UniqueId, sql: string, position: number): FailurePlace | undefined {
  const rendered = db.rendered(id, { mode: 'compile' })?.rendered;
  if (rendered?.text !== sql) return undefined;
  const segment = rendered.segments.find(({ start, end }) => start <= position && position < end);
  if (segment?.origin === undefined) return undefined;
  const { kind, origin, frame } = segment;
  if (kind !== 'verbatim') return ownPlace(db, origin, frame);
  const start = origin.start + position - segment.start;
  return ownPlace(db, widened(db, { file: origin.file, start, end: start + 1 }), frame);
}

/**
 * A place in the project's own files: what lies inside of the built-in library is moved to where the project calls it;
 * `undefined` when nothing on the way is the project's.
 */
export function ownPlace(db: ModelDb, origin: Origin, frame: Frame | undefined): FailurePlace | undefined {
  let place = origin;
  let outer = frame;
  while (db.text(place.file) === undefined) {
    if (outer === undefined) return undefined;
    const { file, range } = outer.callSite;
    place = { file, start: range.start, end: range.end };
    outer = outer.callSite.frame;
  }
  return { origin: place, calls: callsOf(db, outer) };
}

/** A warehouse names the first character of what it does not like; the whole word reads better. */
export function widened(db: ModelDb, origin: Origin): Origin {
  const word = /^\w+/.exec(db.text(origin.file)?.slice(origin.start) ?? '')?.[0] ?? '';
  return { ...origin, end: Math.max(origin.end, origin.start + word.length) };
}

function callsOf(db: ModelDb, frame: Frame | undefined): FailurePlace['calls'] {
  const calls: { readonly macro: string; readonly origin: Origin }[] = [];
  for (let at = frame; at !== undefined; at = at.callSite.frame) {
    const { file, range } = at.callSite;
    if (db.text(file) === undefined) continue;
    calls.push({ macro: at.macro, origin: { file, start: range.start, end: range.end } });
  }
  return calls;
}
