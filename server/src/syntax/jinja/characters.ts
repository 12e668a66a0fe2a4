/** Whether Python's `str.isspace` holds for a UTF-16 code unit. */
export function isSpace(code: number): boolean {
  if (code <= 32) return code === 32 || (code >= 9 && code <= 13) || (code >= 28 && code <= 31);
  if (code < 128) return false;
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

export const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** A letter, digit or underscore of ASCII. */
export const isWord = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || isDigit(code);

/** Where the whitespace that starts at `at` ends. */
export function skipSpace(text: string, at: number, end: number): number {
  while (at < end && isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** Where the whitespace that ends at `at` starts, not before `start`. */
export function skipSpaceBack(text: string, at: number, start: number): number {
  while (at > start && isSpace(text.charCodeAt(at - 1))) at--;
  return at;
}

/** Where the name that starts at `at` ends; `at` itself when none does. Characters beyond ASCII as Python's `\w` has them. */
export function skipName(text: string, at: number, end: number): number {
  while (at < end) {
    const code = text.charCodeAt(at);
    if (isWord(code)) {
      at++;
      continue;
    }
    if (code < 128) break;
    const point = String.fromCodePoint(text.codePointAt(at) ?? 0);
    if (!NAME_CHARACTER.test(point)) break;
    at += point.length;
  }
  return at;
}

const NAME_CHARACTER = /^[\p{L}\p{N}\p{XID_Continue}]$/u;
const IDENTIFIER = /^[\p{XID_Start}_][\p{XID_Continue}]*$/u;

/** Whether Python's `str.isidentifier` holds. */
export function isIdentifier(text: string): boolean {
  return IDENTIFIER.test(text);
}

/** Python's `repr` of one character, as the lexer's message shows it. */
export function reprCharacter(char: string): string {
  if (char === "'") return `"'"`;
  if (char === '\\') return "'\\\\'";
  const code = char.codePointAt(0) ?? 0;
  if (code >= 32 && code < 127) return `'${char}'`;
  if (code > 160 && code !== 0xad && PRINTABLE.test(char)) return `'${char}'`;
  if (code < 0x100) return `'\\x${code.toString(16).padStart(2, '0')}'`;
  if (code < 0x10000) return `'\\u${code.toString(16).padStart(4, '0')}'`;
  return `'\\U${code.toString(16).padStart(8, '0')}'`;
}

const PRINTABLE = /^[^\p{C}\p{Z}]$/u;
