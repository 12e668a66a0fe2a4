import { raise } from '../../error.ts';
import { CharacterSet, escapeLiteral, perlClass, wordCharacters } from './character-set.ts';
import { flagBits, inlineFlags } from './flags.ts';

/** A pattern of Python's as one of JavaScript's. */
export interface Translation {
  readonly source: string;
  readonly flags: number;
  /** The JavaScript number of each of Python's groups, from group 0 on. */
  readonly groups: readonly number[];
  readonly names: ReadonlyMap<string, number>;
}

const { IGNORECASE = 0, MULTILINE = 0, DOTALL = 0, UNICODE = 0, VERBOSE = 0, ASCII = 0 } = flagBits;

/** Translates a pattern; a malformed one raises Python's `re.error`. */
export function translate(pattern: string, flags: number): Translation {
  return new Translator(pattern, flags).whole();
}

function failAt(message: string, position: number): never {
  return raise('error', `${message} at position ${position}`);
}

const word = `[${wordCharacters}]`;

class Translator {
  readonly #text: readonly string[];
  readonly #groups: number[] = [0];
  readonly #names = new Map<string, number>();
  readonly #open = new Set<number>();
  #at = 0;
  #nJsGroups = 0;
  #flags: number;

  constructor(pattern: string, flags: number) {
    this.#text = Array.from(pattern);
    this.#flags = flags;
  }

