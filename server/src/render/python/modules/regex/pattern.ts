import {
  Dict,
  HostObject,
  List,
  Tuple,
  type CallArguments,
  type CallContext,
  type HashKey,
  type Value,
} from '../../../value.ts';
import { bindBuiltin, bindRange, indexArgument, parameters, positionalArguments } from '../../arguments.ts';
import { raise } from '../../error.ts';
import { PyIterator } from '../../iterate.ts';
import { boundMethod, methodTable } from '../../methods/method-table.ts';
import { makeText, spendOnText } from '../../meter.ts';
import { strOf } from '../../strings.ts';
import { repr } from '../../text.ts';
import { isCallable } from '../../operators.ts';
import { typeName } from '../../type-name.ts';
import { flagNames } from './flags.ts';
import { Match, type MatchPlace } from './match.ts';
import type { ParsedPattern } from './nodes.ts';
import { parsePattern } from './parse.ts';
import { compilePattern, type Step } from './program.ts';
import { Run } from './run.ts';
import { subjectOf } from './subject.ts';
import { parseTemplate } from './template.ts';

type Where = 'start' | 'whole' | 'anywhere';

/** Python's compiled pattern. */
export class Pattern extends HostObject {
  readonly typeName = 're.Pattern';
  readonly pattern: string;
  readonly parsed: ParsedPattern;
  readonly #steps: readonly Step[];
  constructor(pattern: string, flags: number) {
    super();
    this.pattern = pattern;
    this.parsed = parsePattern(pattern, flags);
    this.#steps = compilePattern(this.parsed);
  }

  get nGroups(): number {
    return this.parsed.nGroups;
  }

