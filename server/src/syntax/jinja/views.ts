import type { TextRange } from '../../base/text-range.ts';
import type { Call, Expression, JinjaNode, Keyword, StringLiteral } from './nodes.ts';
import type { JinjaTree } from './parse.ts';
import { walk } from './tree.ts';

/** A call of something with a dotted name: `ref('x')`, `dbt_utils.star(…)`, `adapter.dispatch(…)`. */
export interface CallView {
  readonly call: Call;
  /** `['dbt_utils', 'star']`. */
  readonly path: readonly string[];
  /** From the first to the last part of the name. */
  readonly nameRange: TextRange;
  readonly positional: readonly Expression[];
  readonly named: readonly Keyword[];
}

/** The call that a node is, if what is called has a plain dotted name. */
export function asCall(node: JinjaNode | undefined): CallView | undefined {
  if (node?.kind !== 'call') return undefined;
  const path = dottedName(node.callee);
  if (path === undefined) return undefined;
  const { positional, named } = node;
  return { call: node, path, nameRange: { start: node.callee.start, end: node.callee.end }, positional, named };
}

/** `['a', 'b']` for `a.b`; `undefined` for anything that is not names joined by dots. */
export function dottedName(node: Expression): readonly string[] | undefined {
  if (node.kind === 'name') return [node.name];
  if (node.kind !== 'attribute') return undefined;
  const before = dottedName(node.object);
  return before === undefined ? undefined : [...before, node.name];
}

/** The string literal that a node is. */
export function asString(node: JinjaNode | undefined): StringLiteral | undefined {
  return node?.kind === 'string' ? node : undefined;
}

/** The range between the quotes of a string literal, from its first to its last piece. */
export function stringContents(node: StringLiteral): TextRange {
  const first = node.pieces[0];
  const last = node.pieces.at(-1);
  return { start: first?.start ?? node.start, end: last?.end ?? node.end };
}

/** The value that a call gives a parameter by name. */
export function namedArgument(view: CallView, name: string): Expression | undefined {
  return view.named.find(keyword => keyword.name === name)?.value;
}

/** All calls with a plain dotted name, in source order. */
export function callsIn(tree: JinjaTree): readonly CallView[] {
  const calls: CallView[] = [];
  walk(tree.body, node => {
    const call = asCall(node);
    if (call !== undefined) calls.push(call);
  });
  return calls;
}
