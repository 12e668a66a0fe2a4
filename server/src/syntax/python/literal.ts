import type { SyntaxNode } from '@lezer/common';
import type { TextRange } from '../../base/text-range.ts';
import { pythonStringLiteral } from './string-literal.ts';

/** A Python literal with its place, as `ast.literal_eval` takes it. */
export type PythonLiteral =
  | (TextRange & { readonly kind: 'none' })
  | (TextRange & { readonly kind: 'boolean'; readonly value: boolean })
  | (TextRange & { readonly kind: 'integer'; readonly value: bigint })
  | (TextRange & { readonly kind: 'float'; readonly value: number })
  | PythonString
  | (TextRange & { readonly kind: 'list' | 'tuple' | 'set'; readonly items: readonly PythonLiteral[] })
  | (TextRange & { readonly kind: 'dict'; readonly pairs: readonly (readonly [PythonLiteral, PythonLiteral])[] });

export interface PythonString extends TextRange {
  readonly kind: 'string';
  readonly value: string;
  /** What stands between the quotes; all of the literal when it is put together from several. */
  readonly content: TextRange;
}

/** The value of an expression that is a literal; `undefined` for any other, f-strings among them. */
export function pythonLiteral(node: SyntaxNode, text: string): PythonLiteral | undefined {
  return READERS.get(node.name)?.(node, text);
}

type Read = (node: SyntaxNode, text: string) => PythonLiteral | undefined;

const READERS: ReadonlyMap<string, Read> = new Map<string, Read>([
  ['None', node => ({ kind: 'none', ...rangeOf(node) })],
  ['Boolean', (node, text) => ({ kind: 'boolean', value: textOf(node, text) === 'True', ...rangeOf(node) })],
  ['Number', numberOf],
  ['String', stringOf],
  ['ContinuedString', joinedString],
  ['UnaryExpression', signedNumber],
  ['ParenthesizedExpression', parenthesized],
  ['ArrayExpression', (node, text) => collection('list', node, text)],
  ['TupleExpression', (node, text) => collection('tuple', node, text)],
  ['SetExpression', (node, text) => collection('set', node, text)],
  ['DictionaryExpression', dictOf],
]);

function numberOf(node: SyntaxNode, text: string): PythonLiteral | undefined {
  const digits = textOf(node, text).replaceAll('_', '').toLowerCase();
  if (digits.endsWith('j')) return undefined;
  const isWhole = /^(?:0[xob][0-9a-f]+|[0-9]+)$/.test(digits);
  if (isWhole) return { kind: 'integer', value: BigInt(digits), ...rangeOf(node) };
  return { kind: 'float', value: Number(digits), ...rangeOf(node) };
}

function signedNumber(node: SyntaxNode, text: string): PythonLiteral | undefined {
  const [sign, operand] = childrenOf(node);
  const number = operand === undefined ? undefined : pythonLiteral(operand, text);
  if (sign === undefined || (number?.kind !== 'integer' && number?.kind !== 'float')) return undefined;
  const { start, end } = rangeOf(node);
  const isMinus = textOf(sign, text) === '-';
  if (!isMinus && textOf(sign, text) !== '+') return undefined;
  if (number.kind === 'integer') return { ...number, value: isMinus ? -number.value : number.value, start, end };
  return { ...number, value: isMinus ? -number.value : number.value, start, end };
}

function parenthesized(node: SyntaxNode, text: string): PythonLiteral | undefined {
  const inner = itemsOf(node)[0];
  return inner === undefined ? undefined : pythonLiteral(inner, text);
}

function stringOf(node: SyntaxNode, text: string): PythonString | undefined {
  const literal = pythonStringLiteral(text, node.from);
  if (literal === undefined || literal.isBytes || literal.end !== node.to) return undefined;
  const [opening = '', quote = ''] = /^[a-z]*('''|"""|'|")/i.exec(textOf(node, text)) ?? [];
  const content = { start: node.from + opening.length, end: node.to - quote.length };
  return { kind: 'string', value: literal.value, content, ...rangeOf(node) };
}

function joinedString(node: SyntaxNode, text: string): PythonString | undefined {
  const parts = childrenOf(node).map(part => (part.name === 'String' ? stringOf(part, text) : undefined));
  const known = parts.filter(part => part !== undefined);
  if (known.length < parts.length) return undefined;
  const range = rangeOf(node);
  return { kind: 'string', value: known.map(part => part.value).join(''), content: range, ...range };
}

function collection(kind: 'list' | 'tuple' | 'set', node: SyntaxNode, text: string): PythonLiteral | undefined {
  const items = literalsOf(itemsOf(node), text);
  return items && { kind, items, ...rangeOf(node) };
}

function dictOf(node: SyntaxNode, text: string): PythonLiteral | undefined {
  const parts = literalsOf(itemsOf(node), text);
  if (parts === undefined || parts.length % 2 !== 0) return undefined;
  const pairs = parts.flatMap((key, index) => {
    const value = parts[index + 1];
    return index % 2 === 0 && value !== undefined ? [[key, value] as const] : [];
  });
  return { kind: 'dict', pairs, ...rangeOf(node) };
}

function literalsOf(nodes: readonly SyntaxNode[], text: string): readonly PythonLiteral[] | undefined {
  const found = nodes.map(node => pythonLiteral(node, text));
  const known = found.filter(literal => literal !== undefined);
  return known.length < found.length ? undefined : known;
}

/** The children of a bracketed expression without its brackets, commas, colons and comments. */
export function itemsOf(node: SyntaxNode): readonly SyntaxNode[] {
  return childrenOf(node).filter(({ name }) => !PUNCTUATION.has(name));
}

const PUNCTUATION: ReadonlySet<string> = new Set(['(', ')', '[', ']', '{', '}', ',', ':', 'Comment']);

export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
  return children;
}

export const textOf = ({ from, to }: SyntaxNode, text: string): string => text.slice(from, to);

export const rangeOf = ({ from, to }: SyntaxNode): TextRange => ({ start: from, end: to });
