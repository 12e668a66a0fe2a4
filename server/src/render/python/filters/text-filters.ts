import { Dict, List, Markup, Tuple, Undefined, type Value } from '../../value.ts';
import { indexArgument } from '../arguments.ts';
import { attributeOf } from '../attributes.ts';
import { capitalize } from '../case.ts';
import { ordered } from '../compare.ts';
import { failUndefined, raise } from '../error.ts';
import { lengthOf } from '../iterate.ts';
import { center, replaceText } from '../methods/str.ts';
import { binary } from '../operators.ts';
import { slice } from '../slice.ts';
import { splitLines, splitRight, strip } from '../split.ts';
import { codePointLength, strOf, substring } from '../strings.ts';
import { toText } from '../text.ts';
import { truthy } from '../truth.ts';
import { typeName } from '../type-name.ts';
import { define, passing, signature, type FilterCall } from './define.ts';
import type { Filter } from './filter.ts';
import { wrapText } from './wrap-text.ts';
import { makeText, spend, spendOnText } from '../meter.ts';

/** A change of a text that leaves Markup being Markup. */
const change = (name: string, callee: string, by: (text: string) => string): Filter =>
  define(name, signature(callee, 's'), ({ value }) => keepMarkup(value, by(toText(value))));

const keepMarkup = (value: Value, text: string): Value => (value instanceof Markup ? new Markup(text) : text);

/** Jinja's filters that make texts of texts. */
export const textFilters: readonly Filter[] = [
  change('upper', 'do_upper', text => text.toUpperCase()),
  change('lower', 'do_lower', text => text.toLowerCase()),
  change('capitalize', 'do_capitalize', capitalize),
  define('title', signature('do_title', 's'), ({ value }) => titleWords(toText(value))),
  define('string', signature('soft_str', 's'), ({ value }) => (strOf(value) === undefined ? toText(value) : value)),
  define('trim', signature('do_trim', 'value', ['chars', null]), ({ value, args: [chars = null] }) => {
    const set = chars === null ? undefined : (strOf(chars) ?? raise('TypeError', 'strip arg must be None or str'));
    return keepMarkup(value, strip(toText(value), 'both', set));
  }),
  define('center', signature('do_center', 'value', ['width', 80]), ({ value, args: [width = 80] }) => {
    const text = toText(value);
    const missing = indexArgument(width) - codePointLength(text);
    makeText(Math.max(missing, 0));
    return keepMarkup(value, missing > 0 ? center(text, missing, ' ') : text);
  }),
  define(
    'replace',
    passing('eval_ctx', signature('do_replace', 's', 'old', 'new', ['count', null])),
    ({ value, args: [old = null, by = null, count = null] }) =>
      replaceText(toText(value), toText(old), toText(by), count === null ? -1 : indexArgument(count)),
  ),
  define('indent', signature('do_indent', 's', ['width', 4], ['first', false], ['blank', false]), indent),
  define(
    'truncate',
    passing(
      'environment',
      signature('do_truncate', 's', ['length', 255], ['killwords', false], ['end', '...'], ['leeway', null]),
    ),
    truncate,
  ),
  define(
    'wordwrap',
    passing(
      'environment',
      signature(
        'do_wordwrap',
        's',
        ['width', 79],
        ['break_long_words', true],
        ['wrapstring', null],
        ['break_on_hyphens', true],
      ),
    ),
    wordWrap,
  ),
  define('wordcount', signature('do_wordcount', 's'), ({ value }) => {
    const text = toText(value);
    spend(text.length >> 2);
    return text.match(/[\p{L}\p{N}_]+/gu)?.length ?? 0;
  }),
  define('format', { ...signature('do_format', 'value'), catching: { rest: true, named: true } }, call => {
    const { value, rest, named } = call;
    if (rest.length > 0 && named.size > 0) {
      raise('FilterArgumentError', "can't handle positional and keyword arguments at the same time");
    }
    return binary(
      '%',
      strOf(value) === undefined ? toText(value) : value,
      named.size > 0 ? Dict.fromStrings(named) : new Tuple(rest),
    );
  }),
];

