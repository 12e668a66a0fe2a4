import type { Offset } from '../../base/text-range.ts';

/**
 * What a token is. Operators go by the names that Jinja's messages and this parser use; `comment`, `whitespace`,
 * `raw-begin` and `raw-end` are trivia to the parser; `error` is what no rule of the language accepts.
 */
export type TokenKind =
  | 'text'
  | 'comment'
  | 'whitespace'
  | 'raw-begin'
  | 'raw-end'
  | 'block-begin'
  | 'block-end'
  | 'variable-begin'
  | 'variable-end'
  | 'name'
  | 'string'
  | 'integer'
  | 'float'
  | 'error'
  | 'eof'
  | OperatorKind;

export type OperatorKind =
  | 'add'
  | 'sub'
  | 'div'
  | 'floordiv'
  | 'mul'
  | 'mod'
  | 'pow'
  | 'tilde'
  | 'lbracket'
  | 'rbracket'
  | 'lparen'
  | 'rparen'
  | 'lbrace'
  | 'rbrace'
  | 'eq'
  | 'ne'
  | 'gt'
  | 'gteq'
  | 'lt'
  | 'lteq'
  | 'assign'
  | 'dot'
  | 'colon'
  | 'pipe'
  | 'comma'
  | 'semicolon';

/** One stretch of the source. All tokens of a file tile its text. */
export interface Token {
  readonly kind: TokenKind;
  readonly start: Offset;
  readonly end: Offset;
}

/** The tokens of a file as parallel arrays: three numbers a token instead of an object. */
export interface TokenTable {
  readonly kinds: readonly TokenKind[];
  readonly starts: readonly Offset[];
  readonly ends: readonly Offset[];
}

/** The token at `index`, or `undefined` outside the table. */
export function tokenAt(tokens: TokenTable, index: number): Token | undefined {
  const kind = tokens.kinds[index];
  const start = tokens.starts[index];
  const end = tokens.ends[index];
  if (kind === undefined || start === undefined || end === undefined) return undefined;
  return { kind, start, end };
}

/** The index of the token that holds the character at `offset`; the last token for the end of the text. */
export function tokenIndexAt(tokens: TokenTable, offset: Offset): number {
  let low = 0;
  let high = tokens.starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((tokens.starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Whether the parser passes over a token of this kind. */
export function isTrivia(kind: TokenKind): boolean {
  return kind === 'whitespace' || kind === 'comment' || kind === 'raw-begin' || kind === 'raw-end';
}

/** What Jinja calls a kind of token in its messages. */
export function describeKind(kind: TokenKind): string {
  return DESCRIPTIONS[kind] ?? kind;
}

const DESCRIPTIONS: Partial<Record<TokenKind, string>> = {
  add: '+',
  sub: '-',
  div: '/',
  floordiv: '//',
  mul: '*',
  mod: '%',
  pow: '**',
  tilde: '~',
  lbracket: '[',
  rbracket: ']',
  lparen: '(',
  rparen: ')',
  lbrace: '{',
  rbrace: '}',
  eq: '==',
  ne: '!=',
  gt: '>',
  gteq: '>=',
  lt: '<',
  lteq: '<=',
  assign: '=',
  dot: '.',
  colon: ':',
  pipe: '|',
  comma: ',',
  semicolon: ';',
  'block-begin': 'begin of statement block',
  'block-end': 'end of statement block',
  'variable-begin': 'begin of print statement',
  'variable-end': 'end of print statement',
  text: 'template data / text',
  eof: 'end of template',
};
