/** The name inside quotes. A doubled quote stands for itself, and `\\0061` for a character where `U&` comes first. */
export function quotedText(raw: string): string {
  return isUnicode(raw) ? decoded(plainText(raw.slice(2)), '\\') : plainText(raw);
}

/** The same where UESCAPE says which character escapes. */
export const quotedTextEscapedBy = (raw: string, escape: string): string =>
  isUnicode(raw) ? decoded(plainText(raw.slice(2)), escape) : plainText(raw);

const isUnicode = (raw: string): boolean => raw.startsWith('&', 1);

function plainText(raw: string): string {
  const quote = raw.charAt(0);
  const inner = raw.slice(1, raw.length > 1 && raw.endsWith(quote) ? -1 : undefined);
  return inner.replaceAll(quote + quote, quote);
}

const ESCAPED = /^(?:\+([0-9a-f]{6})|([0-9a-f]{4}))/i;

function decoded(text: string, escape: string): string {
  const [first = '', ...parts] = text.split(escape);
  let isDoubled = false;
  return parts.reduce((before, part) => {
    if (isDoubled) {
      isDoubled = false;
      return before + escape + part;
    }
    isDoubled = part === '';
    const [spelt = '', long, short = ''] = ESCAPED.exec(part) ?? [];
    if (spelt === '') return before + part;
    const code = Number.parseInt(long ?? short, 16);
    return before + (code > 0x10_ff_ff ? '' : String.fromCodePoint(code)) + part.slice(spelt.length);
  }, first);
}
