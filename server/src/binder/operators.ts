import type { DialectName } from '../syntax/sql/dialect.ts';
import {
  asDecimal,
  isFloat,
  isInteger,
  isLiteral,
  isMoment,
  isNull,
  isNumeric,
  isText,
  unify,
  unifyNumbers,
} from './type-rules.ts';
import {
  BOOLEAN,
  DATE,
  FLOAT64,
  INT32,
  INT64,
  INTERVAL,
  NULL,
  scalar,
  scalarName,
  TEXT,
  TIMESTAMP,
  type DecimalType,
  type SqlType,
} from './types.ts';

type Known = SqlType | undefined;

const COMPARISONS: ReadonlySet<string> = new Set([
  '=',
  '==',
  '<>',
  '!=',
  '<',
  '>',
  '<=',
  '>=',
  '<=>',
  'is distinct from',
  'is not distinct from',
  'and',
  'or',
  'xor',
  '~',
  '~*',
  '!~',
  '!~*',
  '~~',
  '~~*',
  '!~~',
  '!~~*',
  '@>',
  '<@',
  '&&',
  '?',
  '?|',
  '?&',
  '^@',
  'overlaps',
  '@@',
]);

/** Whether an operator gives a truth value in every dialect. */
export const isComparison = (operator: string): boolean => COMPARISONS.has(operator);

/** The type of `left operator right`; `undefined` when it is not known. */
export function binaryType(operator: string, left: Known, right: Known, dialect: DialectName): Known {
  if (COMPARISONS.has(operator)) return BOOLEAN;
  if (operator === '||') return concatenation(left, right, dialect);
  if (operator === '->' || operator === '#>') return scalarName(left) === 'jsonb' ? left : jsonOf(left);
  if (operator === '->>' || operator === '#>>') return TEXT;
  if (left === undefined || right === undefined) return undefined;
  if (operator === '-' && scalarName(left) === 'jsonb') return left;
  if (operator === '+' || operator === '-') return additive(operator, left, right, dialect);
  if (operator === '*') return product(left, right, dialect);
  if (operator === '/') return quotient(left, right, dialect);
  if (isNumeric(left) && isNumeric(right)) return otherNumeric(operator, left, right, dialect);
  return undefined;
}

const jsonOf = (left: Known): Known => (scalarName(left) === 'json' || isText(left) ? scalar('json') : undefined);

function concatenation(left: Known, right: Known, dialect: DialectName): Known {
  if (left?.kind === 'list' || right?.kind === 'list') {
    if (left?.kind === 'list' && right?.kind === 'list') return unify(left, right, dialect);
    if (dialect === 'duckdb' && (isNull(left) || isNull(right))) return NULL;
    return dialect === 'duckdb' ? undefined : left?.kind === 'list' ? left : right;
  }
  if (left === undefined || right === undefined) return undefined;
  if (dialect === 'duckdb' && (isNull(left) || isNull(right))) return NULL;
  if (scalarName(left) === 'binary' && scalarName(right) === 'binary') return left;
  if (scalarName(left) === 'jsonb' || scalarName(left) === 'bit' || scalarName(left) === 'tsvector') return left;
  if (dialect === 'redshift' || dialect === 'trino') return scalar('varchar');
  return TEXT;
}

function additive(operator: '+' | '-', left: SqlType, right: SqlType, dialect: DialectName): Known {
  if (isNull(left) && isNull(right)) return dialect === 'duckdb' ? INT32 : undefined;
  const time = temporal(operator, left, right, dialect);
  if (time !== undefined) return time;
  const [one, two] = withNumbers(left, right);
  if (!isNumeric(one) || !isNumeric(two)) return undefined;
  return decimals(one, two, dialect, sumOfDecimals) ?? numberType(one, two, dialect);
}

/** A quoted constant, or NULL, next to a number is read as one. */
function withNumbers(left: SqlType, right: SqlType): readonly [SqlType, SqlType] {
  if (isNumeric(left) && (isNull(right) || (isText(right) && isLiteral(right)))) return [left, left];
  if (isNumeric(right) && (isNull(left) || (isText(left) && isLiteral(left)))) return [right, right];
  return [left, right];
}

