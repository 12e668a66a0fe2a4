import type { SyntaxNode } from '@lezer/common';

/** Whether the text of a node is no Python. */
export function isBroken(node: SyntaxNode): boolean {
  let broken = false;
  node.cursor().iterate(({ type }) => {
    if (type.isError) broken = true;
    return !broken;
  });
  return broken;
}
