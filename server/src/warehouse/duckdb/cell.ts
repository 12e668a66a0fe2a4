import {
  type DuckDBType,
  type DuckDBValue,
  DuckDBArrayValue,
  DuckDBDateValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampTZValue,
  DuckDBTypeId,
  DuckDBUnionValue,
  DuckDBVariantValue,
} from '@duckdb/node-api';
import type { Cell } from '../../base/statement.ts';
import type { ZoneOffset } from './zone-offset.ts';

/**
 * A value of the driver as a portable cell. Integers are numbers, or bigints beyond 2^53; floats are numbers; lists
 * are lists; structs are objects, and lists where their fields have no names; a map is a list of `{ key, value }`;
 * everything else is text as DuckDB spells it.
 */
export function cellOf(value: DuckDBValue, type: DuckDBType, zone: ZoneOffset): Cell {
  if (value === null) return null;
  if (typeof value === 'number') return type.typeId === DuckDBTypeId.FLOAT ? shortestFloat(value) : value;
  if (typeof value === 'bigint') return wholeNumber(value);
  if (typeof value === 'object') return objectCell(value, type, zone);
  return value;
}

function wholeNumber(value: bigint): number | bigint {
  return BigInt.asIntN(54, value) === value ? Number(value) : value;
}

/** A 32-bit float widened to 64 bits shows digits that were never there: `0.1` must not become `0.10000000149011612`. */
function shortestFloat(value: number): number {
  for (let digits = 6; digits <= 9; digits++) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return shorter;
  }
  return value;
}

type DuckDBObject = Extract<DuckDBValue, object>;

function objectCell(value: DuckDBObject, type: DuckDBType, zone: ZoneOffset): Cell {
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) {
    const item = 'valueType' in type ? type.valueType : type;
    return value.items.map(each => cellOf(each, item, zone));
  }
  if (value instanceof DuckDBStructValue) return structCell(value, type, zone);
  if (value instanceof DuckDBMapValue) return mapCell(value, type, zone);
  if (value instanceof DuckDBUnionValue) {
    const member = ('memberTypeForTag' in type ? type.memberTypeForTag(value.tag) : undefined) ?? type;
    return cellOf(value.value, member, zone);
  }
  if (value instanceof DuckDBVariantValue) return cellOf(value.value, value.type ?? type, zone);
  if (value instanceof DuckDBDateValue) return dateText(value);
  if (value instanceof DuckDBTimestampTZValue) return zonedText(value, zone);
  return String(value);
}

function structCell(value: DuckDBStructValue, type: DuckDBType, zone: ZoneOffset): Cell {
  const types = 'entryTypes' in type ? type.entryTypes : [];
  const entries = Object.entries(value.entries).map(([name, item], at): readonly [string, Cell] => [
    name,
    cellOf(item, types[at] ?? type, zone),
  ]);
  if (entries.every(([name]) => name === '')) return entries.map(([, cell]) => cell);
  return Object.fromEntries(entries);
}

function mapCell(value: DuckDBMapValue, type: DuckDBType, zone: ZoneOffset): Cell {
  const [keyType, valueType] = 'keyType' in type ? [type.keyType, type.valueType] : [type, type];
  return value.entries.map(entry => ({
    key: cellOf(entry.key, keyType, zone),
    value: cellOf(entry.value, valueType, zone),
  }));
}

function dateText(value: DuckDBDateValue): string {
  if (value.days === DuckDBDateValue.PosInf.days) return 'infinity';
  if (value.days === DuckDBDateValue.NegInf.days) return '-infinity';
  return value.toString();
}

function zonedText(value: DuckDBTimestampTZValue, zone: ZoneOffset): string {
  // The driver prints with one offset for all values, so it is set before each.
  DuckDBTimestampTZValue.timezoneOffsetInMinutes = zone(value.micros);
  return value.toString();
}
