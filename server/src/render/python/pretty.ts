import { Dict, List, Marked, PySet, Spanned, Tuple, type DictEntry, type Value } from '../value.ts';
import { ordered } from './compare.ts';
import { PythonError } from './error.ts';
import { NamedTuple } from './named-tuple.ts';
import { sortBy } from './sort.ts';
import { splitLines } from './split.ts';
import { codePointLength } from './strings.ts';
import { repr, reprText } from './text.ts';
import { typeName } from './type-name.ts';
import { spend } from './meter.ts';

const lineWidth = 80;

/** `pprint.pformat(value)`: the repr, dicts by key, broken into lines of 80 characters. */
export function prettyText(value: Value): string {
  return layOut(value, { indent: 0, allowance: 0, level: 0 });
}

/** Where a value stands: its column, the room that what follows on its line needs, and how deep it is. */
interface Place {
  readonly indent: number;
  readonly allowance: number;
  readonly level: number;
}

function layOut(value: Value, place: Place): string {
  spend(1);
  const flat = sortedRepr(value);
  if (codePointLength(flat) <= lineWidth - place.indent - place.allowance) return flat;
  const inner = { ...place, level: place.level + 1 };
  if (value instanceof Dict && value.entries.size > 0) return layOutDict(value, inner);
  if (value instanceof List) return `[${layOutItems(value.items, inner, 1)}]`;
  if (value instanceof Tuple && !(value instanceof NamedTuple)) {
    const end = value.items.length === 1 ? ',)' : ')';
    return `(${layOutItems(value.items, inner, end.length)}${end}`;
  }
  if (value instanceof PySet) {
    return `{${layOutItems(sortBy([...value.entries.values()], isBefore), inner, 1)}}`;
  }
  const text =
    typeof value === 'string' ? value : value instanceof Spanned || value instanceof Marked ? value.text : '';
  return text === '' ? flat : layOutText(text, inner);
}

/** Python's order for pretty printing: by value, and where there is none by the name of the type. */
function isBefore(a: Value, b: Value): boolean {
  try {
    return ordered('<', a, b);
  } catch (error) {
    if (error instanceof PythonError && error.errorClass === 'TypeError') return typeName(a) < typeName(b);
    throw error;
  }
}

const sortedEntries = (dict: Dict): readonly DictEntry[] =>
  sortBy([...dict.entries.values()], (a, b) => isBefore(a.key, b.key));

function sortedRepr(value: Value): string {
  spend(1);
  if (value instanceof Dict) {
    return `{${sortedEntries(value)
      .map(it => `${sortedRepr(it.key)}: ${sortedRepr(it.value)}`)
      .join(', ')}}`;
  }
  if (value instanceof List) return `[${value.items.map(sortedRepr).join(', ')}]`;
  if (value instanceof Tuple && !(value instanceof NamedTuple)) {
    return `(${value.items.map(sortedRepr).join(', ')}${value.items.length === 1 ? ',' : ''})`;
  }
  return repr(value);
}

function layOutDict(dict: Dict, { indent, allowance, level }: Place): string {
  const entries = sortedEntries(dict);
  const parts = entries.map(({ key, value }, index) => {
    const name = sortedRepr(key);
    const isLast = index === entries.length - 1;
    const place = { indent: indent + codePointLength(name) + 3, allowance: isLast ? allowance + 1 : 1, level };
    return `${name}: ${layOut(value, place)}`;
  });
  return `{${parts.join(`,\n${' '.repeat(indent + 1)}`)}}`;
}

function layOutItems(items: readonly Value[], { indent, allowance, level }: Place, nEnd: number): string {
  return items
    .map((item, index) => {
      const isLast = index === items.length - 1;
      return layOut(item, { indent: indent + 1, allowance: isLast ? allowance + nEnd : 1, level });
    })
    .join(`,\n${' '.repeat(indent + 1)}`);
}

/** A long text becomes adjacent literals, broken after lines and then after words. */
function layOutText(text: string, place: Place): string {
  const outermost = place.level === 1;
  const indent = place.indent + (outermost ? 1 : 0);
  const allowance = place.allowance + (outermost ? 1 : 0);
  const width = lineWidth - indent;
  const chunks: string[] = [];
  const lines = splitLines(text, { keepEnds: true });
  lines.forEach((line, index) => {
    const isLast = index === lines.length - 1;
    const literal = reprText(line);
    if (codePointLength(literal) <= width - (isLast ? allowance : 0)) chunks.push(literal);
    else chunks.push(...wordChunks(line, width, isLast ? allowance : 0));
  });
  if (chunks.length === 1) return reprText(lines.at(-1) ?? '');
  const body = chunks.join(`\n${' '.repeat(indent)}`);
  return outermost ? `(${body})` : body;
}

function wordChunks(line: string, width: number, allowance: number): string[] {
  const parts = (line.match(/\S*\s*/g) ?? []).filter(it => it !== '');
  const chunks: string[] = [];
  let current = '';
  parts.forEach((part, index) => {
    const room = width - (index === parts.length - 1 ? allowance : 0);
    if (codePointLength(reprText(current + part)) > room) {
      if (current !== '') chunks.push(reprText(current));
      current = part;
    } else {
      current += part;
    }
  });
  return current === '' ? chunks : [...chunks, reprText(current)];
}
