import { parseYaml } from '../../syntax/yaml/parse.ts';
import { scalarValue, type ScalarValue } from '../../syntax/yaml/scalar.ts';
import { dereferenced, isMerge, type YamlMapping, type YamlNode } from '../../syntax/yaml/tree.ts';
import { Dict, Float, List, type Value } from '../value.ts';
import { dictSet, isUnhashable } from './hash.ts';
import { PythonError, raise } from './error.ts';
import { parseIsoDay, parseIsoMoment } from './modules/datetime/iso.ts';
import type { DateTimes } from './modules/datetime/module.ts';
import { spend } from './meter.ts';

/** `yaml.safe_load(text)`; `undefined` where PyYAML raises a YAMLError or ValueError. */
export function loadYaml(text: string, times: DateTimes): Value | undefined {
  spend(100 + text.length * 2);
  if (isTooDeep(text)) raise('RecursionError', 'maximum recursion depth exceeded');
  const { root, problems } = parseYaml(text);
  if (problems.some(it => it.code === 'yaml-syntax')) return undefined;
  try {
    return root === undefined ? null : new Constructor(times).value(root);
  } catch (error) {
    if (error instanceof PythonError && error.errorClass === 'ValueError') return undefined;
    throw error;
  }
}

/** Whether collections are nested deeper than PyYAML can follow. */
function isTooDeep(text: string): boolean {
  if (/(?:- ){400}/.test(text)) return true;
  let depth = 0;
  for (const character of text) {
    if (character === '[' || character === '{') depth++;
    else if (character === ']' || character === '}') depth--;
    if (depth > 400) return true;
  }
  return false;
}

/** Aliases stand for the very object of their anchor, so each node is built once. */
class Constructor {
  readonly #times: DateTimes;
  readonly #built = new Map<YamlNode, Value>();
  constructor(times: DateTimes) {
    this.#times = times;
  }

  value(node: YamlNode): Value {
    const source = dereferenced(node);
    if (source === undefined) return null;
    const known = this.#built.get(source);
    if (known !== undefined) return known;
    if (source.kind === 'scalar') return this.#scalar(scalarValue(source));
    if (source.kind === 'sequence') {
      const list = new List([]);
      this.#built.set(source, list);
      for (const item of source.items) list.items.push(this.value(item));
      return list;
    }
    const dict = new Dict();
    this.#built.set(source, dict);
    this.#fill(dict, source);
    return dict;
  }

  /** Merged-in entries come first, so that a mapping's own win. */
  #fill(dict: Dict, mapping: YamlMapping): void {
    for (const entry of mapping.entries) if (isMerge(entry)) this.#merge(dict, entry.value);
    for (const entry of mapping.entries) {
      if (isMerge(entry)) continue;
      const key = this.value(entry.key);
      if (isUnhashable(key)) throw new PythonError('ValueError', 'found unhashable key');
      dictSet(dict, key, this.value(entry.value));
    }
  }

  #merge(dict: Dict, node: YamlNode): void {
    const source = dereferenced(node);
    if (source?.kind === 'mapping') this.#fill(dict, source);
    // Of several the first wins, so the last is filled in first.
    else if (source?.kind === 'sequence') for (const item of source.items.toReversed()) this.#merge(dict, item);
    else throw new PythonError('ValueError', 'expected a mapping or list of mappings for merging');
  }

  #scalar(value: ScalarValue): Value {
    switch (value.type) {
      case 'null':
        return null;
      case 'bool':
      case 'int':
      case 'str':
        return value.value;
      case 'float':
        return new Float(value.value);
      case 'date':
        return this.#times.date(parseIsoDay(value.text));
      case 'datetime': {
        const { day, clock, zone } = parseIsoMoment(value.text);
        return this.#times.dateTime(day, clock, zone);
      }
      default:
        return value satisfies never;
    }
  }
}
