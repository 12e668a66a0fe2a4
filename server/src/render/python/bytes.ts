import { HostObject, type HashKey, type Value } from '../value.ts';
import { bindBuiltin, bindNone, parameters } from './arguments.ts';
import { raise } from './error.ts';
import { boundMethod, methodTable } from './methods/method-table.ts';
import { strOf } from './strings.ts';
import { reprText } from './text.ts';

/** Python's bytes, which templates meet as the result of `str.encode`. */
export class Bytes extends HostObject {
  readonly typeName = 'bytes';
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    super();
    this.bytes = bytes;
  }

  override attribute(name: string): Value | undefined {
    return boundMethod(bytesMethods, this, name);
  }

  override item(key: Value): Value | undefined {
    return typeof key === 'number' ? this.bytes.at(key) : undefined;
  }

  override iterate(): Iterable<Value> {
    return this.bytes;
  }

  override length(): number {
    return this.bytes.length;
  }

  override equals(other: Value): boolean {
    return other instanceof Bytes && other.repr() === this.repr();
  }

  override hashKey(): HashKey {
    return this.repr();
  }

  repr(): string {
    const text = Array.from(this.bytes, it => String.fromCharCode(it)).join('');
    return `b${reprText(text).replace(/[\x80-\xff]/g, it => `\\x${it.charCodeAt(0).toString(16)}`)}`;
  }
}

const bytesMethods = methodTable<Bytes>({
  decode: (self, args) => {
    const [encoding = 'utf-8'] = bindBuiltin('decode', parameters(['encoding', 'utf-8'], ['errors', 'strict']), args);
    return decodeBytes(self.bytes, strOf(encoding) ?? 'utf-8');
  },
  hex: (self, args) => {
    bindNone('bytes.hex', args);
    return Array.from(self.bytes, it => it.toString(16).padStart(2, '0')).join('');
  },
});

/** The UTF-8 bytes of a text. */
export function utf8Bytes(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return Uint8Array.from(bytes);
}

const normalized = (encoding: string): string => encoding.toLowerCase().replaceAll('_', '-');

/** What stands for a character that an encoding does not know, by the name of the handler of errors. */
const substitutes: ReadonlyMap<string, (code: number) => string> = new Map<string, (code: number) => string>([
  ['ignore', () => ''],
  ['replace', () => '?'],
  ['xmlcharrefreplace', code => `&#${code};`],
  ['backslashreplace', code => escaped(code)],
]);

function escaped(code: number): string {
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`;
}

/** `text.encode(encoding, errors)`. */
export function encodeText(text: string, encoding: string, errors: string): Bytes {
  const name = normalized(encoding);
  if (name === 'utf-8' || name === 'utf8') return new Bytes(utf8Bytes(text));
  const limit = { ascii: 128, 'us-ascii': 128, 'latin-1': 256, latin1: 256, 'iso-8859-1': 256 }[name];
  if (limit === undefined) return raise('LookupError', `unknown encoding: ${encoding}`);
  const codes = Array.from(text, it => it.codePointAt(0) ?? 0);
  const bad = codes.findIndex(it => it >= limit);
  if (bad < 0) return new Bytes(Uint8Array.from(codes));
  if (errors === 'strict') {
    const codec = limit === 128 ? 'ascii' : 'latin-1';
    raise(
      'UnicodeEncodeError',
      `'${codec}' codec can't encode character '${escaped(codes[bad] ?? 0)}' in position ${bad}: ordinal not in range(${limit})`,
    );
  }
  const substitute = substitutes.get(errors) ?? raise('LookupError', `unknown error handler name ${reprText(errors)}`);
  const spelled = codes.flatMap(code =>
    code < limit ? [code] : Array.from(substitute(code), it => it.codePointAt(0) ?? 0),
  );
  return new Bytes(Uint8Array.from(spelled));
}

function decodeBytes(bytes: Uint8Array, encoding: string): string {
  const name = normalized(encoding);
  if (name === 'utf-8' || name === 'utf8') {
    const percent = Array.from(bytes, it => `%${it.toString(16).padStart(2, '0')}`).join('');
    try {
      return decodeURIComponent(percent);
    } catch {
      return raise('UnicodeDecodeError', "'utf-8' codec can't decode bytes: invalid data");
    }
  }
  return Array.from(bytes, it => String.fromCharCode(it)).join('');
}
