import type { DialectName } from '../syntax/sql/dialect.ts';
import { FLOAT32, FLOAT64, INT128, INT32, INT64, sameType, scalar, scalarName, TEXT, type SqlType } from './types.ts';

/** How many bits an integer type has, and whether it has a sign. */
interface IntegerShape {
  readonly bits: number;
  readonly signed: boolean;
}

const INTEGERS: ReadonlyMap<string, IntegerShape> = new Map(
  [8, 16, 32, 64, 128].flatMap((bits): [string, IntegerShape][] => [
    [`int${bits}`, { bits, signed: true }],
    [`uint${bits}`, { bits, signed: false }],
  ]),
);

/** How many digits a decimal needs for every value of an integer type. */
const DIGITS: ReadonlyMap<string, number> = new Map([
  ['int8', 3],
  ['int16', 5],
  ['int32', 10],
  ['int64', 19],
  ['int128', 38],
  ['uint8', 3],
  ['uint16', 5],
  ['uint32', 10],
  ['uint64', 20],
  ['uint128', 38],
]);

export const isInteger = (type: SqlType | undefined): boolean => INTEGERS.has(scalarName(type) ?? '');
export const isFloat = (type: SqlType | undefined): boolean =>
  scalarName(type) === 'float32' || scalarName(type) === 'float64';
export const isNumeric = (type: SqlType | undefined): boolean =>
  isInteger(type) || isFloat(type) || type?.kind === 'decimal' || scalarName(type) === 'bignumeric';

const TEXTS: ReadonlySet<string> = new Set(['text', 'varchar', 'char', 'name']);
export const isText = (type: SqlType | undefined): boolean => TEXTS.has(scalarName(type) ?? '');
export const isLiteral = (type: SqlType | undefined): boolean => type?.kind === 'scalar' && type.literal !== undefined;
export const isNull = (type: SqlType | undefined): boolean => scalarName(type) === 'null';

/** Dates and times that can stand for each other, the poorer before the richer. */
const MOMENTS: readonly string[] = ['date', 'timestamp_s', 'timestamp_ms', 'timestamp', 'timestamp_ns', 'timestamptz'];
export const isMoment = (type: SqlType | undefined): boolean => MOMENTS.includes(scalarName(type) ?? '');

/** An integer type of that many bits. */
const integer = ({ bits, signed }: IntegerShape): SqlType => scalar(`${signed ? 'int' : 'uint'}${bits}`);

/** The smallest integer type for every value of both; what has no sign next to what has one needs one size more. */
function commonInteger(a: SqlType, b: SqlType): SqlType {
  const [one, two] = [INTEGERS.get(scalarName(a) ?? ''), INTEGERS.get(scalarName(b) ?? '')];
  if (one === undefined || two === undefined) return INT64;
  if (one.signed === two.signed) return integer(one.bits >= two.bits ? one : two);
  const [signed, unsigned] = one.signed ? [one, two] : [two, one];
  if (signed.bits > unsigned.bits) return integer(signed);
  return unsigned.bits >= 64 ? INT128 : integer({ bits: unsigned.bits * 2, signed: true });
}

/** Whether the value of an integer literal is one of an integer type. */
function fits(literal: number, type: SqlType): boolean {
  const shape = INTEGERS.get(scalarName(type) ?? '');
  if (shape === undefined) return false;
  const most = 2 ** (shape.signed ? shape.bits - 1 : shape.bits);
  return literal < most && literal >= (shape.signed ? -most : 0);
}

/** Integers as decimals with room for all their values. */
export function asDecimal(type: SqlType): SqlType | undefined {
  if (type.kind === 'decimal') return type;
  const digits = DIGITS.get(scalarName(type) ?? '');
  return digits === undefined ? undefined : { kind: 'decimal', precision: digits, scale: 0 };
}

/** The type of a value that may be either: of CASE, COALESCE, set operations, lists. `undefined` when unknown. */
export function unify(a: SqlType | undefined, b: SqlType | undefined, dialect: DialectName): SqlType | undefined {
  if (a === undefined || b === undefined) return undefined;
  if (isNull(a)) return b;
  if (isNull(b)) return a;
  if (sameType(a, b)) return isLiteral(a) ? b : a;
  if (isNumeric(a) && isNumeric(b)) return unifyNumbers(a, b, dialect);
  if (isText(a) || isText(b)) return unifyText(a, b, dialect);
  if (isMoment(a) && isMoment(b)) return unifyMoments(a, b, dialect);
  return unifyNested(a, b, dialect);
}

/** All of several types as one; `undefined` as soon as one is not known. */
export const unifyAll = (types: readonly (SqlType | undefined)[], dialect: DialectName): SqlType | undefined =>
  types.length === 0 ? undefined : types.reduce((a, b) => unify(a, b, dialect));

