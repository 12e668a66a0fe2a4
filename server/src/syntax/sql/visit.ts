import type { Offset } from '../../base/text-range.ts';
import type { SqlNode } from './nodes.ts';
import type { SqlTree } from './parse.ts';
import type { SqlToken } from './tokens.ts';

/** The nodes directly inside `node`, in the order of the text. */
export function children(node: SqlNode): readonly SqlNode[] {
  const found: SqlNode[] = [];
  for (const value of Object.values(node) as readonly unknown[]) {
    if (typeof value !== 'object' || value === null) continue;
    if (!Array.isArray(value)) addNode(found, value);
    else for (const it of value as readonly unknown[]) addNode(found, it);
  }
  let last = node.start;
  let isSorted = true;
  for (const { start } of found) {
    isSorted &&= start >= last;
    last = start;
  }
  // Fields stand in the usual order of the text; FROM before SELECT and names before values are the exceptions.
  return isSorted ? found : found.sort((a, b) => a.start - b.start || a.end - b.end);
}

function addNode(found: SqlNode[], value: unknown): void {
  if (isNode(value)) found.push(value);
}

/** Every object with a kind below a node is a node: the interfaces of nodes hold nothing else of that shape. */
const isNode = (value: unknown): value is SqlNode => typeof value === 'object' && value !== null && 'kind' in value;

/** Every node below and including `root`, parents before children, in the order of the text. However deep, it needs no stack. */
export function* descendants(root: SqlNode): Generator<SqlNode> {
  const stack: SqlNode[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    yield node;
    stack.push(...children(node).toReversed());
  }
}

/**
 * The nodes that `offset` touches, from the root to the innermost. At a boundary between two nodes the later one
 * counts, but the end of the earlier is preferred to a blank: with the cursor behind `o.` the path ends in the
 * `missing` column name.
 */
export function pathAt(tree: SqlTree, offset: Offset): readonly SqlNode[] {
  const path: SqlNode[] = [tree.root];
  for (let next = touched(tree.root, offset); next !== undefined; next = touched(next, offset)) path.push(next);
  return path;
}

function touched(parent: SqlNode, offset: Offset): SqlNode | undefined {
  let before: SqlNode | undefined;
  for (const node of children(parent)) {
    if (node.start > offset) break;
    if (offset < node.end) return node;
    if (node.end === offset) before = node;
  }
  return before;
}

/** The one or two tokens that touch `offset`: two at a boundary, in order. */
export function tokensAt(tree: SqlTree, offset: Offset): readonly SqlToken[] {
  const { tokens } = tree;
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.end ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return tokens.slice(low, low + 2).filter(it => it.start <= offset && offset <= it.end);
}
