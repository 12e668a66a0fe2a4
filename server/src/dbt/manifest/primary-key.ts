import { asString, isMap, stringList } from './data.ts';
import type { NodeExtras } from './node-extras.ts';
import type { ModelNode } from './node.ts';

/** The columns that tell rows of a model apart: as its constraints say, else as its data tests promise. */
export function primaryKey(node: ModelNode, extras: NodeExtras): readonly string[] {
  for (const constraint of node.constraints.filter(isMap)) {
    if (asString(constraint.get('type')) === 'primary_key') return stringList(constraint.get('columns'));
  }
  for (const { name, constraints } of node.columns) {
    if (constraints.filter(isMap).some(it => asString(it.get('type')) === 'primary_key')) return [name];
  }
  return extras.testedKey(node);
}

/** A data test of a model, as far as it says something about its key. */
export interface KeyTest {
  readonly name: string;
  /** The columns it is about. */
  readonly columns: readonly string[];
  readonly enabled: boolean;
}

/** The columns that tests promise to be a key: unique and never null, else unique, else what would be if its test ran. */
export function testedKey(tests: readonly KeyTest[]): readonly string[] {
  const columnsOf = (wanted: (test: KeyTest) => boolean): ReadonlySet<string> =>
    new Set(tests.filter(wanted).flatMap(test => test.columns));
  const unique = columnsOf(test => UNIQUE.has(test.name) && test.enabled);
  const switchedOff = columnsOf(test => UNIQUE.has(test.name) && !test.enabled);
  const filled = columnsOf(test => test.name === 'not_null');
  const both = [...filled].filter(column => unique.has(column) || switchedOff.has(column));
  if (both.length > 0) return both;
  return unique.size > 0 ? [...unique] : [...switchedOff];
}

const UNIQUE: ReadonlySet<string> = new Set(['unique', 'unique_combination_of_columns']);
