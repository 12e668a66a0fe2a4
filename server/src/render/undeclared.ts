import type { Arguments, Expression, JinjaNode, Statement } from '../syntax/jinja/nodes.ts';
import { childrenOf } from '../syntax/jinja/tree.ts';

/**
 * Those of `names` that the statements read before they assign them, in Jinja's order of visiting; that decides whether
 * a loop has `loop`, a macro `caller`, `varargs` and `kwargs`. Bodies of nested macros and loops count, blocks do not.
 */
export function undeclaredNames(body: readonly Statement[], names: readonly string[]): ReadonlySet<string> {
  const search: Search = { open: new Set(names), found: new Set() };
  for (const node of body) visitStatement(search, node);
  return search.found;
}

interface Search {
  readonly open: Set<string>;
  readonly found: Set<string>;
}

function visitAll(search: Search, nodes: readonly (JinjaNode | undefined)[]): void {
  for (const node of nodes) if (node !== undefined) visit(search, node);
}

function visit(search: Search, node: JinjaNode): void {
  if (node.kind === 'name') {
    if (search.open.has(node.name)) search.found.add(node.name);
  } else if (node.kind === 'filter' || node.kind === 'test') {
    visitAll(search, [node.operand]);
    visitArguments(search, node);
  } else if (node.kind === 'call') {
    visit(search, node.callee);
    visitArguments(search, node);
  } else if (node.kind === 'conditional') {
    visitAll(search, [node.test, node.consequent, node.otherwise]);
  } else if (isStatement(node)) {
    visitStatement(search, node);
  } else if (isOperands(node)) {
    visitOperands(search, node);
  }
}

function visitOperands(search: Search, node: Expression): void {
  if (node.kind === 'dict') {
    for (const pair of node.pairs) visitAll(search, [pair.key, pair.value]);
  } else visitAll(search, childrenOf(node));
}

function visitArguments(search: Search, node: Arguments): void {
  visitAll(search, node.positional);
  for (const keyword of node.named) visit(search, keyword.value);
  visitAll(search, [node.star, node.doubleStar]);
}

const EXPRESSIONS: ReadonlySet<string> = new Set<Expression['kind']>([
  'namespace-ref',
  'string',
  'number',
  'constant',
  'list',
  'tuple',
  'dict',
  'attribute',
  'item',
  'slice',
  'unary',
  'binary',
  'compare',
  'concat',
  'missing',
]);

const isOperands = (node: JinjaNode): node is Expression => EXPRESSIONS.has(node.kind);

const HELPERS: ReadonlySet<string> = new Set<JinjaNode['kind']>(['pair', 'keyword', 'branch', 'parameter', 'tag']);

function isStatement(node: JinjaNode): node is Statement {
  return !EXPRESSIONS.has(node.kind) && !HELPERS.has(node.kind);
}

/** A name that is assigned to is not looked for any further. */
function close(search: Search, target: Expression): void {
  if (target.kind === 'tuple') for (const item of target.items) close(search, item);
  else if (target.kind === 'name') search.open.delete(target.name);
}

function visitStatement(search: Search, node: Statement): void {
  switch (node.kind) {
    case 'output':
    case 'do':
      return visit(search, node.expression);
    case 'print':
      return visitAll(search, node.items);
    case 'if':
      return visitIf(search, node);
    case 'for':
      close(search, node.target);
      return visitAll(search, [node.iterable, ...node.body, ...(node.otherwise ?? []), node.filter]);
    case 'set':
      close(search, node.target);
      return visit(search, node.value);
    case 'set-block':
      close(search, node.target);
      return visitAll(search, [node.filter, ...node.body]);
    case 'with':
      for (const target of node.targets) close(search, target);
      return visitAll(search, [...node.values, ...node.body]);
    case 'macro':
      for (const parameter of node.parameters) search.open.delete(parameter.name);
      return visitAll(search, [...node.parameters.map(it => it.default), ...node.body]);
    case 'call-block':
      visit(search, node.call);
      for (const parameter of node.parameters) search.open.delete(parameter.name);
      return visitAll(search, [...node.parameters.map(it => it.default), ...node.body]);
    case 'filter-block':
      return visitAll(search, [...node.body, node.filter]);
    case 'autoescape':
      return visitAll(search, [node.value, ...node.body]);
    case 'include':
    case 'import':
    case 'from':
    case 'extends':
      return visit(search, node.template);
    case 'text':
    case 'comment':
    case 'break':
    case 'continue':
    case 'block':
    case 'unknown':
      return;
    default:
      return node satisfies never;
  }
}

function visitIf(search: Search, node: Statement & { readonly kind: 'if' }): void {
  for (const branch of node.branches) visitAll(search, [branch.test, ...branch.body]);
  visitAll(search, node.otherwise ?? []);
}
