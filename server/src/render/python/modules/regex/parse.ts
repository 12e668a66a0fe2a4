import { spend } from '../../meter.ts';
import { raise } from '../../error.ts';
import { repr } from '../../text.ts';
import { literalTest, type CaseRule } from './character-set.ts';
import { escapeNode } from './escapes.ts';
import { flagBits, inlineFlags } from './flags.ts';
import { widthOf, type Greed, type ParsedPattern, type RegexNode, type Sequence } from './nodes.ts';
import { parseSet } from './parse-set.ts';
import { isIdentifier, lengthOf, PatternSource } from './source.ts';

const {
  IGNORECASE = 0,
  LOCALE = 0,
  MULTILINE = 0,
  DOTALL = 0,
  UNICODE = 0,
  VERBOSE = 0,
  ASCII = 0,
  DEBUG = 0,
} = flagBits;
const TYPE_FLAGS = ASCII | LOCALE | UNICODE;
const SPECIAL = '.\\[{()*+?^$|';
const MOST_REPEATS = 4294967295;

/** Reads a pattern of Python's `re`; a malformed one raises its `re.error`. */
export function parsePattern(pattern: string, flags: number): ParsedPattern {
  spend(50 + pattern.length * 8);
  return new Parser(pattern, flags).whole();
}

/** What a pattern's reader knows of its groups. */
export class GroupState {
  /** The widths of the groups that are closed. */
  readonly widths = new Map<number, readonly [number, number]>();
  readonly names = new Map<string, number>();
  count = 0;
  /** Inside a look-behind: how many groups there were before it. */
  beforeLookBehind: number | undefined = undefined;

  /** Refuses a reference to a group that is not known yet. */
  check(source: PatternSource, group: number, back: number): void {
    if (!this.widths.has(group)) source.fail('cannot refer to an open group', back);
    this.checkLookBehind(source, group);
  }

  checkLookBehind(source: PatternSource, group: number): void {
    if (this.beforeLookBehind === undefined) return;
    if (!this.widths.has(group)) source.fail('cannot refer to an open group');
    if (group > this.beforeLookBehind) {
      source.fail('cannot refer to group defined in the same lookbehind subpattern');
    }
  }
}

class Parser {
  readonly #source: PatternSource;
  readonly #groups = new GroupState();
  /** Conditions may ask for groups that come later; where they do. */
  readonly #conditions = new Map<number, number>();
  #flags: number;
  /** Whether a look-behind does not say how far to look. */
  #isUnfixed = false;

  constructor(pattern: string, flags: number) {
    this.#source = new PatternSource(pattern);
    this.#flags = flags;
  }

