import type { Between, Binary, Cast, Expression } from '../syntax/sql/expression-nodes.ts';
import type { SqlNode } from '../syntax/sql/nodes.ts';
import { report, type Place } from './context.ts';
import { asWarning, impossibleCast, impossibleComparison } from './mistakes.ts';
import { isComparable, isOrderable } from './operators.ts';
import { isInteger, isLiteral, isNull, isText } from './type-rules.ts';
import { typeText } from './type-names.ts';
import { scalarName, type SqlType } from './types.ts';

const EQUALITIES: ReadonlySet<string> = new Set(['=', '==', '<>', '!=']);
const ORDERS: ReadonlySet<string> = new Set(['<', '>', '<=', '>=']);

/**
 * Reports a comparison that the dialect is known to refuse. DuckDB refuses to order values of two kinds, and finds out
 * that they cannot be equal with the first row that it compares.
 */
export function checkComparison(
  place: Place,
  node: Binary,
  left: Expression,
  leftType: SqlType | undefined,
  rightType: SqlType | undefined,
): void {
  const { dialect } = place.context;
  const isEquality = EQUALITIES.has(node.operator);
  if (!isEquality && !ORDERS.has(node.operator)) return;
  const canCompare = isEquality || dialect !== 'duckdb' ? isComparable : isOrderable;
  if (canCompare(leftType, rightType, dialect)) return;
  const range = { start: left.start, end: node.end };
  const problem = impossibleComparison(range, typeText(leftType, dialect) ?? '?', typeText(rightType, dialect) ?? '?');
  report(place.context, isEquality && dialect === 'duckdb' ? asWarning(problem) : problem);
}

/** Reports `x between low and high` where the values are of kinds that the dialect is known not to put in an order. */
export function checkBetween(place: Place, node: Between, types: readonly (SqlType | undefined)[]): void {
  const { dialect } = place.context;
  const canCompare = dialect === 'duckdb' ? isOrderable : isComparable;
  const [own, ...bounds] = types;
  const wrong = bounds.find(it => !canCompare(own, it, dialect));
  if (wrong === undefined) return;
  const text = (type: SqlType | undefined): string => typeText(type, dialect) ?? '?';
  report(place.context, impossibleComparison(node, text(own), text(wrong)));
}

/** Reports `x in (1, 2)` with an element that the dialect is known to refuse beside `x`; DuckDB needs a row for it. */
export function checkElements(
  place: Place,
  own: SqlType | undefined,
  elements: readonly { readonly node: SqlNode; readonly type: SqlType | undefined }[],
): void {
  const { dialect } = place.context;
  if (dialect === 'duckdb') return;
  for (const { node, type } of elements) {
    if (isComparable(own, type, dialect)) continue;
    report(place.context, impossibleComparison(node, typeText(own, dialect) ?? '?', typeText(type, dialect) ?? '?'));
  }
}

/** Reports a conversion that the dialect is known to refuse whatever the value is; DuckDB needs a row for it. */
export function checkCast(place: Place, node: Cast, from: SqlType | undefined, to: SqlType | undefined): void {
  const { dialect } = place.context;
  if (node.operator === 'try_cast' || node.operator === 'safe_cast') return;
  if (from === undefined || to === undefined || isNull(from) || isLiteral(from) || isText(from) || isText(to)) return;
  const [one, two] = [scalarName(from), scalarName(to)];
  if (one === undefined || two === undefined || !isImpossible(one, two, isInteger(from))) return;
  const problem = impossibleCast(node, typeText(from, dialect) ?? one, typeText(to, dialect) ?? two);
  if (dialect === 'duckdb') report(place.context, asWarning(problem));
  else if (dialect === 'postgres' || dialect === 'bigquery' || dialect === 'trino') report(place.context, problem);
}

const NEVER: ReadonlySet<string> = new Set([
  'boolean date',
  'boolean timestamp',
  'boolean timestamptz',
  'date boolean',
  'timestamp boolean',
  'date float64',
  'date decimal',
  'timestamp decimal',
  'timestamp float64',
  'float64 date',
  'decimal date',
  'float64 timestamp',
  'decimal timestamp',
  'uuid date',
  'date uuid',
  'interval date',
  'date interval',
]);

/** Whole numbers and dates are counted in days here and there, so that is left alone. */
const isImpossible = (from: string, to: string, isWhole: boolean): boolean => !isWhole && NEVER.has(`${from} ${to}`);