/** Sums and differences of dates, times and intervals. */
function temporal(operator: '+' | '-', left: SqlType, right: SqlType, dialect: DialectName): Known {
  const [one, two] = [scalarName(left), scalarName(right)];
  if (one === 'interval' && two === 'interval') return INTERVAL;
  if (two === 'interval') return plusInterval(left, dialect);
  if (one === 'interval' && operator === '+') return plusInterval(right, dialect);
  if (operator === '-' && isMoment(left) && isMoment(right)) return momentDifference(one, two, dialect);
  if (one === 'date' && isInteger(right)) return dialect === 'bigquery' || dialect === 'trino' ? undefined : DATE;
  if (two === 'date' && isInteger(left) && operator === '+') return dialect === 'trino' ? undefined : DATE;
  if (dialect === 'snowflake' && one === 'date' && right.kind === 'decimal') return DATE;
  if (dialect === 'postgres' && isMoment(left) && two === 'time' && one !== 'date') return left;
  if (one === 'date' && (two === 'time' || two === 'timetz') && operator === '+') {
    return two === 'time' ? TIMESTAMP : scalar('timestamptz');
  }
  return undefined;
}

function plusInterval(moment: SqlType, dialect: DialectName): Known {
  const name = scalarName(moment);
  if (name === 'date') {
    const staysDate = dialect === 'trino' || dialect === 'snowflake' || dialect === 'databricks';
    return staysDate ? undefined : TIMESTAMP;
  }
  if (name === 'timestamp_s' || name === 'timestamp_ms' || name === 'timestamp_ns') return TIMESTAMP;
  return isMoment(moment) || name === 'time' || name === 'timetz' ? moment : undefined;
}

function momentDifference(one: string | undefined, two: string | undefined, dialect: DialectName): Known {
  if (one === 'date' && two === 'date') {
    if (dialect === 'duckdb' || dialect === 'redshift') return INT64;
    if (dialect === 'postgres') return INT32;
    return dialect === 'snowflake' ? { kind: 'decimal', precision: 9, scale: 0 } : undefined;
  }
  return dialect === 'duckdb' || dialect === 'postgres' || dialect === 'redshift' ? INTERVAL : undefined;
}

function product(left: SqlType, right: SqlType, dialect: DialectName): Known {
  const [first, second] = [scalarName(left), scalarName(right)];
  if (first === 'interval' && isNumeric(right)) return INTERVAL;
  if (second === 'interval' && isNumeric(left)) return INTERVAL;
  const [one, two] = withNumbers(left, right);
  if (!isNumeric(one) || !isNumeric(two)) return undefined;
  return decimals(one, two, dialect, productOfDecimals) ?? numberType(one, two, dialect);
}

function quotient(left: SqlType, right: SqlType, dialect: DialectName): Known {
  if (scalarName(left) === 'interval') return isNumeric(right) ? INTERVAL : undefined;
  const [one, two] = withNumbers(left, right);
  if (!isNumeric(one) || !isNumeric(two)) return undefined;
  switch (dialect) {
    case 'duckdb':
      return isFloat(one) || isFloat(two) ? unifyNumbers(one, two, dialect) : FLOAT64;
    case 'bigquery':
      return one.kind === 'decimal' || two.kind === 'decimal' ? numberType(one, two, dialect) : FLOAT64;
    case 'databricks':
      return isInteger(one) && isInteger(two) ? FLOAT64 : numberType(one, two, dialect);
    case 'snowflake':
      return isFloat(one) || isFloat(two) ? FLOAT64 : ANY_DECIMAL;
    case 'postgres':
    case 'redshift':
    case 'trino':
    default:
      return numberType(one, two, dialect);
  }
}

const ANY_DECIMAL: DecimalType = { kind: 'decimal', precision: undefined, scale: undefined };

