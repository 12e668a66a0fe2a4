import { isValue } from './argument-kinds.ts';
import type { Cursor } from './cursor.ts';
import type { Argument, Keyword } from './expression-nodes.ts';
import { LEVEL } from './grammar.ts';
import { nameAfterAs } from './names.ts';
import { typeName } from './types.ts';
import { CLAUSE_STARTS, DATE_PARTS, PART_ARGUMENTS } from './words.ts';

/** The arguments of a call up to whatever follows them; some functions spell theirs with words. */
export function callArguments(p: Cursor, functionName: string): readonly Argument[] {
  if (p.is(')')) return [];
  if (p.is('order', 'by')) return [];
  const special = SPECIAL.get(functionName);
  if (special !== undefined) return special(p);
  const args: Argument[] = [];
  // A plain loop, for calls nest deeply.
  do {
    if (startsKey(p, functionName)) p.advance();
    const value = datePart(p, functionName, args.length) ?? p.rules.argument(p);
    args.push(aliased(p, value, functionName));
    if (p.is('using')) args.push(...wordedArguments(p, ['using']));
  } while (p.accept(','));
  return args;
}

/** A bare name where the function wants a part of a date, `day`, `week(monday)`, or a form of Unicode. */
function datePart(p: Cursor, functionName: string, position: number): Keyword | undefined {
  const isForm = position === 1 && functionName.startsWith('normalize') && p.isOneOf(NORMAL_FORMS);
  const isPart = PART_ARGUMENTS.get(functionName) === position && p.isOneOf(DATE_PARTS);
  if (!isPart && !isForm) return undefined;
  const hasDay = p.word(1) === '(' && p.isName(2) && p.word(3) === ')';
  const next = p.word(hasDay ? 4 : 1);
  if (next !== ',' && next !== ')' && next !== 'from') return undefined;
  return keyword(p, hasDay ? 4 : 1);
}

const NORMAL_FORMS: ReadonlySet<string> = new Set(['nfc', 'nfd', 'nfkc', 'nfkd']);

/** `json_object(key 'a' value 1)`. */
const startsKey = (p: Cursor, functionName: string): boolean =>
  p.is('key') && functionName.startsWith('json') && (p.kind(1) === 'string' || (p.isName(1) && p.word(1) !== 'value'));

function keyword(p: Cursor, n: number): Keyword {
  const { start } = p.current;
  const words: string[] = [];
  for (let i = 0; i < n; i++) words.push(p.advance().word);
  return { kind: 'keyword', words: words.join(' '), start, end: p.endFrom(start) };
}

const CONVERSIONS: ReadonlySet<string> = new Set(['convert', 'try_convert', 'xmlserialize', 'json_serialize', 'treat']);

/** `value as name` in structs, `value as type` in conversions, `key: value` and `key value v` in objects. */
function aliased(p: Cursor, value: Argument, functionName: string): Argument {
  if (!isValue(value)) return value;
  if (p.is('as')) {
    p.advance();
    if (CONVERSIONS.has(functionName)) {
      return { kind: 'typed-argument', value, type: typeName(p), start: value.start, end: p.endFrom(value.start) };
    }
    return { kind: 'aliased-argument', value, alias: nameAfterAs(p), start: value.start, end: p.endFrom(value.start) };
  }
  const isPair = functionName.startsWith('json') && (p.is(':') || p.is('value'));
  if (!isPair) return value;
  p.advance();
  return { kind: 'pair', key: value, value: p.rules.expression(p, 0), start: value.start, end: p.endFrom(value.start) };
}

const SPECIAL: ReadonlyMap<string, (p: Cursor) => readonly Argument[]> = new Map([
  ['extract', extract],
  ['date_part', extract],
  ['semantic_view', raw],
  ['trim', trim],
  ['substring', p => worded(p, ['from', 'for', 'similar', 'escape'])],
  ['substr', p => worded(p, ['from', 'for'])],
  ['overlay', p => worded(p, ['placing', 'from', 'for'])],
  ['position', position],
  ['ceil', rounded],
  ['ceiling', rounded],
  ['floor', rounded],
  ['xmlelement', raw],
  ['xmlforest', raw],
  ['xmltable', raw],
  ['xmlpi', raw],
  ['json_table', raw],
]);

/** `extract(year from x)`, `extract('year', x)`. */
function extract(p: Cursor): readonly Argument[] {
  const hasDay = p.word(1) === '(' && p.word(3) === ')';
  const next = p.word(hasDay ? 4 : 1);
  const isPart =
    p.kind() === 'name' && !CLAUSE_STARTS.has(p.word()) && (next === 'from' || next === ',' || next === ')');
  const part: Argument = isPart ? keyword(p, hasDay ? 4 : 1) : p.rules.expression(p, 0);
  if (p.accept('from') || p.accept(',')) return [part, p.rules.expression(p, 0)];
  p.reportMissing(['from']);
  return [part];
}

/** `trim(both 'x' from y)`, `trim(from y)`, `trim(y, 'x')`. */
function trim(p: Cursor): readonly Argument[] {
  const isSided = (p.is('both') || p.is('leading') || p.is('trailing')) && p.word(1) !== ')' && p.word(1) !== ',';
  const side = isSided ? [keyword(p, 1)] : [];
  if (p.is('from')) return [...side, ...wordedArguments(p, ['from'])];
  return [...side, ...worded(p, ['from'])];
}

/** `position(a in b)`: IN is no operator here. */
function position(p: Cursor): readonly Argument[] {
  const first = p.rules.expression(p, LEVEL.range);
  if (p.accept('in')) return [first, p.rules.expression(p, 0)];
  const args: Argument[] = [first];
  p.repeat(() => {
    if (!p.accept(',')) return false;
    args.push(p.rules.argument(p));
    return true;
  });
  return args;
}

/** `floor(x to day)`. */
function rounded(p: Cursor): readonly Argument[] {
  const args: Argument[] = worded(p, []);
  if (p.is('to') && p.isName(1)) {
    p.advance();
    args.push(keyword(p, 1));
  }
  return args;
}

/** Arguments with commas, or one that is followed by words with an argument each. */
function worded(p: Cursor, words: readonly string[]): Argument[] {
  const args = p.list(
    () => p.rules.argument(p),
    () => p.is(')'),
  );
  return [...args, ...wordedArguments(p, words)];
}

function wordedArguments(p: Cursor, words: readonly string[]): readonly Argument[] {
  const args: Argument[] = [];
  p.repeat(() => {
    if (!words.includes(p.word())) return false;
    p.advance();
    args.push(p.rules.expression(p, 0));
    return true;
  });
  return args;
}

/** Functions with a grammar of their own: kept, not read. */
function raw(p: Cursor): readonly Argument[] {
  const skipped = p.skipTo(() => p.is(')') || p.is(';'));
  return skipped === undefined ? [] : [{ kind: 'keyword', words: '', start: skipped.start, end: skipped.end }];
}
