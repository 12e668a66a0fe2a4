import type { Offset } from '../../base/text-range.ts';
import type { SqlToken, TokenKind } from './tokens.ts';
import { SET_OPERATORS } from './words.ts';

/** A token that means something, with what the parser asks about it. */
export interface Lexeme {
  readonly kind: TokenKind | 'end';
  readonly start: Offset;
  readonly end: Offset;
  /** Names in lower case, operators and parameters as they are; empty for everything else. */
  readonly word: string;
}

/** The meaningful tokens of a text, and facts about its brackets that take one pass to find. */
export interface Lexemes {
  readonly list: readonly Lexeme[];
  /** For each opening bracket the index of the one that closes it; `undefined` when none does. */
  readonly closers: readonly (number | undefined)[];
  /** Whether what stands behind the opening parenthesis of that index is a query that fills it up. */
  readonly queries: readonly (boolean | undefined)[];
}

/** `startsQuery` tells whether the lexeme at an index begins a query, parentheses apart. */
export function lexemes(
  text: string,
  tokens: readonly SqlToken[],
  startsQuery: (list: readonly Lexeme[], at: number) => boolean,
): Lexemes {
  const list = meaningful(text, tokens);
  const { closers, strays } = matchBrackets(list);
  // A bracket that closes nothing must not close what a parser has opened in good faith.
  for (const at of strays) list[at] = { ...at_(list, at), kind: 'error', word: '' };
  return { list, closers, queries: queriesIn(list, closers, startsQuery) };
}

const END: Lexeme = { kind: 'end', start: 0, end: 0, word: '' };
const at_ = (list: readonly Lexeme[], at: number): Lexeme => list[at] ?? END;

function meaningful(text: string, tokens: readonly SqlToken[]): Lexeme[] {
  const list: Lexeme[] = [];
  for (const { kind, start, end } of tokens) {
    if (kind !== 'space' && kind !== 'comment') list.push({ kind, start, end, word: wordOf(text, kind, start, end) });
  }
  return list;
}

function wordOf(text: string, kind: TokenKind, start: Offset, end: Offset): string {
  if (kind === 'operator' || kind === 'parameter') return text.slice(start, end);
  return kind === 'name' ? text.slice(start, end).toLowerCase() : '';
}

const CLOSER_OF: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);
const CLOSERS: ReadonlySet<string> = new Set(CLOSER_OF.values());

/** A closing bracket closes the nearest open one of its kind; what was opened in between stays open. A `;` ends all. */
function matchBrackets(list: readonly Lexeme[]): { closers: (number | undefined)[]; strays: number[] } {
  const closers: (number | undefined)[] = [];
  const strays: number[] = [];
  const open = new Map<string, number[]>([...CLOSERS].map(it => [it, []]));
  let opened: { closer: string; at: number }[] = [];
  list.forEach((lexeme, at) => {
    const closer = CLOSER_OF.get(lexeme.word);
    if (closer !== undefined) {
      opened.push({ closer, at });
      open.get(closer)?.push(at);
    } else if (CLOSERS.has(lexeme.word)) {
      const from = open.get(lexeme.word)?.at(-1);
      if (from === undefined) strays.push(at);
      else {
        closers[from] = at;
        dropOpened(opened, open, from);
      }
    } else if (lexeme.word === ';') {
      opened = [];
      for (const starts of open.values()) starts.length = 0;
    }
  });
  return { closers, strays };
}

function dropOpened(opened: { closer: string; at: number }[], open: ReadonlyMap<string, number[]>, from: number): void {
  for (let last = opened.at(-1); last !== undefined && last.at >= from; last = opened.at(-1)) {
    opened.pop();
    open.get(last.closer)?.pop();
  }
}

/** From the last parenthesis to the first, so that an outer one finds the answer of the inner one it begins with. */
function queriesIn(
  list: readonly Lexeme[],
  closers: readonly (number | undefined)[],
  startsQuery: (list: readonly Lexeme[], at: number) => boolean,
): readonly (boolean | undefined)[] {
  const queries: (boolean | undefined)[] = [];
  for (let at = list.length - 1; at >= 0; at--) {
    if (list[at]?.word !== '(') continue;
    const inner = at + 1;
    // While a bracket is open, a FROM behind it is more likely the outer query's.
    const isLeftOpen = closers[at] === undefined && list[inner]?.word === 'from';
    if (list[inner]?.word !== '(') queries[at] = !isLeftOpen && startsQuery(list, inner);
    else queries[at] = queries[inner] === true && continuesQuery(list, closers[inner]);
  }
  return queries;
}

/** Whether the closing parenthesis at `at` is followed by more of a query or by the end of one. */
function continuesQuery(list: readonly Lexeme[], at: number | undefined): boolean {
  if (at === undefined) return true;
  const next = at_(list, at + 1);
  return next.kind === 'end' || next.word === ')' || next.word === '|>' || QUERY_TAIL.has(next.word);
}

const QUERY_TAIL: ReadonlySet<string> = new Set([...SET_OPERATORS, 'order', 'limit', 'offset', 'fetch']);
