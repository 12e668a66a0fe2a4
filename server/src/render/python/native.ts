import { Dict, Float, List, Tuple, type Value } from '../value.ts';
import { Bytes } from './bytes.ts';
import { dictSet, isUnhashable, setOf } from './hash.ts';
import { negateInt, parseInt } from './int.ts';
import { pythonStringLiteral } from '../../syntax/python/string-literal.ts';
import { PythonError } from './error.ts';

/** `ast.literal_eval(text)`; `undefined` where Python raises ValueError or SyntaxError. */
export function literalEval(text: string): Value | undefined {
  const reader = new LiteralReader(text);
  try {
    return reader.whole();
  } catch (error) {
    // A set or dict of unhashable literals is TypeError in Python, which callers do not catch; nothing else raises.
    if (error instanceof NoLiteral) return undefined;
    throw error;
  }
}

class NoLiteral extends Error {}

const fail = (): never => {
  throw new NoLiteral('no literal');
};

const numberPattern =
  /(?:0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:\d(?:_?\d)*\.(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*|\d(?:_?\d)*)(?:[eE][+-]?\d(?:_?\d)*)?)(?![\w.])/y;

class LiteralReader {
  readonly #text: string;
  #at = 0;
  #depth = 0;
  constructor(text: string) {
    // Python strips blanks at the start, which would be an indentation, and skips empty lines.
    this.#text = text.replace(/^[ \t]+/, '').replace(/^(?:[ \t\f]*(?:#[^\n]*)?\r?\n)+/, '');
  }

  whole(): Value {
    const first = this.#value();
    const value = this.#at < this.#text.length && this.#peek() === ',' ? this.#tuple(first) : first;
    this.#skip();
    return this.#at === this.#text.length ? value : fail();
  }

  /** Blanks, and inside brackets line breaks and comments too. */
  #skip(): void {
    const pattern = this.#depth > 0 ? /(?:[ \t\f\r\n]|\\\r?\n|#[^\n]*)*/y : /(?:[ \t\f]|\\\r?\n|#[^\n]*)*/y;
    pattern.lastIndex = this.#at;
    this.#at += pattern.exec(this.#text)?.[0].length ?? 0;
    if (this.#depth > 0) return;
    const end = /[\s]*$/y;
    end.lastIndex = this.#at;
    if (end.test(this.#text)) this.#at = this.#text.length;
  }

  #peek(): string {
    this.#skip();
    return this.#text[this.#at] ?? '';
  }

  #value(): Value {
    const next = this.#peek();
    if (next === '[') return new List(this.#items('[', ']'));
    if (next === '{') return this.#braces();
    if (next === '(') return this.#parenthesized();
    if (next === '-' || next === '+') return this.#signed(next);
    if (/[0-9.]/.test(next)) return this.#number();
    return this.#stringOrWord();
  }

  #signed(sign: string): Value {
    this.#at++;
    // Only a number may follow: `--1` is an expression, not a literal.
    if (!/[0-9.(]/.test(this.#peek())) return fail();
    const value = this.#value();
    if (typeof value !== 'number' && typeof value !== 'bigint' && !(value instanceof Float)) return fail();
    if (sign === '+') return value;
    return value instanceof Float ? new Float(-value.value) : negateInt(value);
  }

  #number(): Value {
    numberPattern.lastIndex = this.#at;
    const [text = ''] = numberPattern.exec(this.#text) ?? fail();
    this.#at += text.length;
    if (/^0[xXoObB]/.test(text)) return parseInt(text, 0) ?? fail();
    if (/[.eE]/.test(text)) return new Float(Number(text.replaceAll('_', '')));
    return parseInt(text, 0) ?? fail();
  }

  #stringOrWord(): Value {
    const word = /[A-Za-z_]\w*/y;
    word.lastIndex = this.#at;
    const [name = ''] = word.exec(this.#text) ?? [];
    const after = this.#text[this.#at + name.length] ?? '';
    if (after === "'" || after === '"') return this.#strings();
    this.#at += name.length;
    if (name === 'None') return null;
    if (name === 'True') return true;
    if (name === 'False') return false;
    if (name === 'set' && /^\(\s*\)/.test(this.#text.slice(this.#at))) {
      this.#at = this.#text.indexOf(')', this.#at) + 1;
      return setOf([]);
    }
    return fail();
  }

  /** Adjacent literals are one. */
  #strings(): Value {
    let text = '';
    let isBytes = false;
    for (let count = 0; ; count++) {
      this.#skip();
      const literal = pythonStringLiteral(this.#text, this.#at);
      if (literal === undefined) break;
      if (count > 0 && literal.isBytes !== isBytes) return fail();
      isBytes = literal.isBytes;
      text += literal.value;
      this.#at = literal.end;
    }
    if (this.#at === 0) return fail();
    return isBytes ? new Bytes(Uint8Array.from(text, it => it.charCodeAt(0))) : text;
  }

  #items(open: string, close: string): Value[] {
    this.#expect(open);
    this.#depth++;
    const items: Value[] = [];
    while (this.#peek() !== close) {
      items.push(this.#value());
      if (this.#peek() !== ',') break;
      this.#at++;
    }
    this.#expect(close);
    this.#depth--;
    return items;
  }

  #tuple(first: Value): Tuple {
    const items = [first];
    while (this.#peek() === ',') {
      this.#at++;
      this.#skip();
      if (this.#at === this.#text.length) break;
      items.push(this.#value());
    }
    return new Tuple(items);
  }

  #parenthesized(): Value {
    const start = this.#at;
    const items = this.#items('(', ')');
    const inside = this.#text
      .slice(start + 1, this.#at - 1)
      .replace(/#[^\n]*/g, '')
      .trimEnd();
    const [only] = items;
    return only !== undefined && items.length === 1 && !inside.endsWith(',') ? only : new Tuple(items);
  }

  #braces(): Value {
    this.#expect('{');
    this.#depth++;
    const dict = new Dict();
    const members: Value[] = [];
    let kind: 'dict' | 'set' | undefined;
    while (this.#peek() !== '}') {
      const key = this.#value();
      if (isUnhashable(key)) throw new PythonError('TypeError', 'unhashable type');
      const isPair = this.#peek() === ':';
      if (kind !== undefined && isPair !== (kind === 'dict')) return fail();
      kind = isPair ? 'dict' : 'set';
      if (isPair) {
        this.#at++;
        dictSet(dict, key, this.#value());
      } else members.push(key);
      if (this.#peek() !== ',') break;
      this.#at++;
    }
    this.#expect('}');
    this.#depth--;
    return kind === 'set' ? setOf(members) : dict;
  }

  #expect(character: string): void {
    if (this.#peek() !== character) fail();
    this.#at++;
  }
}
