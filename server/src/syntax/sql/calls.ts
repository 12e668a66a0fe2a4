import type { Offset } from '../../base/text-range.ts';
import { callArguments } from './call-arguments.ts';
import { close, open } from './brackets.ts';
import type { Cursor } from './cursor.ts';
import type { Call, Expression, Keyword, NamePart } from './expression-nodes.ts';
import { nameHere } from './names.ts';
import { windowSpec } from './windows.ts';
import { words } from './words.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type CallParts = Mutable<Call>;

/** A call of a function without parentheses: `current_date`. */
export function bareCall(p: Cursor): Call {
  const name = p.name(p.advance());
  return { ...emptyCall([name], undefined), start: name.start, end: p.endFrom(name.start) };
}

/** The parentheses of a call and what follows them; `start` is where the name, or what it is called on, begins. */
export function callTail(p: Cursor, name: readonly NamePart[], start: Offset, receiver: Expression | undefined): Call {
  const call: CallParts = emptyCall(name, receiver);
  const opened = open(p);
  const last = name.at(-1);
  const functionName = last?.kind === 'name' && !last.quoted ? last.text.toLowerCase() : '';
  if (p.is('distinct') && p.word(1) !== ')' && p.word(1) !== ',') {
    p.advance();
    call.distinct = true;
  } else if (p.is('all') && p.word(1) !== '(' && p.word(1) !== ')' && p.word(1) !== ',') p.advance();
  call.arguments = callArguments(p, isBuiltIn(name, receiver) ? functionName : '');
  // These loops are plain for the sake of the stack; a clause that was read has consumed its word.
  while (innerClause(p, call));
  if (!p.is(')')) call.options = options(p, functionName);
  call.skipped = close(p, opened, ')');
  while (outerClause(p, call));
  return { ...call, start, end: p.endFrom(start) };
}

/** Only built-in functions spell their arguments in ways of their own; a function of a schema may be called like one. */
function isBuiltIn(name: readonly NamePart[], receiver: Expression | undefined): boolean {
  const [first, , third] = name;
  if (name.length === 1) return receiver === undefined;
  return third === undefined && first?.kind === 'name' && first.text.toLowerCase() === 'safe';
}

function emptyCall(name: readonly NamePart[], receiver: Expression | undefined): Call {
  return {
    kind: 'call',
    start: 0,
    end: 0,
    receiver,
    name,
    distinct: false,
    arguments: [],
    orderBy: undefined,
    limit: undefined,
    condition: undefined,
    nulls: undefined,
    options: undefined,
    skipped: undefined,
    withinGroup: undefined,
    filter: undefined,
    over: undefined,
  };
}

/** What stands behind the arguments, inside the parentheses. */
function innerClause(p: Cursor, call: CallParts): boolean {
  if (nulls(p, call)) return true;
  if (p.is('order', 'by')) {
    call.orderBy = p.rules.orderBy(p);
    return true;
  }
  if (p.is('limit')) {
    p.advance();
    call.limit = p.rules.expression(p, 0);
    return true;
  }
  if (!p.is('having', 'max') && !p.is('having', 'min')) return false;
  p.advanceBy(2);
  call.condition = p.rules.expression(p, 0);
  return true;
}

function nulls(p: Cursor, call: CallParts): boolean {
  const isNulls = (p.is('ignore') || p.is('respect')) && p.word(1) === 'nulls';
  if (!isNulls) return false;
  call.nulls = p.is('ignore') ? 'ignore' : 'respect';
  p.advanceBy(2);
  return true;
}

/** Words that begin options of any function: JSON and XML functions, LISTAGG, casts. */
const OPTION_STARTS: ReadonlySet<string> = words(
  'returning format null absent error empty default with without on separator keep omit passing columns unique true false unknown pretty encoding',
);
const OPTION_FUNCTIONS = /^(json|xml|listagg|string_agg|ml_|ai_|gap_fill|vector_search|convert|normalize|translate)/;

/** Options up to the closing parenthesis are kept as they are. */
function options(p: Cursor, functionName: string): Keyword | undefined {
  const isOption = p.isOneOf(OPTION_STARTS) || (p.isName() && OPTION_FUNCTIONS.test(functionName));
  if (!isOption) return undefined;
  const skipped = p.skipTo(() => p.is(')') || p.is(';'));
  return skipped && { kind: 'keyword', words: '', start: skipped.start, end: skipped.end };
}

/** What stands behind the closing parenthesis and still belongs to the call. */
function outerClause(p: Cursor, call: CallParts): boolean {
  if (nulls(p, call)) return true;
  if (p.is('within', 'group', '(')) return withinGroup(p, call);
  if (p.is('filter', '(') && call.filter === undefined) return filter(p, call);
  if (p.is('from', 'first') || p.is('from', 'last')) return fromEnd(p);
  if (!p.is('over') || !(p.word(1) === '(' || p.isName(1))) return false;
  p.advance();
  call.over = p.is('(') ? windowSpec(p) : nameHere(p, 'window name');
  return true;
}

function withinGroup(p: Cursor, call: CallParts): boolean {
  p.advanceBy(2);
  const opened = open(p);
  if (p.is('order', 'by')) call.withinGroup = p.rules.orderBy(p);
  else p.reportMissing(['order by']);
  close(p, opened, ')');
  return true;
}

function filter(p: Cursor, call: CallParts): boolean {
  p.advance();
  const opened = open(p);
  p.accept('where');
  call.filter = p.rules.expression(p, 0);
  close(p, opened, ')');
  return true;
}

/** `nth_value(…) from last over …`: only before what must follow, for FROM begins a clause as well. */
function fromEnd(p: Cursor): boolean {
  const next = p.word(2);
  if (next !== 'over' && next !== 'respect' && next !== 'ignore') return false;
  p.advanceBy(2);
  return true;
}
