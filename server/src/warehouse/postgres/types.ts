import type { CustomTypesConfig, FieldDef } from 'pg';
import type { Cell } from '../../base/statement.ts';

/** How values come out of the driver: numbers that JavaScript can hold exactly, booleans and JSON as themselves, all else as the server's text. */
export const cellTypes: CustomTypesConfig = {
  getTypeParser: (oid: number) => parserOf(oid),
};

const OID = {
  bool: 16,
  int8: 20,
  int2: 21,
  int4: 23,
  oid: 26,
  json: 114,
  float4: 700,
  float8: 701,
  jsonb: 3802,
} as const;

function parserOf(oid: number): (text: string) => Cell {
  switch (oid) {
    case OID.bool:
      return text => text === 't';
    case OID.int2:
    case OID.int4:
    case OID.oid:
    case OID.float4:
    case OID.float8:
      return Number;
    case OID.int8:
      return integer;
    case OID.json:
    case OID.jsonb:
      return text => JSON.parse(text) as Cell;
    default:
      return text => text;
  }
}

function integer(text: string): Cell {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : BigInt(text);
}

/** The types that need no question to the server, by their ids. */
const NAMES = new Map<number, string>([
  [16, 'boolean'],
  [17, 'bytea'],
  [18, '"char"'],
  [19, 'name'],
  [20, 'bigint'],
  [21, 'smallint'],
  [23, 'integer'],
  [25, 'text'],
  [26, 'oid'],
  [114, 'json'],
  [700, 'real'],
  [701, 'double precision'],
  [1042, 'character'],
  [1043, 'character varying'],
  [1082, 'date'],
  [1083, 'time without time zone'],
  [1114, 'timestamp without time zone'],
  [1184, 'timestamp with time zone'],
  [1186, 'interval'],
  [1266, 'time with time zone'],
  [1700, 'numeric'],
  [2950, 'uuid'],
  [3802, 'jsonb'],
]);

/** The name of a column's type as `format_type` prints it; `undefined` for a type that only the server knows. */
export function typeName({ dataTypeID, dataTypeModifier }: FieldDef): string | undefined {
  const name = NAMES.get(dataTypeID);
  if (name === undefined || dataTypeModifier < 0) return name;
  return `${name}${modifier(dataTypeID, dataTypeModifier)}`;
}

/** PostgreSQL keeps a length as itself plus 4, and a numeric's precision and scale in the halves of a word plus 4. */
function modifier(oid: number, packed: number): string {
  const value = packed - 4;
  if (oid === 1700) return `(${(value >> 16) & 0xffff},${value & 0x7ff})`;
  return oid === 1042 || oid === 1043 ? `(${value})` : '';
}
