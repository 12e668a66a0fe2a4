import type { Offset } from '../../base/text-range.ts';
import type { SqlToken, TokenKind } from './tokens.ts';
import { SET_OPERATORS } from './words.ts';

/** A token that means something, with what the parser asks about it; or the end of the text. */
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
  /** For each opening bracket the index of the one that closes it; `NO_CLOSER` when none does, and for other lexemes. */
  readonly closers: Int32Array;
  /** 1 where what stands behind the opening parenthesis of that index is a query that fills it up. */
  readonly queries: Uint8Array;
}

export const NO_CLOSER = -1;

/** `startsQuery` tells whether the lexeme at an index begins a query, parentheses apart. */
export function lexemes(
  tokens: readonly SqlToken[],
  startsQuery: (list: readonly Lexeme[], at: number) => boolean,
): Lexemes {
  const list: Lexeme[] = [];
  for (const token of tokens) {
    if (token.kind !== 'space' && token.kind !== 'comment') list.push(token);
  }
  const { closers, strays } = matchBrackets(list);
  // A bracket that closes nothing must not close what a parser has opened in good faith.
  for (const at of strays) list[at] = { ...(list[at] ?? END), kind: 'error', word: '' };
  return { list, closers, queries: queriesIn(list, closers, startsQuery) };
}

const END: Lexeme = { kind: 'end', start: 0, end: 0, word: '' };

const OPENERS = '([{';
const CLOSERS = ')]}';

/** A closing bracket closes the nearest open one of its kind; what was opened in between stays open. A `;` ends all. */
function matchBrackets(list: readonly Lexeme[]): { readonly closers: Int32Array; readonly strays: readonly number[] } {
  const closers = new Int32Array(list.length).fill(NO_CLOSER);
  const strays: number[] = [];
  /** The open brackets, and how many there are of each kind. */
  const opened: { readonly kind: number; readonly at: number }[] = [];
  const nOpen = [0, 0, 0];
  for (let at = 0; at < list.length; at++) {
    const { word } = list[at] ?? END;
    if (word.length !== 1 || list[at]?.kind !== 'operator') continue;
    const opens = OPENERS.indexOf(word);
    const closes = opens < 0 ? CLOSERS.indexOf(word) : -1;
    if (opens >= 0) {
      opened.push({ kind: opens, at });
      nOpen[opens] = (nOpen[opens] ?? 0) + 1;
    } else if (closes >= 0) {
      if (nOpen[closes] === 0) strays.push(at);
      else closers[nearest(opened, nOpen, closes)] = at;
    } else if (word === ';') {
      opened.length = 0;
      nOpen.fill(0);
    }
  }
  return { closers, strays };
}

/** Takes the brackets off the pile down to the nearest of a kind of which there is one; answers with where that is. */
function nearest(opened: { readonly kind: number; readonly at: number }[], nOpen: number[], kind: number): number {
  for (let last = opened.pop(); last !== undefined; last = opened.pop()) {
    nOpen[last.kind] = (nOpen[last.kind] ?? 0) - 1;
    if (last.kind === kind) return last.at;
  }
  return NO_CLOSER;
}

/** From the last parenthesis to the first, so that an outer one finds the answer of the inner one it begins with. */
function queriesIn(
  list: readonly Lexeme[],
  closers: Int32Array,
  startsQuery: (list: readonly Lexeme[], at: number) => boolean,
): Uint8Array {
  const queries = new Uint8Array(list.length);
  for (let at = list.length - 1; at >= 0; at--) {
    if (list[at]?.word !== '(') continue;
    const inner = at + 1;
    const first = list[inner]?.word;
    // While a bracket is open, a FROM behind it is more likely the outer query's.
    const isLeftOpen = closers[at] === NO_CLOSER && first === 'from';
    const isQuery =
      first === '('
        ? queries[inner] === 1 && continuesQuery(list, closers[inner] ?? NO_CLOSER)
        : !isLeftOpen && startsQuery(list, inner);
    queries[at] = isQuery ? 1 : 0;
  }
  return queries;
}

/** Whether the closing parenthesis at `at` is followed by more of a query or by the end of one. */
function continuesQuery(list: readonly Lexeme[], at: number): boolean {
  if (at === NO_CLOSER) return true;
  const next = list[at + 1] ?? END;
  return next.kind === 'end' || next.word === ')' || next.word === '|>' || QUERY_TAIL.has(next.word);
}

const QUERY_TAIL: ReadonlySet<string> = new Set([...SET_OPERATORS, 'order', 'limit', 'offset', 'fetch']);
