import { Float } from '../../render/value.ts';
import { isList, isMap, textOfKey, Timestamp, type Data, type DataMap, type DataScalar } from './data.ts';

/** Data as the JSON text that Python writes: a blank after commas and colons, and nothing but ASCII. */
export function jsonText(data: Data): string {
  const parts: string[] = [];
  addJson(parts, data);
  return parts.join('');
}

/** Adds that text to others, in parts: a large file is put together once, when it is written. */
export function addJson(parts: string[], data: Data): void {
  if (typeof data === 'string') addText(parts, data);
  else if (isList(data)) addList(parts, data);
  else if (isMap(data)) addMap(parts, data);
  else parts.push(scalarText(data));
}

function addText(parts: string[], text: string): void {
  if (NEEDS_ESCAPE.test(text)) parts.push(quoted(text));
  else parts.push('"', text, '"');
}

function scalarText(data: Exclude<DataScalar, string>): string {
  if (data === null) return 'null';
  if (data instanceof Timestamp) return quoted(data.isoText);
  if (data instanceof Float) return floatText(data.value);
  return String(data);
}

function addList(parts: string[], data: readonly Data[]): void {
  if (data.length === 0) return void parts.push('[]');
  let separator = '[';
  for (const item of data) {
    parts.push(separator);
    addJson(parts, item);
    separator = ', ';
  }
  parts.push(']');
}

function addMap(parts: string[], data: DataMap): void {
  if (data.size === 0) return void parts.push('{}');
  let isFirst = true;
  for (const [key, value] of data) {
    const { first, later } = keyTexts(key);
    parts.push(isFirst ? first : later);
    addJson(parts, value);
    isFirst = false;
  }
  parts.push('}');
}

/** How a key begins an entry: the first one of a mapping, and each after it. */
interface KeyTexts {
  readonly first: string;
  readonly later: string;
}

const knownKeys = new Map<DataScalar, KeyTexts>();

/** The texts before a value. Most keys are dbt's own and come back with every node. */
export function keyTexts(key: DataScalar): KeyTexts {
  const known = knownKeys.get(key);
  if (known !== undefined) return known;
  const text = `${quoted(textOfKey(key))}: `;
  const texts = { first: `{${text}`, later: `, ${text}` };
  if (knownKeys.size < 1000) knownKeys.set(key, texts);
  return texts;
}

/** JSON has no word for infinities and for what is no number. */
function floatText(value: number): string {
  if (!Number.isFinite(value)) return 'null';
  return Number.isInteger(value) && Math.abs(value) < 1e16 ? `${value}.0` : String(value);
}

/** A text in quotes, every character beyond ASCII as an escape. */
function quoted(text: string): string {
  if (!NEEDS_ESCAPE.test(text)) return `"${text}"`;
  const json = JSON.stringify(text);
  return BEYOND_ASCII.test(json) ? json.replaceAll(EACH_BEYOND_ASCII, escaped) : json;
}

/** Anything but the printable characters of ASCII that stand for themselves. */
const NEEDS_ESCAPE = /[^ !#-[\]-~]/;
const BEYOND_ASCII = /[\u007f-\uffff]/;
const EACH_BEYOND_ASCII = /[\u0080-\uffff]/g;

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
