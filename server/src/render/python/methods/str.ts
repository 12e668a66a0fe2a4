import { Dict, List, Tuple, type CallArguments, type Callable, type Value } from '../../value.ts';
import { bindBuiltin, bindNone, bindOne, bindRange, indexArgument, parameters, refuseNamed } from '../arguments.ts';
import { encodeText } from '../bytes.ts';
import { capitalize, caseFold, characterTests, swapCase, titleCase } from '../case.ts';
import { raise } from '../error.ts';
import { dictGet } from '../hash.ts';
import { iterable } from '../iterate.ts';
import { sliceIndexes } from '../slice.ts';
import { expandTabs, split, splitLines, splitRight, strip, type StripSide } from '../split.ts';
import { characters, codePointIndex, codePointLength, strOf, substring } from '../strings.ts';
import { typeName } from '../type-name.ts';
import { boundMethod, methodTable, type Method } from './method-table.ts';
import { makeText, spend, spendOnText } from '../meter.ts';

/** A method of a str, except the formatting ones, which look up attributes themselves. */
export function strAttribute(text: string, name: string): Callable | undefined {
  spendOnText(text.length);
  return boundMethod(strMethods, text, name);
}

type TextMethod = Method<string>;

const plain =
  (name: string, change: (text: string) => Value): TextMethod =>
  (text, args) => {
    bindNone(`str.${name}`, args);
    return change(text);
  };

const stripping =
  (name: string, side: StripSide): TextMethod =>
  (text, args) => {
    const [set = null] = bindRange(`str.${name}`, args, 0, 1);
    if (set === null) return strip(text, side);
    return strip(text, side, strOf(set) ?? raise('TypeError', `${name} arg must be None or str`));
  };

const splitting =
  (name: string, how: typeof split): TextMethod =>
  (text, args) => {
    const [sep = null, limit = -1] = bindBuiltin(name, parameters(['sep', null], ['maxsplit', -1]), args);
    const separator = sep === null ? undefined : strOf(sep);
    if (sep !== null && separator === undefined) raise('TypeError', `must be str or None, not ${typeName(sep)}`);
    return new List(how(text, separator, indexArgument(limit)));
  };

const justifying =
  (name: string, place: (text: string, missing: number, fill: string) => string): TextMethod =>
  (text, args) => {
    const [width = 0, fill = ' '] = bindRange(`str.${name}`, args, 1, 2);
    const missing = indexArgument(width) - codePointLength(text);
    const character = fillCharacter(fill);
    makeText(missing);
    return missing > 0 ? place(text, missing, character) : text;
  };

function fillCharacter(value: Value): string {
  const text = strOf(value);
  if (text === undefined) {
    return raise('TypeError', `The fill character must be a unicode character, not ${typeName(value)}`);
  }
  return codePointLength(text) === 1
    ? text
    : raise('TypeError', 'The fill character must be exactly one character long');
}

/** `str.center`: an odd blank goes to the left when the width is odd, as in CPython. */
export function center(text: string, missing: number, fill: string): string {
  const width = missing + codePointLength(text);
  const left = Math.floor(missing / 2) + (missing & width & 1);
  return fill.repeat(left) + text + fill.repeat(missing - left);
}

/** The arguments that `find` and its kin share: what to look for, and the part of the text to look in. */
function searchArguments(
  name: string,
  text: string,
  args: CallArguments,
): { readonly what: Value; readonly part: string; readonly start: number; readonly isEmpty: boolean } {
  refuseNamed(`str.${name}`, args);
  const given = args.positional.length;
  if (given < 1) raise('TypeError', `${name}() takes at least 1 argument (${given} given)`);
  if (given > 3) raise('TypeError', `${name}() takes at most 3 arguments (${given} given)`);
  const [what = null, from = null, to = null] = args.positional;
  if (from === null && to === null) return { what, part: text, start: 0, isEmpty: false };
  const length = codePointLength(text);
  const { start, stop } = sliceIndexes(length, from, to, null);
  // A start beyond the end finds not even the empty text.
  const beyond = typeof from === 'number' && from > length;
  return { what, part: substring(text, start, Math.max(start, stop)), start, isEmpty: beyond || start > stop };
}

const textArgument = (callee: string, which: string, value: Value): string =>
  strOf(value) ?? raise('TypeError', `${callee}() argument ${which} must be str, not ${typeName(value)}`);

const needle = (value: Value): string => strOf(value) ?? raise('TypeError', `must be str, not ${typeName(value)}`);

const finding =
  (name: string, find: (part: string, what: string) => number, mustFind: boolean): TextMethod =>
  (text, args) => {
    const { what, part, start, isEmpty } = searchArguments(name, text, args);
    const wanted = needle(what);
    const unit = isEmpty ? -1 : find(part, wanted);
    if (unit >= 0) return start + codePointIndex(part, unit);
    return mustFind ? raise('ValueError', 'substring not found') : -1;
  };

