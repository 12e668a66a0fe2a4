/** How a scalar is written: as it is, between single quotes, or between double quotes with escapes. */
export type YamlStyle = 'plain' | 'single' | 'double';

/** What PyYAML's emitter finds out about a text before it chooses a style. */
export interface ScalarAnalysis {
  readonly isEmpty: boolean;
  readonly isMultiline: boolean;
  readonly allowsPlain: boolean;
  readonly allowsSingle: boolean;
}

const breaks = '\n\x85\u2028\u2029';
const blanks = '\0 \t\r\n\x85\u2028\u2029';

/** Analyses a text for block style, without Unicode beyond ASCII, as `safe_dump` writes by default. */
export function analyzeScalar(text: string): ScalarAnalysis {
  if (text === '') return { isEmpty: true, isMultiline: false, allowsPlain: true, allowsSingle: true };
  const isMultiline = /[\n\x85\u2028\u2029]/.test(text);
  const hasEdgeBlank = /^[ \n\x85\u2028\u2029]|[ \n\x85\u2028\u2029]$/.test(text);
  const hasBreakSpace = /[\n\x85\u2028\u2029] /.test(text);
  const hasSpaceBreak = / [\n\x85\u2028\u2029]/.test(text);
  const hasSpecial = /[^\n\x20-\x7e]/.test(text);
  const allowsSingle = !hasBreakSpace && !hasSpaceBreak && !hasSpecial;
  return {
    isEmpty: false,
    isMultiline,
    allowsPlain: allowsSingle && !hasEdgeBlank && !isMultiline && !hasIndicators(text),
    allowsSingle,
  };
}

/** Whether a character of the text would be read as structure in block style. */
function hasIndicators(text: string): boolean {
  if (text.startsWith('---') || text.startsWith('...')) return true;
  const first = text[0] ?? '';
  if ('#,[]{}&*!|>\'"%@`'.includes(first)) return true;
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? '';
    const next = text[index + 1];
    const isFollowed = next === undefined || blanks.includes(next);
    if (character === ':' && isFollowed) return true;
    if (index === 0 && '?-'.includes(character) && isFollowed) return true;
    if (index > 0 && character === '#' && blanks.includes(text[index - 1] ?? '')) return true;
  }
  return false;
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['\0', '0'],
  ['\x07', 'a'],
  ['\b', 'b'],
  ['\t', 't'],
  ['\n', 'n'],
  ['\v', 'v'],
  ['\f', 'f'],
  ['\r', 'r'],
  ['\x1b', 'e'],
  ['"', '"'],
  ['\\', '\\'],
  ['\x85', 'N'],
  ['\xa0', '_'],
  ['\u2028', 'L'],
  ['\u2029', 'P'],
]);

/** The escape of a character between double quotes, or `undefined` for one that stands for itself. */
export function escapeInDouble(character: string): string | undefined {
  const short = escapes.get(character);
  if (short !== undefined) return `\\${short}`;
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0x20 && code <= 0x7e) return undefined;
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

/** Whether a character breaks a line. */
export const isBreak = (character: string | undefined): boolean =>
  character !== undefined && breaks.includes(character);
