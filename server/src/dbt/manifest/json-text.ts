import { Float } from '../../render/value.ts';
import { isList, isMap, textOfKey, Timestamp, type Data, type DataMap, type DataScalar } from './data.ts';

/** Data as the JSON text that Python writes: a blank after commas and colons, and nothing but ASCII. */
export function jsonText(data: Data): string {
  if (data === null) return 'null';
  if (typeof data === 'string') return quoted(data);
  if (isList(data)) return listText(data);
  if (isMap(data)) return mapText(data);
  if (data instanceof Timestamp) return quoted(data.isoText);
  if (data instanceof Float) return floatText(data.value);
  return String(data);
}

// Texts that grow are put together by the engine only once they are written, without lists of their parts.

function listText(data: readonly Data[]): string {
  let text = '[';
  for (const item of data) text += text.length === 1 ? jsonText(item) : `, ${jsonText(item)}`;
  return `${text}]`;
}

function mapText(data: DataMap): string {
  let text = '{';
  for (const [key, value] of data) {
    text += text.length === 1 ? `${keyText(key)}: ${jsonText(value)}` : `, ${keyText(key)}: ${jsonText(value)}`;
  }
  return `${text}}`;
}

const keyTexts = new Map<DataScalar, string>();

/** A key in quotes. Most keys are dbt's own and come back with every node. */
export function keyText(key: DataScalar): string {
  const known = keyTexts.get(key);
  if (known !== undefined) return known;
  const text = quoted(textOfKey(key));
  if (keyTexts.size < 1000) keyTexts.set(key, text);
  return text;
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
