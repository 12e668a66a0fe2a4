import { touches, type Offset, type TextRange } from '../../base/text-range.ts';

/** A YAML document as a value: every key and scalar with its range, aliases kept apart from what they stand for. */
export type YamlNode = YamlScalar | YamlSequence | YamlMapping | YamlAlias;

export type ScalarStyle = 'plain' | 'single-quoted' | 'double-quoted' | 'literal' | 'folded';

export interface YamlScalar extends TextRange {
  readonly kind: 'scalar';
  /** The decoded text: escapes, folding and chomping done. */
  readonly text: string;
  readonly style: ScalarStyle;
  /** What stands between the quotes; the whole range of a plain scalar; the lines of a block scalar. */
  readonly content: TextRange;
  /** Whether `text` is the content character for character, so that offsets in it can be added to `content.start`. */
  readonly verbatim: boolean;
  /** An explicit tag as written (`!!str`), which overrides how the text is read. */
  readonly tag: string | undefined;
}

export interface YamlSequence extends TextRange {
  readonly kind: 'sequence';
  readonly items: readonly YamlNode[];
  readonly flow: boolean;
}

export interface YamlMapping extends TextRange {
  readonly kind: 'mapping';
  /** In order of writing; a key may occur twice, and `<<` is an entry like any other. */
  readonly entries: readonly YamlEntry[];
  readonly flow: boolean;
}

export interface YamlEntry {
  readonly key: YamlNode;
  readonly value: YamlNode;
}

/** `*name`. `target` is `undefined` when no anchor of that name stands before it. */
export interface YamlAlias extends TextRange {
  readonly kind: 'alias';
  readonly name: string;
  readonly target: YamlNode | undefined;
}

export interface YamlProblem {
  readonly code: 'yaml-syntax' | 'yaml-duplicate-key';
  readonly message: string;
  readonly range: TextRange;
}

/** A parsed file. `root` is `undefined` for an empty one; after a problem it holds what could be made out. */
export interface YamlTree {
  readonly root: YamlNode | undefined;
  readonly problems: readonly YamlProblem[];
}

/** What a node stands for: an alias's target, or the node itself. */
export function dereferenced(node: YamlNode | undefined): Exclude<YamlNode, YamlAlias> | undefined {
  return node?.kind === 'alias' ? dereferenced(node.target) : node;
}

/** The value under a text key, as YAML readers pick it: the last entry of that key, then merged-in (`<<`) mappings. */
export function valueOf(node: YamlNode | undefined, key: string): YamlNode | undefined {
  return entryOf(node, key)?.value;
}

/** The entry under a text key; see `valueOf`. */
export function entryOf(node: YamlNode | undefined, key: string): YamlEntry | undefined {
  const mapping = dereferenced(node);
  if (mapping?.kind !== 'mapping') return undefined;
  const own = mapping.entries.findLast(entry => keyText(entry) === key);
  if (own !== undefined) return own;
  for (const merged of mergedInto(mapping)) {
    const found = entryOf(merged, key);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The mappings that `<<` brings in, first ones winning. */
export function mergedInto(mapping: YamlMapping): readonly YamlNode[] {
  const merges = mapping.entries.filter(isMerge).map(entry => dereferenced(entry.value));
  return merges.flatMap(merge => (merge?.kind === 'sequence' ? merge.items : merge === undefined ? [] : [merge]));
}

/** Whether an entry is a merge key: a plain `<<`. */
export const isMerge = (entry: YamlEntry): boolean =>
  entry.key.kind === 'scalar' && entry.key.style === 'plain' && entry.key.text === '<<' && entry.key.tag === undefined;

/** The text of a scalar key. */
export const keyText = (entry: YamlEntry): string | undefined =>
  entry.key.kind === 'scalar' ? entry.key.text : undefined;

/** The items of a sequence; nothing for anything else. */
export function itemsOf(node: YamlNode | undefined): readonly YamlNode[] {
  const sequence = dereferenced(node);
  return sequence?.kind === 'sequence' ? sequence.items : [];
}

/** The entries of a mapping; nothing for anything else. */
export function entriesOf(node: YamlNode | undefined): readonly YamlEntry[] {
  const mapping = dereferenced(node);
  return mapping?.kind === 'mapping' ? mapping.entries : [];
}

/** The decoded text of a scalar, or `undefined` for collections and nothing. */
export function textOfScalar(node: YamlNode | undefined): string | undefined {
  const scalar = dereferenced(node);
  return scalar?.kind === 'scalar' ? scalar.text : undefined;
}

/** The nodes that a cursor touches, from the root down to the innermost; keys count as well as values. */
export function yamlPathAt(root: YamlNode | undefined, at: Offset): readonly YamlNode[] {
  const path: YamlNode[] = [];
  for (let node = root; node !== undefined; node = childAt(node, at)) path.push(node);
  return path;
}

function childAt(node: YamlNode, at: Offset): YamlNode | undefined {
  if (node.kind === 'sequence') return node.items.find(item => touches(item, at));
  if (node.kind !== 'mapping') return undefined;
  const entry = node.entries.find(({ key, value }) => touches(key, at) || touches(value, at));
  if (entry === undefined) return undefined;
  return touches(entry.key, at) ? entry.key : entry.value;
}

/** Whether a text is no YAML, so that its tree is only what could be made out. */
export function hasSyntaxErrors({ problems }: YamlTree): boolean {
  return problems.some(({ code }) => code === 'yaml-syntax');
}

/** The scalar at the end of a document; `undefined` where it ends in something else. */
export function lastScalar(root: YamlNode | undefined): YamlScalar | undefined {
  let node = root;
  while (node?.kind === 'mapping' || node?.kind === 'sequence') {
    node = node.kind === 'mapping' ? node.entries.at(-1)?.value : node.items.at(-1);
  }
  return node?.kind === 'scalar' ? node : undefined;
}

/** The same document with another scalar at its end. */
export function withLastScalar(root: YamlNode, scalar: YamlScalar): YamlNode {
  switch (root.kind) {
    case 'mapping': {
      const last = root.entries.at(-1);
      if (last?.value === undefined) return root;
      return {
        ...root,
        entries: [...root.entries.slice(0, -1), { ...last, value: withLastScalar(last.value, scalar) }],
      };
    }
    case 'sequence': {
      const last = root.items.at(-1);
      return last === undefined ? root : { ...root, items: [...root.items.slice(0, -1), withLastScalar(last, scalar)] };
    }
    case 'scalar':
      return scalar;
    case 'alias':
      return root;
  }
}
