import { Callable, List, Markup, Tuple, type CallArguments, type Value } from '../../value.ts';
import { bindArguments, bindNone, parameters } from '../arguments.ts';
import { iterable } from '../iterate.ts';
import { escapeValue, stripTags, unescapeHtml } from '../markup.ts';
import { raise } from '../error.ts';
import { strOf } from '../strings.ts';
import { boundMethod, methodTable } from './method-table.ts';
import { joinTexts, strAttribute } from './str.ts';

/** Methods of str whose result stays Markup. */
const staying = new Set(
  (
    'capitalize title lower upper replace ljust rjust lstrip rstrip center strip translate expandtabs swapcase zfill ' +
    'casefold removeprefix removesuffix split rsplit splitlines partition rpartition'
  ).split(' '),
);

/** Methods that escape what they are given. */
const escaping = new Set('replace ljust rjust center lstrip rstrip strip removeprefix removesuffix'.split(' '));

/** A method of a Markup: a str's, with escaping and staying Markup, or its own. */
export function markupAttribute(markup: Markup, name: string): Callable | undefined {
  const own = boundMethod(markupMethods, markup, name);
  if (own !== undefined) return own;
  const method = strAttribute(markup.text, name);
  if (method === undefined || !staying.has(name)) return method;
  return new Callable(
    name,
    (args, context) => marked(method.invoke(escaping.has(name) ? escapedArguments(args) : args, context)),
    { typeName: 'method' },
  );
}

function escapedArguments({ positional, named }: CallArguments): CallArguments {
  return { positional: positional.map(it => (strOf(it) === undefined ? it : escapeValue(it).text)), named };
}

function marked(value: Value): Value {
  if (typeof value === 'string') return new Markup(value);
  if (value instanceof List) return new List(value.items.map(marked));
  return value instanceof Tuple ? new Tuple(value.items.map(marked)) : value;
}

const markupMethods = methodTable<Markup>({
  join: (markup, args) => {
    const { values } = bindArguments('Markup.join', parameters('iterable'), args);
    const items = iterable(values[0] ?? null) ?? raise('TypeError', 'can only join an iterable');
    return new Markup(joinTexts(markup.text, new List(Array.from(items, it => escapeValue(it).text))));
  },
  unescape: (markup, args) => {
    bindNone('Markup.unescape', args);
    return unescapeHtml(markup.text);
  },
  striptags: (markup, args) => {
    bindNone('Markup.striptags', args);
    return stripTags(markup.text);
  },
  escape: (_markup, args) => {
    const { values } = bindArguments('Markup.escape', parameters('s'), args);
    return escapeValue(values[0] ?? null);
  },
});
