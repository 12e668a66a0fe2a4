import { type Offset, type TextRange } from '../../base/text-range.ts';
import type { Lexicon } from './dialect.ts';
import { HASH_START, hashNext, lowerWord } from './word-cache.ts';

/**
 * `opaque` is a stretch the caller took out of the SQL's hands (a Jinja tag). `error` is a character that no
 * dialect gives a meaning, or a string, comment or quoted name that never ends.
 */
export type TokenKind =
  'space' | 'comment' | 'name' | 'quoted-name' | 'string' | 'number' | 'parameter' | 'operator' | 'opaque' | 'error';

/** A token of SQL text. Tokens tile the text they were scanned from. */
export interface SqlToken extends TextRange {
  readonly kind: TokenKind;
  /** Names in lower case, operators and parameters as they are; empty for everything else. */
  readonly word: string;
}

/**
 * Cuts SQL into tokens that tile the text; never fails. `opaque` are ranges, apart from each other, that are read as
 * one thing whatever they hold: a token of their own, or a part of the string or comment they stand in.
 * Time is linear in the length of the text.
 */
export function scanSql(text: string, lexicon: Lexicon, opaque: readonly TextRange[] = []): readonly SqlToken[] {
  const source: Source = {
    text,
    lexicon,
    opaqueEnds: opaque.length === 0 ? NO_OPAQUE : new Map(opaque.map(it => [it.start, it.end])),
    unfinished: new Set(),
  };
  const tokens: SqlToken[] = [];
  let at = 0;
  while (at < text.length) {
    const token = scanOne(source, at);
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}

interface Source {
  readonly text: string;
  readonly lexicon: Lexicon;
  /** Start of each opaque range to its end. */
  readonly opaqueEnds: ReadonlyMap<Offset, Offset>;
  /** Quotes of which one was left open. */
  readonly unfinished: Set<string>;
}

const NO_OPAQUE: ReadonlyMap<Offset, Offset> = new Map();

const tokenOf = (kind: TokenKind, start: Offset, end: Offset, word = ''): SqlToken => ({ kind, start, end, word });

/** The first character tells most tokens; what it leaves open is tried in the order that counts. */
function scanOne(source: Source, at: Offset): SqlToken {
  if (source.opaqueEnds.size > 0) {
    const end = source.opaqueEnds.get(at);
    if (end !== undefined) return tokenOf('opaque', at, end);
  }
  const { text } = source;
  const code = text.charCodeAt(at);
  switch (classOf(code)) {
    case SPACE:
      return space(text, at);
    case LETTER:
      return prefixedString(source, at) ?? name(source, at);
    case DIGIT:
      return plainNumber(text, at) ?? otherToken(source, at);
    case MARK:
      return tokenOf('operator', at, at + 1, text.charAt(at));
    case QUOTE:
      return string(source, at, '') ?? quotedName(source, at, at) ?? otherToken(source, at);
    case DOT:
      return classOf(text.charCodeAt(at + 1)) === DIGIT ? otherToken(source, at) : tokenOf('operator', at, at + 1, '.');
    case OPERATOR:
      if (!joinsOperators(text.charCodeAt(at + 1))) return single(source, at, code);
      return otherToken(source, at);
    default:
      return otherToken(source, at);
  }
}

/** What begins with a character that may begin several kinds of tokens. */
function otherToken(source: Source, at: Offset): SqlToken {
  return (
    comment(source, at) ??
    string(source, at, '') ??
    quotedName(source, at, at) ??
    number(source, at) ??
    matched(source, at, 'parameter', PARAMETER) ??
    operator(source, at) ??
    other(source, at)
  );
}

/** Characters outside ASCII: blanks and letters of all scripts, those of two code units included. */
function other(source: Source, at: Offset): SqlToken {
  const blank = matched(source, at, 'space', BLANKS);
  if (blank !== undefined) return blank;
  return isNameStart(source.text, at) ? name(source, at) : tokenOf('error', at, at + 1);
}

function space(text: string, start: Offset): SqlToken {
  let at = start + 1;
  while (classOf(text.charCodeAt(at)) === SPACE) at += 1;
  if (text.charCodeAt(at) < 128 || at === text.length) return tokenOf('space', start, at);
  BLANKS.lastIndex = start;
  return tokenOf('space', start, start + (BLANKS.exec(text)?.[0].length ?? 1));
}

/** Digits that nothing follows which could be more of a number. */
function plainNumber(text: string, start: Offset): SqlToken | undefined {
  let at = start + 1;
  while (classOf(text.charCodeAt(at)) === DIGIT) at += 1;
  const next = text.charCodeAt(at);
  const of = classOf(next);
  const mayGoOn = next >= 128 || of === DOT || of === LETTER;
  return mayGoOn ? undefined : tokenOf('number', start, at);
}

/** An operator character that is no part of a longer operator; `#` may begin a comment. */
function single(source: Source, at: Offset, code: number): SqlToken {
  if (code === HASH && source.lexicon.lineComments.includes('#')) return otherToken(source, at);
  return tokenOf('operator', at, at + 1, source.text.charAt(at));
}

// Classes of characters.

const OTHER = 0;
const SPACE = 1;
const LETTER = 2;
const DIGIT = 3;
/** A character that always is an operator of its own. */
const MARK = 4;
/** A character that is an operator unless the next one joins it. */
const OPERATOR = 5;
const QUOTE = 6;
const DOT = 7;

const CLASSES = new Uint8Array(128);
const classify = (of: number, characters: string): void => {
  for (let at = 0; at < characters.length; at++) CLASSES[characters.charCodeAt(at)] = of;
};
classify(SPACE, ' \t\n\v\f\r');
classify(LETTER, '_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ');
classify(DIGIT, '0123456789');
classify(MARK, ',;()[]{}');
classify(OPERATOR, '-+*/%^&|~<>=!@#:');
classify(QUOTE, '\'"`');
classify(DOT, '.');

const HASH = 35;
const BACKSLASH = 92;

const classOf = (code: number): number => (code < 128 ? (CLASSES[code] ?? OTHER) : OTHER);

/** Whether a character can be the second one of an operator or comment. */
const joinsOperators = (code: number): boolean => code === 63 || classOf(code) === OPERATOR;

const BLANKS = /\s+/y;
const NUMBER = /0x[0-9a-f_]+|(?:\d[\d_]*(?:\.(?!\.)[\d_]*)?|\.\d[\d_]*)(?:e[+-]?\d[\d_]*)?/iy;
const EMPTY_HEX = /0x(?!\w)/iy;
const PARAMETER = /\$\d+|\?(?![|&])/y;
const OPERATORS =
  /<->|<=>|->>|#>>|\|\|\/|!~~\*|!~\*|!~~|~~\*|<<=|>>=|\*\*|::|:=|=>|->|\|>|<=|>=|<>|!=|==|!~|~\*|~~|<@|@>|@\?|\|\||&&|<<|>>|#>|#-|\?\||\?&|\^@|@@|\/\/|[-+*/%^&|~<>=!@#?.,;:()[\]{}$\\]/y;
const OPERATOR_RUN = /[-+*/%^&|~<>=!@#]{2,}/y;

function operator(source: Source, at: Offset): SqlToken | undefined {
  const run = source.lexicon.customOperators ? operatorRun(source.text, at) : 0;
  if (run <= 1) return matched(source, at, 'operator', OPERATORS);
  return tokenOf('operator', at, at + run, source.text.slice(at, at + run));
}

/**
 * The length of the operator that PostgreSQL reads at `at`: all operator characters up to a comment, but without a
 * sign at its end unless one of its characters is in no standard operator. So `=-1` is `=` and `-1`.
 */
function operatorRun(text: string, at: Offset): number {
  OPERATOR_RUN.lastIndex = at;
  const run = OPERATOR_RUN.exec(text)?.[0] ?? '';
  const comment = run.search(/--|\/\*/);
  const own = comment < 0 ? run : run.slice(0, comment);
  return (/[~!@#%^&|]/.test(own) ? own : own.replace(/(?<=.)[-+]+$/, '')).length;
}

function matched(source: Source, at: Offset, kind: TokenKind, pattern: RegExp): SqlToken | undefined {
  pattern.lastIndex = at;
  const found = pattern.exec(source.text)?.[0];
  if (found === undefined) return undefined;
  return tokenOf(kind, at, at + found.length, kind === 'operator' || kind === 'parameter' ? found : '');
}

/** The first offset after `from` where `ends` answers with the end of the token, opaque ranges being jumped over. */
function scanTo(source: Source, from: Offset, ends: (at: Offset) => Offset | undefined): Offset | undefined {
  for (let at = from; at < source.text.length; at++) {
    const jump = source.opaqueEnds.get(at);
    const end = jump === undefined ? ends(at) : undefined;
    if (end !== undefined) return end;
    if (jump !== undefined) at = jump - 1;
  }
  return undefined;
}

function comment(source: Source, start: Offset): SqlToken | undefined {
  const { text, lexicon } = source;
  if (text.startsWith('/*', start)) return blockComment(source, start);
  if (!lexicon.lineComments.some(it => text.startsWith(it, start))) return undefined;
  const newline = newlineFrom(source, start);
  return tokenOf('comment', start, newline ?? text.length);
}

function newlineFrom(source: Source, start: Offset): Offset | undefined {
  if (source.opaqueEnds.size > 0) return scanTo(source, start, at => (source.text[at] === '\n' ? at : undefined));
  const newline = source.text.indexOf('\n', start);
  return newline < 0 ? undefined : newline;
}

function blockComment(source: Source, start: Offset): SqlToken {
  const { text, lexicon } = source;
  let depth = 1;
  // The second character of `*/` or of a nested `/*` must not begin another mark.
  let free = start + 2;
  const end = scanTo(source, start + 2, at => {
    if (at < free) return undefined;
    if (text.startsWith('*/', at)) depth -= 1;
    else if (lexicon.nestedComments && text.startsWith('/*', at)) depth += 1;
    else return undefined;
    free = at + 2;
    return depth === 0 ? free : undefined;
  });
  return end === undefined ? tokenOf('error', start, text.length) : tokenOf('comment', start, end);
}

/** A string, or a quoted name, with letters before its quote. */
function prefixedString(source: Source, at: Offset): SqlToken | undefined {
  const prefix = stringPrefix(source, at);
  if (prefix === '') return undefined;
  return string(source, at, prefix) ?? (prefix === 'u&' ? quotedName(source, at, at + 2) : undefined);
}

function string(source: Source, at: Offset, prefix: string): SqlToken | undefined {
  const { text, lexicon } = source;
  if (text[at] === '$') return dollarString(source, at);
  const open = at + prefix.length;
  const quote = text.charAt(open);
  if (quote !== "'" && !(quote === '"' && lexicon.doubleQuotes === 'string')) return undefined;
  const escapes =
    !lexicon.rawPrefixes.includes(prefix) && (lexicon.backslashEscapes || lexicon.escapePrefixes.includes(prefix));
  const isTriple = lexicon.tripleQuotes && text.startsWith(quote.repeat(3), open);
  return quoted(source, { kind: 'string', start: at, open, quote: isTriple ? quote.repeat(3) : quote, escapes });
}

/** The prefix of a string at `at`; no lexicon has one of more than two letters. */
function stringPrefix({ text, lexicon }: Source, at: Offset): string {
  const length = isQuote(text.charCodeAt(at + 1)) ? 1 : isQuote(text.charCodeAt(at + 2)) ? 2 : 0;
  const prefix = length === 0 ? '' : text.slice(at, at + length).toLowerCase();
  return lexicon.stringPrefixes.includes(prefix) ? prefix : '';
}

const isQuote = (code: number): boolean => code === 39 || code === 34;

function dollarString({ text, lexicon }: Source, start: Offset): SqlToken | undefined {
  if (lexicon.dollarQuotes === 'none') return undefined;
  const tag = lexicon.dollarQuotes === 'plain' ? /\$\$/y : /\$(?:[A-Za-z_]\w*)?\$/y;
  tag.lastIndex = start;
  const open = tag.exec(text)?.[0];
  if (open === undefined) return undefined;
  const close = text.indexOf(open, start + open.length);
  if (close < 0) return tokenOf('error', start, text.length);
  return tokenOf('string', start, close + open.length);
}

interface Quoted {
  readonly kind: TokenKind;
  readonly start: Offset;
  /** Where the opening quote stands, after any prefix. */
  readonly open: Offset;
  readonly quote: string;
  readonly escapes: boolean;
}

function quoted(source: Source, { kind, start, open, quote, escapes }: Quoted): SqlToken {
  const from = open + quote.length;
  const isPlain = quote.length === 1 && source.opaqueEnds.size === 0;
  const end = isPlain
    ? plainEnd(source.text, from, quote.charCodeAt(0), escapes)
    : quotedEnd(source, from, quote, escapes);
  return end === undefined ? tokenOf('error', start, unfinishedEnd(source, open, quote)) : tokenOf(kind, start, end);
}

/** Most strings have one quote at each end and nothing opaque inside. */
function plainEnd(text: string, from: Offset, quote: number, escapes: boolean): Offset | undefined {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (escapes && code === BACKSLASH) at += 1;
    else if (code === quote) {
      if (text.charCodeAt(at + 1) !== quote) return at + 1;
      at += 1;
    }
  }
  return undefined;
}

/** A doubled single quote stands for itself; a tripled one has no such spelling. */
function quotedEnd(source: Source, from: Offset, quote: string, escapes: boolean): Offset | undefined {
  const { text } = source;
  let free = from;
  return scanTo(source, free, at => {
    if (at < free) return undefined;
    if (escapes && text[at] === '\\') free = at + 2;
    else if (text.startsWith(quote, at)) {
      const close = at + quote.length;
      if (quote.length > 1 || text[close] !== quote) return close;
      free = close + 1;
    }
    return undefined;
  });
}

/**
 * Where something quoted ends that nobody closed. While it is being typed the rest of the text is not inside it: the
 * first one of a text ends with its line. (Only the first, lest each of many such lines is read to the end.)
 */
function unfinishedEnd(source: Source, open: Offset, quote: string): Offset {
  const { text, unfinished } = source;
  const newline = text.indexOf('\n', open);
  if (newline < 0 || unfinished.has(quote)) return text.length;
  unfinished.add(quote);
  return newline;
}

function quotedName(source: Source, start: Offset, open: Offset): SqlToken | undefined {
  const quote = source.text.charAt(open);
  if (quote !== '"' && !(quote === '`' && source.lexicon.backticks)) return undefined;
  return quoted(source, { kind: 'quoted-name', start, open, quote, escapes: false });
}

function number(source: Source, at: Offset): SqlToken | undefined {
  if (source.lexicon.emptyHex) {
    const empty = matched(source, at, 'number', EMPTY_HEX);
    if (empty !== undefined) return empty;
  }
  const token = matched(source, at, 'number', NUMBER);
  if (token === undefined) return undefined;
  const rest = source.text.slice(token.end, token.end + 2).toLowerCase();
  const suffix = source.lexicon.numberSuffixes.find(it => rest.startsWith(it)) ?? '';
  // Spark's names may begin with digits, as long as a letter follows that makes no number of them; `_` is a letter.
  const digits = source.text.slice(at, token.end);
  const isWhole = source.lexicon.name === 'databricks' && /^\d[\d_]*$/.test(digits);
  const next = token.end + suffix.length;
  const goesOn = next < source.text.length && isNamePart(source.text, next, '');
  if (isWhole && (goesOn || digits.includes('_'))) return name(source, at);
  return suffix === '' ? token : tokenOf('number', at, token.end + suffix.length);
}

/** The name at `at`, where a letter stands. */
function name({ text, lexicon }: Source, start: Offset): SqlToken {
  let at = start;
  let hash = HASH_START;
  for (let of = classOf(text.charCodeAt(at)); of === LETTER || of === DIGIT; of = classOf(text.charCodeAt(at))) {
    hash = hashNext(hash, text.charCodeAt(at));
    at += 1;
  }
  const isPlain = at === text.length || !(at === start || isNamePart(text, at, lexicon.nameExtras));
  if (isPlain) return tokenOf('name', start, at, lowerWord(text, start, at, hash));
  at = Math.max(at, start + 1);
  while (at < text.length && isNamePart(text, at, lexicon.nameExtras)) at += 1;
  return tokenOf('name', start, at, text.slice(start, at).toLowerCase());
}

function isNamePart(text: string, at: Offset, extras: string): boolean {
  const code = text.charCodeAt(at);
  if (code >= 128) return NAME_PART.test(text.charAt(at)) || isSurrogate(code);
  const of = classOf(code);
  return of === LETTER || of === DIGIT || (of !== SPACE && extras.includes(text.charAt(at)));
}

const isNameStart = (text: string, at: Offset): boolean =>
  NAME_PART.test(text.charAt(at)) || isSurrogate(text.charCodeAt(at));

/** Characters of two code units are letters as far as engines care: PostgreSQL takes every byte above ASCII for one. */
const isSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdfff;

const NAME_PART = /[\p{L}\p{N}\p{M}]/u;
