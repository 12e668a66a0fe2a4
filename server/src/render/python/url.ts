import { utf8Bytes } from './bytes.ts';

/** Percent-encodes a text's UTF-8 bytes, except letters, digits, `_.-~` and the characters of `safe`. */
export function percentEncode(text: string, safe: string): string {
  return Array.from(utf8Bytes(text), byte => {
    const character = String.fromCharCode(byte);
    if (/[A-Za-z0-9_.~-]/.test(character) || safe.includes(character)) return character;
    return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}