/** Jinja's own title case: words begin after a blank, a hyphen or an opening bracket. */
function titleWords(text: string): string {
  return text
    .split(/([-\s({[<]+)/)
    .map(word => {
      const [first = ''] = word;
      const head = first >= '\ud800' && first <= '\udbff' ? word.slice(0, 2) : first;
      return head.toUpperCase() + word.slice(head.length).toLowerCase();
    })
    .join('');
}

function indent({ value, args: [width = 4, first = false, blank = false] }: FilterCall): Value {
  const indention = strOf(width) ?? blanks(indexArgument(width));
  const text = strOf(value);
  if (text === undefined) {
    if (value instanceof Undefined) failUndefined(value);
    // A list takes the line break in, and fails only then.
    if (value instanceof List) raise('AttributeError', "'list' object has no attribute 'splitlines'");
    return raise('TypeError', `unsupported operand type(s) for +=: '${typeName(value)}' and 'str'`);
  }
  spendOnText(text.length);
  const lines = splitLines(`${text}\n`);
  makeText(text.length + lines.length * indention.length);
  const indented = lines.map((line, index) => (index > 0 && (line !== '' || truthy(blank)) ? indention + line : line));
  return keepMarkup(value, (truthy(first) ? indention : '') + indented.join('\n'));
}

/** That many blanks. */
export function blanks(count: number): string {
  const length = Math.max(0, count);
  makeText(length);
  return ' '.repeat(length);
}

function truncate({ value, args: [length = 255, killWords = false, end = '...', leeway = null] }: FilterCall): Value {
  const nEnd = lengthOf(end);
  const slack = leeway === null ? 5 : leeway;
  if (ordered('<', length, nEnd)) raise('AssertionError', `expected length >= ${nEnd}, got ${toText(length)}`);
  if (ordered('<', slack, 0)) raise('AssertionError', `expected leeway >= 0, got ${toText(slack)}`);
  if (ordered('<=', lengthOf(value), binary('+', length, slack))) return value;
  const kept = slice(value, null, binary('-', length, nEnd), null);
  if (truthy(killWords)) return binary('+', kept, end);
  const text = strOf(kept) ?? raise('AttributeError', `'${typeName(kept)}' object has no attribute 'rsplit'`);
  const [head = ''] = splitRight(text, ' ', 1);
  return binary('+', keepMarkup(value, head), end);
}

function wordWrap({ value, args }: FilterCall): Value {
  const [width = 79, breakLong = true, wrapString = null, breakHyphens = true] = args;
  const text = strOf(value);
  if (text === undefined) {
    if (value instanceof Undefined) return value.flavour === 'capturing' ? '' : failUndefined(value);
    return raise('AttributeError', `'${typeName(value)}' object has no attribute 'splitlines'`);
  }
  const separator = wrapString === null ? '\n' : toText(wrapString);
  const options = { breakLongWords: truthy(breakLong), breakOnHyphens: truthy(breakHyphens) };
  spend(text.length >> 1);
  return splitLines(text)
    .map(line => wrapText(line, width, options).join(separator))
    .join(separator);
}

/** What `x.items()` gives a filter that wants a mapping. */
export function itemsMethod(value: Value, context: FilterCall['context']): Value {
  if (value instanceof Undefined) {
    return value.flavour === 'capturing' ? value : failUndefined(value);
  }
  const method = attributeOf(value, 'items');
  if (method === undefined) return raise('AttributeError', `'${typeName(value)}' object has no attribute 'items'`);
  return context.call.call(method, { positional: [], named: new Map() });
}

/** The first `limit` characters, and an ellipsis when that is not all. */
export function trimmed(text: string, limit: number): string {
  return codePointLength(text) > limit ? `${substring(text, 0, limit)}...` : text;
}
