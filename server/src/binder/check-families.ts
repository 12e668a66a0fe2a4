import type { TextRange } from '../base/text-range.ts';
import type { DialectName } from '../syntax/sql/dialect.ts';
import type { Call } from '../syntax/sql/expression-nodes.ts';
import type { CallArgument } from './call-types.ts';
import { callName } from './call-names.ts';
import { report, type Place } from './context.ts';
import { wrongTypes } from './mistakes.ts';
import { isLiteral, isMoment, isNumeric, isText } from './type-rules.ts';
import { typeText } from './type-names.ts';
import { scalarName, type SqlType } from './types.ts';

type Family = 'number' | 'text' | 'moment' | 'boolean';

/** Dialects that turn no value into one of another kind unless they are told to. */
const STRICT: ReadonlySet<DialectName> = new Set(['duckdb', 'postgres', 'bigquery', 'trino']);

/** Which argument of a function is of a kind that no strict dialect takes there. */
const REFUSED: ReadonlyMap<string, { readonly at: number; readonly families: readonly Family[] }> = new Map(
  Object.entries({
    abs: 'text boolean moment',
    ceil: 'text boolean moment',
    ceiling: 'text boolean moment',
    floor: 'text boolean moment',
    round: 'text boolean moment',
    sum: 'text moment',
    avg: 'text boolean',
    length: 'number boolean moment',
    date_trunc: '1 number boolean text',
    date_part: '1 number boolean text',
  }).map(([name, words]) => {
    const families = words.split(' ');
    const at = families[0] === '1' ? 1 : 0;
    return [name, { at, families: families.slice(at) as readonly Family[] }];
  }),
);

/** Reports a common function with an argument of a kind that it is known not to take. */
export function checkFamilies(place: Place, call: Call, given: readonly CallArgument[]): void {
  const { dialect } = place.context;
  const rule = call.name.length === 1 ? REFUSED.get(callName(call)) : undefined;
  if (rule === undefined || !STRICT.has(dialect) || given.length !== call.arguments.length) return;
  // BigQuery's unit comes last.
  if (rule.at === 1 && dialect === 'bigquery') return;
  const argument = given[rule.at];
  const family = familyOf(argument?.type);
  if (argument?.isLambda !== false || family === undefined || !rule.families.includes(family)) return;
  reportTypes(place, call, `'${callName(call)}'`, [argument.type]);
}

const ARITHMETIC: ReadonlySet<string> = new Set(['+', '-', '*', '/', '%']);

/** Reports arithmetic of a number with a text or a truth value. */
export function checkArithmetic(
  place: Place,
  range: TextRange,
  operator: string,
  types: readonly (SqlType | undefined)[],
): void {
  if (!STRICT.has(place.context.dialect) || !ARITHMETIC.has(operator)) return;
  const [left, right] = types.map(familyOf);
  const isOdd = (it: Family | undefined): boolean => it === 'text' || it === 'boolean';
  if ((left === 'number' && isOdd(right)) || (right === 'number' && isOdd(left))) {
    reportTypes(place, range, `'${operator}'`, types);
  }
}

/** Reports LIKE with a value that is no text. */
export function checkPattern(place: Place, range: TextRange, operator: string, type: SqlType | undefined): void {
  const family = familyOf(type);
  const isPattern = operator === 'like' || operator === 'ilike';
  if (!isPattern || !STRICT.has(place.context.dialect) || family === undefined || family === 'text') return;
  reportTypes(place, range, operator.toUpperCase(), [type]);
}

function reportTypes(place: Place, range: TextRange, what: string, types: readonly (SqlType | undefined)[]): void {
  const texts = types.map(it => typeText(it, place.context.dialect) ?? '?').join(', ');
  report(place.context, wrongTypes(range, `${what} does not take ${texts}`, []));
}

/** The kind of a value; a quoted constant becomes what it meets. */
function familyOf(type: SqlType | undefined): Family | undefined {
  if (isText(type)) return isLiteral(type) ? undefined : 'text';
  if (isNumeric(type)) return 'number';
  if (isMoment(type)) return 'moment';
  return scalarName(type) === 'boolean' ? 'boolean' : undefined;
}
