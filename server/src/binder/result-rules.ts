import type { DialectName } from '../syntax/sql/dialect.ts';
import type { CallArgument } from './call-types.ts';
import { arrayOf, elementOf, entryOf, mapOf, structureOf, unionOf, widened, zipped } from './nested-results.ts';
import { binaryType } from './operators.ts';
import { decided, isFloat, isInteger, isLiteral, isNumeric, isText, unify, unifyAll } from './type-rules.ts';
import {
  DATE,
  FLOAT32,
  FLOAT64,
  INT128,
  INT64,
  scalar,
  scalarName,
  TEXT,
  TIMESTAMP,
  type SqlType,
  type StructField,
} from './types.ts';

type Known = SqlType | undefined;
type Rule = (types: readonly Known[], dialect: DialectName, given: readonly CallArgument[]) => Known;

/** The type that a rule of a function table works out for a call. */
export const ruleResult = (name: string, given: readonly CallArgument[], dialect: DialectName): Known =>
  rules.get(name)?.(
    given.map(it => it.type),
    dialect,
    given,
  );

const decimal = (precision: number | undefined, scale: number | undefined): SqlType => ({
  kind: 'decimal',
  precision,
  scale,
});
const ANY_DECIMAL = decimal(undefined, undefined);
const ofFloat: SqlType = FLOAT64;

const rules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['first', ([first]) => plain(first)],
  ['sum', ([first], dialect) => sumOf(first, dialect)],
  ['avg', ([first], dialect) => averageOf(first, dialect)],
  ['structure', (_, dialect, given) => structureOf(given[1]?.text, dialect)],
  ['union', (_, dialect, given) => unionOf(given, dialect)],
  ['appended', ([list, value], dialect) => unify(list, listOf(decided(value, dialect)), dialect)],
  ['prepended', ([value, list], dialect) => unify(list, listOf(decided(value, dialect)), dialect)],
  ['aggregated', ([list], dialect, given) => aggregated(elementOf(list), given[1]?.text ?? '', dialect)],
  ['sum-of-list', ([list], dialect) => sumOf(elementOf(list), dialect)],
  ['array', (types, dialect) => arrayOf(types, dialect)],
  ['zipped', types => listOf(zipped(types))],
  ['widened', ([struct], _, given) => widened(struct, given.slice(1))],
  ['entries', ([map]) => listOf(map?.kind === 'map' ? entryOf(map.key, map.value) : undefined)],
  ['map-of-entries', ([entries]) => mapOf(elementOf(entries))],
  ['together', (types, dialect) => unifyAll(types, dialect)],
  ['approximate', ([first]) => approximate(first)],
  ['listed', ([first]) => listOf(plain(first))],
  ['median', ([first]) => medianOf(first)],
  ['medians', ([first]) => listOf(medianOf(first))],
  ['deviation', ([first], dialect) => (first === undefined ? undefined : deviationOf(first, dialect))],
  ['whole', ([first], dialect) => wholeOf(first, dialect)],
  ['extreme', (types, dialect) => decided(unifyAll(types, dialect), dialect)],
  ['kept', ([first], dialect) => decided(first, dialect)],
  ['numeric', () => ANY_DECIMAL],
  ['quotient', ([first, second], dialect) => binaryType('/', first, second, dialect)],
  // PostgreSQL compares its kinds of text as one.
  ['extremum', ([first]) => (isText(first) ? TEXT : plain(first))],
  ['compared', ([first, second]) => comparedTo(first, second)],
  ['upwards', ([first]) => (isInteger(first) ? FLOAT64 : wholeOf(first, 'duckdb'))],
  ['rounded', ([first, places]) => roundedTo(first, places)],
  ['signed-whole', ([first], dialect) => wholeOf(signed(first), dialect)],
  ['signed-rounded', ([first, places]) => roundedTo(signed(first), places)],
  ['modulo', ([first, second], dialect) => binaryType('%', first, second, dialect)],
  ['plus', ([first, second], dialect) => binaryType('+', first, second, dialect)],
  ['minus', ([first, second], dialect) => binaryType('-', first, second, dialect)],
  ['times', ([first, second], dialect) => binaryType('*', first, second, dialect)],
  ['integral-quotient', ([first, second], dialect) => binaryType('//', first, second, dialect)],
  ['concat', (types, dialect) => concatenated(types, dialect)],
  ['count', (_, dialect) => countType(dialect)],
  ['part', ([, value], dialect, [part]) => datePart(part?.text, value, dialect)],
  ['truncated', ([, value], dialect) => truncated(value, dialect)],
  ['struct', (types, _, given) => structOf(types, given)],
  ['field', ([struct], _, [, name]) => fieldOf(struct, name?.text)],
  ['lambda', (types, _, given) => listOf(types[given.findIndex(it => it.isLambda)])],
]);

