import type { Offset } from '../../base/text-range.ts';
import type { Arguments, Expression, JinjaNode, Statement } from './nodes.ts';
import type { JinjaTree } from './parse.ts';
import { tokenAt, tokenIndexAt } from './tokens.ts';
import type { Token } from './tokens.ts';

/**
 * The nodes from the outermost statement to the innermost node that `offset` touches. At a boundary between two nodes
 * the later one counts, except that an end of the earlier one is preferred to nothing: in `{{ ref('or` with the cursor
 * at the end the path ends in the string.
 */
export function pathAt(tree: JinjaTree, offset: Offset): readonly JinjaNode[] {
  const path: JinjaNode[] = [];
  let siblings: readonly JinjaNode[] = tree.body;
  for (;;) {
    const node = touched(siblings, offset);
    if (node === undefined) return path;
    path.push(node);
    siblings = childrenOf(node);
  }
}

function touched(nodes: readonly JinjaNode[], offset: Offset): JinjaNode | undefined {
  let before: JinjaNode | undefined;
  for (const node of nodes) {
    if (node.start <= offset && offset < node.end) return node;
    if (node.end === offset && node.start <= offset) before = node;
  }
  return before;
}

/** The one or two tokens that touch `offset`: two at a boundary, in order. */
export function tokensAt(tree: JinjaTree, offset: Offset): readonly Token[] {
  const index = tokenIndexAt(tree.tokens, offset);
  const tokens: Token[] = [];
  for (let at = Math.max(0, index - 1); at <= index; at++) {
    const token = tokenAt(tree.tokens, at);
    if (token !== undefined && token.start <= offset && offset <= token.end && token.kind !== 'eof') tokens.push(token);
  }
  return tokens;
}

/** Every node of the tree, parents before children, in source order. */
export function walk(nodes: readonly JinjaNode[], visit: (node: JinjaNode) => void): void {
  for (const node of nodes) {
    visit(node);
    walk(childrenOf(node), visit);
  }
}

/** A node's children in source order. */
export function childrenOf(node: JinjaNode): readonly JinjaNode[] {
  if (isLeaf(node)) return NO_CHILDREN;
  if (node.kind === 'pair') return [node.key, node.value];
  if (node.kind === 'keyword') return [node.value];
  if (node.kind === 'branch') return inOrder([node.test, ...node.body]);
  if (node.kind === 'parameter') return present([node.default]);
  return isExpression(node) ? expressionChildren(node) : statementChildren(node);
}

type Leaf = Extract<
  JinjaNode,
  { kind: 'text' | 'comment' | 'tag' | 'name' | 'namespace-ref' | 'string' | 'number' | 'constant' | 'missing' }
>;

const isLeaf = (node: JinjaNode): node is Leaf => LEAVES.has(node.kind);

const LEAVES: ReadonlySet<string> = new Set<Leaf['kind']>([
  'text',
  'comment',
  'tag',
  'name',
  'namespace-ref',
  'string',
  'number',
  'constant',
  'missing',
]);

const NO_CHILDREN: readonly JinjaNode[] = [];

type Composite = Exclude<Expression, Leaf>;
type CompositeStatement = Exclude<Statement, Leaf>;

function isExpression(node: Composite | CompositeStatement): node is Composite {
  return EXPRESSION_KINDS.has(node.kind);
}

const EXPRESSION_KINDS: ReadonlySet<string> = new Set<Composite['kind']>([
  'list',
  'tuple',
  'dict',
  'attribute',
  'item',
  'slice',
  'call',
  'filter',
  'test',
  'unary',
  'binary',
  'compare',
  'concat',
  'conditional',
]);

function expressionChildren(node: Composite): readonly JinjaNode[] {
  switch (node.kind) {
    case 'list':
    case 'tuple':
    case 'concat':
      return node.items;
    case 'dict':
      return node.pairs;
    case 'attribute':
      return [node.object];
    case 'item':
      return [node.object, node.index];
    case 'slice':
      return present([node.lower, node.upper, node.step]);
    case 'call':
      return [node.callee, ...argumentNodes(node)];
    case 'filter':
    case 'test':
      return [...present([node.operand]), ...argumentNodes(node)];
    case 'unary':
      return [node.operand];
    case 'binary':
      return [node.left, node.right];
    case 'compare':
      return [node.first, ...node.rest.map(it => it.operand)];
    case 'conditional':
      return inOrder(present([node.consequent, node.test, node.otherwise]));
  }
}

function argumentNodes(node: Arguments): readonly JinjaNode[] {
  const { positional, named, star, doubleStar } = node;
  return inOrder([...positional, ...named, ...present([star, doubleStar])]);
}

function statementChildren(node: CompositeStatement): readonly JinjaNode[] {
  switch (node.kind) {
    case 'output':
      return [node.expression];
    case 'if':
      return inOrder([...node.tags.slice(1), ...node.branches, ...(node.otherwise ?? [])]);
    case 'for':
      return ordered(node, [node.target, node.iterable, node.filter], [...node.body, ...(node.otherwise ?? [])]);
    case 'set':
      return ordered(node, [node.target, node.value]);
    case 'set-block':
      return ordered(node, [node.target, node.filter], node.body);
    case 'with':
      return ordered(node, [...node.targets, ...node.values], node.body);
    case 'macro':
      return ordered(node, node.parameters, node.body);
    case 'call-block':
      return ordered(node, [...node.parameters, node.call], node.body);
    case 'filter-block':
      return ordered(node, [node.filter], node.body);
    case 'do':
      return ordered(node, [node.expression]);
    case 'block':
      return ordered(node, [], node.body);
    case 'autoescape':
      return ordered(node, [node.value], node.body);
    case 'print':
      return ordered(node, node.items);
    case 'include':
    case 'import':
    case 'from':
    case 'extends':
      return ordered(node, [node.template]);
    case 'break':
    case 'continue':
    case 'unknown':
      return NO_CHILDREN;
  }
}

/** The closing tags of a statement, what stands in its opening tag, and its body, in source order. */
function ordered(
  node: { readonly tags: readonly JinjaNode[] },
  parts: readonly (JinjaNode | undefined)[],
  body: readonly JinjaNode[] = [],
): readonly JinjaNode[] {
  return inOrder([...present(parts), ...body, ...node.tags.slice(1)]);
}

const present = (nodes: readonly (JinjaNode | undefined)[]): JinjaNode[] => nodes.filter(node => node !== undefined);

function inOrder(nodes: readonly JinjaNode[]): readonly JinjaNode[] {
  return [...nodes].sort((a, b) => a.start - b.start || a.end - b.end);
}
