import type { Cursor } from './cursor.ts';
import type { Expression } from './expression-nodes.ts';
import { nameAfterAs } from './names.ts';
import type { FromItem, MatchRecognize, SelectItem } from './nodes.ts';

/**
 * `input match_recognize (partition by … order by … measures … pattern (…) define …)`. What it gives is read; how rows
 * are matched is kept as it is.
 */
export function matchRecognize(p: Cursor, input: FromItem): MatchRecognize {
  p.advance();
  const isClosed = p.distanceToCloser() !== undefined;
  p.advance();
  const parts = isClosed ? matchParts(p) : NOTHING;
  return { kind: 'match-recognize', input, ...parts, start: input.start, end: p.endFrom(input.start) };
}

type Parts = Pick<MatchRecognize, 'partitionBy' | 'measures' | 'allRows'>;

const NOTHING: Parts = { partitionBy: [], measures: undefined, allRows: false };

function matchParts(p: Cursor): Parts {
  const partitionBy: readonly Expression[] = p.acceptAll('partition', 'by')
    ? p.list(() => p.rules.expression(p, 0))
    : [];
  p.skipTo(() => p.is('measures') || p.is('all', 'rows') || p.is(')'));
  const measures = p.accept('measures') ? p.list(() => measure(p)) : [];
  p.skipTo(() => p.is('all', 'rows') || p.is(')'));
  const allRows = p.is('all', 'rows');
  p.skipTo(() => p.is(')'));
  p.accept(')');
  return { partitionBy, measures, allRows };
}

/** `final last(price) as price`. */
function measure(p: Cursor): SelectItem {
  if ((p.is('final') || p.is('running')) && p.isName(1)) p.advance();
  const value = p.rules.expression(p, 0);
  const alias = p.accept('as') ? nameAfterAs(p) : undefined;
  const range = { start: value.start, end: p.endFrom(value.start) };
  return { kind: 'select-item', value, alias, aliases: [], skipped: undefined, ...range };
}
