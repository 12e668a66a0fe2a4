import { beginsClause } from './clause-starts.ts';
import { close, open } from './brackets.ts';
import type { Cursor } from './cursor.ts';
import type { Expression, Frame, Name, WindowSpec } from './expression-nodes.ts';
import { LEVEL } from './grammar.ts';
import { nameHere } from './names.ts';
import type { OrderBy, WindowClause, WindowDefinition } from './nodes.ts';
import { words } from './words.ts';

/** What begins a part of a window; any other name is the window it is made from. */
const WINDOW_PARTS: ReadonlySet<string> = words('partition order rows range groups distribute cluster sort');

/** `(base partition by … order by … rows …)`. */
export function windowSpec(p: Cursor): WindowSpec {
  const { start } = p.current;
  const opened = open(p);
  const base = baseName(p);
  const partitionBy = partition(p);
  const orderBy: OrderBy | undefined = p.is('order') || p.is('sort') ? p.rules.orderBy(p) : undefined;
  const frame = p.is('rows') || p.is('range') || p.is('groups') ? windowFrame(p) : undefined;
  const skipped = close(p, opened, ')');
  return { kind: 'window-spec', base, partitionBy, orderBy, frame, skipped, start, end: p.endFrom(start) };
}

function baseName(p: Cursor): Name | undefined {
  return p.isName() && !p.isOneOf(WINDOW_PARTS) && !beginsClause(p) ? p.name(p.advance()) : undefined;
}

function partition(p: Cursor): readonly Expression[] {
  if (!p.is('partition') && !p.is('distribute') && !p.is('cluster')) return [];
  p.advance();
  p.expect('by');
  return p.list(() => p.rules.expression(p, 0));
}

function windowFrame(p: Cursor): Frame {
  const { start, word } = p.advance();
  const bounds: Expression[] = [];
  if (p.accept('between')) {
    bound(p, bounds);
    p.expect('and');
    bound(p, bounds);
  } else bound(p, bounds);
  if (p.accept('exclude')) exclusion(p);
  return { kind: 'frame', unit: word as Frame['unit'], bounds, start, end: p.endFrom(start) };
}

function bound(p: Cursor, bounds: Expression[]): void {
  if (p.acceptAll('current', 'row')) return;
  if (!p.accept('unbounded')) bounds.push(p.rules.expression(p, LEVEL.range));
  if (!p.accept('preceding') && !p.accept('following')) p.reportMissing(['preceding', 'following']);
}

function exclusion(p: Cursor): void {
  const isKnown = p.acceptAll('current', 'row') || p.acceptAll('no', 'others') || p.accept('group') || p.accept('ties');
  if (!isKnown) p.reportMissing(['current row', 'group', 'ties', 'no others']);
}

/** `window w as (…), v as (…)`. */
export function windowClause(p: Cursor): WindowClause {
  const { start } = p.advance();
  const definitions = p.list(() => windowDefinition(p));
  return { kind: 'window', definitions, start, end: p.endFrom(start) };
}

function windowDefinition(p: Cursor): WindowDefinition {
  const name = nameHere(p, 'window name');
  p.expect('as');
  const window = p.is('(') ? windowSpec(p) : nameHere(p, 'window');
  return { kind: 'window-definition', name, window, start: name.start, end: p.endFrom(name.start) };
}
