import type { Cell } from '../../base/statement.ts';
import type { TypeSignature } from './protocol.ts';

/**
 * A value of the protocol as a portable cell: whole numbers are numbers, or bigints beyond 2^53; decimals, dates and
 * times are text; a row is an object, or a list where its fields have no names; a map is a list of `{ key, value }`.
 */
export function cellOf(value: unknown, type: TypeSignature | undefined): Cell {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return type?.rawType === 'row' ? rowCell(value, type) : listCell(value, type);
  if (typeof value === 'object') return mapCell(value, type);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return typeof value === 'string' ? textCell(value, type?.rawType ?? '') : null;
}

function textCell(value: string, type: string): Cell {
  switch (type) {
    case 'bigint':
    case 'integer':
      return Number.isSafeInteger(Number(value)) ? Number(value) : BigInt(value);
    case 'double':
    case 'real':
      return Number(value);
    case 'varbinary':
      return `\\x${Buffer.from(value, 'base64').toString('hex')}`;
    default:
      return value;
  }
}

const listCell = (values: readonly unknown[], type: TypeSignature | undefined): Cell =>
  values.map(value => cellOf(value, signature(type?.arguments[0]?.value)));

function rowCell(values: readonly unknown[], type: TypeSignature): Cell {
  const fields = type.arguments.map(({ value }) => fieldOf(value));
  const cells = values.map((value, at) => cellOf(value, fields[at]?.type));
  if (fields.some(field => field.name === undefined)) return cells;
  return Object.fromEntries(cells.map((cell, at) => [fields[at]?.name ?? '', cell]));
}

/** The keys of a JSON object are text, whatever they were. */
function mapCell(value: object, type: TypeSignature | undefined): Cell {
  const [keyType, valueType] = [0, 1].map(at => signature(type?.arguments[at]?.value));
  return Object.entries(value).map(([key, item]) => ({ key: cellOf(key, keyType), value: cellOf(item, valueType) }));
}

interface Field {
  readonly name: string | undefined;
  readonly type: TypeSignature | undefined;
}

function fieldOf(value: unknown): Field {
  if (typeof value !== 'object' || value === null) return { name: undefined, type: undefined };
  const { fieldName, typeSignature } = value as {
    readonly fieldName?: { readonly name?: string };
    readonly typeSignature?: unknown;
  };
  return { name: fieldName?.name, type: signature(typeSignature) };
}

const signature = (value: unknown): TypeSignature | undefined =>
  // Only a signature has a raw type.
  typeof value === 'object' && value !== null && 'rawType' in value ? (value as TypeSignature) : undefined;
