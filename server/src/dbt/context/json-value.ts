import { dictSet } from '../../render/python/hash.ts';
import { Dict, Float, List, type Value } from '../../render/value.ts';

/** What Python's `json.loads` makes of a text; `undefined` when it is no JSON. `1.0` stays a float and long ints exact. */
export function parseJson(text: string): Value | undefined {
  const reader = new JsonReader(text);
  try {
    return reader.document();
  } catch (error) {
    if (error instanceof JsonFailure) return undefined;
    throw error;
  }
}

class JsonFailure extends Error {}

const NUMBER = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\.)*"/y;
const WORDS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['NaN', new Float(Number.NaN)],
  ['Infinity', new Float(Infinity)],
]);

class JsonReader {
  readonly #text: string;
  #at = 0;
  constructor(text: string) {
    this.#text = text;
  }

  document(): Value {
    const value = this.#value();
    this.#skipBlanks();
    return this.#at === this.#text.length ? value : this.#fail();
  }

  #value(): Value {
    this.#skipBlanks();
    const first = this.#text[this.#at];
    if (first === '{') return this.#object();
    if (first === '[') return this.#array();
    if (first === '"') return this.#string();
    for (const [word, value] of WORDS) if (this.#skip(word)) return value;
    return this.#number();
  }

  #object(): Dict {
    const dict = new Dict();
    this.#skip('{');
    this.#skipBlanks();
    if (this.#skip('}')) return dict;
    for (;;) {
      this.#skipBlanks();
      const key = this.#string();
      this.#expect(':');
      dictSet(dict, key, this.#value());
      this.#skipBlanks();
      if (this.#skip('}')) return dict;
      this.#expect(',');
    }
  }

  #array(): List {
    const items: Value[] = [];
    this.#skip('[');
    this.#skipBlanks();
    if (this.#skip(']')) return new List(items);
    for (;;) {
      items.push(this.#value());
      this.#skipBlanks();
      if (this.#skip(']')) return new List(items);
      this.#expect(',');
    }
  }

  #string(): string {
    const literal = this.#match(STRING);
    try {
      const text: unknown = JSON.parse(literal);
      return typeof text === 'string' ? text : this.#fail();
    } catch {
      return this.#fail();
    }
  }

  #number(): Value {
    NUMBER.lastIndex = this.#at;
    const match = NUMBER.exec(this.#text) ?? this.#fail();
    this.#at = NUMBER.lastIndex;
    if (match[1] !== undefined || match[2] !== undefined) return new Float(Number(match[0]));
    const whole = Number(match[0]);
    return Number.isSafeInteger(whole) ? whole : BigInt(match[0]);
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text) ?? this.#fail();
    this.#at = pattern.lastIndex;
    return match[0];
  }

  #skipBlanks(): void {
    while (/[ \t\n\r]/.test(this.#text.charAt(this.#at))) this.#at++;
  }

  #skip(word: string): boolean {
    if (!this.#text.startsWith(word, this.#at)) return false;
    this.#at += word.length;
    return true;
  }

  #expect(word: string): void {
    this.#skipBlanks();
    if (!this.#skip(word)) this.#fail();
  }

  #fail(): never {
    throw new JsonFailure('no JSON');
  }
}
