import type { DialectName } from '../syntax/sql/dialect.ts';
import type { FunctionInfo, FunctionSignature } from './functions.ts';
import { ruleResult } from './result-rules.ts';
import { resultType, signatureType, type Bindings, type SignatureType } from './signature-types.ts';
import { isInteger, isLiteral, isNull, isText, unify } from './type-rules.ts';
import { sameType, scalarName, type SqlType } from './types.ts';

/** An argument as far as the type of a call depends on it. */
export interface CallArgument {
  readonly type: SqlType | undefined;
  /** The name in `name := value`, or the field in `value as name`. */
  readonly name: string | undefined;
  /** Whether it is a function; then the type is that of its result. */
  readonly isLambda: boolean;
  /** The text of a quoted constant. */
  readonly text: string | undefined;
}

/** What a call gives, and whether any signature takes its arguments. */
export interface CallType {
  readonly type: SqlType | undefined;
  readonly fits: 'yes' | 'no' | 'unknown';
}

const UNKNOWN: CallType = { type: undefined, fits: 'unknown' };

/** Chooses the signature that a call means, as engines do: the one that converts least. */
export function callType(info: FunctionInfo, given: readonly CallArgument[], dialect: DialectName): CallType {
  const candidates: { readonly cost: number; readonly type: SqlType | undefined; readonly isSure: boolean }[] = [];
  for (const signature of info.signatures) {
    const candidate = fit(info, signature, given, dialect);
    if (candidate !== undefined) candidates.push(candidate);
  }
  if (candidates.length === 0) {
    return given.some(it => it.type === undefined) ? UNKNOWN : { type: undefined, fits: 'no' };
  }
  const [first, ...others] = candidates.toSorted((a, b) => a.cost - b.cost);
  if (first === undefined) return UNKNOWN;
  if (first.isSure) {
    const isTie = others.some(it => it.cost === first.cost && !sameType(it.type, first.type));
    return { type: isTie && dialect !== 'duckdb' ? undefined : first.type, fits: 'yes' };
  }
  // With an argument of which nothing is known, only what all signatures agree on is certain.
  const isAgreed = others.every(it => sameType(it.type, first.type));
  return { type: isAgreed ? first.type : undefined, fits: 'unknown' };
}

/** Whether a number of arguments is one that a signature takes. */
export function takes(signature: FunctionSignature, nArguments: number): boolean {
  const nParameters = signature.parameters.length;
  return signature.variadic ? nArguments >= nParameters - 1 : nArguments === nParameters;
}

function fit(
  info: FunctionInfo,
  signature: FunctionSignature,
  given: readonly CallArgument[],
  dialect: DialectName,
): { readonly cost: number; readonly type: SqlType | undefined; readonly isSure: boolean } | undefined {
  if (!takes(signature, given.length)) return undefined;
  const bindings: Bindings = new Map();
  const open: string[] = [];
  let cost = 0;
  let isSure = true;
  for (const [at, argument] of given.entries()) {
    const parameter = signature.parameters[Math.min(at, signature.parameters.length - 1)];
    const wanted = signatureType(parameter?.type ?? 'ANY', info.types);
    const step = match(wanted, argument, bindings, dialect);
    if (step === undefined) return undefined;
    if (step === 'unknown') isSure = false;
    else cost += step;
    const element = wanted.kind === 'list' ? wanted.element : undefined;
    if (step === 'unknown' && element?.kind === 'variable') open.push(element.name);
  }
  // What one argument has to do with it is not known, so neither is what all of them make of it.
  for (const it of open) bindings.set(it, undefined);
  const result = signatureType(signature.result, info.types);
  if (result.kind === 'rule') return { cost, type: ruleResult(result.name, given, dialect), isSure: true };
  return { cost, type: resultType(result, bindings, dialect), isSure };
}

/** What it costs to take an argument for a parameter; `undefined` when it cannot be one. */
function match(
  wanted: SignatureType,
  { type, isLambda }: CallArgument,
  bindings: Bindings,
  dialect: DialectName,
): number | 'unknown' | undefined {
  if (wanted.kind === 'lambda') return isLambda ? 0 : undefined;
  if (wanted.kind === 'any' || wanted.kind === 'rule') return 5;
  if (wanted.kind === 'variable') return bindVariable(wanted.name, type, bindings, dialect);
  if (type === undefined) return 'unknown';
  if (isNull(type)) return 1;
  switch (wanted.kind) {
    case 'fixed':
      return castCost(type, wanted.type, dialect);
    case 'decimal':
      return matchDecimal(type, bindings);
    case 'list':
      if (type.kind === 'list') return matchElement(wanted.element, type.element, bindings, dialect);
      // A quoted constant is read as what is wanted.
      if (dialect === 'postgres' && isLiteral(type) && isText(type)) return 20;
      return undefined;
    case 'map': {
      if (type.kind !== 'map') return undefined;
      const key = matchElement(wanted.key, type.key, bindings, dialect);
      const value = matchElement(wanted.value, type.value, bindings, dialect);
      return key === undefined || value === undefined ? undefined : 0;
    }
    case 'other':
      return 1000;
    default:
      return wanted satisfies never;
  }
}

