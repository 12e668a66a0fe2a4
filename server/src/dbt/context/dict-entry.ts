import { dictGet } from '../../render/python/hash.ts';
import { Dict, type Value } from '../../render/value.ts';

/** The value under a text key of a dict, or nothing. */
export const entryOf = (value: Value, key: string): Value | undefined =>
  value instanceof Dict ? dictGet(value, key) : undefined;
