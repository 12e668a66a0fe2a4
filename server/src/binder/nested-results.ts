import type { DialectName } from '../syntax/sql/dialect.ts';
import type { CallArgument } from './call-types.ts';
import { duckdbQuoted } from './duckdb-words.ts';
import { parseType, typeText } from './type-names.ts';
import { decided, unifyAll } from './type-rules.ts';
import type { SqlType, StructField } from './types.ts';

type Known = SqlType | undefined;

/** The type of a list's elements. */
export const elementOf = (type: Known): Known => (type?.kind === 'list' ? type.element : undefined);

/** DuckDB's array of so many values. */
export function arrayOf(types: readonly Known[], dialect: DialectName): Known {
  const element = decided(unifyAll(types, dialect), dialect);
  return element === undefined ? undefined : { kind: 'list', element, size: types.length };
}

/** A row of the elements of several lists; a truth value behind them says whether to cut them all to one length. */
export function zipped(types: readonly Known[]): Known {
  const lists = types.at(-1)?.kind === 'list' ? types : types.slice(0, -1);
  const fields = lists.map(it => ({ name: '', type: elementOf(it) }));
  return fields.every(it => it.type !== undefined) ? { kind: 'struct', fields } : undefined;
}

/** A struct with more fields, or with others in the place of those of their names. */
export function widened(struct: Known, given: readonly CallArgument[]): Known {
  if (struct?.kind !== 'struct') return undefined;
  const added = given.map((it): StructField => ({ name: it.name ?? '', type: decided(it.type, 'duckdb') }));
  if (added.some(it => it.name === '')) return undefined;
  const names = new Set(added.map(it => it.name.toLowerCase()));
  const kept = struct.fields.map(it => added.find(other => other.name.toLowerCase() === it.name.toLowerCase()) ?? it);
  const fresh = added.filter(it => !struct.fields.some(other => other.name.toLowerCase() === it.name.toLowerCase()));
  return names.size === added.length ? { kind: 'struct', fields: [...kept, ...fresh] } : undefined;
}

/** DuckDB's value of a union, which is known by its one member. */
export function unionOf(given: readonly CallArgument[], dialect: DialectName): Known {
  const [member] = given;
  const type = typeText(decided(member?.type, dialect), dialect);
  if (type === undefined || member?.name === undefined) return undefined;
  return { kind: 'scalar', name: `UNION(${duckdbQuoted(member.name)} ${type})` };
}

/** The type that DuckDB reads from a document which describes others: fields, lists of one element, names of types. */
export function structureOf(text: string | undefined, dialect: DialectName): Known {
  if (text === undefined) return undefined;
  try {
    return ofStructure(JSON.parse(text), dialect);
  } catch {
    return undefined;
  }
}

function ofStructure(value: unknown, dialect: DialectName): Known {
  if (typeof value === 'string') return parseType(value, dialect);
  if (Array.isArray(value)) {
    const element = value.length === 1 ? ofStructure(value[0], dialect) : undefined;
    return element === undefined ? undefined : { kind: 'list', element };
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const fields = Object.entries(value).map(([name, it]) => ({ name, type: ofStructure(it, dialect) }));
  return fields.some(it => it.type === undefined) ? undefined : { kind: 'struct', fields };
}

/** A key and a value of a map. */
export const entryOf = (key: Known, value: Known): SqlType => ({
  kind: 'struct',
  fields: [
    { name: 'key', type: key },
    { name: 'value', type: value },
  ],
});

/** The map of pairs. */
export function mapOf(entry: Known): Known {
  if (entry?.kind !== 'struct' || entry.fields.length !== 2) return undefined;
  return { kind: 'map', key: entry.fields[0]?.type, value: entry.fields[1]?.type };
}
