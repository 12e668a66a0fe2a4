import { Dict, HostObject, List, Tuple, Undefined, type CallArguments, type Value } from '../value.ts';
import { failUndefined, raise } from './error.ts';
import { formatValue, sizeOf } from './format-spec.ts';
import { dictGet } from './hash.ts';
import { escapeValue } from './markup.ts';
import { spend } from './meter.ts';
import { escapeHtml, strOf } from './strings.ts';
import { asciiRepr, repr, toText } from './text.ts';
import { typeName } from './type-name.ts';

/** How a field of a format reaches into its argument: through the sandbox, as the template itself does. */
export interface FieldLookup {
  readonly attribute: (value: Value, name: string) => Value;
  readonly item: (value: Value, key: Value) => Value;
}

/** Whether what is put in is escaped, as Markup does. */
export interface FormatOptions {
  readonly escape?: boolean;
}

/** `format.format(*args, **kwargs)`. */
export function formatText(
  format: string,
  args: CallArguments,
  lookup: FieldLookup,
  options: FormatOptions = {},
): string {
  const named = (name: string): Value => args.named.get(name) ?? missing(name, args.named.has(name));
  return new Formatter({ positional: args.positional, named }, lookup, options).format(format, 2);
}

const missing = (name: string, isNone: boolean): Value => (isNone ? null : raise('KeyError', repr(name)));

/** `format.format_map(mapping)`. */
export function formatMap(format: string, mapping: Value, lookup: FieldLookup, options: FormatOptions = {}): string {
  const named = (name: string): Value => entryOf(mapping, name);
  return new Formatter({ positional: [], named }, lookup, options).format(format, 2);
}

/** `mapping[name]`, with what Python says of a value that has no such entry. */
function entryOf(mapping: Value, name: string): Value {
  const entry =
    mapping instanceof Dict ? dictGet(mapping, name) : mapping instanceof HostObject ? mapping.item(name) : undefined;
  if (entry !== undefined) return entry;
  if (mapping instanceof Undefined) return mapping.flavour === 'capturing' ? mapping : failUndefined(mapping);
  if (mapping instanceof Dict || mapping instanceof HostObject) return raise('KeyError', repr(name));
  if (strOf(mapping) !== undefined) return raise('TypeError', "string indices must be integers, not 'str'");
  return raise(
    'TypeError',
    mapping instanceof List || mapping instanceof Tuple
      ? `${typeName(mapping)} indices must be integers or slices, not str`
      : `'${typeName(mapping)}' object is not subscriptable`,
  );
}

/** What the fields of a format are filled from. */
interface FieldSources {
  readonly positional: readonly Value[];
  readonly named: (name: string) => Value;
}

/** One replacement field, taken apart. */
interface Field {
  readonly name: string;
  readonly conversion: string | undefined;
  readonly spec: string;
  readonly end: number;
}

class Formatter {
  readonly #args: FieldSources;
  readonly #lookup: FieldLookup;
  readonly #options: FormatOptions;
  /** The next automatic number; `manual` once a field has been numbered by hand. */
  #auto: number | 'manual' | undefined;
  constructor(args: FieldSources, lookup: FieldLookup, options: FormatOptions) {
    this.#args = args;
    this.#lookup = lookup;
    this.#options = options;
  }

  format(format: string, depth: number): string {
    if (depth < 0) raise('ValueError', 'Max string recursion exceeded');
    let result = '';
    let at = 0;
    while (at < format.length) {
      const character = format[at] ?? '';
      if (character !== '{' && character !== '}') {
        const next = format.slice(at).search(/[{}]/);
        const end = next < 0 ? format.length : at + next;
        result += format.slice(at, end);
        at = end;
      } else if (format[at + 1] === character) {
        result += character;
        at += 2;
      } else if (character === '}') {
        raise('ValueError', "Single '}' encountered in format string");
      } else {
        const field = parseField(format, at + 1);
        result += this.#fill(field, depth);
        at = field.end;
      }
    }
    return result;
  }

