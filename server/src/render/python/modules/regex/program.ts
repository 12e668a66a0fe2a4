import type { Anchor, CharacterTest, Greed, ParsedPattern, RegexNode, Sequence } from './nodes.ts';

/** One step of a pattern's program; a number is the step to go on with. */
export type Step =
  | { readonly op: 'character'; readonly test: CharacterTest }
  | { readonly op: 'anchor'; readonly anchor: Anchor }
  /** Remembers the place as the start (even) or end (odd) of a group. */
  | { readonly op: 'mark'; readonly mark: number }
  /** Tries the steps in order. */
  | { readonly op: 'branch'; readonly targets: readonly number[] }
  | { readonly op: 'jump'; readonly target: number }
  /** Any number of one character, chosen by the greed. */
  | {
      readonly op: 'run';
      readonly test: CharacterTest;
      readonly greed: Greed;
      readonly least: number;
      readonly most: number;
    }
  /** Begins to count rounds, and goes on at `until`. */
  | { readonly op: 'repeat'; readonly until: number }
  /** At the end of a round: another one, or what follows. */
  | {
      readonly op: 'until';
      readonly body: number;
      readonly greed: 'greedy' | 'lazy';
      readonly least: number;
      readonly most: number;
    }
  /** The program from the next step to its `done` matches here, goes no further and is not tried again. */
  | {
      readonly op: 'inside';
      readonly after: number;
      readonly kind: 'atomic' | 'look' | 'look-not';
      /** How many characters before this place it begins. */
      readonly back: number;
    }
  | { readonly op: 'reference'; readonly group: number; readonly ignoresCase: boolean }
  /** Goes on if the group has matched, else at `otherwise`. */
  | { readonly op: 'condition'; readonly group: number; readonly otherwise: number }
  | { readonly op: 'done' };

/** The steps of a pattern. */
export function compilePattern(pattern: ParsedPattern): readonly Step[] {
  const steps: Step[] = [];
  addAll(steps, pattern.body);
  steps.push({ op: 'done' });
  return steps;
}

function addAll(steps: Step[], body: Sequence): void {
  for (const node of body) add(steps, node);
}

function add(steps: Step[], node: RegexNode): void {
  switch (node.kind) {
    case 'character':
      steps.push({ op: 'character', test: node.test });
      return;
    case 'anchor':
      steps.push({ op: 'anchor', anchor: node.anchor });
      return;
    case 'group':
      if (node.group !== undefined) steps.push({ op: 'mark', mark: node.group * 2 });
      addAll(steps, node.body);
      if (node.group !== undefined) steps.push({ op: 'mark', mark: node.group * 2 + 1 });
      return;
    case 'alternatives':
      return addBranches(steps, node.branches);
    case 'repeat':
      return addRepeat(steps, node);
    case 'atomic':
      return addInside(steps, node.body, 'atomic', 0);
    case 'look':
      return addInside(steps, node.body, node.negative ? 'look-not' : 'look', node.back);
    case 'reference':
      steps.push({ op: 'reference', group: node.group, ignoresCase: node.ignoresCase });
      return;
    case 'condition':
      return addCondition(steps, node);
    default:
      node satisfies never;
  }
}

function addBranches(steps: Step[], branches: readonly Sequence[]): void {
  const at = steps.length;
  steps.push({ op: 'done' });
  const targets: number[] = [];
  const ends: number[] = [];
  for (const branch of branches) {
    targets.push(steps.length);
    addAll(steps, branch);
    ends.push(steps.length);
    steps.push({ op: 'done' });
  }
  steps[at] = { op: 'branch', targets };
  for (const end of ends) steps[end] = { op: 'jump', target: steps.length };
}

function addRepeat(steps: Step[], node: Extract<RegexNode, { kind: 'repeat' }>): void {
  const { greed, least, most, body } = node;
  const [only] = body;
  if (body.length === 1 && only?.kind === 'character') {
    steps.push({ op: 'run', test: only.test, greed, least, most });
    return;
  }
  if (greed === 'possessive') {
    addInside(steps, [{ ...node, greed: 'greedy' }], 'atomic', 0);
    return;
  }
  const at = steps.length;
  steps.push({ op: 'done' });
  addAll(steps, body);
  steps[at] = { op: 'repeat', until: steps.length };
  steps.push({ op: 'until', body: at + 1, greed, least, most });
}

function addInside(steps: Step[], body: Sequence, kind: 'atomic' | 'look' | 'look-not', back: number): void {
  const at = steps.length;
  steps.push({ op: 'done' });
  addAll(steps, body);
  steps.push({ op: 'done' });
  steps[at] = { op: 'inside', after: steps.length, kind, back };
}

function addCondition(steps: Step[], { group, yes, no }: Extract<RegexNode, { kind: 'condition' }>): void {
  const at = steps.length;
  steps.push({ op: 'done' });
  addAll(steps, yes);
  const end = steps.length;
  if (no !== undefined) steps.push({ op: 'done' });
  steps[at] = { op: 'condition', group, otherwise: steps.length };
  if (no === undefined) return;
  addAll(steps, no);
  steps[end] = { op: 'jump', target: steps.length };
}
