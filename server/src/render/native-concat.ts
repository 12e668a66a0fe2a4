import { plain } from './calls.ts';
import { raise } from './python/error.ts';
import { literalEval } from './python/native.ts';
import { toText } from './python/text.ts';
import { Float, Marked } from './value.ts';
import type { Value } from './value.ts';

/** What dbt makes of the values that a native template has written: one alone keeps its type, several become text. */
export function nativeConcat(values: readonly Value[]): Value {
  const [only] = values;
  if (only === undefined) return '';
  if (values.length > 1) return values.map(toText).join('');
  if (!(only instanceof Marked)) return plain(only);
  if (only.mark === 'text') return only.text;
  const literal = literalEval(only.text);
  const value = literal === undefined ? only : literal;
  if (only.mark === 'bool' && typeof value !== 'boolean') failConversion(only.text, 'bool');
  if (only.mark === 'number' && !isNumber(value)) failConversion(only.text, 'number');
  return value;
}

const isNumber = (value: Value): boolean =>
  typeof value === 'number' || typeof value === 'bigint' || value instanceof Float;

function failConversion(text: string, type: 'bool' | 'number'): never {
  return raise('JinjaRenderingError', `Could not convert value '${text}' into type '${type}'`);
}