const plain = (type: Known): Known =>
  type?.kind === 'scalar' && type.literal !== undefined ? scalar(type.name) : type;

const listOf = (element: Known): Known =>
  element === undefined ? undefined : { kind: 'list', element: plain(element) };

function sumOf(type: Known, dialect: DialectName): Known {
  if (type === undefined) return undefined;
  const name = scalarName(type);
  if (name === 'interval') return type;
  switch (dialect) {
    case 'duckdb':
      if (type.kind === 'decimal') return decimal(38, type.scale);
      return isInteger(type) || name === 'boolean' ? INT128 : name === 'bignum' ? type : ofFloat;
    case 'postgres':
      if (name === 'int16' || name === 'int32') return INT64;
      return name === 'int64' || type.kind === 'decimal'
        ? ANY_DECIMAL
        : isFloat(type) || name === 'money'
          ? type
          : undefined;
    case 'redshift':
      if (name === 'int16' || name === 'int32') return INT64;
      return name === 'int64'
        ? decimal(38, 0)
        : type.kind === 'decimal'
          ? decimal(38, type.scale)
          : isFloat(type)
            ? ofFloat
            : undefined;
    case 'snowflake':
      return type.kind === 'decimal' ? decimal(38, type.scale) : isFloat(type) ? ofFloat : undefined;
    case 'bigquery':
      return isNumeric(type) ? plain(type) : undefined;
    case 'databricks':
      if (isInteger(type)) return INT64;
      if (type.kind !== 'decimal') return isFloat(type) || isText(type) ? ofFloat : undefined;
      return type.precision === undefined ? type : decimal(Math.min(38, type.precision + 10), type.scale);
    case 'trino':
      return isInteger(type)
        ? INT64
        : type.kind === 'decimal'
          ? decimal(38, type.scale)
          : isFloat(type)
            ? type
            : undefined;
    default:
      return dialect satisfies never;
  }
}

function averageOf(type: Known, dialect: DialectName): Known {
  if (type === undefined) return undefined;
  const name = scalarName(type);
  if (name === 'interval') return type;
  if (dialect === 'duckdb') {
    return isNumeric(type) || isText(type) ? ofFloat : name === 'date' ? TIMESTAMP : plain(type);
  }
  if (!isNumeric(type)) return undefined;
  if (dialect === 'postgres') return isFloat(type) ? ofFloat : ANY_DECIMAL;
  if (dialect === 'redshift') return isInteger(type) ? INT64 : isFloat(type) ? ofFloat : ANY_DECIMAL;
  if (type.kind !== 'decimal') return dialect === 'trino' && name === 'float32' ? FLOAT32 : ofFloat;
  if (dialect === 'trino' || dialect === 'bigquery') return type;
  if (dialect === 'snowflake') return ANY_DECIMAL;
  return type.precision === undefined
    ? type
    : decimal(Math.min(38, type.precision + 4), Math.min(38, (type.scale ?? 0) + 4));
}

/** PostgreSQL's NULLIF gives its first argument as the comparison converts it. */
function comparedTo(type: Known, other: Known): Known {
  if (type === undefined || other === undefined) return undefined;
  if (isText(type) && isLiteral(type)) return isText(other) ? TEXT : other;
  if (isFloat(type)) return plain(type);
  if (isFloat(other) && isNumeric(type)) return ofFloat;
  return other.kind === 'decimal' && isInteger(type) ? ANY_DECIMAL : plain(type);
}

/** What DuckDB's list_aggregate gives for the aggregate of a name. */
function aggregated(element: Known, name: string, dialect: DialectName): Known {
  switch (name) {
    case 'sum':
      return sumOf(element, dialect);
    case 'avg':
    case 'mean':
      return averageOf(element, dialect);
    case 'median':
      return medianOf(element);
    case 'count':
      return INT64;
    case 'min':
    case 'max':
    case 'first':
    case 'last':
    case 'mode':
    case 'any_value':
      return plain(element);
    case 'string_agg':
      return TEXT;
    default:
      return undefined;
  }
}

/** DuckDB gives the number that it keeps a decimal as. */
function approximate(type: Known): Known {
  if (type?.kind !== 'decimal' || type.precision === undefined) return plain(type);
  const { precision } = type;
  return scalar(precision <= 4 ? 'int16' : precision <= 9 ? 'int32' : precision <= 18 ? 'int64' : 'int128');
}

