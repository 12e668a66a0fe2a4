import type { Expression } from '../syntax/sql/expression-nodes.ts';
import { duckdbQuoted } from './duckdb-words.ts';
import { filled, type Writer } from './duckdb-writer.ts';

/** A number as DuckDB keeps it: whole ones and decimals by their digits, others as doubles. */
export function numberText(text: string): string | undefined {
  // It reads no other bases: what is behind the zero is an alias.
  if (/^0[xbo]/i.test(text)) return undefined;
  const digits = text.replaceAll('_', '');
  const [, whole = '', fraction] = /^(\d*)(?:\.(\d*))?$/.exec(digits) ?? [];
  const isTooLong = fraction === undefined ? BigInt(`0${whole}`) >= 2n ** 128n : whole.length + fraction.length > 38;
  const isDouble = /e/i.test(digits) || isTooLong;
  if (isDouble) return doubleText(Number(digits));
  // A decimal without digits before the point has none in its type either.
  const shown = whole === '' ? '' : whole.replace(/^0+(?=\d)/, '');
  return fraction === undefined || fraction === '' ? shown : `${shown}.${fraction}`;
}

/** As C++ and Python write the shortest text that gives the same number. */
function doubleText(value: number): string {
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power < -4 || power >= 16) {
    return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  }
  const text = power < 0 ? value.toFixed(digits.replace(/[-.]/g, '').length - 1 - power) : String(value);
  return text.includes('.') ? text : `${text}.0`;
}

/** A string as DuckDB keeps it, in plain quotes. */
export function stringText(text: string): string | undefined {
  const dollars = /^\$(\w*)\$/.exec(text)?.[0].length;
  if (dollars !== undefined) return quoted(text.slice(dollars, text.length - dollars));
  if (/^x'/i.test(text)) return `'x${text.slice(2)}`;
  if (/^e'/i.test(text)) return quoted(unescaped(text.slice(2, -1)));
  return text.startsWith("'") ? text : undefined;
}

const unescaped = (text: string): string =>
  text.replaceAll("''", "'").replaceAll(/\\(.)/gs, (_, it: string) => ESCAPES.get(it) ?? it);

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['b', '\b'],
  ['f', '\f'],
]);

/** DuckDB makes calls of a comprehension: one that maps and, with a condition, others around one that filters. */
export function comprehensionText(
  writer: Writer,
  { value, names, source, filter }: Expression & { readonly kind: 'comprehension' },
): string | undefined {
  const parameters = names.map(it => (it.kind === 'name' ? duckdbQuoted(it.text) : '')).join(', ');
  const [list, result] = [writer.value(source), writer.value(value)];
  if (filter === undefined) return filled`main.list_apply(${list}, (lambda ${parameters}: ${result}))`;
  const kept = filled`main.struct_pack("filter" := ${writer.value(filter)}, result := ${result})`;
  const made = filled`main.list_apply(${list}, (lambda ${parameters}: ${kept}))`;
  const part = (name: string): string => `(lambda elem: main.struct_extract(elem, '${name}'))`;
  return filled`main.list_apply(main.list_filter(${made}, ${part('filter')}), ${part('result')})`;
}
