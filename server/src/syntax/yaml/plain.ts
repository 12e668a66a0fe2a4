import { CHOMPING_MODE, EVENT_ID, getScalarValue, SCALAR_STYLE } from 'js-yaml';
import type { Offset } from '../../base/text-range.ts';
import type { ScalarStyle, YamlEntry, YamlMapping, YamlNode, YamlScalar, YamlSequence } from './tree.ts';

/**
 * Reads the YAML that nearly all properties files are written in, several times as fast as a parser of the whole
 * language: block mappings and sequences, texts on one line, block texts, flow collections on one line. Gives the very
 * tree that the whole parser gives, or `undefined` at the first thing that it does not know.
 */
export function parsePlainly(text: string): YamlNode | undefined {
  if (UNUSUAL.test(text) || DOCUMENT_MARK.test(text.startsWith('---\n') ? text.slice(3) : text)) return undefined;
  return new PlainParser(text).document();
}

/** Tabs, carriage returns, control characters, and characters of two units. */
const UNUSUAL = /[^\n\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;
const DOCUMENT_MARK = /^(?:---|\.\.\.|%)/m;
const MAX_DEPTH = 40;

const NEWLINE = 10;
const SPACE = 32;
const DOUBLE_QUOTE = 34;
const HASH = 35;
const QUOTE = 39;
const COMMA = 44;
const MINUS = 45;
const COLON = 58;
const GREATER = 62;
const BACKSLASH = 92;
const BAR = 124;

/** Thrown to leave at once; never seen outside. */
class Unknown extends Error {
  static {
    Unknown.prototype.name = 'Unknown';
  }
}

const UNKNOWN = new Unknown('not plain YAML');

/** Lives for one file. `#at` is the next character that means something, `#column` its distance from its line's start. */
class PlainParser {
  readonly #text: string;
  #at: Offset = 0;
  /** -1 at the end of the text. */
  #column = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): YamlNode | undefined {
    try {
      this.#nextLine(this.#text.startsWith('---\n') ? 4 : 0);
      if (this.#column < 0) return undefined;
      const root = this.#block();
      return this.#column < 0 ? root : undefined;
    } catch (error) {
      if (error === UNKNOWN) return undefined;
      throw error;
    }
  }

  /** Goes to the first line from `start`, the start of a line, that is neither empty nor a comment. */
  #nextLine(start: Offset): void {
    const text = this.#text;
    let line = start;
    for (;;) {
      let at = line;
      while (text.charCodeAt(at) === SPACE) at++;
      const char = text.charCodeAt(at);
      if (char === HASH) {
        const end = text.indexOf('\n', at);
        line = end < 0 ? text.length : end + 1;
      } else if (char === NEWLINE) line = at + 1;
      else {
        this.#at = at;
        this.#column = at >= text.length ? -1 : at - line;
        return;
      }
    }
  }

  /** Whatever begins here, at the start of a line or behind the `-` of an item. */
  #block(): YamlNode {
    if (++this.#depth > MAX_DEPTH) throw UNKNOWN;
    const node = this.#startsItem() ? this.#sequence() : this.#mapping(this.#key());
    this.#depth--;
    return node;
  }

  #startsItem(): boolean {
    return this.#text.charCodeAt(this.#at) === MINUS && isBlank(this.#text.charCodeAt(this.#at + 1));
  }

  #sequence(): YamlSequence {
    const column = this.#column;
    const start = this.#at;
    const items: YamlNode[] = [];
    while (this.#column === column && this.#startsItem()) items.push(this.#item(column));
    if (this.#column > column) throw UNKNOWN;
    return { kind: 'sequence', start, end: items.at(-1)?.end ?? start, items, flow: false };
  }

  #item(column: number): YamlNode {
    const line = this.#at - column;
    const at = this.#afterSpaces(this.#at + 1);
    if (this.#isEnd(at)) {
      this.#nextLine(this.#endOfLine(at));
      return this.#column > column ? this.#block() : unknown();
    }
    this.#at = at;
    this.#column = at - line;
    if (this.#startsItem()) return this.#block();
    const key = this.#tryKey();
    if (key === undefined) return this.#value(column);
    if (++this.#depth > MAX_DEPTH) throw UNKNOWN;
    const mapping = this.#mapping(key);
    this.#depth--;
    return mapping;
  }

  /** `#at` is behind the colon of the first key. */
  #mapping(first: YamlScalar): YamlMapping {
    const column = this.#column;
    const entries: YamlEntry[] = [];
    let key = first;
    for (;;) {
      const value = this.#valueOfKey(column);
      entries.push({ key, value });
      if (this.#column > column) throw UNKNOWN;
      if (this.#column < column) return { kind: 'mapping', start: first.start, end: value.end, entries, flow: false };
      key = this.#key();
    }
  }

  #valueOfKey(column: number): YamlNode {
    const colon = this.#at;
    const at = this.#afterSpaces(colon);
    if (!this.#isEnd(at)) {
      this.#at = at;
      return this.#value(column);
    }
    this.#nextLine(this.#endOfLine(at));
    if (this.#column > column || (this.#column === column && this.#startsItem())) return this.#block();
    const range = { start: colon, end: colon };
    return { kind: 'scalar', ...range, text: '', style: 'plain', content: range, verbatim: true, tag: undefined };
  }

  #key(): YamlScalar {
    return this.#tryKey() ?? unknown();
  }

  /** The key that begins here, if one does; then `#at` is behind its colon. */
  #tryKey(): YamlScalar | undefined {
    const text = this.#text;
    const start = this.#at;
    const first = text.charCodeAt(start);
    if (first === QUOTE || first === DOUBLE_QUOTE) {
      const { scalar, after } = this.#quoted(start);
      const colon = this.#afterSpaces(after);
      if (text.charCodeAt(colon) !== COLON) return undefined;
      if (!isBlank(text.charCodeAt(colon + 1))) throw UNKNOWN;
      this.#at = colon + 1;
      return scalar;
    }
    if (NO_START.has(first)) return undefined;
    let at = start;
    for (; ; at++) {
      const char = text.charCodeAt(at);
      if (char === NEWLINE || at >= text.length) return undefined;
      if (char === COLON && isBlank(text.charCodeAt(at + 1))) break;
      if (char === HASH && text.charCodeAt(at - 1) === SPACE) return undefined;
    }
    let end = at;
    while (text.charCodeAt(end - 1) === SPACE) end--;
    const key = text.slice(start, end);
    if (!PLAIN_KEY.test(key)) throw UNKNOWN;
    this.#at = at + 1;
    return scalarOf('plain', start, end, 0, key, true);
  }

  /** The value that begins here and everything of it; goes to the next line. `column` is that of what holds it. */
  #value(column: number): YamlNode {
    const text = this.#text;
    const char = text.charCodeAt(this.#at);
    if (char === BAR || char === GREATER) return this.#blockScalar(column + 1);
    if (char === QUOTE || char === DOUBLE_QUOTE) {
      const { scalar, after } = this.#quoted(this.#at);
      this.#leaveLine(after);
      return scalar;
    }
    if (char === 91 || char === 123) {
      const node = this.#flow();
      this.#leaveLine(this.#at);
      return node;
    }
    return this.#plainLine();
  }

  /** Nothing but blanks and a comment may follow. */
  #leaveLine(after: Offset): void {
    const at = this.#afterSpaces(after);
    if (!this.#isEnd(at) || (this.#text.charCodeAt(at) === HASH && at === after)) throw UNKNOWN;
    this.#nextLine(this.#endOfLine(at));
  }

  #plainLine(): YamlScalar {
    const text = this.#text;
    const start = this.#at;
    const first = text.charCodeAt(start);
    if (!canStartPlain(first) || (first === MINUS && isBlank(text.charCodeAt(start + 1)))) throw UNKNOWN;
    let at = start;
    let end = start;
    for (; at < text.length; at++) {
      const char = text.charCodeAt(at);
      if (char === NEWLINE) break;
      if (char === SPACE) continue;
      if (char === HASH && text.charCodeAt(at - 1) === SPACE) break;
      if (char === COLON && isBlank(text.charCodeAt(at + 1))) throw UNKNOWN;
      end = at + 1;
    }
    this.#nextLine(this.#endOfLine(at));
    return scalarOf('plain', start, end, 0, text.slice(start, end), true);
  }

  #quoted(start: Offset): { readonly scalar: YamlScalar; readonly after: Offset } {
    const text = this.#text;
    const quote = text.charCodeAt(start);
    let isVerbatim = true;
    for (let at = start + 1; at < text.length; at++) {
      const char = text.charCodeAt(at);
      if (char === NEWLINE || (char === BACKSLASH && quote === DOUBLE_QUOTE)) throw UNKNOWN;
      if (char !== quote) continue;
      if (quote === QUOTE && text.charCodeAt(at + 1) === QUOTE) {
        isVerbatim = false;
        at++;
        continue;
      }
      const content = text.slice(start + 1, at);
      const style = quote === QUOTE ? 'single-quoted' : 'double-quoted';
      const decoded = isVerbatim ? content : content.replaceAll("''", "'");
      return { scalar: scalarOf(style, start + 1, at, 1, decoded, isVerbatim), after: at + 1 };
    }
    throw UNKNOWN;
  }

  /** `|` and `>` with their lines, which are indented by at least `least`. */
  #blockScalar(least: number): YamlScalar {
    const text = this.#text;
    const header = BLOCK_HEADER.exec(text.slice(this.#at, this.#at + 3));
    if (header === null) throw UNKNOWN;
    const start = this.#at + header[0].length;
    let line = start;
    let end = start;
    let indent = -1;
    let widestBlank = 0;
    while (line < text.length) {
      let at = line;
      while (text.charCodeAt(at) === SPACE) at++;
      const column = at - line;
      // A last line of blanks without an end is an edge that the whole parser knows.
      if (at >= text.length) throw UNKNOWN;
      if (text.charCodeAt(at) !== NEWLINE) {
        if (indent < 0) {
          if (column >= least && column < widestBlank) throw UNKNOWN;
          if (column < least) break;
          indent = column;
        } else if (column < indent) break;
      } else if (indent < 0) widestBlank = Math.max(widestBlank, column);
      const newline = text.indexOf('\n', at);
      line = newline < 0 ? text.length : newline + 1;
      end = line;
    }
    this.#nextLine(line);
    const style = header[0].startsWith('|') ? SCALAR_STYLE.LITERAL_BLOCK : SCALAR_STYLE.FOLDED_BLOCK;
    const chomping = CHOMPING.get(header[1] ?? '') ?? CHOMPING_MODE.CLIP;
    const event = { ...NO_PROPERTIES, valueStart: start, valueEnd: end, style, chomping, indent, fast: false };
    const value = getScalarValue(text, event);
    return scalarOf(style === SCALAR_STYLE.LITERAL_BLOCK ? 'literal' : 'folded', start, end, 0, value, false);
  }

  /** A flow collection on one line; `#at` is then behind it. */
  #flow(): YamlNode {
    const text = this.#text;
    const start = this.#at;
    const isMapping = text.charCodeAt(start) === 123;
    if (++this.#depth > MAX_DEPTH) throw UNKNOWN;
    const items: YamlNode[] = [];
    const entries: YamlEntry[] = [];
    this.#at = this.#afterSpaces(start + 1);
    while (text.charCodeAt(this.#at) !== (isMapping ? 125 : 93)) {
      const item = this.#flowNode();
      if (isMapping) entries.push({ key: item, value: this.#flowValue() });
      else items.push(item);
      this.#at = this.#afterSpaces(this.#at);
      if (text.charCodeAt(this.#at) === COMMA) this.#at = this.#afterSpaces(this.#at + 1);
      else if (text.charCodeAt(this.#at) !== (isMapping ? 125 : 93)) throw UNKNOWN;
    }
    this.#depth--;
    const end = ++this.#at;
    return isMapping
      ? { kind: 'mapping', start, end, entries, flow: true }
      : { kind: 'sequence', start, end, items, flow: true };
  }

  #flowValue(): YamlNode {
    const colon = this.#afterSpaces(this.#at);
    if (this.#text.charCodeAt(colon) !== COLON || this.#text.charCodeAt(colon + 1) !== SPACE) throw UNKNOWN;
    this.#at = this.#afterSpaces(colon + 1);
    return this.#flowNode();
  }

  #flowNode(): YamlNode {
    const text = this.#text;
    const start = this.#at;
    const char = text.charCodeAt(start);
    if (char === 91 || char === 123) return this.#flow();
    if (char === QUOTE || char === DOUBLE_QUOTE) {
      const { scalar, after } = this.#quoted(start);
      this.#at = after;
      return scalar;
    }
    FLOW_PLAIN.lastIndex = start;
    const match = FLOW_PLAIN.exec(text);
    if (match === null) throw UNKNOWN;
    const end = start + match[0].length;
    this.#at = end;
    return scalarOf('plain', start, end, 0, match[0], true);
  }

  #afterSpaces(from: Offset): Offset {
    let at = from;
    while (this.#text.charCodeAt(at) === SPACE) at++;
    return at;
  }

  /** Whether a line ends here, but for a comment. */
  #isEnd(at: Offset): boolean {
    const char = this.#text.charCodeAt(at);
    return char === NEWLINE || at >= this.#text.length || (char === HASH && this.#text.charCodeAt(at - 1) === SPACE);
  }

  #endOfLine(at: Offset): Offset {
    const end = this.#text.indexOf('\n', at);
    return end < 0 ? this.#text.length : end + 1;
  }
}

function unknown(): never {
  throw UNKNOWN;
}

function scalarOf(
  style: ScalarStyle,
  start: Offset,
  end: Offset,
  nQuotes: number,
  text: string,
  verbatim: boolean,
): YamlScalar {
  return {
    kind: 'scalar',
    start: start - nQuotes,
    end: end + nQuotes,
    text,
    style,
    content: { start, end },
    verbatim,
    tag: undefined,
  };
}

const isBlank = (char: number): boolean => char === SPACE || char === NEWLINE || Number.isNaN(char);

/** Letters, digits and signs that begin nothing else. */
const canStartPlain = (char: number): boolean => !Number.isNaN(char) && !NO_START.has(char);
const NO_START: ReadonlySet<number> = new Set(Array.from(' \n?:,[]{}#&*!|>\'"%@`', char => char.charCodeAt(0)));

const PLAIN_KEY = /^[A-Za-z0-9_+./$(][\w+./$() -]*$/;
/** Ends where the next sign of a flow collection stands, or at a colon or comment that may be one. */
const FLOW_PLAIN = /(?:[A-Za-z0-9_./+$(=]|-(?=[\w.]))(?:[^\n,[\]{}:# ]| (?=[^\n,[\]{}:# ]))*(?= *(?:[,\]}]|: ))/y;
const BLOCK_HEADER = /^[|>]([+-]?)\n/;
const CHOMPING = new Map([
  ['-', CHOMPING_MODE.STRIP],
  ['+', CHOMPING_MODE.KEEP],
]);
const NO_PROPERTIES = { type: EVENT_ID.SCALAR, anchorStart: -1, anchorEnd: -1, tagStart: -1, tagEnd: -1 };