  /** The match at or after the place; `undefined` when there is none. */
  find(place: MatchPlace, where: Where): Match | undefined {
    const run = new Run(this.#steps, this.nGroups, place.subject);
    if (where === 'anywhere') return this.#search(run, place, place.from, false);
    const isMatch = run.matchAt(place.from, { toEnd: where === 'whole', notEmpty: false });
    return isMatch ? new Match(this, this.parsed, place, run.marks) : undefined;
  }

  /** All matches that do not overlap, from left to right. Where an empty one was, one that is longer may follow. */
  *findAll(place: MatchPlace): Generator<Match, void> {
    const run = new Run(this.#steps, this.nGroups, place.subject);
    let match = this.#search(run, place, place.from, false);
    while (match !== undefined) {
      yield match;
      match = this.#search(run, place, match.end, match.end === match.start);
    }
  }

  #search(run: Run, place: MatchPlace, from: number, notEmpty: boolean): Match | undefined {
    for (let at = from; at <= place.subject.length; at++) {
      const isMatch = run.matchAt(at, { toEnd: false, notEmpty: notEmpty && at === from });
      if (isMatch) return new Match(this, this.parsed, place, run.marks);
    }
    return undefined;
  }

  override attribute(name: string): Value | undefined {
    if (name === 'pattern') return this.pattern;
    if (name === 'flags') return this.parsed.flags;
    if (name === 'groups') return this.nGroups;
    if (name === 'groupindex') return Dict.fromStrings(this.parsed.names);
    return boundMethod(patternMethods, this, name);
  }

  override equals(other: Value): boolean {
    return other instanceof Pattern && other.pattern === this.pattern && other.parsed.flags === this.parsed.flags;
  }

  override hashKey(): HashKey {
    return `re${this.parsed.flags}:${this.pattern}`;
  }

  repr(): string {
    const names = flagNames(this.parsed.flags & ~32);
    return `re.compile(${repr(this.pattern)}${names.length === 0 ? '' : `, ${names.map(it => `re.${it}`).join('|')}`})`;
  }
}

/** The text a pattern is applied to. */
export function subject(value: Value): string {
  return strOf(value) ?? raise('TypeError', `expected string or bytes-like object, got '${typeName(value)}'`);
}

/** The whole of a text, to be searched from its start. */
export function wholeOf(value: Value): MatchPlace {
  const whole = subject(value);
  spendOnText(whole.length);
  return { whole, subject: subjectOf(whole), from: 0 };
}

/** The part of a text between two indexes. */
function bounded(args: readonly Value[]): MatchPlace {
  const [value = null, from = 0, to] = args;
  const place = wholeOf(value);
  const { length } = place.subject;
  const end = to === undefined ? length : Math.min(Math.max(indexArgument(to), 0), length);
  const part = end < length ? subjectOf(place.subject.slice(0, end)) : place.subject;
  return { whole: place.whole, subject: part, from: Math.min(Math.max(indexArgument(from), 0), end) };
}

const finding =
  (name: string, where: Where) =>
  (pattern: Pattern, args: CallArguments): Value => {
    const list = parameters('string', ['pos', 0], ['endpos', Number.MAX_SAFE_INTEGER]);
    return pattern.find(bounded(bindBuiltin(name, list, args)), where) ?? null;
  };

/** `pattern.split(text, limit)`: what the groups caught stands between the parts. */
export function splitBy(pattern: Pattern, place: MatchPlace, limit: number): List {
  const { subject: text } = place;
  const parts: Value[] = [];
  let from = 0;
  let n = 0;
  for (const match of pattern.findAll(place)) {
    if (limit !== 0 && n >= limit) break;
    parts.push(text.slice(from, match.start));
    for (let group = 1; group <= pattern.nGroups; group++) parts.push(match.text(group) ?? null);
    from = match.end;
    n++;
  }
  parts.push(text.slice(from));
  return new List(parts);
}

/** `pattern.subn(replacement, text, count)`. */
export function substitute(
  pattern: Pattern,
  replacement: Value,
  place: MatchPlace,
  count: number,
  context: CallContext,
): { readonly text: string; readonly n: number } {
  const expand = replacer(pattern, replacement, context);
  const { subject: text } = place;
  let result = '';
  let from = 0;
  let n = 0;
  for (const match of pattern.findAll(place)) {
    if (count !== 0 && n >= count) break;
    result += text.slice(from, match.start) + expand(match);
    makeText(result.length);
    from = match.end;
    n++;
  }
  return { text: result + text.slice(from), n };
}

function replacer(pattern: Pattern, replacement: Value, context: CallContext): (match: Match) => string {
  if (isCallable(replacement)) {
    return match => {
      const made = context.call(replacement, positionalArguments(match));
      return strOf(made) ?? raise('TypeError', `sequence item 0: expected str instance, ${typeName(made)} found`);
    };
  }
  const template = strOf(replacement);
  if (template === undefined) {
    return raise('TypeError', `decoding to str: need a bytes-like object, ${typeName(replacement)} found`);
  }
  const parts = parseTemplate(template, pattern.parsed);
  return match => parts.map(part => (typeof part === 'string' ? part : (match.text(part) ?? ''))).join('');
}

/** `pattern.findall(text)`: texts, the texts of the group, or tuples of the groups. */
export function allTexts(pattern: Pattern, place: MatchPlace): List {
  const found: Value[] = [];
  for (const match of pattern.findAll(place)) {
    const groups = Array.from({ length: pattern.nGroups }, (_, index) => match.text(index + 1) ?? '');
    const [only] = groups;
    found.push(groups.length > 1 ? new Tuple(groups) : (only ?? match.text(0) ?? ''));
  }
  return new List(found);
}

/** `pattern.finditer(text)`. */
export const allMatches = (pattern: Pattern, place: MatchPlace): PyIterator =>
  new PyIterator('callable_iterator', pattern.findAll(place));

const patternMethods = methodTable<Pattern>({
  match: finding('match', 'start'),
  fullmatch: finding('fullmatch', 'whole'),
  search: finding('search', 'anywhere'),
  findall: (pattern, args) => allTexts(pattern, bounded(bindRange('findall', args, 1, 3))),
  finditer: (pattern, args) => allMatches(pattern, bounded(bindRange('finditer', args, 1, 3))),
  split: (pattern, args) => {
    const [text = null, limit = 0] = bindBuiltin('split', parameters('string', ['maxsplit', 0]), args);
    return splitBy(pattern, wholeOf(text), indexArgument(limit));
  },
  sub: (pattern, args, context) => {
    const [by = null, text = null, count = 0] = bindBuiltin('sub', parameters('repl', 'string', ['count', 0]), args);
    return substitute(pattern, by, wholeOf(text), indexArgument(count), context).text;
  },
  subn: (pattern, args, context) => {
    const [by = null, text = null, count = 0] = bindBuiltin('subn', parameters('repl', 'string', ['count', 0]), args);
    const made = substitute(pattern, by, wholeOf(text), indexArgument(count), context);
    return new Tuple([made.text, made.n]);
  },
});
