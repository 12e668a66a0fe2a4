import type { TextRange } from '../base/text-range.ts';
import type { TokenTable } from '../syntax/jinja/tokens.ts';

/** A stretch of a template that is Jinja's, not SQL's: a tag, an expression, a comment, or a raw block as a whole. */
export interface JinjaRange extends TextRange {
  readonly kind: 'statement' | 'expression' | 'comment';
}

/** The Jinja of a template, in order, apart from each other. A tag that never ends reaches to where the next text begins. */
export function jinjaRanges(tokens: TokenTable): readonly JinjaRange[] {
  const ranges: JinjaRange[] = [];
  for (let idx = 0; idx < tokens.kinds.length; idx++) {
    const kind = RANGE_KINDS[tokens.kinds[idx] ?? 'text'];
    if (kind === undefined) continue;
    const last = lastTokenOf(tokens, idx);
    ranges.push({ kind, start: tokens.starts[idx] ?? 0, end: tokens.ends[last] ?? 0 });
    idx = last;
  }
  return ranges;
}

const RANGE_KINDS: Readonly<Record<string, JinjaRange['kind']>> = {
  'block-begin': 'statement',
  'variable-begin': 'expression',
  'raw-begin': 'statement',
  comment: 'comment',
};

const ENDS: Readonly<Record<string, string>> = {
  'block-begin': 'block-end',
  'variable-begin': 'variable-end',
  'raw-begin': 'raw-end',
};

function lastTokenOf(tokens: TokenTable, first: number): number {
  const end = ENDS[tokens.kinds[first] ?? 'text'];
  if (end === undefined) return first;
  const isRaw = end === 'raw-end';
  let idx = first;
  while (idx + 1 < tokens.kinds.length && tokens.kinds[idx] !== end) {
    const next = tokens.kinds[idx + 1];
    if (!isRaw && (next === 'text' || next === 'eof')) break;
    idx += 1;
  }
  return idx;
}
