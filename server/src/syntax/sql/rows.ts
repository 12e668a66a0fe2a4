import { close, open } from './brackets.ts';
import type { Cursor } from './cursor.ts';
import { isValue } from './argument-kinds.ts';
import { nameAfterAs } from './names.ts';
import type { Argument, Row } from './expression-nodes.ts';

/** `(a, b)`, as a row however many elements it has: the lists of IN, ANY and VALUES. */
export function rowInParentheses(p: Cursor): Row {
  const { start } = p.current;
  const opened = open(p);
  const elements = elementsUntil(p, ')');
  const skipped = close(p, opened, ')');
  return { kind: 'row', elements, skipped, start, end: p.endFrom(start) };
}

/** An element may have a name: `(1 as one)`. */
function element(p: Cursor): Argument {
  const value = p.rules.argument(p);
  if (!p.is('as') || !isValue(value)) return value;
  p.advance();
  return { kind: 'aliased-argument', value, alias: nameAfterAs(p), start: value.start, end: p.endFrom(value.start) };
}

/** Arguments up to a closing bracket. */
export function elementsUntil(p: Cursor, closer: ')' | ']' | '}'): readonly Argument[] {
  if (p.is(closer)) return [];
  const elements = [element(p)];
  const mayTrail = closer !== ')' || p.has('trailing-commas');
  // A plain loop, for lists nest deeply.
  while (p.accept(',') && !(mayTrail && p.is(closer))) elements.push(element(p));
  return elements;
}
