import { Float } from '../../render/value.ts';
import { isList, isMap, Timestamp, type Data } from '../manifest/data.ts';

/** A scalar as text, to compare with what someone typed; `undefined` for null, lists and mappings. */
export function scalarText(data: Data): string | undefined {
  if (data === null || isList(data) || isMap(data)) return undefined;
  if (data instanceof Timestamp) return data.text;
  return String(data instanceof Float ? data.value : data);
}
