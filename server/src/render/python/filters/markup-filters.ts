import { Dict, Markup, Undefined, type Mark, Marked, type Value } from '../../value.ts';
import { bindOne, indexArgument } from '../arguments.ts';
import { failUndefined, raise } from '../error.ts';
import { iterable, iterate, toArray } from '../iterate.ts';
import { toJsonText } from '../json-text.ts';
import { escapeValue, stripTags } from '../markup.ts';
import { prettyText } from '../pretty.ts';
import { escapeHtml, strOf } from '../strings.ts';
import { repr, toText } from '../text.ts';
import { truthy } from '../truth.ts';
import { typeName } from '../type-name.ts';
import { percentEncode } from '../url.ts';
import { define, passing, signature, type FilterCall } from './define.ts';
import type { Filter } from './filter.ts';
import { blanks, itemsMethod } from './text-filters.ts';
import { urlize } from './urlize.ts';

/** How many times a blank is repeated, which an undefined refuses in its own words. */
const widthOf = (value: Value): number => (value instanceof Undefined ? failUndefined(value) : indexArgument(value));

const escapeFilter = (name: string): Filter => ({
  name,
  apply: (value, args) => escapeValue(bindOne('escape', { ...args, positional: [value, ...args.positional] })),
});

/** dbt's filters for YAML values. In SQL text they leave the value alone; in native mode they mark it. */
const marking = (name: string, mark: Mark): Filter =>
  define(name, signature('<lambda>', 'x'), ({ value, context }) =>
    context.mode === 'native' ? new Marked(toText(value), mark) : value,
  );

/** Filters that write markup, JSON or URLs, and dbt's marks. */
export const markupFilters: readonly Filter[] = [
  escapeFilter('e'),
  escapeFilter('escape'),
  define('forceescape', signature('do_forceescape', 'value'), ({ value }) => new Markup(escapeHtml(toText(value)))),
  define('safe', signature('do_mark_safe', 'value'), ({ value }) => new Markup(toText(value))),
  define('striptags', signature('do_striptags', 'value'), ({ value }) => stripTags(toText(value))),
  define('pprint', signature('do_pprint', 'value'), ({ value }) => prettyText(value)),
  define('urlencode', signature('do_urlencode', 'value'), urlEncode),
  define(
    'urlize',
    passing(
      'eval_ctx',
      signature(
        'do_urlize',
        'value',
        ['trim_url_limit', null],
        ['nofollow', false],
        ['target', null],
        ['rel', null],
        ['extra_schemes', null],
      ),
    ),
    urlizeText,
  ),
  define('xmlattr', passing('eval_ctx', signature('do_xmlattr', 'd', ['autospace', true])), xmlAttributes),
  define(
    'tojson',
    passing('eval_ctx', signature('do_tojson', 'value', ['indent', null])),
    ({ value, args: [indent = null] }) => {
      // A lone text is written before the indent is looked at.
      const unit =
        indent === null || strOf(value) !== undefined ? undefined : (strOf(indent) ?? blanks(widthOf(indent)));
      const text = toJsonText(value, { sortKeys: true, ...(unit === undefined ? {} : { indent: unit }) });
      return new Markup(text.replace(/[<>&']/g, it => `\\u${it.charCodeAt(0).toString(16).padStart(4, '0')}`));
    },
  ),
  marking('as_text', 'text'),
  marking('as_native', 'native'),
  marking('as_bool', 'bool'),
  marking('as_number', 'number'),
];

function urlEncode({ value }: FilterCall): Value {
  if (strOf(value) !== undefined || iterable(value) === undefined) return percentEncode(toText(value), '/');
  const pairs =
    value instanceof Dict
      ? [...value.entries.values()].map(it => [it.key, it.value])
      : Array.from(iterate(value), pairItems);
  return pairs.map(([key = null, item = null]) => `${queryPart(key)}=${queryPart(item)}`).join('&');
}

function pairItems(value: Value): readonly Value[] {
  const items = iterable(value) ?? raise('TypeError', `cannot unpack non-iterable ${typeName(value)} object`);
  const parts = [...items];
  if (parts.length > 2) raise('ValueError', 'too many values to unpack (expected 2)');
  return parts.length === 2
    ? parts
    : raise('ValueError', `not enough values to unpack (expected 2, got ${parts.length})`);
}

const queryPart = (value: Value): string => percentEncode(toText(value), '').replaceAll('%20', '+');

function urlizeText({ value, args }: FilterCall): Value {
  const [limit = null, noFollow = false, target = null, rel = null, schemes = null] = args;
  const words = new Set((rel === null ? '' : toText(rel)).split(/\s+/).filter(Boolean));
  if (truthy(noFollow)) words.add('nofollow');
  words.add('noopener');
  const extraSchemes = schemes === null ? [] : toArray(schemes).map(toText);
  for (const scheme of extraSchemes) {
    if (!/^[\w.+-]{2,}:\/{0,2}$/.test(scheme)) {
      raise('FilterArgumentError', `${repr(scheme)} is not a valid URI scheme prefix.`);
    }
  }
  return urlize(escapeValue(value).text, {
    limit: limit === null ? undefined : () => indexArgument(limit),
    rel: [...words].sort().join(' '),
    target: target === null ? undefined : toText(target),
    extraSchemes,
  });
}

function xmlAttributes({ value, args: [autospace = true], context }: FilterCall): Value {
  const parts: string[] = [];
  for (const pair of iterate(itemsMethod(value, context))) {
    const [key = null, item = null] = toArray(pair);
    if (item === null || item instanceof Undefined) continue;
    const name = strOf(key) ?? raise('TypeError', `expected string or bytes-like object, got '${typeName(key)}'`);
    if (/[\t-\r />=]/.test(name)) raise('ValueError', `Invalid character in attribute name: ${repr(name)}`);
    parts.push(`${escapeHtml(name)}="${escapeValue(item).text}"`);
  }
  const text = parts.join(' ');
  return truthy(autospace) && text !== '' ? ` ${text}` : text;
}
