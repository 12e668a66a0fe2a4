import type { Cursor } from './cursor.ts';
import type { Sample } from './nodes.ts';

const METHODS: ReadonlySet<string> = new Set(['system', 'bernoulli', 'row', 'block', 'reservoir', 'poissonized']);
const UNITS: ReadonlySet<string> = new Set(['%', 'percent', 'rows', 'row']);

/** TABLESAMPLE, SAMPLE or USING SAMPLE with its size and seed: kept, not read. */
export function sample(p: Cursor): Sample {
  const { start } = p.current;
  if (p.is('using')) p.advance();
  p.advance();
  if (p.isOneOf(METHODS)) p.advance();
  else if (p.isName() && p.word(1) === '(') p.advance();
  size(p);
  p.repeat(() => {
    if (!p.is('repeatable') && !p.is('seed')) return false;
    p.advance();
    return parentheses(p);
  });
  return { kind: 'sample', start, end: p.endFrom(start) };
}

function size(p: Cursor): void {
  if (p.kind() === 'number' || p.kind() === 'parameter') {
    p.advance();
    if (p.isOneOf(UNITS)) p.advance();
    parentheses(p);
  } else if (!parentheses(p)) p.reportMissing(['size of the sample']);
}

function parentheses(p: Cursor): boolean {
  if (!p.is('(')) return false;
  p.advanceBy((p.distanceToCloser() ?? 0) + 1);
  return true;
}

/** Whether TABLESAMPLE or SAMPLE stands here and is no name. */
export function startsSample(p: Cursor): boolean {
  if (p.is('tablesample')) return true;
  const isSample = p.is('sample') && (p.word(1) === '(' || METHODS.has(p.word(1)) || p.kind(1) === 'number');
  return isSample || p.is('using', 'sample');
}
