import type { FunctionInfo } from '../binder/functions.ts';

/** A signature on one line: `date_trunc(part varchar, value timestamp) → timestamp`. */
export function signatureText(name: string, signature: FunctionInfo['signatures'][number]): string {
  const result = signature.result === '' ? '' : ` → ${signature.result}`;
  return `${name}(${parameterTexts(signature).join(', ')})${result}`;
}

/** The parameters as they stand in the signature, a list that may go on marked by dots. */
export function parameterTexts({ parameters, variadic }: FunctionInfo['signatures'][number]): readonly string[] {
  const texts = parameters.map(({ name, type }) => [name, type].filter(it => it !== '').join(' '));
  return variadic ? [...texts.slice(0, -1), `${texts.at(-1) ?? ''}…`] : texts;
}

const MOST_SIGNATURES = 6;

/** A function in words: how it can be called, and what it does. Markdown. */
export function functionText({ name, kind, signatures, documentation }: FunctionInfo): string {
  const shown = signatures.slice(0, MOST_SIGNATURES).map(it => signatureText(name, it));
  const code = shown.length === 0 ? `**${name}**` : `\`\`\`sql\n${shown.join('\n')}\n\`\`\``;
  const what = kind === 'scalar' ? 'function' : `${kind} function`;
  return [code, documentation ?? '', `*${what}*`].filter(it => it !== '').join('\n\n');
}