  whole(): ParsedPattern {
    const body = this.#alternatives(0);
    const flags = completeFlags(this.#flags);
    if (this.#source.next !== undefined) this.#source.fail('unbalanced parenthesis');
    for (const [group, position] of this.#conditions) {
      if (group > this.#groups.count) this.#source.failAt(`invalid group reference ${group}`, position);
    }
    if (this.#isUnfixed) raise('error', 'look-behind requires fixed-width pattern');
    return { body, flags, nGroups: this.#groups.count, names: this.#groups.names };
  }

  get #caseRule(): CaseRule {
    if ((this.#flags & IGNORECASE) === 0) return 'exact';
    return (this.#flags & ASCII) === 0 ? 'ignore' : 'ignore-ascii';
  }

  #has(flag: number): boolean {
    return (this.#flags & flag) !== 0;
  }

  #alternatives(depth: number): Sequence {
    const branches = [this.#sequence(depth + 1, depth === 0)];
    while (this.#source.match('|')) branches.push(this.#sequence(depth + 1, false));
    const [only] = branches;
    return branches.length === 1 && only !== undefined ? only : [{ kind: 'alternatives', branches }];
  }

  #sequence(depth: number, isFirst: boolean): Sequence {
    const source = this.#source;
    const nodes: RegexNode[] = [];
    for (;;) {
      const { next } = source;
      if (next === undefined || next === '|' || next === ')') return nodes;
      source.get();
      if (this.#has(VERBOSE) && this.#isSkipped(next)) continue;
      if (!SPECIAL.includes(next[0] ?? '')) nodes.push(this.#literal(next));
      else if (next.startsWith('\\')) nodes.push(escapeNode(source, next, this.#groups, this.#flags, this.#caseRule));
      else if (next === '[') nodes.push(parseSet(source, this.#has(ASCII), this.#caseRule));
      else if ('*+?{'.includes(next)) this.#repeat(nodes, next);
      else if (next === '(') this.#parenthesis(nodes, depth, isFirst);
      else nodes.push(this.#sign(next));
    }
  }

  #literal(character: string): RegexNode {
    return { kind: 'character', test: literalTest(character.codePointAt(0) ?? 0, this.#caseRule) };
  }

  /** Blanks and comments between the parts of a verbose pattern. */
  #isSkipped(token: string): boolean {
    if (/^[ \t\n\r\v\f]$/.test(token)) return true;
    if (token !== '#') return false;
    for (let at = this.#source.get(); at !== undefined && at !== '\n'; at = this.#source.get());
    return true;
  }

  #sign(sign: string): RegexNode {
    if (sign === '^') return { kind: 'anchor', anchor: this.#has(MULTILINE) ? 'line-start' : 'text-start' };
    if (sign === '$') return { kind: 'anchor', anchor: this.#has(MULTILINE) ? 'line-end' : 'last-line-end' };
    return { kind: 'character', test: this.#has(DOTALL) ? () => true : character => character !== 10 };
  }

  #repeat(nodes: RegexNode[], sign: string): void {
    const source = this.#source;
    const here = source.tell();
    const bounds =
      sign === '{' ? this.#bounds(here) : ({ '?': [0, 1], '*': [0, Infinity], '+': [1, Infinity] } as const)[sign];
    if (bounds === undefined) {
      nodes.push(this.#literal('{'));
      return;
    }
    const item = nodes.at(-1);
    const back = source.tell() - here + 1;
    if (item === undefined || item.kind === 'anchor') return source.fail('nothing to repeat', back);
    if (item.kind === 'repeat') return source.fail('multiple repeat', back);
    const isPlain = item.kind === 'group' && item.group === undefined && !item.flagged;
    const greed: Greed = source.match('?') ? 'lazy' : source.match('+') ? 'possessive' : 'greedy';
    const [least, most] = bounds;
    nodes[nodes.length - 1] = { kind: 'repeat', greed, least, most, body: isPlain ? item.body : [item] };
  }

  /** The numbers of `{m,n}`; `undefined` when the brace stands for itself. */
  #bounds(here: number): readonly [number, number] | undefined {
    const source = this.#source;
    if (source.next === '}') return undefined;
    const low = source.getWhile(Infinity, /^[0-9]$/);
    const high = source.match(',') ? source.getWhile(Infinity, /^[0-9]$/) : low;
    if (!source.match('}')) {
      source.seek(here);
      return undefined;
    }
    const least = low === '' ? 0 : repeats(low);
    const most = high === '' ? Infinity : repeats(high);
    if (most < least) source.fail('min repeat greater than max repeat', source.tell() - here);
    return [least, most];
  }

  #parenthesis(nodes: RegexNode[], depth: number, isFirst: boolean): void {
    const source = this.#source;
    const start = source.tell() - 1;
    if (!source.match('?')) return void nodes.push(this.#group(start, depth, undefined, {}));
    const sign = source.get() ?? source.fail('unexpected end of pattern');
    switch (sign) {
      case 'P':
        return void nodes.push(this.#named(start, depth));
      case ':':
        return void nodes.push(this.#group(start, depth, undefined, { isPlain: true }));
      case '#':
        return this.#comment(start);
      case '=':
      case '!':
      case '<':
        return void nodes.push(this.#look(start, depth, sign));
      case '(':
        return void nodes.push(this.#condition(start, depth));
      case '>': {
        const { body } = this.#group(start, depth, undefined, { isPlain: true });
        return void nodes.push({ kind: 'atomic', body });
      }
      default:
        return this.#flagged(nodes, sign, { start, depth, isFirst });
    }
  }

  #comment(start: number): void {
    for (;;) {
      if (this.#source.next === undefined) {
        this.#source.fail('missing ), unterminated comment', this.#source.tell() - start);
      }
      if (this.#source.get() === ')') return;
    }
  }

  #group(
    start: number,
    depth: number,
    name: string | undefined,
    { isPlain = false, flags = this.#flags }: { readonly isPlain?: boolean; readonly flags?: number },
  ): Extract<RegexNode, { kind: 'group' }> {
    const group = isPlain ? undefined : this.#open(name);
    const saved = this.#flags;
    this.#flags = flags;
    const body = this.#alternatives(depth + 1);
    this.#flags = saved;
    this.#close(start);
    if (group !== undefined) this.#groups.widths.set(group, widthOf(body, this.#groups.widths));
    return { kind: 'group', group, body, flagged: flags !== saved };
  }

  #open(name: string | undefined): number {
    const group = ++this.#groups.count;
    if (name === undefined) return group;
    const known = this.#groups.names.get(name);
    if (known !== undefined) {
      const message = `redefinition of group name ${repr(name)} as group ${group}; was group ${known}`;
      this.#source.fail(message, lengthOf(name) + 1);
    }
    this.#groups.names.set(name, group);
    return group;
  }

  #close(start: number): void {
    if (this.#source.match(')')) return;
    this.#source.fail('missing ), unterminated subpattern', this.#source.tell() - start);
  }

  #named(start: number, depth: number): RegexNode {
    const source = this.#source;
    if (source.match('<')) {
      const name = source.getUntil('>', 'group name');
      source.checkName(name);
      return this.#group(start, depth, name, {});
    }
    if (!source.match('=')) {
      const sign = source.get() ?? source.fail('unexpected end of pattern');
      return source.fail(`unknown extension ?P${sign}`, lengthOf(sign) + 2);
    }
    const name = source.getUntil(')', 'group name');
    source.checkName(name);
    const back = lengthOf(name) + 1;
    const group = this.#groups.names.get(name) ?? source.fail(`unknown group name ${repr(name)}`, back);
    this.#groups.check(source, group, back);
    return { kind: 'reference', group, ignoresCase: this.#has(IGNORECASE) };
  }

  #look(start: number, depth: number, sign: '=' | '!' | '<'): RegexNode {
    const source = this.#source;
    const kind = sign === '<' ? (source.get() ?? source.fail('unexpected end of pattern')) : sign;
    if (kind !== '=' && kind !== '!') return source.fail(`unknown extension ?<${kind}`, lengthOf(kind) + 2);
    const outermost = this.#groups.beforeLookBehind === undefined;
    if (sign === '<' && outermost) this.#groups.beforeLookBehind = this.#groups.count;
    const body = this.#alternatives(depth + 1);
    if (sign === '<' && outermost) this.#groups.beforeLookBehind = undefined;
    this.#close(start);
    const [least, most] = sign === '<' ? widthOf(body, this.#groups.widths) : [0, 0];
    if (least !== most) this.#isUnfixed = true;
    return { kind: 'look', back: least, negative: kind === '!', body };
  }

  #condition(start: number, depth: number): RegexNode {
    const source = this.#source;
    const name = source.getUntil(')', 'group name');
    const back = lengthOf(name) + 1;
    const group = this.#conditionGroup(name, back);
    this.#groups.checkLookBehind(source, group);
    const yes = this.#sequence(depth + 1, false);
    let no: Sequence | undefined;
    if (source.match('|')) {
      no = this.#sequence(depth + 1, false);
      if (source.next === '|') source.fail('conditional backref with more than two branches');
    }
    this.#close(start);
    return { kind: 'condition', group, yes, no };
  }

  #conditionGroup(name: string, back: number): number {
    const source = this.#source;
    if (isIdentifier(name)) {
      return this.#groups.names.get(name) ?? source.fail(`unknown group name ${repr(name)}`, back);
    }
    if (!/^\s*\+?[0-9]+(?:_[0-9]+)*\s*$/.test(name)) source.fail(`bad character in group name ${repr(name)}`, back);
    const group = Number(name.replaceAll('_', ''));
    if (group === 0) source.fail('bad group number', back);
    if (!this.#conditions.has(group)) this.#conditions.set(group, source.tell() - back);
    return group;
  }

  /** `(?i)` at the start, or `(?i:…)`. */
  #flagged(
    nodes: RegexNode[],
    sign: string,
    { start, depth, isFirst }: { readonly start: number; readonly depth: number; readonly isFirst: boolean },
  ): void {
    const source = this.#source;
    if (!inlineFlags.has(sign) && sign !== '-') source.fail(`unknown extension ?${sign}`, lengthOf(sign) + 1);
    const { on, off, end } = this.#flagLetters(sign);
    if (end === ')') {
      this.#flags |= on;
      if (!isFirst || nodes.length > 0) {
        source.fail('global flags not at the start of the expression', source.tell() - start);
      }
      return;
    }
    // Of the flags for the kind of characters one takes the place of another.
    const kept = (on & TYPE_FLAGS) === 0 ? this.#flags : this.#flags & ~TYPE_FLAGS;
    nodes.push(this.#group(start, depth, undefined, { isPlain: true, flags: (kept | on) & ~off }));
  }

  #flagLetters(first: string): { readonly on: number; readonly off: number; readonly end: string } {
    const source = this.#source;
    let on = 0;
    let at: string = first;
    while (at !== '-') {
      on |= this.#addedFlag(at, on);
      at = source.get() ?? source.fail('missing -, : or )');
      if (at === ')' || at === ':') return { on: this.#local(on, at), off: 0, end: at };
      if (at !== '-') this.#checkFlag(at, 'missing -, : or )');
    }
    this.#local(on, at);
    let off = 0;
    at = source.get() ?? source.fail('missing flag');
    this.#checkFlag(at, 'missing flag');
    while (at !== ':') {
      const flag = inlineFlags.get(at) ?? 0;
      if ((flag & TYPE_FLAGS) !== 0) source.fail("bad inline flags: cannot turn off flags 'a', 'u' and 'L'");
      off |= flag;
      at = source.get() ?? source.fail('missing :');
      if (at !== ':') this.#checkFlag(at, 'missing :');
    }
    if ((on & off) !== 0) source.fail('bad inline flags: flag turned on and off', 1);
    return { on, off, end: at };
  }

  #addedFlag(letter: string, on: number): number {
    const flag = inlineFlags.get(letter) ?? 0;
    if (letter === 'L') this.#source.fail("bad inline flags: cannot use 'L' flag with a str pattern");
    if ((flag & TYPE_FLAGS) !== 0 && ((on | flag) & TYPE_FLAGS) !== flag) {
      this.#source.fail("bad inline flags: flags 'a', 'u' and 'L' are incompatible");
    }
    return flag;
  }

  #local(on: number, end: string): number {
    if (end !== ')' && (on & DEBUG) !== 0) this.#source.fail('bad inline flags: cannot turn on global flag', 1);
    return on;
  }

  #checkFlag(letter: string, otherwise: string): void {
    if (inlineFlags.has(letter)) return;
    this.#source.fail(/^\p{L}$/u.test(letter) ? 'unknown flag' : otherwise, lengthOf(letter));
  }
}

function repeats(digits: string): number {
  const count = Number(digits);
  return count < MOST_REPEATS ? count : raise('OverflowError', 'the repetition number is too large');
}

/** The flags of a pattern for texts. */
function completeFlags(flags: number): number {
  if ((flags & LOCALE) !== 0) raise('ValueError', 'cannot use LOCALE flag with a str pattern');
  if ((flags & ASCII) === 0) return flags | UNICODE;
  return (flags & UNICODE) === 0 ? flags : raise('ValueError', 'ASCII and UNICODE flags are incompatible');
}
