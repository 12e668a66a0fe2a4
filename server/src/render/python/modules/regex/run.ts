import { FuelError, spend } from '../../meter.ts';
import { isAsciiWord, isSameLetter, isWord, lowerOf } from './character-set.ts';
import type { Anchor, CharacterTest } from './nodes.ts';
import type { Step } from './program.ts';
import type { Subject } from './subject.ts';

/** What a match may be: any, one that ends at the end, one that is not empty. */
export interface Condition {
  readonly toEnd: boolean;
  readonly notEmpty: boolean;
}

/** The rounds of a repetition so far. Never changed, so that going back to an earlier choice is to take up an old one. */
interface Rounds {
  readonly count: number;
  /** Where the last optional round began: one that took nothing is not followed by another. */
  readonly last: number;
  readonly outer: Rounds | undefined;
}

const NO_ROUNDS: Rounds = { count: -1, last: -1, outer: undefined };

/** What stands for a step when there is none to go on with. */
const FAILED = -1;

/** A choice that can still be made differently. */
interface Choice {
  readonly step: number;
  readonly at: number;
  readonly rounds: Rounds | undefined;
  /** How many changes of marks there were. */
  readonly nChanges: number;
  /** For a run of characters: how far it can still give back, or how far it may still go. */
  readonly limit: number;
  readonly kind: 'go' | 'shorten' | 'lengthen' | 'round';
}

/** More open choices than any pattern needs on texts that a template handles. */
const MOST_CHOICES = 2_000_000;

/**
 * Matches a program against a text by trying, as Python's `re` does, step by step and counting each. That is why a
 * pattern that would take for ever ends: JavaScript's own engine cannot be stopped.
 */
export class Run {
  readonly #steps: readonly Step[];
  readonly #subject: Subject;
  readonly #length: number;
  /** Start and end of each group, -1 where it has none; the last one is the group that was closed last. */
  readonly marks: Int32Array;
  /** The marks that were changed and what they were, in turn. */
  readonly #changes: number[] = [];
  readonly #choices: Choice[] = [];
  #condition: Condition = { toEnd: false, notEmpty: false };
  #start = 0;
  /** The place reached, and the rounds of the repetition around it. */
  #at = 0;
  #rounds: Rounds | undefined = undefined;
  #work = 0;

  constructor(steps: readonly Step[], nGroups: number, subject: Subject) {
    this.#steps = steps;
    this.#subject = subject;
    this.#length = subject.length;
    this.marks = new Int32Array(nGroups * 2 + 3).fill(-1);
  }

  /** Whether the program matches at a place; if so `marks` tell where. */
  matchAt(start: number, condition: Condition): boolean {
    this.#condition = condition;
    this.#start = start;
    this.marks.fill(-1);
    this.marks[0] = start;
    this.#changes.length = 0;
    this.#choices.length = 0;
    const end = this.#run(0, start, true);
    this.#settle();
    if (end < 0) return false;
    this.marks[1] = end;
    return true;
  }

