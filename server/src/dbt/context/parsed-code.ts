import { parseJinja, type JinjaTree } from '../../syntax/jinja/parse.ts';

const trees = new Map<string, JinjaTree>();
const MAX_TREES = 2000;

/**
 * The tree of a template. A node is rendered twice or more for each text, and the tests of one model share theirs, so the
 * latest trees are kept.
 */
export function parsedCode(text: string): JinjaTree {
  const known = trees.get(text);
  if (known !== undefined) return known;
  const tree = parseJinja(text);
  if (trees.size >= MAX_TREES) trees.clear();
  trees.set(text, tree);
  return tree;
}
