import { raise } from '../../error.ts';
import { reprText } from '../../text.ts';
import type { ParsedPattern } from './nodes.ts';

/** A replacement: literal texts, and the numbers of groups to put in. */
export type Template = readonly (string | number)[];

const simple: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};

/** Reads the replacement of a `sub`; a malformed one raises Python's `re.error`. */
export function parseTemplate(template: string, { nGroups, names }: ParsedPattern): Template {
  const parts: (string | number)[] = [];
  let at = 0;
  for (const match of template.matchAll(/\\(g<([^>]*)>?|0[0-7]{0,2}|[0-3][0-7]{2}|[1-9]\d?|[^]|$)/gu)) {
    parts.push(template.slice(at, match.index));
    at = match.index + match[0].length;
    parts.push(partOf(match, nGroups + 1, names));
  }
  parts.push(template.slice(at));
  return parts.filter(it => it !== '');
}

function partOf(match: RegExpMatchArray, nGroups: number, names: ReadonlyMap<string, number>): string | number {
  const [, code = '', name] = match;
  const position = match.index ?? 0;
  const fail = (message: string, at: number): never => raise('error', `${message} at position ${at}`);
  const group = (number: number, at: number): number =>
    number < nGroups ? number : fail(`invalid group reference ${number}`, at);
  if (code.startsWith('g<')) {
    if (!match[0].endsWith('>')) return fail('missing >, unterminated name', position + 3);
    if (name === undefined || name === '') return fail('missing group name', position + 3);
    if (/^\d+$/.test(name)) return group(Number(name), position + 3);
    if (!/^[\p{L}\p{Nl}_][\p{L}\p{N}\p{M}_]*$/u.test(name)) {
      return fail(`bad character in group name ${reprText(name)}`, position + 3);
    }
    return names.get(name) ?? raise('IndexError', `unknown group name '${name}'`);
  }
  if (code === 'g') return fail('missing <', position + 2);
  if (/^(?:0|[0-3][0-7]{2})/.test(code)) return String.fromCharCode(Number.parseInt(code, 8));
  if (/^\d/.test(code)) return group(Number(code), position + 1);
  const known = simple[code];
  if (known !== undefined) return known;
  if (/^[a-zA-Z]$/.test(code)) return fail(`bad escape \\${code}`, position);
  if (code === '') return fail('bad escape (end of pattern)', position);
  return match[0];
}
