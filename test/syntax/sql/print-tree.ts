import type { SqlNode } from '../../../server/src/syntax/sql/nodes.ts';
import type { SqlTree } from '../../../server/src/syntax/sql/parse.ts';
import { children } from '../../../server/src/syntax/sql/visit.ts';

/**
 * A tree for people: one line a node, indented, with the field it is in, what it says of itself, and the text of the
 * nodes without children. Problems follow, each with its range.
 */
export function printTree({ root, text, problems }: SqlTree): string {
  const lines = root.statements.flatMap(it => printNode(it, text, '', ''));
  const found = problems.map(it => `! ${it.range.start}..${it.range.end} ${it.message}`);
  return [...lines, ...found].join('\n');
}

function printNode(node: SqlNode, text: string, field: string, indent: string): readonly string[] {
  const inside = children(node);
  const facts = Object.entries(node as object).flatMap(([name, value]) => fact(name, value as unknown));
  const head = [field, node.kind, ...facts].filter(it => it !== '').join(' ');
  const own =
    inside.length > 0 || node.kind === 'missing' ? '' : ` ${JSON.stringify(text.slice(node.start, node.end))}`;
  const position = node.kind === 'missing' || node.kind === 'error' ? ` @${node.start}` : '';
  const lines = inside.flatMap(it => printNode(it, text, fieldOf(node, it), `${indent}  `));
  return [`${indent}${head}${position}${own}`, ...lines];
}

function fact(name: string, value: unknown): readonly string[] {
  if (name === 'kind' || name === 'start' || name === 'end' || value === '' || value === 0) return [];
  if (value === true) return [name];
  if (typeof value === 'string' && name === 'text') return [];
  return typeof value === 'string' || typeof value === 'number' ? [`${name}=${value}`] : [];
}

/** The field's name and a colon; nothing where a node has one list of children that its kind explains. */
function fieldOf(parent: SqlNode, child: SqlNode): string {
  const [name] = Object.entries(parent).find(([, value]) => holds(value, child)) ?? [''];
  return PLAIN_FIELDS.has(name) ? '' : `${name}:`;
}

const holds = (value: unknown, child: SqlNode): boolean =>
  value === child || (Array.isArray(value) && value.includes(child));

const PLAIN_FIELDS: ReadonlySet<string> = new Set([
  'parts',
  'items',
  'query',
  'body',
  'clauses',
  'ctes',
  'tail',
  'from',
]);
