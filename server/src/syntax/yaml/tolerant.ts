import { isAlias, isMap, isPair, isScalar, isSeq, parseDocument, type Document, type Node, type Scalar } from 'yaml';
import type { TextRange } from '../../base/text-range.ts';
import type { ScalarStyle, YamlEntry, YamlNode, YamlProblem, YamlScalar, YamlTree } from './tree.ts';

/** Parses text that is not well-formed: what can be made out, and the first complaint (later ones mostly follow from it). */
export function parseTolerantly(text: string): YamlTree {
  const document = parseDocument(text, { version: '1.1', prettyErrors: false, uniqueKeys: false, merge: false });
  const first = document.errors[0];
  const problems: readonly YamlProblem[] = first === undefined ? [] : [problemOf(text, first)];
  return { root: convert(text, document, document.contents, new Map()), problems };
}

function problemOf(text: string, error: Document['errors'][number]): YamlProblem {
  return { code: 'yaml-syntax', message: error.message, range: visible(text, error.pos) };
}

/** Indentation is nothing to underline: a complaint about it moves to the word it indents. A single character grows to its word. */
function visible(text: string, [start, end]: readonly [number, number]): TextRange {
  if (start >= text.length) return { start: Math.max(text.length - 1, 0), end: text.length };
  const word = / *[^\s]+/y;
  word.lastIndex = start;
  const match = end - start > 1 ? null : word.exec(text);
  if (match === null) return { start, end: Math.max(end, start + 1) };
  return { start: start + match[0].search(/[^ ]/), end: start + match[0].length };
}

function convert(text: string, document: Document, node: unknown, done: Map<Node, YamlNode>): YamlNode | undefined {
  const converted = convertNew(text, document, node, done);
  if (converted !== undefined) done.set(node as Node, converted);
  return converted;
}

function convertNew(text: string, document: Document, node: unknown, done: Map<Node, YamlNode>): YamlNode | undefined {
  if (isScalar(node)) return scalarOf(text, node);
  if (isAlias(node)) {
    const target = node.resolve(document);
    return { kind: 'alias', ...rangeOf(node), name: node.source, target: target && done.get(target) };
  }
  if (isSeq(node)) {
    const items = node.items.map(item => convert(text, document, item, done)).filter(item => item !== undefined);
    return { kind: 'sequence', ...rangeOf(node), items, flow: node.flow === true };
  }
  if (isMap(node)) {
    const entries = node.items.map(pair => entryOf(text, document, pair, done)).filter(entry => entry !== undefined);
    return { kind: 'mapping', ...rangeOf(node), entries, flow: node.flow === true };
  }
  return undefined;
}

function entryOf(text: string, document: Document, pair: unknown, done: Map<Node, YamlNode>): YamlEntry | undefined {
  if (!isPair(pair)) return undefined;
  const key = convert(text, document, pair.key, done);
  if (key === undefined) return undefined;
  return { key, value: convert(text, document, pair.value, done) ?? absent(key.end) };
}

function absent(at: number): YamlScalar {
  const range = { start: at, end: at };
  return { kind: 'scalar', ...range, text: '', style: 'plain', content: range, verbatim: true, tag: undefined };
}

function rangeOf(node: Node): { start: number; end: number } {
  const [start, end] = node.range ?? [0, 0];
  return { start, end };
}

function scalarOf(text: string, node: Scalar): YamlScalar {
  const range = rangeOf(node);
  const style = STYLES.get(node.type ?? 'PLAIN') ?? 'plain';
  const quoted = style === 'single-quoted' || style === 'double-quoted';
  const closed = quoted && range.end - range.start >= 2;
  const content = quoted ? { start: range.start + 1, end: closed ? range.end - 1 : range.end } : range;
  const decoded = node.source ?? '';
  const verbatim = text.slice(content.start, content.end) === decoded;
  return {
    kind: 'scalar',
    ...range,
    text: decoded,
    style,
    content,
    verbatim,
    tag: node.tag?.replace('tag:yaml.org,2002:', '!!'),
  };
}

const STYLES: ReadonlyMap<string, ScalarStyle> = new Map<string, ScalarStyle>([
  ['PLAIN', 'plain'],
  ['QUOTE_SINGLE', 'single-quoted'],
  ['QUOTE_DOUBLE', 'double-quoted'],
  ['BLOCK_LITERAL', 'literal'],
  ['BLOCK_FOLDED', 'folded'],
]);
