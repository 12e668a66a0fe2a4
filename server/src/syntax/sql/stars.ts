import type { Offset } from '../../base/text-range.ts';
import { close, open } from './brackets.ts';
import type { Cursor } from './cursor.ts';
import type { ColumnRef, Expression, NamePart, Star, StarModifier, StarNames } from './expression-nodes.ts';
import { LEVEL } from './grammar.ts';
import { nameAfterDot, nameHere } from './names.ts';
import type { SelectItem } from './nodes.ts';

/** `*` with what changes it; `qualifier` stands before it, the dot is behind us. */
export function star(p: Cursor, qualifier: Expression | undefined): Expression {
  const { start } = p.advance();
  if (qualifier === undefined && p.is('columns', '(')) return unpackedColumns(p, start);
  const modifiers: StarModifier[] = [];
  p.repeat(() => {
    const modifier = starModifier(p);
    if (modifier !== undefined) modifiers.push(modifier);
    return modifier !== undefined;
  });
  return { kind: 'star', qualifier, modifiers, ...p.rangeFrom(qualifier?.start ?? start) } satisfies Star;
}

/** DuckDB's `*columns(…)`: the columns as arguments. */
function unpackedColumns(p: Cursor, start: Offset): Expression {
  const value = p.rules.expression(p, LEVEL.collation);
  return { kind: 'unary', operator: '*', operand: value, start, end: p.endFrom(start) };
}

function starModifier(p: Cursor): StarModifier | undefined {
  switch (p.word()) {
    case 'except':
      return isExceptOfStar(p) ? starNames(p) : undefined;
    case 'exclude':
      return starNames(p);
    case 'replace':
      return { kind: 'star-replace', ...starItems(p) };
    case 'rename':
      return { kind: 'star-rename', ...starItems(p) };
    default:
      return starPattern(p);
  }
}

/** EXCEPT also stands between queries. */
function isExceptOfStar(p: Cursor): boolean {
  const next = p.word(1);
  if (next === '(') return !p.opensQuery(1);
  return p.isName(1) && !['select', 'all', 'distinct', 'from', 'values', 'table', 'with'].includes(next);
}

/** EXCEPT or EXCLUDE, with one name or several in parentheses. */
export function starNames(p: Cursor): StarNames {
  const { start } = p.advance();
  if (!p.is('(')) return { kind: 'star-except', columns: [excluded(p)], start, end: p.endFrom(start) };
  const opened = open(p);
  const columns = p.is(')')
    ? []
    : p.list(
        () => excluded(p),
        () => p.is(')'),
      );
  close(p, opened, ')');
  return { kind: 'star-except', columns, start, end: p.endFrom(start) };
}

function excluded(p: Cursor): ColumnRef {
  const parts: NamePart[] = [nameHere(p, 'column name')];
  p.repeat(() => {
    if (!p.accept('.')) return false;
    if (!p.accept('*')) parts.push(nameAfterDot(p, 'column name'));
    return true;
  });
  return { kind: 'column', parts, ...p.rangeFrom(parts[0]?.start ?? p.start) };
}

/** `replace (value as name, …)`, `rename old as new`. */
function starItems(p: Cursor): { readonly items: readonly SelectItem[]; readonly start: Offset; readonly end: Offset } {
  const { start } = p.advance();
  const items: SelectItem[] = [];
  const item = (): void => {
    const next = p.rules.selectItem(p);
    if (next.kind === 'select-item') items.push(next);
  };
  if (!p.is('(')) {
    item();
    return { items, start, end: p.endFrom(start) };
  }
  const opened = open(p);
  p.list(item, () => p.is(')'));
  close(p, opened, ')');
  return { items, start, end: p.endFrom(start) };
}

const PATTERN_WORDS: ReadonlySet<string> = new Set(['like', 'ilike', 'glob', 'similar']);

/** `* ilike '%x'`, `* not like '%x'`, `* similar to 'x.*'`. Behind a star a pattern can mean nothing else. */
function starPattern(p: Cursor): StarModifier | undefined {
  const { start } = p.current;
  const isNegated = p.is('not');
  const word = p.word(isNegated ? 1 : 0);
  const isPattern = PATTERN_WORDS.has(word) || /^(!?~{1,2}\*?)$/.test(word);
  if (!isPattern || p.kind() === 'end') return undefined;
  p.advanceBy(isNegated ? 2 : 1);
  if (word === 'similar') p.expect('to');
  const pattern = p.rules.expression(p, LEVEL.range);
  if (p.accept('escape')) p.advance();
  return { kind: 'star-pattern', operator: isNegated ? `not ${word}` : word, pattern, start, end: p.endFrom(start) };
}
