import { HostObject, Markup, type Value } from '../value.ts';
import { escapeHtml, strOf } from './strings.ts';
import { toText } from './text.ts';
import { spend, spendOnText } from './meter.ts';

/** markupsafe's `escape(value)`. */
export function escapeValue(value: Value): Markup {
  if (value instanceof Markup) return value;
  if (value instanceof HostObject) return new Markup(escapeHtml(value.toText()));
  const text = strOf(value) ?? toText(value);
  spendOnText(text.length * 4);
  return new Markup(escapeHtml(text));
}

/** The text without comments and tags, its white space folded, its entities resolved: `Markup.striptags()`. */
export function stripTags(text: string): string {
  spend(text.length >> 2);
  let rest = text;
  for (let start = rest.indexOf('<!--'); start >= 0; start = rest.indexOf('<!--')) {
    const end = rest.indexOf('-->', start);
    if (end < 0) break;
    rest = rest.slice(0, start) + rest.slice(end + 3);
  }
  for (let start = rest.indexOf('<'); start >= 0; start = rest.indexOf('<')) {
    const end = rest.indexOf('>', start);
    if (end < 0) break;
    rest = rest.slice(0, start) + rest.slice(end + 1);
  }
  return unescapeHtml(rest.split(/\s+/).filter(Boolean).join(' '));
}

/** `html.unescape(text)`: numeric references and the named ones that occur in practice. */
export function unescapeHtml(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[a-zA-Z][a-zA-Z0-9]*;?)/g, (whole, body: string) => {
    const name = body.endsWith(';') ? body.slice(0, -1) : body;
    if (name.startsWith('#')) return numericReference(name.slice(1));
    const found = namedReferences.get(name);
    return found !== undefined && (body.endsWith(';') || bareReferences.has(name)) ? found : whole;
  });
}

function numericReference(digits: string): string {
  const code = /^[xX]/.test(digits) ? Number.parseInt(digits.slice(1), 16) : Number.parseInt(digits, 10);
  if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return '\ufffd';
  return String.fromCodePoint(code);
}

/** The Latin-1 names in the order of their characters, from the no-break space on. */
const latinNames = (
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute ' +
  'micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig ' +
  'Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash ' +
  'Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ' +
  'ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc ' +
  'uuml yacute thorn yuml'
).split(' ');

const namedReferences = new Map<string, string>([
  ...latinNames.map((name, index): [string, string] => [name, String.fromCodePoint(0xa0 + index)]),
  ...Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', AMP: '&', LT: '<', GT: '>', QUOT: '"', apos: "'" }),
  ...Object.entries({ ndash: '–', mdash: '—', lsquo: '‘', rsquo: '’', sbquo: '‚', ldquo: '“', rdquo: '”', bdquo: '„' }),
  ...Object.entries({ hellip: '…', bull: '•', euro: '€', trade: '™', larr: '←', uarr: '↑', rarr: '→', darr: '↓' }),
  ...Object.entries({ le: '≤', ge: '≥', ne: '≠', infin: '∞', thinsp: '\u2009', ensp: '\u2002', emsp: '\u2003' }),
  ...Object.entries({
    OElig: 'Œ',
    oelig: 'œ',
    Scaron: 'Š',
    scaron: 'š',
    Yuml: 'Ÿ',
    fnof: 'ƒ',
    dagger: '†',
    Dagger: '‡',
  }),
]);

/** The names that are understood without their semicolon. */
const bareReferences = new Set([...latinNames, 'amp', 'lt', 'gt', 'quot', 'AMP', 'LT', 'GT', 'QUOT']);