/** The common type of two numbers, before what an operator makes of it. */
export function unifyNumbers(a: SqlType, b: SqlType, dialect: DialectName): SqlType | undefined {
  const [one, two] = [a, b];
  if (isInteger(one) && isInteger(two)) return unifyIntegers(one, two, dialect);
  if (isFloat(one) || isFloat(two)) return unifyFloats(one, two, dialect);
  if (scalarName(one) === 'bignumeric' || scalarName(two) === 'bignumeric') return scalar('bignumeric');
  const [left, right] = [asDecimal(one), asDecimal(two)];
  if (left?.kind !== 'decimal' || right?.kind !== 'decimal') return undefined;
  // Only DuckDB's, Trino's and Spark's decimals keep exact digits; the others widen to any.
  if (dialect === 'postgres' || dialect === 'redshift' || dialect === 'snowflake' || dialect === 'bigquery') {
    return sameType(left, right) ? left : { kind: 'decimal', precision: undefined, scale: undefined };
  }
  if (left.precision === undefined || right.precision === undefined) return left;
  const scale = Math.max(left.scale ?? 0, right.scale ?? 0);
  const whole = Math.max(left.precision - (left.scale ?? 0), right.precision - (right.scale ?? 0));
  // Digits before the point come first, unless one of the two has none behind it by nature.
  const room = isInteger(a) || isInteger(b) ? scale : Math.min(scale, 38 - whole);
  return { kind: 'decimal', precision: Math.min(38, whole + scale), scale: room };
}

function unifyIntegers(a: SqlType, b: SqlType, dialect: DialectName): SqlType {
  // DuckDB lets the type of a column win over that of a literal that fits.
  if (dialect === 'duckdb') {
    const [one, two] = [literalOf(a), literalOf(b)];
    if (one !== undefined && two === undefined && fits(one, b)) return b;
    if (two !== undefined && one === undefined && fits(two, a)) return a;
  }
  return commonInteger(a, b);
}

const literalOf = (type: SqlType): number | undefined =>
  type.kind === 'scalar' && typeof type.literal === 'number' ? type.literal : undefined;

function unifyFloats(a: SqlType, b: SqlType, dialect: DialectName): SqlType {
  if (scalarName(a) === 'float64' || scalarName(b) === 'float64') return FLOAT64;
  const both = scalarName(a) === scalarName(b);
  // A real number next to any other number that is none is a double in all but DuckDB, Trino and PostgreSQL's unions.
  return both || dialect === 'duckdb' || dialect === 'trino' || dialect === 'postgres' ? FLOAT32 : FLOAT64;
}

function unifyText(a: SqlType, b: SqlType, dialect: DialectName): SqlType | undefined {
  const [one, two] = [isText(a), isText(b)];
  // A quoted constant takes the type of what it meets.
  if (one && isLiteral(a)) return b;
  if (two && isLiteral(b)) return a;
  // PostgreSQL's kinds of text turn into each other both ways, so the first one stays.
  if (one && two && dialect === 'postgres') return a;
  if (one && two) {
    return scalarName(a) === scalarName(b) && scalarName(a) !== 'text' ? scalar(scalarName(a) ?? '') : TEXT;
  }
  if (dialect === 'duckdb') {
    const other = one ? b : a;
    return other.kind === 'scalar' && !KEEPS_FROM_TEXT.has(other.name) ? TEXT : other.kind === 'decimal' ? TEXT : other;
  }
  return dialect === 'databricks' ? TEXT : undefined;
}

/** What a text becomes in DuckDB where the two meet; next to all other scalars it stays one. */
const KEEPS_FROM_TEXT: ReadonlySet<string> = new Set(['uuid', 'binary', 'json', 'bit']);

function unifyMoments(a: SqlType, b: SqlType, dialect: DialectName): SqlType | undefined {
  if (dialect === 'bigquery') return undefined;
  const rank = (type: SqlType): number => MOMENTS.indexOf(scalarName(type) ?? '');
  return rank(a) >= rank(b) ? a : b;
}

function unifyNested(a: SqlType, b: SqlType, dialect: DialectName): SqlType | undefined {
  if (a.kind === 'list' && b.kind === 'list') {
    const element = unify(a.element, b.element, dialect);
    return element === undefined ? undefined : { kind: 'list', element, size: a.size === b.size ? a.size : undefined };
  }
  if (a.kind === 'struct' && b.kind === 'struct' && a.fields.length === b.fields.length) {
    const isAlike = a.fields.every((it, at) => it.name.toLowerCase() === b.fields[at]?.name.toLowerCase());
    const fields = a.fields.map((it, at) => ({ name: it.name, type: unify(it.type, b.fields[at]?.type, dialect) }));
    return isAlike && fields.every(it => it.type !== undefined) ? { kind: 'struct', fields } : undefined;
  }
  if (a.kind === 'map' && b.kind === 'map') {
    const [key, value] = [unify(a.key, b.key, dialect), unify(a.value, b.value, dialect)];
    return key === undefined || value === undefined ? undefined : { kind: 'map', key, value };
  }
  return undefined;
}

/** What a type is as the type of a column: literals have made up their minds. */
export function decided(type: SqlType | undefined, dialect: DialectName): SqlType | undefined {
  if (type === undefined) return undefined;
  if (isNull(type)) return dialect === 'duckdb' ? INT32 : dialect === 'postgres' ? TEXT : undefined;
  if (type.kind === 'decimal') return type.literal === true ? { ...type, literal: undefined } : type;
  if (type.kind === 'scalar') {
    if (type.literal === undefined) return type;
    return type.size === undefined ? scalar(type.name) : { kind: 'scalar', name: type.name, size: type.size };
  }
  if (type.kind === 'list') return { ...type, element: decided(type.element, dialect) };
  if (type.kind === 'map') return { ...type, key: decided(type.key, dialect), value: decided(type.value, dialect) };
  return { kind: 'struct', fields: type.fields.map(it => ({ name: it.name, type: decided(it.type, dialect) })) };
}
