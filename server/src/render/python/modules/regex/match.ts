import { Dict, HostObject, Tuple, type CallArguments, type HashKey, type Value } from '../../../value.ts';
import { bindBuiltin, bindOne, bindRange, parameters } from '../../arguments.ts';
import { raise } from '../../error.ts';
import { identityKey } from '../../hash.ts';
import { boundMethod, methodTable } from '../../methods/method-table.ts';
import { strOf } from '../../strings.ts';
import { repr } from '../../text.ts';
import { parseTemplate } from './template.ts';
import type { Subject } from './subject.ts';
import type { ParsedPattern } from './nodes.ts';

/** What was searched, and from where. */
export interface MatchPlace {
  /** The text that was given. */
  readonly whole: string;
  /** What of it was looked at. */
  readonly subject: Subject;
  readonly from: number;
}

/** Python's match. */
export class Match extends HostObject {
  readonly typeName = 're.Match';
  readonly pattern: Value;
  readonly parsed: ParsedPattern;
  readonly place: MatchPlace;
  readonly #marks: Int32Array;
  constructor(pattern: Value, parsed: ParsedPattern, place: MatchPlace, marks: Int32Array) {
    super();
    this.pattern = pattern;
    this.parsed = parsed;
    this.place = place;
    this.#marks = marks.slice();
  }

  get start(): number {
    return this.#marks[0] ?? 0;
  }

  get end(): number {
    return this.#marks[1] ?? 0;
  }

  /** What a group caught; `undefined` when it took no part. */
  text(group: number): string | undefined {
    const [start, end] = this.span(group);
    return start < 0 ? undefined : this.place.subject.slice(start, end);
  }

  /** The span of a group in characters, (-1, -1) when it took no part. */
  span(group: number): readonly [number, number] {
    const start = this.#marks[group * 2] ?? -1;
    const end = this.#marks[group * 2 + 1] ?? -1;
    return start < 0 || end < 0 ? [-1, -1] : [start, end];
  }

  /** Python's number of the group an argument names. */
  groupNumber(key: Value): number {
    return this.#groupOf(key) ?? raise('IndexError', 'no such group');
  }

  #groupOf(key: Value): number | undefined {
    const name = strOf(key);
    const number = name === undefined ? key : this.parsed.names.get(name);
    const index = typeof number === 'boolean' ? Number(number) : number;
    return typeof index === 'number' && index >= 0 && index <= this.parsed.nGroups ? index : undefined;
  }

  override attribute(name: string): Value | undefined {
    switch (name) {
      case 'string':
        return this.place.whole;
      case 're':
        return this.pattern;
      case 'pos':
        return this.place.from;
      case 'endpos':
        return this.place.subject.length;
      case 'lastindex':
        return this.#last() ?? null;
      case 'lastgroup':
        return [...this.parsed.names].find(([, group]) => group === this.#last())?.[0] ?? null;
      default:
        return boundMethod(matchMethods, this, name);
    }
  }

  /** The group that was closed last. */
  #last(): number | undefined {
    const group = this.#marks.at(-1) ?? -1;
    return group > 0 ? group : undefined;
  }

  override item(key: Value): Value | undefined {
    const group = this.#groupOf(key);
    return group === undefined ? undefined : (this.text(group) ?? null);
  }

  override truthy(): boolean {
    return true;
  }

  override hashKey(): HashKey {
    return identityKey(this);
  }

  repr(): string {
    const [start, end] = this.span(0);
    return `<re.Match object; span=(${start}, ${end}), match=${repr(this.text(0) ?? '')}>`;
  }
}

const spanMethod =
  (name: string, answer: (span: readonly [number, number]) => Value) =>
  (match: Match, args: CallArguments): Value => {
    const [group = 0] = bindRange(name, args, 0, 1);
    return answer(match.span(match.groupNumber(group)));
  };

const allGroups = (match: Match): readonly number[] =>
  Array.from({ length: match.parsed.nGroups }, (_, index) => index + 1);

const matchMethods = methodTable<Match>({
  group: (match, args) => {
    const keys = args.positional.length === 0 ? [0] : args.positional;
    const texts = keys.map(key => match.text(match.groupNumber(key)) ?? null);
    const [only = null] = texts;
    return texts.length === 1 ? only : new Tuple(texts);
  },
  groups: (match, args) => {
    const [fallback = null] = bindBuiltin('groups', parameters(['default', null]), args);
    return new Tuple(allGroups(match).map(group => match.text(group) ?? fallback));
  },
  groupdict: (match, args) => {
    const [fallback = null] = bindBuiltin('groupdict', parameters(['default', null]), args);
    return Dict.fromStrings([...match.parsed.names].map(([name, group]) => [name, match.text(group) ?? fallback]));
  },
  start: spanMethod('start', span => span[0]),
  end: spanMethod('end', span => span[1]),
  span: spanMethod('span', span => new Tuple(span)),
  expand: (match, args) => {
    const template = strOf(bindOne('expand', args)) ?? raise('TypeError', 'expected str');
    return parseTemplate(template, match.parsed)
      .map(part => (typeof part === 'string' ? part : (match.text(part) ?? '')))
      .join('');
  },
});