  #settle(): void {
    spend(1 + (this.#work >> 2));
    this.#work = 0;
  }

  /** Runs from a step to its `done`; answers with the place where it ended, or -1. */
  #run(first: number, start: number, isWhole: boolean): number {
    const base = this.#choices.length;
    const { at, rounds } = { at: this.#at, rounds: this.#rounds };
    this.#at = start;
    this.#rounds = undefined;
    let next = first;
    let isDone = false;
    while (!isDone && next >= 0) {
      if ((++this.#work & 255) === 0) this.#settle();
      const found = this.#steps[next];
      if (found === undefined) break;
      isDone = found.op === 'done' && (!isWhole || this.#isWanted(this.#at));
      if (isDone) break;
      next = found.op === 'done' ? FAILED : this.#take(found, next);
      if (next === FAILED) next = this.#takeChoice(base);
    }
    const end = isDone ? this.#at : -1;
    this.#choices.length = base;
    this.#at = at;
    this.#rounds = rounds;
    return end;
  }

  /** Takes one step at the place reached; answers with the step that follows. */
  #take(found: Exclude<Step, { readonly op: 'done' }>, step: number): number {
    switch (found.op) {
      case 'character':
        if (this.#at >= this.#length || !found.test(this.#subject.at(this.#at))) return FAILED;
        this.#at++;
        return step + 1;
      case 'anchor':
        return this.#holds(found.anchor, this.#at) ? step + 1 : FAILED;
      case 'mark':
        this.#mark(found.mark, this.#at);
        return step + 1;
      case 'branch':
        for (let n = found.targets.length - 1; n > 0; n--) this.#choose('go', found.targets[n] ?? 0);
        return found.targets[0] ?? FAILED;
      case 'jump':
        return found.target;
      case 'run':
        return this.#moveTo(this.#runOf(found, step, this.#at), step + 1);
      case 'repeat':
        this.#rounds = { count: -1, last: -1, outer: this.#rounds };
        return found.until;
      case 'until':
        return this.#nextRound(found, step);
      case 'inside': {
        const end = this.#inside(step + 1, this.#at - found.back, found.kind);
        return found.kind === 'atomic' || end < 0 ? this.#moveTo(end, found.after) : found.after;
      }
      case 'reference':
        return this.#moveTo(this.#referred(found.group, found.ignoresCase, this.#at), step + 1);
      case 'condition':
        return (this.marks[found.group * 2 + 1] ?? -1) >= 0 ? step + 1 : found.otherwise;
      default:
        return found satisfies never;
    }
  }

  #moveTo(end: number, next: number): number {
    if (end < 0) return FAILED;
    this.#at = end;
    return next;
  }

  /** At the end of a round: what follows, or another round. */
  #nextRound(found: Extract<Step, { readonly op: 'until' }>, step: number): number {
    const { count: before, last, outer } = this.#rounds ?? NO_ROUNDS;
    const at = this.#at;
    const count = before + 1;
    if (count < found.least) {
      this.#rounds = { count, last, outer };
      return found.body;
    }
    const isLazy = found.greed === 'lazy';
    if (isLazy) {
      this.#rounds = { count, last, outer };
      this.#choose('round', step);
    } else if (count < found.most && at !== last) {
      this.#rounds = outer;
      this.#choose('go', step + 1);
      this.#rounds = { count, last: at, outer };
      return found.body;
    }
    this.#rounds = outer;
    return step + 1;
  }

  #isWanted(at: number): boolean {
    return (!this.#condition.toEnd || at === this.#length) && (!this.#condition.notEmpty || at !== this.#start);
  }

  /** Keeps open what could be done instead from here. */
  #choose(kind: Choice['kind'], step: number, at = this.#at, limit = 0): void {
    if (this.#choices.length >= MOST_CHOICES) throw new FuelError('rendering was stopped in a regular expression');
    this.#choices.push({ kind, step, at, rounds: this.#rounds, limit, nChanges: this.#changes.length });
  }

  /** Goes back to the last open choice that can be made differently; answers with the step that follows. */
  #takeChoice(base: number): number {
    while (this.#choices.length > base) {
      const choice = this.#choices.pop();
      if (choice === undefined) return FAILED;
      this.#undo(choice.nChanges);
      this.#at = choice.at;
      this.#rounds = choice.rounds;
      const next = this.#decide(choice);
      if (next !== FAILED) return next;
    }
    return FAILED;
  }

  #decide({ kind, step, at, limit, rounds }: Choice): number {
    switch (kind) {
      case 'go':
        return step;
      case 'shorten':
        this.#at = at - 1;
        if (at - 1 > limit) this.#choose('shorten', step, at - 1, limit);
        return step;
      case 'lengthen': {
        const found = this.#steps[step - 1];
        if (found?.op !== 'run' || limit <= 0 || at >= this.#length || !found.test(this.#subject.at(at))) return FAILED;
        this.#at = at + 1;
        this.#choose('lengthen', step, at + 1, limit - 1);
        return step;
      }
      case 'round': {
        const until = this.#steps[step];
        if (until?.op !== 'until' || rounds === undefined) return FAILED;
        if (rounds.count >= until.most || at === rounds.last) return FAILED;
        this.#rounds = { count: rounds.count, last: at, outer: rounds.outer };
        return until.body;
      }
      default:
        return kind satisfies never;
    }
  }

  /** A run of one character's test from `at`; -1 when it is too short. */
  #runOf(found: Extract<Step, { op: 'run' }>, step: number, at: number): number {
    const { test, greed, least, most } = found;
    const wanted = greed === 'lazy' ? least : most;
    const end = this.#count(test, at, wanted);
    if (end - at < least) return -1;
    if (greed === 'lazy') this.#choose('lengthen', step + 1, end, most - least);
    else if (greed === 'greedy' && end > at + least) this.#choose('shorten', step + 1, end, at + least);
    return end;
  }

