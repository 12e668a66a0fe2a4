import { Dict, HostObject, Tuple, type CallArguments, type HashKey, type Value } from '../../../value.ts';
import { bindBuiltin, bindOne, bindRange, parameters } from '../../arguments.ts';
import { raise } from '../../error.ts';
import { identityKey } from '../../hash.ts';
import { boundMethod, methodTable } from '../../methods/method-table.ts';
import { codePointIndex, strOf } from '../../strings.ts';
import { repr } from '../../text.ts';
import { parseTemplate } from './template.ts';
import type { Translation } from './translate.ts';

/** Python's match. */
export class Match extends HostObject {
  readonly typeName = 're.Match';
  readonly pattern: Value;
  readonly translation: Translation;
  readonly subject: string;
  readonly #found: RegExpExecArray;
  constructor(pattern: Value, translation: Translation, subject: string, found: RegExpExecArray) {
    super();
    this.pattern = pattern;
    this.translation = translation;
    this.subject = subject;
    this.#found = found;
  }

  get startUnit(): number {
    return this.#found.index;
  }

  get endUnit(): number {
    return this.#found.index + this.#found[0].length;
  }

  /** What a group caught, by Python's number; `undefined` when it took no part. */
  text(group: number): string | undefined {
    return this.#found[this.translation.groups[group] ?? -1];
  }

  /** The span of a group in code points, (-1, -1) when it took no part. */
  span(group: number): readonly [number, number] {
    const units = this.#found.indices?.[this.translation.groups[group] ?? -1];
    if (units === undefined) return [-1, -1];
    return [codePointIndex(this.subject, units[0]), codePointIndex(this.subject, units[1])];
  }

  /** Python's number of the group an argument names. */
  groupNumber(key: Value): number {
    const name = strOf(key);
    const number = name === undefined ? key : this.translation.names.get(name);
    const index = typeof number === 'boolean' ? Number(number) : number;
    if (typeof index === 'number' && index >= 0 && index < this.translation.groups.length) return index;
    return raise('IndexError', 'no such group');
  }

  override attribute(name: string): Value | undefined {
    switch (name) {
      case 'string':
        return this.subject;
      case 're':
        return this.pattern;
      case 'pos':
        return 0;
      case 'endpos':
        return codePointIndex(this.subject, this.subject.length);
      case 'lastindex':
        return this.#last() ?? null;
      case 'lastgroup':
        return [...this.translation.names].find(([, group]) => group === this.#last())?.[0] ?? null;
      default:
        return boundMethod(matchMethods, this, name);
    }
  }

  #last(): number | undefined {
    const caught = this.translation.groups
      .map((_, group) => group)
      .filter(group => group > 0 && this.text(group) !== undefined);
    return caught.reduce<number | undefined>(
      (last, group) => (last === undefined || this.span(group)[1] > this.span(last)[1] ? group : last),
      undefined,
    );
  }

  override item(key: Value): Value | undefined {
    return this.text(this.groupNumber(key)) ?? null;
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

const allGroups = (match: Match): readonly number[] => match.translation.groups.map((_, group) => group).slice(1);

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
    return Dict.fromStrings([...match.translation.names].map(([name, group]) => [name, match.text(group) ?? fallback]));
  },
  start: spanMethod('start', span => span[0]),
  end: spanMethod('end', span => span[1]),
  span: spanMethod('span', span => new Tuple(span)),
  expand: (match, args) => {
    const template = strOf(bindOne('expand', args)) ?? raise('TypeError', 'expected str');
    return parseTemplate(template, match.translation)
      .map(part => (typeof part === 'string' ? part : (match.text(part) ?? '')))
      .join('');
  },
});