  whole(): Translation {
    this.#globalFlags();
    const source = this.#alternatives();
    if (this.#at < this.#text.length) failAt('unbalanced parenthesis', this.#at);
    const flags = (this.#flags & ASCII) === 0 ? this.#flags | UNICODE : this.#flags;
    return { source, flags, groups: this.#groups, names: this.#names };
  }

  /** Flags for the whole pattern stand at its start. */
  #globalFlags(): void {
    const match = /^\(\?([aiLmsux]+)\)/.exec(this.#text.join(''));
    if (match === null) return;
    for (const letter of match[1] ?? '') this.#flags |= inlineFlags.get(letter) ?? 0;
    this.#at = match[0].length;
  }

  #has(flag: number): boolean {
    return (this.#flags & flag) !== 0;
  }

  #peek(): string | undefined {
    return this.#text[this.#at];
  }

  #alternatives(): string {
    const parts = [this.#sequence()];
    while (this.#peek() === '|') {
      this.#at++;
      parts.push(this.#sequence());
    }
    return parts.join('|');
  }

  #sequence(): string {
    let source = '';
    for (;;) {
      this.#skipVerbose();
      const next = this.#peek();
      if (next === undefined || next === '|' || next === ')') return source;
      const start = this.#at;
      const nBefore = this.#nJsGroups;
      const atom = this.#atom();
      source += this.#quantified(atom, start, nBefore);
    }
  }

  #skipVerbose(): void {
    if (!this.#has(VERBOSE)) return;
    for (;;) {
      const next = this.#peek();
      if (next === '#') while (this.#peek() !== undefined && this.#peek() !== '\n') this.#at++;
      else if (next !== undefined && /\s/.test(next)) this.#at++;
      else return;
    }
  }

  #atom(): string {
    const start = this.#at;
    const next = this.#text[this.#at++] ?? '';
    switch (next) {
      case '.':
        return this.#has(DOTALL) ? '[^]' : '[^\\n]';
      case '^':
        return this.#has(MULTILINE) ? '(?<=^|\\n)' : '^';
      case '$':
        return this.#has(MULTILINE) ? '(?=\\n|$)' : '(?=\\n?$)';
      case '[':
        return this.#set(start);
      case '(':
        return this.#group(start);
      case '\\':
        return this.#escape(start);
      case '*':
      case '+':
      case '?':
        return failAt('nothing to repeat', start);
      default:
        return this.#literal(next);
    }
  }

  #literal(character: string): string {
    return escapeLiteral(character);
  }

  #quantified(atom: string, start: number, nBefore: number): string {
    this.#skipVerbose();
    const at = this.#at;
    const quantifier = this.#quantifier();
    if (quantifier === undefined) return atom;
    if (atom === '' || /^(?:\^|\(\?<=\^\|\\n\))$/.test(atom)) failAt('nothing to repeat', at);
    const mode = this.#peek();
    if (mode === '?') this.#at++;
    const isPossessive = mode === '+';
    if (isPossessive) this.#at++;
    const again = this.#at;
    if (this.#quantifier() !== undefined) failAt('multiple repeat', again);
    const single = /^(?:\\u\{[0-9a-f]+\}|\[[^]*\]|\(\?:[^]*\)|\([^]*\)|\\[pP]\{\w+\}|.)$/u.test(atom)
      ? atom
      : `(?:${atom})`;
    const repeated = `${single}${quantifier}${mode === '?' ? '?' : ''}`;
    return isPossessive ? this.#atomic(repeated, nBefore, start) : repeated;
  }

  /** `{` that starts no quantifier is itself. */
  #quantifier(): string | undefined {
    const next = this.#peek();
    if (next === '*' || next === '+' || next === '?') {
      this.#at++;
      return next;
    }
    if (next !== '{') return undefined;
    const match = /^\{(\d*)(,?)(\d*)\}/.exec(this.#text.slice(this.#at, this.#at + 24).join(''));
    if (match === null || ((match[1] ?? '') === '' && (match[2] ?? '') === '')) return undefined;
    const [whole, least = '', comma = '', most = ''] = match;
    if (least !== '' && most !== '' && Number(most) < Number(least)) {
      failAt('min repeat greater than max repeat', this.#at);
    }
    this.#at += whole.length;
    return `{${least === '' ? '0' : least}${comma}${most}}`;
  }

  /** What has matched is not given back: matched ahead into a group, then taken from it. */
  #atomic(source: string, nBefore: number, start: number): string {
    if (this.#nJsGroups > nBefore) failAt('atomic groups around groups are not supported', start);
    this.#nJsGroups++;
    return `(?:(?=(${source}))\\${this.#nJsGroups})`;
  }

  #group(start: number): string {
    if (this.#peek() !== '?') return this.#capturing(start, undefined);
    this.#at++;
    const next = this.#text[this.#at++];
    switch (next) {
      case undefined:
        return failAt('unexpected end of pattern', this.#at - 1);
      case ':':
        return `(?:${this.#body(start)})`;
      case '=':
      case '!':
        return `(?${next}${this.#body(start)})`;
      case '>': {
        const nBefore = this.#nJsGroups;
        return this.#atomic(this.#body(start), nBefore, start);
      }
      case '#':
        while (this.#peek() !== undefined && this.#peek() !== ')') this.#at++;
        if (this.#peek() === undefined) failAt('missing ), unterminated comment', start);
        this.#at++;
        return '';
      case 'P':
        return this.#named(start);
      case '<':
        return this.#lookBehind(start);
      case '(':
        return failAt('conditional groups are not supported', start);
      default:
        return this.#flagged(start, next);
    }
  }

  #body(start: number): string {
    const flags = this.#flags;
    const source = this.#alternatives();
    this.#flags = flags;
    if (this.#peek() !== ')') failAt('missing ), unterminated subpattern', start);
    this.#at++;
    return source;
  }

  #capturing(start: number, name: string | undefined): string {
    this.#nJsGroups++;
    const group = this.#groups.push(this.#nJsGroups) - 1;
    if (name !== undefined) this.#names.set(name, group);
    this.#open.add(group);
    const source = `(${this.#body(start)})`;
    this.#open.delete(group);
    return source;
  }

  #named(start: number): string {
    const next = this.#text[this.#at++];
    const close = next === '<' ? '>' : ')';
    if (next !== '<' && next !== '=') failAt(`unknown extension ?P${next ?? ''}`, start + 1);
    const end = this.#text.indexOf(close, this.#at);
    if (end < 0) failAt(`missing ${close}, unterminated name`, this.#at);
    const name = this.#text.slice(this.#at, end).join('');
    const nameAt = this.#at;
    if (name === '') failAt('missing group name', nameAt);
    if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) failAt(`bad character in group name '${name}'`, nameAt);
    this.#at = end + 1;
    if (next === '=') {
      return this.#reference(this.#names.get(name) ?? failAt(`unknown group name '${name}'`, nameAt), nameAt);
    }
    const known = this.#names.get(name);
    if (known !== undefined) {
      failAt(`redefinition of group name '${name}' as group ${this.#groups.length}; was group ${known}`, nameAt);
    }
    return this.#capturing(start, name);
  }

  #reference(group: number, position: number): string {
    if (this.#open.has(group)) failAt('cannot refer to an open group', position);
    // In Python a group that took no part matches nothing; in JavaScript it matches the empty text.
    return `(?:\\${this.#groups[group] ?? 0})`;
  }

  #lookBehind(start: number): string {
    const next = this.#text[this.#at++];
    if (next !== '=' && next !== '!') failAt(`unknown extension ?<${next ?? ''}`, start + 1);
    return `(?<${next}${this.#body(start)})`;
  }

  /** `(?i:…)`, or flags for the whole pattern that come too late. */
  #flagged(start: number, first: string): string {
    const end = this.#text.findIndex((it, index) => index >= this.#at - 1 && (it === ':' || it === ')'));
    const letters = this.#text.slice(this.#at - 1, end < 0 ? undefined : end).join('');
    if (!/^[aiLmsux]*(?:-[imsx]+)?$/.test(letters)) failAt(`unknown extension ?${first}`, start + 1);
    if (end < 0) failAt('missing -, : or )', this.#text.length);
    if (this.#text[end] === ')') failAt('global flags not at the start of the expression', start);
    this.#at = end + 1;
    const saved = this.#flags;
    const [on = '', off = ''] = letters.split('-');
    for (const letter of on) this.#flags |= inlineFlags.get(letter) ?? 0;
    for (const letter of off) this.#flags &= ~(inlineFlags.get(letter) ?? 0);
    const source = this.#body(start);
    const ignoresCase = this.#has(IGNORECASE) || on.includes('i');
    this.#flags = saved;
    return on.includes('i') && ignoresCase && (saved & IGNORECASE) === 0 ? `(?:${foldCase(source)})` : `(?:${source})`;
  }

  #escape(start: number): string {
    const next = this.#text[this.#at++];
    if (next === undefined) return failAt('bad escape (end of pattern)', start);
    const ascii = this.#has(ASCII);
    const boundary = ascii ? '\\b' : `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`;
    const noBoundary = ascii ? '\\B' : `(?:(?<=${word})(?=${word})|(?<!${word})(?!${word}))`;
    if (next === 'A') return '^';
    if (next === 'Z') return '$';
    if (next === 'b') return boundary;
    if (next === 'B') return noBoundary;
    const perl = perlClass(next, ascii);
    if (perl !== undefined) return perl;
    if (/[1-9]/.test(next)) return this.#numbered(start);
    return this.#literal(this.#escapedCharacter(next, start));
  }

  #numbered(start: number): string {
    const match = /^\d\d?/.exec(this.#text.slice(start + 1, start + 3).join(''));
    const digits = match?.[0] ?? '';
    const octal = /^[0-3][0-7][0-7]/.exec(this.#text.slice(start + 1, start + 4).join(''))?.[0];
    if (octal !== undefined) {
      this.#at = start + 4;
      return this.#literal(String.fromCharCode(Number.parseInt(octal, 8)));
    }
    this.#at = start + 1 + digits.length;
    const group = Number(digits);
    if (group >= this.#groups.length) failAt(`invalid group reference ${group}`, start + 1);
    return this.#reference(group, start);
  }

  /** The character an escape stands for; letters that mean nothing are errors. */
  #escapedCharacter(next: string, start: number): string {
    const simple = simpleEscapes.get(next);
    if (simple !== undefined) return simple;
    const size = { x: 2, u: 4, U: 8 }[next];
    if (size !== undefined) {
      const digits = this.#text.slice(this.#at, this.#at + size).join('');
      if (!new RegExp(`^[0-9a-fA-F]{${size}}$`).test(digits)) failAt(`incomplete escape \\${next}${digits}`, start);
      this.#at += size;
      return String.fromCodePoint(Number.parseInt(digits, 16));
    }
    if (next === '0') {
      const digits = /^[0-7]{0,2}/.exec(this.#text.slice(this.#at, this.#at + 2).join(''))?.[0] ?? '';
      this.#at += digits.length;
      return String.fromCharCode(Number.parseInt(`0${digits}`, 8));
    }
    if (/[a-zA-Z0-9]/.test(next)) failAt(`bad escape \\${next}`, start);
    return next;
  }

  #set(start: number): string {
    const negated = this.#peek() === '^';
    if (negated) this.#at++;
    const set = new CharacterSet();
    for (let first = true; ; first = false) {
      if (this.#at >= this.#text.length) failAt('unterminated character set', start);
      if (this.#peek() === ']' && !first) break;
      const itemAt = this.#at;
      const low = this.#setItem();
      if (this.#peek() !== '-' || this.#text[this.#at + 1] === ']' || this.#text[this.#at + 1] === undefined) {
        set.add(low);
        continue;
      }
      this.#at++;
      const high = this.#setItem();
      if (!low.isCharacter || !high.isCharacter || low.text > high.text) {
        failAt(`bad character range ${this.#text.slice(itemAt, this.#at).join('')}`, itemAt);
      }
      set.addRange(low.text, high.text);
    }
    this.#at++;
    return set.source({ negated });
  }

  #setItem(): { readonly text: string; readonly isCharacter: boolean } {
    const start = this.#at;
    const next = this.#text[this.#at++] ?? '';
    if (next !== '\\') return { text: next, isCharacter: true };
    const escaped = this.#text[this.#at++];
    if (escaped === undefined) return failAt('unterminated character set', start);
    const perl = perlClass(escaped, this.#has(ASCII));
    if (perl !== undefined) return { text: perl, isCharacter: false };
    if (escaped === 'b') return { text: '\b', isCharacter: true };
    return { text: this.#escapedCharacter(escaped, start), isCharacter: true };
  }
}

const simpleEscapes: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

/** A source that takes letters in either case, for flags that hold for a part of the pattern only. */
function foldCase(source: string): string {
  return source.replace(/\\u\{[0-9a-f]+\}(?:-\\u\{[0-9a-f]+\})?|\[[^\]]*\]|[a-zA-Z]/g, (it, at: number) => {
    if (/^[a-zA-Z]$/.test(it)) return isEscaped(source, at) ? it : `[${it.toLowerCase()}${it.toUpperCase()}]`;
    if (!it.startsWith('[')) return it;
    return it.replace(
      /(?<!\\)([a-z])-([a-z])|(?<!\\)([A-Z])-([A-Z])/g,
      range => `${range.toLowerCase()}${range.toUpperCase()}`,
    );
  });
}

/** Whether the letter at a place belongs to an escape, a property or a group's head. */
function isEscaped(source: string, at: number): boolean {
  const before = source.slice(0, at);
  return /\\$|\\[pP]\{\w*$|\(\?<?\w*$/.test(before);
}