const affixed =
  (name: string, matches: (part: string, affix: string) => boolean): TextMethod =>
  (text, args) => {
    const { what, part, isEmpty } = searchArguments(name, text, args);
    const affix = strOf(what);
    if (affix !== undefined) return !isEmpty && matches(part, affix);
    if (!(what instanceof Tuple)) {
      return raise('TypeError', `${name} first arg must be str or a tuple of str, not ${typeName(what)}`);
    }
    return what.items.some(item => {
      const text = strOf(item);
      if (text === undefined) raise('TypeError', `tuple for ${name} must only contain str, not ${typeName(item)}`);
      return !isEmpty && matches(part, text);
    });
  };

const removing =
  (name: string, cut: (text: string, affix: string) => string): TextMethod =>
  (text, args) => {
    const affix = bindOne(`str.${name}`, args);
    return cut(text, strOf(affix) ?? raise('TypeError', `${name}() argument must be str, not ${typeName(affix)}`));
  };

const partitioning =
  (
    name: string,
    at: (text: string, separator: string) => number,
    missing: (text: string) => readonly string[],
  ): TextMethod =>
  (text, args) => {
    const separator = needle(bindOne(`str.${name}`, args));
    if (separator === '') raise('ValueError', 'empty separator');
    const index = at(text, separator);
    if (index < 0) return new Tuple(missing(text));
    return new Tuple([text.slice(0, index), separator, text.slice(index + separator.length)]);
  };

/** `str.count`: occurrences that do not overlap; the empty text occurs around every character. */
function countIn(part: string, what: string): number {
  return what === '' ? codePointLength(part) + 1 : part.split(what).length - 1;
}

/** `str.replace`. */
export function replaceText(text: string, old: string, by: string, count: number): string {
  if (old === '') return replaceAroundCharacters(text, by, count);
  const parts = split(text, old, count);
  makeText(text.length + (parts.length - 1) * (by.length - old.length));
  spend(parts.length >> 2);
  return parts.join(by);
}

function replaceAroundCharacters(text: string, by: string, count: number): string {
  const all = characters(text);
  const n = count < 0 ? all.length + 1 : Math.min(count, all.length + 1);
  makeText(text.length + n * by.length);
  spend(all.length >> 2);
  return all.map((it, index) => (index < n ? by + it : it)).join('') + (n > all.length ? by : '');
}

/** `separator.join(values)`. */
export function joinTexts(separator: string, values: Value): string {
  const items = iterable(values);
  if (items === undefined) return raise('TypeError', 'can only join an iterable');
  const texts: string[] = [];
  let length = 0;
  for (const item of items) {
    const text =
      strOf(item) ??
      raise('TypeError', `sequence item ${texts.length}: expected str instance, ${typeName(item)} found`);
    length += text.length + separator.length;
    makeText(length > 10_000 ? length : 0);
    spend(1);
    texts.push(text);
  }
  return texts.join(separator);
}

function zeroFill(text: string, width: number): string {
  const missing = width - codePointLength(text);
  if (missing <= 0) return text;
  makeText(width);
  const sign = /^[+-]/.exec(text)?.[0] ?? '';
  return sign + '0'.repeat(missing) + text.slice(sign.length);
}

function translate(text: string, table: Value): string {
  spend(text.length);
  return characters(text)
    .map(character => {
      const key = character.codePointAt(0) ?? 0;
      const mapped = table instanceof Dict ? dictGet(table, key) : listed(table, key);
      if (mapped === undefined) return character;
      if (mapped === null) return '';
      return strOf(mapped) ?? characterOf(mapped);
    })
    .join('');
}

/** The character of a number that a translation gives. */
function characterOf(mapped: Value): string {
  if (typeof mapped !== 'number' && typeof mapped !== 'boolean' && typeof mapped !== 'bigint') {
    return raise('TypeError', 'character mapping must return integer, None or str');
  }
  const code = Number(mapped);
  if (code < 0 || code > 0x10ffff) raise('ValueError', 'character mapping must be in range(0x110000)');
  return String.fromCodePoint(code);
}

function listed(table: Value, index: number): Value | undefined {
  if (table instanceof List || table instanceof Tuple) return table.items[index];
  const text = strOf(table);
  if (text !== undefined) return characters(text)[index];
  return raise('TypeError', `'${typeName(table)}' object is not subscriptable`);
}

/** The character that a key of a dict of translations stands for. */
function translationKey(key: Value): number {
  if (typeof key === 'number') return key;
  const text = strOf(key) ?? raise('TypeError', 'keys in translate table must be strings or integers');
  if (codePointLength(text) !== 1) raise('ValueError', 'string keys in translate table must be of length 1');
  return text.codePointAt(0) ?? 0;
}

