import type { SyntaxNode } from '@lezer/common';
import type { TextRange } from '../../base/text-range.ts';
import { isBroken } from './broken.ts';
import { childrenOf, itemsOf, pythonLiteral, rangeOf, textOf, type PythonLiteral } from './literal.ts';

/** A call of `dbt.…` in a Python model, with those of its arguments that are literals. */
export interface DbtCall extends TextRange {
  readonly name: DbtFunction;
  readonly arguments: readonly PythonArgument[];
}

export interface PythonArgument extends TextRange {
  /** The keyword; `undefined` for a positional argument. */
  readonly name: string | undefined;
  /** `undefined` for what is no literal: dbt refuses it. */
  readonly value: PythonLiteral | undefined;
  /** Python's name for the kind of expression, for what is no literal. */
  readonly kind: string;
}

export type DbtFunction = 'ref' | 'source' | 'config' | 'config.get' | 'config.meta_get';

const FUNCTIONS: ReadonlySet<string> = new Set<DbtFunction>([
  'ref',
  'source',
  'config',
  'config.get',
  'config.meta_get',
]);

/**
 * The calls of dbt's functions that dbt sees in a Python model, in its order: anywhere in statements and expressions, but
 * of a call's arguments only those that are calls themselves or hold some in a list, a tuple, the values of a dict or an
 * f-string (`PythonParseVisitor` in dbt-core). A call that is still being written is none.
 */
export function dbtCalls(root: SyntaxNode, text: string): readonly DbtCall[] {
  const found: DbtCall[] = [];
  visit(root, text, found);
  return found;
}

function visit(node: SyntaxNode, text: string, found: DbtCall[]): void {
  if (node.name === 'CallExpression') visitCall(node, text, found);
  else for (const child of childrenOf(node)) visit(child, text, found);
}

function visitCall(node: SyntaxNode, text: string, found: DbtCall[]): void {
  const [callee, list] = childrenOf(node);
  if (callee === undefined) return;
  const given = list === undefined ? [] : argumentNodes(list, text);
  const name = dbtFunction(callee, text);
  if (name !== undefined && !isBroken(node)) {
    found.push({ name, arguments: given.map(it => argumentOf(it, text)), ...rangeOf(node) });
  }
  for (const { value } of given) for (const inner of callsInArgument(value)) visitCall(inner, text, found);
  const before = calledBefore(callee);
  if (before !== undefined) visitCall(before, text, found);
}

function dbtFunction(callee: SyntaxNode, text: string): DbtFunction | undefined {
  const path = textOf(callee, text).replaceAll(/\s+/g, '');
  const name = path.startsWith('dbt.') ? path.slice('dbt.'.length) : '';
  return isDbtFunction(name) ? name : undefined;
}

const isDbtFunction = (name: string): name is DbtFunction => FUNCTIONS.has(name);

interface ArgumentNode {
  readonly name: string | undefined;
  readonly value: SyntaxNode;
}

/** The arguments of a call; those behind `*` and `**` stand for unknown ones. */
function argumentNodes(list: SyntaxNode, text: string): readonly ArgumentNode[] {
  const items = itemsOf(list);
  return items.flatMap((value, index) => {
    const before = items[index - 1];
    if (value.name === 'AssignOp' || value.name === '*' || value.name === '**') return [];
    if (items[index + 1]?.name === 'AssignOp') return [];
    const keyword = before?.name === 'AssignOp' ? items[index - 2] : undefined;
    return [{ name: keyword && textOf(keyword, text), value }];
  });
}

function argumentOf({ name, value }: ArgumentNode, text: string): PythonArgument {
  return { name, value: pythonLiteral(value, text), kind: AST_NAMES.get(value.name) ?? 'Call', ...rangeOf(value) };
}

/** How Python's `ast` calls the expressions that are most likely to stand where a literal should. */
const AST_NAMES: ReadonlyMap<string, string> = new Map([
  ['VariableName', 'Name'],
  ['FormatString', 'JoinedStr'],
  ['BinaryExpression', 'BinOp'],
  ['ConditionalExpression', 'IfExp'],
  ['ArrayComprehensionExpression', 'ListComp'],
  ['LambdaExpression', 'Lambda'],
]);

function callsInArgument(value: SyntaxNode): readonly SyntaxNode[] {
  const isCall = ({ name }: SyntaxNode): boolean => name === 'CallExpression';
  if (isCall(value)) return [value];
  if (value.name === 'ArrayExpression' || value.name === 'TupleExpression') return itemsOf(value).filter(isCall);
  if (value.name === 'DictionaryExpression') return itemsOf(value).filter((it, index) => index % 2 === 1 && isCall(it));
  if (value.name !== 'FormatString') return [];
  return childrenOf(value).flatMap(part => itemsOf(part).filter(isCall));
}

/** The call that a method is called on: `dbt.ref('a')` in `dbt.ref('a').limit(1)`. */
function calledBefore(callee: SyntaxNode): SyntaxNode | undefined {
  let at: SyntaxNode | null = callee;
  while (at?.name === 'MemberExpression' && at.getChild('PropertyName') !== null) at = at.firstChild;
  return at?.name === 'CallExpression' && at !== callee ? at : undefined;
}
