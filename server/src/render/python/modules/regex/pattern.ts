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
import { codePointLength, strOf, unitIndex } from '../../strings.ts';
import { repr } from '../../text.ts';
import { isCallable } from '../../operators.ts';
import { typeName } from '../../type-name.ts';
import { flagNames } from './flags.ts';
import { Match } from './match.ts';
import { parseTemplate } from './template.ts';
import { translate, type Translation } from './translate.ts';

type Where = 'start' | 'whole' | 'anywhere';

/** Python's compiled pattern. */
export class Pattern extends HostObject {
  readonly typeName = 're.Pattern';
  readonly pattern: string;
  readonly translation: Translation;
  readonly #regexes = new Map<Where, RegExp>();
  constructor(pattern: string, flags: number) {
    super();
    this.pattern = pattern;
    this.translation = translate(pattern, flags);
  }

  get nGroups(): number {
    return this.translation.groups.length - 1;
  }

  #regex(where: Where): RegExp {
    const known = this.#regexes.get(where);
    if (known !== undefined) return known;
    const { source, flags } = this.translation;
    const letters = `dv${(flags & 2) === 0 ? '' : 'i'}${where === 'anywhere' ? 'g' : 'y'}`;
    const made = new RegExp(where === 'whole' ? `(?:${source})$` : source, letters);
    this.#regexes.set(where, made);
    return made;
  }

  /** The match at or after a place in code units; `undefined` when there is none. */
  find(text: string, where: Where, unit: number): Match | undefined {
    const regex = this.#regex(where);
    regex.lastIndex = unit;
    const found = regex.exec(text);
    return found === null ? undefined : new Match(this, this.translation, text, found);
  }

  /** All matches that do not overlap, from left to right. */
  *findAll(text: string, unit = 0): Generator<Match, void> {
    let at = unit;
    while (at <= text.length) {
      const match = this.find(text, 'anywhere', at);
      if (match === undefined) return;
      yield match;
      at =
        match.endUnit > match.startUnit
          ? match.endUnit
          : match.endUnit + ((text.codePointAt(match.endUnit) ?? 0) > 0xffff ? 2 : 1);
    }
  }

  override attribute(name: string): Value | undefined {
    if (name === 'pattern') return this.pattern;
    if (name === 'flags') return this.translation.flags;
    if (name === 'groups') return this.nGroups;
    if (name === 'groupindex') return Dict.fromStrings(this.translation.names);
    return boundMethod(patternMethods, this, name);
  }

  override equals(other: Value): boolean {
    return (
      other instanceof Pattern && other.pattern === this.pattern && other.translation.flags === this.translation.flags
    );
  }

  override hashKey(): HashKey {
    return `re${this.translation.flags}:${this.pattern}`;
  }

  repr(): string {
    const names = flagNames(this.translation.flags & ~32);
    return `re.compile(${repr(this.pattern)}${names.length === 0 ? '' : `, ${names.map(it => `re.${it}`).join('|')}`})`;
  }
}

/** The text a pattern is applied to. */
export function subject(value: Value): string {
  return strOf(value) ?? raise('TypeError', `expected string or bytes-like object, got '${typeName(value)}'`);
}

/** The part of a text between two indexes in code points, and where it starts in code units. */
function bounded(args: readonly Value[]): { readonly text: string; readonly unit: number } {
  const [value = null, from = 0, to] = args;
  const whole = subject(value);
  const length = codePointLength(whole);
  const end = to === undefined ? length : Math.min(Math.max(indexArgument(to), 0), length);
  const text = end < length ? whole.slice(0, unitIndex(whole, end)) : whole;
  return { text, unit: unitIndex(text, Math.min(Math.max(indexArgument(from), 0), codePointLength(text))) };
}

const finding =
  (name: string, where: Where) =>
  (pattern: Pattern, args: CallArguments): Value => {
    const { text, unit } = bounded(
      bindBuiltin(name, parameters('string', ['pos', 0], ['endpos', Number.MAX_SAFE_INTEGER]), args),
    );
    return pattern.find(text, where, unit) ?? null;
  };

/** `pattern.split(text, limit)`: what the groups caught stands between the parts. */
export function splitBy(pattern: Pattern, text: string, limit: number): List {
  const parts: Value[] = [];
  let from = 0;
  let n = 0;
  for (const match of pattern.findAll(text)) {
    if (limit > 0 && n >= limit) break;
    parts.push(text.slice(from, match.startUnit));
    for (let group = 1; group <= pattern.nGroups; group++) parts.push(match.text(group) ?? null);
    from = match.endUnit;
    n++;
  }
  parts.push(text.slice(from));
  return new List(parts);
}

/** `pattern.subn(replacement, text, count)`. */
export function substitute(
  pattern: Pattern,
  replacement: Value,
  text: string,
  count: number,
  context: CallContext,
): { readonly text: string; readonly n: number } {
  const expand = replacer(pattern, replacement, context);
  let result = '';
  let from = 0;
  let n = 0;
  for (const match of pattern.findAll(text)) {
    if (count > 0 && n >= count) break;
    result += text.slice(from, match.startUnit) + expand(match);
    from = match.endUnit;
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
  const parts = parseTemplate(template, pattern.translation);
  return match => parts.map(part => (typeof part === 'string' ? part : (match.text(part) ?? ''))).join('');
}

/** `pattern.findall(text)`: texts, the texts of the group, or tuples of the groups. */
export function allTexts(pattern: Pattern, text: string, unit = 0): List {
  const found: Value[] = [];
  for (const match of pattern.findAll(text, unit)) {
    const groups = Array.from({ length: pattern.nGroups }, (_, index) => match.text(index + 1) ?? '');
    const [only] = groups;
    found.push(groups.length > 1 ? new Tuple(groups) : (only ?? match.text(0) ?? ''));
  }
  return new List(found);
}

/** `pattern.finditer(text)`. */
export const allMatches = (pattern: Pattern, text: string, unit = 0): PyIterator =>
  new PyIterator('callable_iterator', pattern.findAll(text, unit));

const patternMethods = methodTable<Pattern>({
  match: finding('match', 'start'),
  fullmatch: finding('fullmatch', 'whole'),
  search: finding('search', 'anywhere'),
  findall: (pattern, args) => {
    const { text, unit } = bounded(bindRange('findall', args, 1, 3));
    return allTexts(pattern, text, unit);
  },
  finditer: (pattern, args) => {
    const { text, unit } = bounded(bindRange('finditer', args, 1, 3));
    return allMatches(pattern, text, unit);
  },
  split: (pattern, args) => {
    const [text = null, limit = 0] = bindBuiltin('split', parameters('string', ['maxsplit', 0]), args);
    return splitBy(pattern, subject(text), indexArgument(limit));
  },
  sub: (pattern, args, context) => {
    const [by = null, text = null, count = 0] = bindBuiltin('sub', parameters('repl', 'string', ['count', 0]), args);
    return substitute(pattern, by, subject(text), indexArgument(count), context).text;
  },
  subn: (pattern, args, context) => {
    const [by = null, text = null, count = 0] = bindBuiltin('subn', parameters('repl', 'string', ['count', 0]), args);
    const made = substitute(pattern, by, subject(text), indexArgument(count), context);
    return new Tuple([made.text, made.n]);
  },
});