function makeTranslation(args: CallArguments): Dict {
  const [from = null, to, drop] = bindRange('str.maketrans', args, 1, 3);
  const table = new Dict();
  const put = (key: number, value: Value): void => void table.entries.set(key, { key, value });
  if (to === undefined) {
    if (!(from instanceof Dict)) {
      return raise('TypeError', 'if you give only one argument to maketrans it must be a dict');
    }
    for (const { key, value } of from.entries.values()) {
      put(translationKey(key), value);
    }
    return table;
  }
  const sources = characters(textArgument('maketrans', '1', from));
  const targets = characters(textArgument('maketrans', '2', to));
  const dropped = drop === undefined ? '' : textArgument('maketrans', '3', drop);
  if (sources.length !== targets.length) {
    raise('ValueError', 'the first two maketrans arguments must have equal length');
  }
  sources.forEach((it, index) => put(it.codePointAt(0) ?? 0, targets[index]?.codePointAt(0) ?? 0));
  for (const it of characters(dropped)) put(it.codePointAt(0) ?? 0, null);
  return table;
}

const strMethods = methodTable<string>({
  capitalize: plain('capitalize', capitalize),
  casefold: plain('casefold', caseFold),
  lower: plain('lower', text => text.toLowerCase()),
  upper: plain('upper', text => text.toUpperCase()),
  title: plain('title', titleCase),
  swapcase: plain('swapcase', swapCase),
  ...Object.fromEntries(Object.entries(characterTests).map(([name, test]) => [name, plain(name, test)])),
  strip: stripping('strip', 'both'),
  lstrip: stripping('lstrip', 'left'),
  rstrip: stripping('rstrip', 'right'),
  split: splitting('split', split),
  rsplit: splitting('rsplit', splitRight),
  splitlines: (text, args) => {
    const [keep = false] = bindBuiltin('splitlines', parameters(['keepends', false]), args);
    spendOnText(text.length);
    return new List(splitLines(text, { keepEnds: indexArgument(keep) !== 0 }));
  },
  partition: partitioning(
    'partition',
    (text, it) => text.indexOf(it),
    text => [text, '', ''],
  ),
  rpartition: partitioning(
    'rpartition',
    (text, it) => text.lastIndexOf(it),
    text => ['', '', text],
  ),
  center: justifying('center', center),
  ljust: justifying('ljust', (text, missing, fill) => text + fill.repeat(missing)),
  rjust: justifying('rjust', (text, missing, fill) => fill.repeat(missing) + text),
  zfill: (text, args) => zeroFill(text, indexArgument(bindOne('str.zfill', args))),
  expandtabs: (text, args) => {
    const [size = 8] = bindBuiltin('expandtabs', parameters(['tabsize', 8]), args);
    const width = indexArgument(size);
    makeText(text.length + Math.max(width, 0) * (text.split('\t').length - 1));
    return expandTabs(text, width);
  },
  find: finding('find', (part, what) => part.indexOf(what), false),
  index: finding('index', (part, what) => part.indexOf(what), true),
  rfind: finding('rfind', (part, what) => part.lastIndexOf(what), false),
  rindex: finding('rindex', (part, what) => part.lastIndexOf(what), true),
  count: (text, args) => {
    const { what, part, isEmpty } = searchArguments('count', text, args);
    const wanted = needle(what);
    return isEmpty ? 0 : countIn(part, wanted);
  },
  startswith: affixed('startswith', (part, affix) => part.startsWith(affix)),
  endswith: affixed('endswith', (part, affix) => part.endsWith(affix)),
  removeprefix: removing('removeprefix', (text, it) => (text.startsWith(it) ? text.slice(it.length) : text)),
  removesuffix: removing('removesuffix', (text, it) =>
    it !== '' && text.endsWith(it) ? text.slice(0, -it.length) : text,
  ),
  replace: (text, args) => {
    const [old = null, by = null, count = -1] = bindRange('str.replace', args, 2, 3);
    const from = textArgument('replace', '1', old);
    const to = textArgument('replace', '2', by);
    return replaceText(text, from, to, indexArgument(count));
  },
  join: (text, args) => joinTexts(text, bindOne('str.join', args)),
  translate: (text, args) => translate(text, bindOne('str.translate', args)),
  maketrans: (_text, args) => makeTranslation(args),
  encode: (text, args) => {
    const [encoding = null, errors = null] = bindBuiltin(
      'encode',
      parameters(['encoding', 'utf-8'], ['errors', 'strict']),
      args,
    );
    const name = textArgument('encode', "'encoding'", encoding);
    return encodeText(text, name, textArgument('encode', "'errors'", errors));
  },
});