/** Between two whole numbers or days there is a fraction. */
function medianOf(type: Known): Known {
  if (type === undefined) return undefined;
  if (isInteger(type)) return ofFloat;
  return scalarName(type) === 'date' ? TIMESTAMP : plain(type);
}

function deviationOf(type: SqlType, dialect: DialectName): Known {
  if (dialect === 'postgres' || dialect === 'redshift') return isFloat(type) ? ofFloat : ANY_DECIMAL;
  return type.kind === 'decimal' && dialect === 'bigquery' ? type : ofFloat;
}

function wholeOf(type: Known, dialect: DialectName): Known {
  if (type === undefined) return undefined;
  switch (dialect) {
    case 'duckdb':
      if (type.kind === 'decimal') return decimal(type.precision, 0);
      return plain(type);
    case 'bigquery':
      return isInteger(type) ? ofFloat : plain(type);
    case 'snowflake':
      return type.kind === 'decimal' ? decimal(type.precision, 0) : plain(type);
    case 'redshift':
      return isInteger(type) ? ofFloat : plain(type);
    case 'postgres':
      return isInteger(type) || isFloat(type) ? ofFloat : plain(type);
    case 'databricks':
    case 'trino':
    default:
      return type.kind === 'decimal' || isFloat(type) ? undefined : plain(type);
  }
}

/** DuckDB rounds whole numbers without a sign as others. */
function signed(type: Known): Known {
  const name = scalarName(type);
  if (name === 'uint8' || name === 'uint16' || name === 'uint32') return INT64;
  return name === 'uint64' ? INT128 : name === 'uint128' ? FLOAT64 : type;
}

/** DuckDB's ROUND of a decimal keeps as many digits behind the point as the call asks for, if it says so plainly. */
function roundedTo(type: Known, places: Known): Known {
  if (type?.kind !== 'decimal') return plain(type);
  const asked = places?.kind === 'scalar' && typeof places.literal === 'number' ? places.literal : undefined;
  if (asked === undefined || type.scale === undefined) return undefined;
  return decimal(type.precision, Math.max(0, Math.min(asked, type.scale)));
}

function concatenated(types: readonly Known[], dialect: DialectName): Known {
  if (types.some(it => it?.kind === 'list' || scalarName(it) === 'binary')) return undefined;
  if (dialect !== 'duckdb' && dialect !== 'postgres' && types.includes(undefined)) return undefined;
  return dialect === 'trino' || dialect === 'redshift'
    ? scalar('varchar')
    : types.includes(undefined) && dialect === 'duckdb'
      ? undefined
      : TEXT;
}

function countType(dialect: DialectName): SqlType {
  if (dialect === 'databricks' || dialect === 'redshift') return scalar('int32');
  return dialect === 'snowflake' ? decimal(38, 0) : INT64;
}

const FRACTIONS: ReadonlySet<string> = new Set(['epoch', 'julian', 'epoch_second', 'epoch_seconds']);

/** Parts of a moment that are no numbers in BigQuery. */
const MOMENTS: ReadonlyMap<string, SqlType> = new Map([
  ['date', DATE],
  ['time', scalar('time')],
  ['datetime', TIMESTAMP],
]);

function datePart(part: string | undefined, value: Known, dialect: DialectName): Known {
  if (dialect === 'bigquery' && part !== undefined) return MOMENTS.get(part.toLowerCase()) ?? INT64;
  if (dialect !== 'duckdb') return undefined;
  if (part === undefined || value?.kind === 'list') return undefined;
  return FRACTIONS.has(part.toLowerCase()) ? ofFloat : INT64;
}

function truncated(value: Known, dialect: DialectName): Known {
  const name = scalarName(value);
  if (value === undefined) return undefined;
  if (name === 'date') return dialect === 'duckdb' ? TIMESTAMP : value;
  if (isText(value)) return undefined;
  return name === 'timestamp_s' || name === 'timestamp_ms' || name === 'timestamp_ns' ? TIMESTAMP : plain(value);
}

function structOf(types: readonly Known[], given: readonly CallArgument[]): Known {
  const fields = types.map((type, at): StructField => ({ name: given[at]?.name ?? '', type: plain(type) }));
  return { kind: 'struct', fields };
}

/** The type of a field of a struct; unknown when the name is. */
export function fieldOf(struct: Known, name: string | undefined): Known {
  if (struct?.kind !== 'struct' || name === undefined) return undefined;
  return struct.fields.find(it => it.name.toLowerCase() === name.toLowerCase())?.type;
}