/** What an operator on two numbers gives where the dialect keeps no exact digits. */
function numberType(left: SqlType, right: SqlType, dialect: DialectName): Known {
  if (dialect === 'postgres' || dialect === 'redshift') {
    // A real next to anything but a real is computed as a double.
    if (isFloat(left) || isFloat(right)) return scalarName(left) === scalarName(right) ? left : FLOAT64;
    if (left.kind === 'decimal' || right.kind === 'decimal') return ANY_DECIMAL;
  }
  if (left.kind === 'decimal' || right.kind === 'decimal') {
    if (isFloat(left) || isFloat(right)) return unifyNumbers(left, right, dialect);
    if (dialect === 'snowflake' && isWhole(left) && isWhole(right)) return { kind: 'decimal', precision: 38, scale: 0 };
    return scalarName(left) === 'bignumeric' || scalarName(right) === 'bignumeric' ? scalar('bignumeric') : ANY_DECIMAL;
  }
  const signed = wider(left, right);
  if (signed !== undefined) return scalar(signed);
  // Which type DuckDB computes in when only one side has a sign depends on its list of overloads.
  if (
    isUnsigned(left) !== isUnsigned(right) &&
    !isLiteral(left) &&
    !isLiteral(right) &&
    isInteger(left) &&
    isInteger(right)
  ) {
    return undefined;
  }
  const type = unifyNumbers(left, right, dialect);
  return type === undefined || !isLiteral(type) ? type : scalar(scalarName(type) ?? '');
}

/** The side with a sign when it holds all values of the one without. */
function wider(left: SqlType, right: SqlType): string | undefined {
  const [one, two] = [scalarName(left) ?? '', scalarName(right) ?? ''];
  const [signed, unsigned] = one.startsWith('uint') ? [two, one] : [one, two];
  if (!/^int\d/.test(signed) || !/^uint\d/.test(unsigned) || isLiteral(left) || isLiteral(right)) return undefined;
  return Number(signed.slice(3)) > Number(unsigned.slice(4)) ? signed : undefined;
}

const isUnsigned = (type: SqlType): boolean => scalarName(type)?.startsWith('uint') ?? false;

const isWhole = (type: SqlType): boolean => type.kind === 'decimal' && type.scale === 0;

/** DuckDB's sums, differences and products of decimals have the digits they need, up to what a number can hold. */
function decimals(
  left: SqlType,
  right: SqlType,
  dialect: DialectName,
  rule: (a: DecimalType, b: DecimalType) => DecimalType,
): Known {
  if (dialect !== 'duckdb' || (left.kind !== 'decimal' && right.kind !== 'decimal')) return undefined;
  const [one, two] = [asDecimal(left), asDecimal(right)];
  return one?.kind === 'decimal' && two?.kind === 'decimal' ? rule(one, two) : undefined;
}

function sumOfDecimals(a: DecimalType, b: DecimalType): DecimalType {
  const scale = Math.max(a.scale ?? 0, b.scale ?? 0);
  const whole = Math.max((a.precision ?? 0) - (a.scale ?? 0), (b.precision ?? 0) - (b.scale ?? 0));
  return { kind: 'decimal', precision: held(whole + scale + 1, a, b), scale };
}

function productOfDecimals(a: DecimalType, b: DecimalType): DecimalType {
  const scale = (a.scale ?? 0) + (b.scale ?? 0);
  const precision = (a.precision ?? 0) + (b.precision ?? 0);
  return { kind: 'decimal', precision: held(precision, a, b, scale), scale };
}

/** Two numbers of 64 bits stay one as long as their digits behind the point allow. */
function held(precision: number, a: DecimalType, b: DecimalType, scale = 0): number {
  const widest = Math.max(a.precision ?? 0, b.precision ?? 0);
  return precision > 18 && widest <= 18 && scale < 18 ? 18 : Math.min(38, precision);
}

