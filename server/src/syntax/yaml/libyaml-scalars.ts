import type { Mark, YamlText } from './libyaml-text.ts';

/** What a scalar is read from, and whom its mistakes are told. */
export interface ScalarReader {
  readonly text: YamlText;
  /** The column of the block that it stands in; -1 outside of any. */
  readonly indent: number;
  readonly isInFlow: boolean;
  readonly fail: (context: string, since: Mark, problem: string) => void;
}

/** Goes over `| …` or `> …`. */
export function skipBlockScalar({ text, indent, fail }: ScalarReader): void {
  const context = 'while scanning a block scalar';
  const start = text.mark;
  text.skip();
  let increment = 0;
  for (let n = 0; n < 2; n++) {
    if (text.isOneOf('+-')) text.skip();
    else if (text.ahead() === '0') return fail(context, start, 'found an indentation indicator equal to 0');
    else if (increment === 0 && text.isOneOf('123456789')) {
      increment = Number(text.ahead());
      text.skip();
    }
  }
  text.skipWhile(() => text.isBlank());
  if (text.ahead() === '#') text.skipWhile(() => !text.isBreak());
  if (!text.isBreakOrEnd()) return fail(context, start, 'did not find expected comment or line break');
  text.skipBreak();
  let own = increment === 0 ? 0 : Math.max(indent, 0) + increment;
  for (;;) {
    let widest = 0;
    for (;;) {
      text.skipWhile(() => (own === 0 || text.column < own) && text.ahead() === ' ');
      widest = Math.max(widest, text.column);
      const isIndented = own === 0 || text.column < own;
      if (isIndented && text.ahead() === '\t') {
        return fail(context, start, 'found a tab character where an indentation space is expected');
      }
      if (!text.isBreak()) break;
      text.skipBreak();
    }
    if (own === 0) own = Math.max(widest, indent + 1, 1);
    if (text.column !== own || text.isEnd()) return;
    text.skipWhile(() => !text.isBreak());
    text.skipBreak();
  }
}

/** Goes over `'…'` or `"…"`. */
export function skipQuoted({ text, fail }: ScalarReader): void {
  const context = 'while scanning a quoted scalar';
  const start = text.mark;
  const quote = text.ahead();
  text.skip();
  while (!closes(text, quote)) {
    if (text.isDocumentIndicator('-') || text.isDocumentIndicator('.')) {
      return fail(context, start, 'found unexpected document indicator');
    }
    if (text.isEnd()) return fail(context, start, 'found unexpected end of stream');
    while (!text.isBlankOrEnd()) {
      if (closes(text, quote)) break;
      if (text.ahead() === quote) text.skip(2);
      else if (quote === '"' && text.ahead() === '\\') {
        const problem = skipEscape(text);
        if (problem !== undefined) return fail('while parsing a quoted scalar', start, problem);
      } else text.skip();
    }
    while (text.isBlank() || text.isBreak()) {
      if (text.isBlank()) text.skip();
      else text.skipBreak();
    }
  }
  text.skip();
}

/** Whether a quote ends a scalar here: two single ones stand for one. */
const closes = (text: YamlText, quote: string): boolean =>
  text.ahead() === quote && (quote === '"' || text.ahead(1) !== quote);

const HEXADECIMAL: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

function skipEscape(text: YamlText): string | undefined {
  if (text.isBreak(1)) {
    text.skip();
    text.skipBreak();
    return undefined;
  }
  const nDigits = HEXADECIMAL.get(text.ahead(1)) ?? 0;
  if (nDigits === 0 && !text.isOneOf('0abt\tnvfre "/\\N_LP', 1)) return 'found unknown escape character';
  text.skip(2);
  let digits = '';
  for (let n = 0; n < nDigits; n++) {
    if (!text.isOneOf('0123456789abcdefABCDEF', n)) return 'did not find expected hexdecimal number';
    digits += text.ahead(n);
  }
  const code = Number.parseInt(digits || '0', 16);
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) return 'found invalid Unicode character escape code';
  text.skip(nDigits);
  return undefined;
}

/** Goes over a plain scalar, and says whether a line ended behind its last word. */
export function skipPlain({ text, indent, isInFlow, fail }: ScalarReader): boolean {
  const context = 'while scanning a plain scalar';
  const start = text.mark;
  let isAfterBreak = false;
  while (!text.isDocumentIndicator('-') && !text.isDocumentIndicator('.') && text.ahead() !== '#') {
    while (!text.isBlankOrEnd()) {
      if (isInFlow && text.ahead() === ':' && text.isOneOf(',?[]{}', 1)) {
        fail(context, start, "found unexpected ':'");
        return false;
      }
      if ((text.ahead() === ':' && text.isBlankOrEnd(1)) || (isInFlow && text.isOneOf(',[]{}'))) break;
      isAfterBreak = false;
      text.skip();
    }
    if (!text.isBlank() && !text.isBreak()) break;
    while (text.isBlank() || text.isBreak()) {
      if (text.isBreak()) {
        text.skipBreak();
        isAfterBreak = true;
      } else if (isAfterBreak && text.column <= indent && text.ahead() === '\t') {
        fail(context, start, 'found a tab character that violates indentation');
        return false;
      } else text.skip();
    }
    if (!isInFlow && text.column <= indent) break;
  }
  return isAfterBreak;
}