  #count(test: CharacterTest, from: number, most: number): number {
    const last = Math.min(this.#length, from + most);
    let at = from;
    while (at < last && test(this.#subject.at(at))) at++;
    this.#work += (at - from) >> 2;
    if (at - from > 1000) this.#settle();
    return at;
  }

  /** What stands inside looks at the groups, sets them if it matches, and is then settled. */
  #inside(first: number, start: number, kind: 'atomic' | 'look' | 'look-not'): number {
    if (start < 0) return kind === 'look-not' ? 0 : -1;
    const nChanges = this.#changes.length;
    const end = this.#run(first, start, false);
    if (kind === 'look-not' || end < 0) this.#undo(nChanges);
    if (kind === 'look-not') return end < 0 ? 0 : -1;
    return end;
  }

  #mark(mark: number, at: number): void {
    this.#set(mark, at);
    if ((mark & 1) === 1) this.#set(this.marks.length - 1, mark >> 1);
  }

  #set(index: number, value: number): void {
    this.#changes.push(index, this.marks[index] ?? -1);
    this.marks[index] = value;
  }

  #undo(nChanges: number): void {
    while (this.#changes.length > nChanges) {
      const value = this.#changes.pop() ?? -1;
      const index = this.#changes.pop() ?? 0;
      this.marks[index] = value;
    }
  }

  /** Where the text of a group ends when it stands at `from` again; -1 when it does not, or the group has none. */
  #referred(group: number, ignoresCase: boolean, from: number): number {
    const start = this.marks[group * 2] ?? -1;
    const end = this.marks[group * 2 + 1] ?? -1;
    if (start < 0 || end < start || from + (end - start) > this.#length) return -1;
    this.#work += end - start;
    for (let n = 0; n < end - start; n++) {
      const a = this.#subject.at(start + n);
      const b = this.#subject.at(from + n);
      if (a === b) continue;
      if (!ignoresCase || !isSameLetter(lowerOf(a, 'ignore'), lowerOf(b, 'ignore'), 'exact')) return -1;
    }
    return from + (end - start);
  }

  #holds(anchor: Anchor, at: number): boolean {
    const length = this.#length;
    switch (anchor) {
      case 'text-start':
        return at === 0;
      case 'text-end':
        return at === length;
      case 'line-start':
        return at === 0 || this.#subject.at(at - 1) === LF;
      case 'line-end':
        return at === length || this.#subject.at(at) === LF;
      case 'last-line-end':
        return at === length || (at === length - 1 && this.#subject.at(at) === LF);
      case 'boundary':
        return this.#isBoundary(isWord, at);
      case 'no-boundary':
        return length > 0 && !this.#isBoundary(isWord, at);
      case 'ascii-boundary':
        return this.#isBoundary(isAsciiWord, at);
      case 'ascii-no-boundary':
        return length > 0 && !this.#isBoundary(isAsciiWord, at);
      default:
        return anchor satisfies never;
    }
  }

  #isBoundary(test: CharacterTest, at: number): boolean {
    const before = at > 0 && test(this.#subject.at(at - 1));
    const after = at < this.#length && test(this.#subject.at(at));
    return before !== after;
  }
}

const LF = 10;
