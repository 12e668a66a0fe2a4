import type { Cursor } from './cursor.ts';
import type { Name, NamePart } from './expression-nodes.ts';
import type { TableName } from './nodes.ts';
import { CLAUSE_STARTS } from './words.ts';
import { beginsClause } from './clause-starts.ts';

/** A name where only a name may stand: any word but one that begins the next clause. */
export function nameHere(p: Cursor, expected: string): NamePart {
  if (p.isName() && !beginsClause(p)) return p.name(p.advance());
  return p.missing(expected);
}

/**
 * A name behind AS, where every word is one. In half-typed text the next clause may follow at once: a word that could
 * begin it is a name only if what follows it cannot be the inside of that clause.
 */
export function nameAfterAs(p: Cursor): NamePart {
  if (p.kind() === 'string') return p.name(p.advance());
  if (!p.isName() || (beginsClause(p) && !endsAlias(p))) return p.missing('alias');
  return p.name(p.advance());
}

/** Whether what follows the word here can follow an alias. */
function endsAlias(p: Cursor): boolean {
  const next = p.word(1);
  if (isCountless(p)) return true;
  return next === ',' || next === ')' || next === ';' || next === 'match_condition' || CLAUSE_STARTS.has(next);
}

/** LIMIT and OFFSET count something; where nothing can be counted they are names. */
export function isCountless(p: Cursor): boolean {
  const next = p.word(1);
  return (p.is('limit') || p.is('offset')) && (p.kind(1) === 'end' || next === ',' || next === 'from');
}

/** The part of a name behind a dot. A keyword is one only if it touches the dot: `o. from` lacks a name. */
export function nameAfterDot(p: Cursor, expected: string): NamePart {
  const isMeant = p.isGlued() || !beginsClause(p);
  if (p.isName() && isMeant) return p.name(p.advance());
  if (p.kind() === 'parameter' && p.isGlued()) return p.name(p.advance());
  return p.missing(expected);
}

/** Names in parentheses; nothing is consumed when there is no parenthesis. */
export function namesInParentheses(p: Cursor, expected: string): readonly NamePart[] {
  if (!p.accept('(')) return [];
  if (p.accept(')')) return [];
  const names = p.list(
    () => nameHere(p, expected),
    () => p.is(')'),
  );
  p.expect(')');
  return names;
}

/** A name of a table, or another name with dots; `undefined` when none begins here. */
export function dottedName(p: Cursor): TableName | undefined {
  const first = firstPart(p);
  if (first === undefined) return undefined;
  const parts: NamePart[] = [first];
  p.repeat(() => nextPart(p, parts));
  return { kind: 'table-name', parts, start: first.start, end: p.endFrom(first.start) };
}

function firstPart(p: Cursor): NamePart | undefined {
  if (p.is('@') && p.has('stages')) return gluedName(p, STAGE_ENDS);
  if (p.is('$', '{')) return bracedName(p);
  if ((p.is('#') || p.is('$') || p.is('@')) && p.isGlued(1) && p.isName(1)) return prefixedName(p);
  if (p.kind() === 'parameter' || p.kind() === 'string') return p.name(p.advance());
  if (!p.isName() || beginsClause(p)) return undefined;
  return p.has('dashed-names') ? dashedName(p) : p.name(p.advance());
}

function nextPart(p: Cursor, parts: NamePart[]): boolean {
  const number = numericPart(p);
  if (number !== undefined) {
    parts.push(number);
    return true;
  }
  if (!p.accept('.')) return false;
  // `database..table` leaves the schema out.
  if (p.is('.')) parts.push(p.blank('schema name'));
  else if (p.is('*')) parts.push(p.name(p.advance()));
  else if (p.is('$', '{')) parts.push(bracedName(p));
  else parts.push(p.has('dashed-names') && p.kind() === 'name' ? dashedName(p) : nameAfterDot(p, 'table name'));
  return true;
}

/** `.25x` behind a name is scanned as a number and a name: a part that begins with a digit. */
export function numericPart(p: Cursor): Name | undefined {
  if (p.kind() !== 'number' || !p.isGlued() || !p.textOf(p.current).startsWith('.')) return undefined;
  const { start } = p.advance();
  if (p.kind() === 'name' && p.isGlued()) p.advance();
  const range = { start: start + 1, end: p.before };
  return { kind: 'name', ...range, text: p.textOf(range), quoted: false };
}

/** `my-project`, or a name such as `events_*`: what touches is one name in BigQuery. */
function dashedName(p: Cursor): NamePart {
  const first = nameAfterDot(p, 'table name');
  if (first.kind === 'missing' || first.quoted) return first;
  p.repeat(() => {
    const hasPart = p.is('-') && p.isGlued() && p.isGlued(1) && (p.kind(1) === 'name' || p.kind(1) === 'number');
    if (hasPart) p.advanceBy(2);
    else if (p.kind() === 'name' && p.isGlued()) p.advance();
    else return false;
    return true;
  });
  const range = p.rangeFrom(first.start);
  return { kind: 'name', ...range, text: p.textOf(range), quoted: false };
}

const STAGE_ENDS: ReadonlySet<string> = new Set(['(', ')', ',', ';']);

/** `@stage/path/file.csv`: everything up to a blank or one of `ends`. */
function gluedName(p: Cursor, ends: ReadonlySet<string>): Name {
  const { start } = p.advance();
  p.repeat(() => {
    if (!p.isGlued() || p.isOneOf(ends)) return false;
    p.advance();
    return true;
  });
  const range = p.rangeFrom(start);
  return { kind: 'name', ...range, text: p.textOf(range), quoted: false };
}

/** `#temporary`, `$variable`, `@variable`. */
function prefixedName(p: Cursor): Name {
  const { start } = p.advance();
  p.advance();
  const range = p.rangeFrom(start);
  return { kind: 'name', ...range, text: p.textOf(range), quoted: false };
}

/** `${variable}`. */
function bracedName(p: Cursor): Name {
  const { start } = p.advance();
  p.advanceBy((p.distanceToCloser() ?? 0) + 1);
  const range = p.rangeFrom(start);
  return { kind: 'name', ...range, text: p.textOf(range), quoted: false };
}
