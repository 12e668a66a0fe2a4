import { Dict, Float, List, type Value } from '../value.ts';
import { toInt } from './int.ts';
import { spend } from './meter.ts';

/** `json.loads(text)`; `undefined` where Python raises its JSONDecodeError. */
export function parseJson(text: string): Value | undefined {
  spend(20 + (text.length >> 1));
  const reader = new JsonReader(text);
  const value = reader.value();
  return value !== undefined && reader.atEnd() ? value : undefined;
}

const numberPattern = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?/y;
const words: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', new Float(NaN)],
  ['Infinity', new Float(Infinity)],
  ['-Infinity', new Float(-Infinity)],
]);

class JsonReader {
  readonly #text: string;
  #at = 0;
  constructor(text: string) {
    this.#text = text;
  }

  atEnd(): boolean {
    this.#skip();
    return this.#at === this.#text.length;
  }

  #skip(): void {
    while (' \t\n\r'.includes(this.#text[this.#at] ?? 'x')) this.#at++;
  }

  value(): Value | undefined {
    this.#skip();
    const next = this.#text[this.#at];
    if (next === '{') return this.#object();
    if (next === '[') return this.#array();
    return next === '"' ? this.#string() : this.#numberOrWord();
  }

  #numberOrWord(): Value | undefined {
    for (const [word, value] of words) {
      if (!this.#text.startsWith(word, this.#at)) continue;
      this.#at += word.length;
      return value;
    }
    numberPattern.lastIndex = this.#at;
    const match = numberPattern.exec(this.#text);
    if (match === null) return undefined;
    this.#at += match[0].length;
    const isFloat = match[1] !== undefined || match[2] !== undefined;
    return isFloat ? new Float(Number(match[0])) : toInt(BigInt(match[0]));
  }

  #string(): string | undefined {
    const pattern = /"((?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*)"/y;
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match === null) return undefined;
    this.#at += match[0].length;
    return (match[1] ?? '').replace(/\\(u[0-9a-fA-F]{4}|.)/g, (_, code: string) =>
      code.length > 1 ? String.fromCharCode(Number.parseInt(code.slice(1), 16)) : (escapes[code] ?? code),
    );
  }

  #array(): List | undefined {
    const items: Value[] = [];
    this.#at++;
    this.#skip();
    if (this.#takes(']')) return new List(items);
    for (;;) {
      const item = this.value();
      if (item === undefined) return undefined;
      items.push(item);
      this.#skip();
      if (this.#takes(']')) return new List(items);
      if (!this.#takes(',')) return undefined;
    }
  }

  #object(): Dict | undefined {
    const dict = new Dict();
    this.#at++;
    this.#skip();
    if (this.#takes('}')) return dict;
    for (;;) {
      this.#skip();
      const key = this.#string();
      if (key === undefined) return undefined;
      this.#skip();
      if (!this.#takes(':')) return undefined;
      const value = this.value();
      if (value === undefined) return undefined;
      dict.setString(key, value);
      this.#skip();
      if (this.#takes('}')) return dict;
      if (!this.#takes(',')) return undefined;
    }
  }

  #takes(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }
}

const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
