/** A literal of Python read from a text: what it stands for, and where it ends. */
export interface StringLiteral {
  readonly value: string;
  readonly isBytes: boolean;
  readonly end: number;
}

const literalPattern =
  /([rRbBuU]{0,2})(?:'''((?:[^\\]|\\[^])*?)'''|"""((?:[^\\]|\\[^])*?)"""|'((?:[^'\\\n]|\\[^])*)'|"((?:[^"\\\n]|\\[^])*)")/y;

/** The str or bytes literal that starts at `at`, or `undefined`. */
export function pythonStringLiteral(text: string, at: number): StringLiteral | undefined {
  literalPattern.lastIndex = at;
  const match = literalPattern.exec(text);
  if (match === null) return undefined;
  const prefix = (match[1] ?? '').toLowerCase();
  if (!['', 'r', 'b', 'u', 'br', 'rb'].includes(prefix)) return undefined;
  const body = match[2] ?? match[3] ?? match[4] ?? match[5] ?? '';
  const isBytes = prefix.includes('b');
  if (isBytes && /[^\x00-\x7f]/.test(body)) return undefined;
  const value = prefix.includes('r') ? body : resolveEscapes(body, isBytes);
  return value === undefined ? undefined : { value, isBytes, end: at + match[0].length };
}

const simpleEscapes: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** The text with its escapes resolved; an unknown escape stays as it is, a malformed one makes it `undefined`. */
function resolveEscapes(body: string, isBytes: boolean): string | undefined {
  let malformed = false;
  const value = body.replace(
    /\\([0-7]{1,3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[^])/g,
    (whole, code: string) => {
      const simple = simpleEscapes[code];
      if (simple !== undefined) return simple;
      if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8));
      if (isBytes && !code.startsWith('x')) return whole;
      if (/^[xuU]./.test(code)) {
        const point = Number.parseInt(code.slice(1), 16);
        if (point <= 0x10ffff) return String.fromCodePoint(point);
        malformed = true;
      }
      if (/^[xuUN]$/.test(code)) malformed = true;
      return whole;
    },
  );
  return malformed ? undefined : value;
}
