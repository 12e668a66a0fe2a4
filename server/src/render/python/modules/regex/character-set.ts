/** The characters of `\w` in a str pattern, for use inside brackets. */
export const wordCharacters = '\\p{L}\\p{N}_';

const spaceCharacters = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';

/** `\d \D \s \S \w \W` as a bracketed class; `undefined` for another letter. */
export function perlClass(letter: string, ascii: boolean): string | undefined {
  switch (letter) {
    case 'd':
      return ascii ? '[0-9]' : '[\\p{Nd}]';
    case 'D':
      return ascii ? '[^0-9]' : '[^\\p{Nd}]';
    case 's':
      return ascii ? '[\\t-\\r\\x20]' : `[${spaceCharacters}]`;
    case 'S':
      return ascii ? '[^\\t-\\r\\x20]' : `[^${spaceCharacters}]`;
    case 'w':
      return ascii ? '[a-zA-Z0-9_]' : `[${wordCharacters}]`;
    case 'W':
      return ascii ? '[^a-zA-Z0-9_]' : `[^${wordCharacters}]`;
    default:
      return undefined;
  }
}

/** A character as itself in a pattern, inside brackets or out. */
export function escapeLiteral(character: string): string {
  if (/^[a-zA-Z0-9_]$/.test(character)) return character;
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** A character set being read. */
export class CharacterSet {
  #source = '';

  /** Adds a character, or a class that is bracketed already. */
  add({ text, isCharacter }: { readonly text: string; readonly isCharacter: boolean }): void {
    this.#source += isCharacter ? escapeLiteral(text) : text;
  }

  addRange(low: string, high: string): void {
    this.#source += `${escapeLiteral(low)}-${escapeLiteral(high)}`;
  }

  source({ negated }: { readonly negated: boolean }): string {
    return `[${negated ? '^' : ''}${this.#source}]`;
  }
}