  #fill(field: Field, depth: number): string {
    spend(8);
    const value = this.#valueOf(field.name);
    const spec = field.spec.includes('{') ? this.format(field.spec, depth - 1) : field.spec;
    if (field.conversion === undefined) return this.#show(value, spec);
    return formatValue(convert(value, field.conversion), spec);
  }

  #show(value: Value, spec: string): string {
    if (this.#options.escape !== true) return formatValue(value, spec);
    return spec === '' ? escapeValue(value).text : escapeHtml(formatValue(value, spec));
  }

  #valueOf(name: string): Value {
    const first = /^[^.[]*/.exec(name)?.[0] ?? '';
    let value = this.#argument(first, first === name);
    let rest = name.slice(first.length);
    while (rest !== '') {
      const step = /^\.([^.[]*)|^\[([^\]]*)\]/.exec(rest);
      if (step === null) {
        return raise(
          'ValueError',
          rest.startsWith('[')
            ? "Missing ']' in format string"
            : "Only '.' or '[' may follow ']' in format field specifier",
        );
      }
      const [whole, attribute, item] = step;
      if ((attribute ?? item) === '') raise('ValueError', 'Empty attribute in format string');
      value =
        attribute === undefined
          ? this.#lookup.item(value, /^\d+$/.test(item ?? '') ? Number(item) : (item ?? ''))
          : this.#lookup.attribute(value, attribute);
      rest = rest.slice(whole.length);
    }
    return value;
  }

  #argument(name: string, isWhole: boolean): Value {
    // Only a field without a path is numbered, and only a plain number counts as numbered by hand.
    if (name === '' && isWhole) {
      if (this.#auto === 'manual') {
        raise('ValueError', 'cannot switch from manual field specification to automatic field numbering');
      }
      const index = this.#auto ?? 0;
      this.#auto = index + 1;
      return this.#positional(index);
    }
    if (!/^\d+$/.test(name)) return this.#args.named(name);
    if (isWhole && this.#auto !== undefined && this.#auto !== 'manual') {
      raise('ValueError', 'cannot switch from manual field specification to automatic field numbering');
    }
    if (isWhole) this.#auto = 'manual';
    return this.#positional(sizeOf(name));
  }

  #positional(index: number): Value {
    const value = this.#args.positional[index];
    return value === undefined ? raise('IndexError', 'tuple index out of range') : value;
  }
}

function convert(value: Value, conversion: string): Value {
  switch (conversion) {
    case 's':
      return toText(value);
    case 'r':
      return repr(value);
    case 'a':
      return asciiRepr(value);
    default:
      return raise('ValueError', `Unknown conversion specifier ${conversion}`);
  }
}

/** Parses a field whose opening brace ends at `start`. */
function parseField(format: string, start: number): Field {
  if (start >= format.length) raise('ValueError', "Single '{' encountered in format string");
  const name = /^(?:\[[^\]]*\]?|[^[{}:!])*/.exec(format.slice(start))?.[0] ?? '';
  let at = start + name.length;
  const mark = format[at];
  if (mark === undefined) raise('ValueError', "expected '}' before end of string");
  if (mark === '{') raise('ValueError', "unexpected '{' in field name");
  let conversion: string | undefined;
  if (mark === '!') {
    conversion = String.fromCodePoint(format.codePointAt(at + 1) ?? 0);
    if (at + 1 >= format.length) raise('ValueError', 'end of string while looking for conversion specifier');
    at += 1 + conversion.length;
    if (conversion === '}' || format[at] === undefined) raise('ValueError', "unmatched '{' in format spec");
    if (format[at] !== ':' && format[at] !== '}') raise('ValueError', "expected ':' after conversion specifier");
  }
  if (format[at] === '}') return { name, conversion, spec: '', end: at + 1 };
  const end = endOfSpec(format, at + 1);
  return { name, conversion, spec: format.slice(at + 1, end), end: end + 1 };
}

function endOfSpec(format: string, start: number): number {
  let depth = 1;
  for (let at = start; at < format.length; at++) {
    if (format[at] === '{') depth++;
    else if (format[at] === '}') depth--;
    if (depth === 0) return at;
  }
  return raise('ValueError', "unmatched '{' in format spec");
}