function otherNumeric(operator: string, left: SqlType, right: SqlType, dialect: DialectName): Known {
  switch (operator) {
    case '%':
      if (dialect === 'duckdb' && (left.kind === 'decimal' || right.kind === 'decimal')) {
        return decimals(left, right, dialect, moduloOfDecimals);
      }
      return numberType(left, right, dialect);
    case '//':
    case 'div':
      if (isInteger(left) && isInteger(right)) return numberType(left, right, dialect);
      if (dialect !== 'duckdb') return undefined;
      return isFloat(left) || isFloat(right) ? unifyNumbers(left, right, dialect) : FLOAT64;
    case '^':
    case '**':
      if (dialect === 'duckdb') return FLOAT64;
      if (dialect !== 'postgres' && dialect !== 'redshift') return undefined;
      return left.kind === 'decimal' || right.kind === 'decimal' ? ANY_DECIMAL : FLOAT64;
    case '&':
    case '|':
    case '#':
      return isInteger(left) && isInteger(right) ? numberType(left, right, dialect) : undefined;
    case '<<':
    case '>>':
      return isInteger(left) ? (isLiteral(left) ? undefined : left) : undefined;
    default:
      return undefined;
  }
}

const moduloOfDecimals = (a: DecimalType, b: DecimalType): DecimalType => {
  const scale = Math.max(a.scale ?? 0, b.scale ?? 0);
  const whole = Math.max((a.precision ?? 0) - (a.scale ?? 0), (b.precision ?? 0) - (b.scale ?? 0));
  return { kind: 'decimal', precision: Math.min(38, whole + scale), scale };
};

/** The type of `operator operand`. */
export function unaryType(operator: string, operand: Known, dialect: DialectName): Known {
  if (operator === 'not') return BOOLEAN;
  if (operand === undefined) return undefined;
  if (operator === '-' && operand.kind === 'scalar' && typeof operand.literal === 'number') {
    return { ...operand, literal: -operand.literal };
  }
  if (operator === '+' || operator === '-') {
    return isNumeric(operand) || scalarName(operand) === 'interval' ? operand : undefined;
  }
  if (operator === '~') return isInteger(operand) ? operand : undefined;
  return operator === '@' && dialect === 'postgres' && isNumeric(operand) ? operand : undefined;
}

/** Whether two types can be compared, as far as that is certain: `false` only when an engine refuses it. */
export function isComparable(left: Known, right: Known, dialect: DialectName): boolean {
  if (left === undefined || right === undefined || isNull(left) || isNull(right)) return true;
  if ((isText(left) && isLiteral(left)) || (isText(right) && isLiteral(right))) return true;
  const [one, two] = [family(left), family(right)];
  if (one === undefined || two === undefined || one === two) return true;
  return !STRICT[dialect].has(`${one} ${two}`) && !STRICT[dialect].has(`${two} ${one}`);
}

/** Whether DuckDB puts two values in an order: those of one kind, and what is known too little to tell. */
export function isOrderable(left: Known, right: Known, dialect: DialectName): boolean {
  if (!isComparable(left, right, dialect)) return false;
  if (left === undefined || right === undefined || isNull(left) || isNull(right)) return true;
  const isConstant = [left, right].some(it => isText(it) && isLiteral(it));
  const [one, two] = [family(left), family(right)];
  return isConstant || one === undefined || two === undefined || one === two || (one !== 'text' && two !== 'text');
}

/** Kinds of values that only compare with their own. */
function family(type: SqlType): string | undefined {
  if (isNumeric(type)) return 'number';
  if (isText(type)) return 'text';
  if (isMoment(type)) return 'moment';
  const name = scalarName(type);
  return name === 'boolean' || name === 'interval' ? name : undefined;
}

const strict = (...pairs: string[]): ReadonlySet<string> => new Set(pairs);

/** Pairs that a dialect refuses to compare, of which nobody doubts it. */
const STRICT: Readonly<Record<DialectName, ReadonlySet<string>>> = {
  duckdb: strict('number moment', 'boolean moment', 'number interval', 'boolean interval'),
  postgres: strict('number text', 'number moment', 'number boolean', 'text moment', 'text boolean', 'boolean moment'),
  redshift: strict('number moment', 'boolean moment'),
  snowflake: strict('boolean moment'),
  bigquery: strict('number text', 'number moment', 'number boolean', 'text boolean', 'boolean moment'),
  databricks: strict('boolean moment'),
  trino: strict('number text', 'number moment', 'number boolean', 'text moment', 'text boolean', 'boolean moment'),
};