function matchElement(
  wanted: SignatureType,
  type: SqlType | undefined,
  bindings: Bindings,
  dialect: DialectName,
): number | 'unknown' | undefined {
  return match(wanted, { type, name: undefined, isLambda: false, text: undefined }, bindings, dialect);
}

function bindVariable(name: string, type: SqlType | undefined, bindings: Bindings, dialect: DialectName): number {
  bindings.set(name, bindings.has(name) ? unify(bindings.get(name), type, dialect) : type);
  return 5;
}

function matchDecimal(type: SqlType, bindings: Bindings): number | undefined {
  if (type.kind === 'decimal') {
    bindings.set('decimal', type);
    return 0;
  }
  if (isInteger(type)) return 104;
  return isText(type) && isLiteral(type) ? 2 : undefined;
}

/** What DuckDB takes each target of a conversion to cost; the order is what matters, and the others are alike. */
const TARGETS: ReadonlyMap<string, number> = new Map([
  ['int32', 103],
  ['int64', 101],
  ['float64', 102],
  ['float32', 105],
  ['int128', 120],
  ['timestamp', 120],
  ['timestamp_ns', 119],
  ['timestamp_ms', 121],
  ['timestamp_s', 122],
  ['timestamptz', 123],
  ['text', 149],
]);

/** What it costs to convert a value without being told to; `undefined` when that is not done. */
export function castCost(from: SqlType, to: SqlType, dialect: DialectName): number | undefined {
  const [one, two] = [scalarName(from), scalarName(to)];
  if (sameType(from, to) || (one !== undefined && one === two)) return 0;
  if (isLiteral(from) && isText(from)) return isText(to) ? 0 : 20;
  if (isText(from) && isText(to)) return 1;
  // DuckDB makes JSON of anything.
  if (two === 'json' && dialect === 'duckdb') return 160;
  if (one === undefined || two === undefined) return from.kind === to.kind ? 5 : undefined;
  const isAllowed = WIDENINGS.get(one)?.has(two) ?? false;
  if (isAllowed) return (TARGETS.get(two) ?? 110) + (isLiteral(from) ? -50 : 0);
  // A literal is as small as it can be.
  if (isLiteral(from) && isInteger(from) && isInteger(to)) return 90;
  if (one === 'json' && two === 'text') return 150;
  return dialect === 'duckdb' || dialect === 'postgres' ? undefined : looseCost(two);
}

/** The others convert a lot, and what exactly is not known here. */
const looseCost = (to: string): number => (to === 'text' ? 500 : 600);

const widening = (from: string, to: string): [string, ReadonlySet<string>] => [from, new Set(to.split(' '))];

const WIDENINGS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  widening('boolean', 'int8 int16 int32 int64 int128'),
  widening('int8', 'int16 int32 int64 int128 float32 float64 decimal'),
  widening('int16', 'int32 int64 int128 float32 float64 decimal'),
  widening('int32', 'int64 int128 float32 float64 decimal oid'),
  widening('int64', 'int128 float32 float64 decimal oid'),
  widening('int128', 'float32 float64 decimal'),
  widening('uint8', 'uint16 uint32 uint64 uint128 int16 int32 int64 int128 float32 float64 decimal'),
  widening('uint16', 'uint32 uint64 uint128 int32 int64 int128 float32 float64 decimal'),
  widening('uint32', 'uint64 uint128 int64 int128 float32 float64 decimal'),
  widening('uint64', 'uint128 int128 float32 float64 decimal'),
  widening('decimal', 'float32 float64'),
  widening('float32', 'float64'),
  widening('date', 'timestamp timestamptz timestamp_s timestamp_ms timestamp_ns'),
  widening('timestamp_s', 'timestamp timestamptz timestamp_ms timestamp_ns'),
  widening('timestamp_ms', 'timestamp timestamptz timestamp_ns'),
  widening('timestamp', 'timestamptz timestamp_ns'),
  widening('timestamp_ns', 'timestamp timestamptz'),
  widening('time', 'timetz interval'),
  widening('uuid', ''),
]);
