import { type Offset, type TextRange } from '../../base/text-range.ts';
import type { Lexicon } from './dialect.ts';

/**
 * `opaque` is a stretch the caller took out of the SQL's hands (a Jinja tag). `error` is a character that no
 * dialect gives a meaning, or a string, comment or quoted name that never ends.
 */
export type TokenKind =
  'space' | 'comment' | 'name' | 'quoted-name' | 'string' | 'number' | 'parameter' | 'operator' | 'opaque' | 'error';

/** A token of SQL text. Tokens tile the text they were scanned from. */
export interface SqlToken extends TextRange {
  readonly kind: TokenKind;
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
    opaqueEnds: new Map(opaque.map(it => [it.start, it.end])),
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

/** The patterns are tried in an order that the first character shortens: most tokens are blanks and names. */
function scanOne(source: Source, at: Offset): SqlToken {
  const opaque = source.opaqueEnds.size === 0 ? undefined : opaqueToken(source, at);
  if (opaque !== undefined) return opaque;
  const code = source.text.charCodeAt(at);
  if (code === 32 || code === 10 || code === 13 || code === 9) return matched(source, at, 'space', SPACE) ?? stray(at);
  if (isLetter(code)) return prefixedString(source, at) ?? name(source, at);
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
  const space = matched(source, at, 'space', SPACE);
  if (space !== undefined) return space;
  return isNameStart(source.text, at) ? name(source, at) : stray(at);
}

const stray = (at: Offset): SqlToken => ({ kind: 'error', start: at, end: at + 1 });

const SPACE = /\s+/y;
const NUMBER = /0x[0-9a-f_]+|(?:\d[\d_]*(?:\.(?!\.)[\d_]*)?|\.\d[\d_]*)(?:e[+-]?\d[\d_]*)?/iy;
const PARAMETER = /\$\d+|\?(?![|&])/y;
const OPERATOR =
  /<->|<=>|->>|#>>|\|\|\/|!~~\*|!~\*|!~~|~~\*|<<=|>>=|\*\*|::|:=|=>|->|\|>|<=|>=|<>|!=|==|!~|~\*|~~|<@|@>|@\?|\|\||&&|<<|>>|#>|#-|\?\||\?&|\^@|@@|\/\/|[-+*/%^&|~<>=!@#?.,;:()[\]{}$\\]/y;
const OPERATOR_RUN = /[-+*/%^&|~<>=!@#]{2,}/y;

function operator(source: Source, at: Offset): SqlToken | undefined {
  const run = source.lexicon.customOperators ? operatorRun(source.text, at) : 0;
  return run > 1 ? { kind: 'operator', start: at, end: at + run } : matched(source, at, 'operator', OPERATOR);
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

function opaqueToken({ opaqueEnds }: Source, at: Offset): SqlToken | undefined {
  const end = opaqueEnds.get(at);
  return end === undefined ? undefined : { kind: 'opaque', start: at, end };
}

function matched(source: Source, at: Offset, kind: TokenKind, pattern: RegExp): SqlToken | undefined {
  pattern.lastIndex = at;
  const match = pattern.exec(source.text);
  return match === null ? undefined : { kind, start: at, end: at + match[0].length };
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
  const newline = scanTo(source, start, at => (text[at] === '\n' ? at : undefined));
  return { kind: 'comment', start, end: newline ?? text.length };
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
  return end === undefined ? { kind: 'error', start, end: text.length } : { kind: 'comment', start, end };
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
  if (close < 0) return { kind: 'error', start, end: text.length };
  return { kind: 'string', start, end: close + open.length };
}

interface Quoted {
  readonly kind: TokenKind;
  readonly start: Offset;
  /** Where the opening quote stands, after any prefix. */
  readonly open: Offset;
  readonly quote: string;
  readonly escapes: boolean;
}

/** A doubled single quote stands for itself; a tripled one has no such spelling. */
function quoted(source: Source, { kind, start, open, quote, escapes }: Quoted): SqlToken {
  const { text } = source;
  let free = open + quote.length;
  const end = scanTo(source, free, at => {
    if (at < free) return undefined;
    if (escapes && text[at] === '\\') free = at + 2;
    else if (text.startsWith(quote, at)) {
      const close = at + quote.length;
      if (quote.length > 1 || text[close] !== quote) return close;
      free = close + 1;
    }
    return undefined;
  });
  return end === undefined ? { kind: 'error', start, end: unfinishedEnd(source, open, quote) } : { kind, start, end };
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
  const token = matched(source, at, 'number', NUMBER);
  if (token === undefined) return undefined;
  const rest = source.text.slice(token.end, token.end + 2).toLowerCase();
  const suffix = source.lexicon.numberSuffixes.find(it => rest.startsWith(it)) ?? '';
  // Spark's names may begin with digits, as long as a letter follows that makes no number of them.
  const isWhole = source.lexicon.name === 'databricks' && /^\d+$/.test(source.text.slice(at, token.end));
  const next = token.end + suffix.length;
  if (isWhole && next < source.text.length && isNamePart(source.text, next, '')) return name(source, at);
  return { ...token, end: token.end + suffix.length };
}

/** The name at `at`, where a letter stands. */
function name({ text, lexicon }: Source, start: Offset): SqlToken {
  let at = start + 1;
  while (at < text.length && isNamePart(text, at, lexicon.nameExtras)) at += 1;
  return { kind: 'name', start, end: at };
}

const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;

function isNamePart(text: string, at: Offset, extras: string): boolean {
  const code = text.charCodeAt(at);
  if (code < 128) return isLetter(code) || (code >= 48 && code <= 57) || extras.includes(text.charAt(at));
  return NAME_PART.test(text.charAt(at)) || isSurrogate(code);
}

const isNameStart = (text: string, at: Offset): boolean =>
  NAME_PART.test(text.charAt(at)) || isSurrogate(text.charCodeAt(at));

/** Characters of two code units are letters as far as engines care: PostgreSQL takes every byte above ASCII for one. */
const isSurrogate = (code: number): boolean => code >= 0xd800 && code <= 0xdfff;

const NAME_PART = /[\p{L}\p{N}\p{M}]/u;
