import type { Call } from '../syntax/sql/expression-nodes.ts';
import type { SelectItem } from '../syntax/sql/nodes.ts';
import { callName } from './call-names.ts';
import { keyOf, type Place } from './context.ts';
import { bindValue } from './evaluate.ts';
import type { BoundColumn, Rows } from './rows.ts';
import type { SqlType } from './types.ts';

/**
 * The columns of an item that is a call of DuckDB's UNNEST which takes structs apart; `undefined` where the item is one
 * column like others.
 */
export function unnestedItem(place: Place, { value }: SelectItem): Rows | undefined {
  if (place.context.dialect !== 'duckdb' || value.kind !== 'call' || callName(value) !== 'unnest') return undefined;
  const [argument] = value.arguments;
  if (argument === undefined || value.over !== undefined) return undefined;
  const { type, sources } = bindValue(place, argument);
  const depth = depthOf(place, value);
  if (depth > 1 && type === undefined) {
    const rest = place.context.sources.through('transformed', sources);
    return { columns: [], isOpen: true, influences: [], rest };
  }
  const parts = partsOf('', type, depth);
  if (parts.length === 1 && parts[0]?.name === '') return undefined;
  const own = place.context.sources.through('transformed', sources);
  for (const it of place.context.sources.influences('join', own)) place.scope.influences.add(it);
  const columns = parts.map((part): BoundColumn => ({
    name: part.name,
    key: keyOf(place, { kind: 'name', text: part.name, quoted: false, start: value.start, end: value.end }),
    definition: { start: value.start, end: value.end },
    expression: { start: value.start, end: value.end },
    type: part.type,
    nullable: undefined,
    sources: own,
  }));
  return { columns, isOpen: false, influences: [] };
}

/** How many layers a call of UNNEST takes off. */
export function depthOf({ context }: Place, call: Call): number {
  for (const it of call.arguments) {
    if (it.kind !== 'named-argument') continue;
    const text = context.text.slice(it.value.start, it.value.end).toLowerCase();
    if (it.name.text.toLowerCase() === 'recursive' && text === 'true') return Infinity;
    if (it.name.text.toLowerCase() === 'max_depth' && /^\d+$/.test(text)) return Number(text);
  }
  return 1;
}

interface Part {
  readonly name: string;
  readonly type: SqlType | undefined;
}

/** Lists give their elements; structs give their fields, which with all layers taken off are taken apart themselves. */
function partsOf(name: string, type: SqlType | undefined, depth: number): readonly Part[] {
  if (depth <= 0 || type === undefined) return [{ name, type }];
  if (type.kind === 'list' && name === '') return partsOf(name, type.element, depth - 1);
  if (type.kind !== 'struct') return [{ name, type }];
  if (depth < Infinity) return type.fields;
  return type.fields.flatMap(it => partsOf(it.name, it.type, depth));
}
