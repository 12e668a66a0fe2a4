/** Whether a character, as its code point, is one that a pattern means. */
export type CharacterTest = (character: number) => boolean;

/** Where in the text a pattern stands, without taking any of it. */
export type Anchor =
  | 'text-start'
  | 'text-end'
  | 'line-start'
  | 'line-end'
  | 'last-line-end'
  | 'boundary'
  | 'no-boundary'
  | 'ascii-boundary'
  | 'ascii-no-boundary';

/** How a repetition chooses its number of rounds; a possessive one does not come back to its choice. */
export type Greed = 'greedy' | 'lazy' | 'possessive';

/** A part of a pattern, its flags resolved. */
export type RegexNode =
  | { readonly kind: 'character'; readonly test: CharacterTest }
  | { readonly kind: 'anchor'; readonly anchor: Anchor }
  | { readonly kind: 'group'; readonly group: number | undefined; readonly body: Sequence; readonly flagged: boolean }
  | { readonly kind: 'alternatives'; readonly branches: readonly Sequence[] }
  | {
      readonly kind: 'repeat';
      readonly greed: Greed;
      readonly least: number;
      readonly most: number;
      readonly body: Sequence;
    }
  | { readonly kind: 'atomic'; readonly body: Sequence }
  /** What stands ahead, or so many characters back. */
  | { readonly kind: 'look'; readonly back: number; readonly negative: boolean; readonly body: Sequence }
  | { readonly kind: 'reference'; readonly group: number; readonly ignoresCase: boolean }
  | {
      readonly kind: 'condition';
      readonly group: number;
      readonly yes: Sequence;
      readonly no: Sequence | undefined;
    };

/** Parts that follow each other. */
export type Sequence = readonly RegexNode[];

/** A pattern that has been read. */
export interface ParsedPattern {
  readonly body: Sequence;
  readonly flags: number;
  /** How many groups there are, the whole match not counted. */
  readonly nGroups: number;
  /** The numbers of the groups that have a name. */
  readonly names: ReadonlyMap<string, number>;
}

/** The fewest and the most characters that a sequence takes. */
export function widthOf(
  body: Sequence,
  widths: ReadonlyMap<number, readonly [number, number]>,
): readonly [number, number] {
  let least = 0;
  let most = 0;
  for (const node of body) {
    const [low, high] = nodeWidth(node, widths);
    least += low;
    most += high;
  }
  return [least, most];
}

function nodeWidth(node: RegexNode, widths: ReadonlyMap<number, readonly [number, number]>): readonly [number, number] {
  switch (node.kind) {
    case 'character':
      return [1, 1];
    case 'anchor':
    case 'look':
      return [0, 0];
    case 'group':
    case 'atomic':
      return widthOf(node.body, widths);
    case 'alternatives': {
      const all = node.branches.map(it => widthOf(it, widths));
      return [Math.min(...all.map(it => it[0])), Math.max(...all.map(it => it[1]))];
    }
    case 'repeat': {
      const [low, high] = widthOf(node.body, widths);
      return [low * node.least, high === 0 || node.most === 0 ? 0 : high * node.most];
    }
    case 'reference':
      return widths.get(node.group) ?? [0, Infinity];
    case 'condition': {
      const yes = widthOf(node.yes, widths);
      const no = node.no === undefined ? ([0, 0] as const) : widthOf(node.no, widths);
      return [Math.min(yes[0], no[0]), Math.max(yes[1], no[1])];
    }
    default:
      return node satisfies never;
  }
}
