import type { FileId, Origin } from '../render/rendered.ts';
import type { Use } from './db.ts';
import { mangledRef, type Problem } from './problems.ts';

/**
 * Refs and sources that are glued to more of a name: `analytics.{{ ref('orders') }}`, `{{ ref('orders') }}_old`. The
 * relation that dbt puts there is complete, so that what stands before or behind it makes a name of nothing.
 */
export function mangledRefs(file: FileId, text: string, uses: readonly Use[]): readonly Problem[] {
  return uses.flatMap(use => {
    if (use.kind !== 'ref' && use.kind !== 'source') return [];
    const tag = tagAround(text, use.callRange);
    if (tag === undefined) return [];
    const before = /[\w"`\]]\.$/.test(text.slice(Math.max(tag.start - 2, 0), tag.start));
    // A dot behind it makes it the qualifier of a column, which is good SQL.
    const behind = /^\w/.test(text.slice(tag.end, tag.end + 1));
    return before || behind ? [mangledRef({ file, ...glued(text, tag) }, use.kind)] : [];
  });
}

/** The `{{ … }}` that holds the call and nothing else: what is done to the relation may take it apart. */
function tagAround(text: string, call: { readonly start: number; readonly end: number }) {
  const opening = /\{\{[-+]?\s*$/.exec(text.slice(0, call.start));
  const closing = /^\s*[-+]?\}\}/.exec(text.slice(call.end));
  if (opening === null || closing === null) return undefined;
  return { start: opening.index, end: call.end + closing[0].length };
}

function glued(text: string, tag: { readonly start: number; readonly end: number }): Omit<Origin, 'file'> {
  const before = /[\w"`.[\]]*$/.exec(text.slice(0, tag.start))?.[0].length ?? 0;
  const behind = /^\w*/.exec(text.slice(tag.end))?.[0].length ?? 0;
  return { start: tag.start - before, end: tag.end + behind };
}
