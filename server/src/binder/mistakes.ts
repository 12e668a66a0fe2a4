import { nearest } from '../base/nearest.ts';
import type { TextRange } from '../base/text-range.ts';
import type { SqlMeaningProblem, SqlProblemCode } from './problem.ts';

const at = ({ start, end }: TextRange): TextRange => ({ start, end });

function mistake(
  code: SqlProblemCode,
  range: TextRange,
  message: string,
  more: { readonly candidates?: readonly string[]; readonly related?: TextRange } = {},
): SqlMeaningProblem {
  const related = more.related === undefined ? undefined : at(more.related);
  return {
    code,
    severity: 'error',
    range: at(range),
    message,
    candidates: more.candidates ?? [],
    isOfTypes: false,
    related,
  };
}

/** A mistake that follows from the types of values. */
export const ofTypes = (it: SqlMeaningProblem): SqlMeaningProblem => ({ ...it, isOfTypes: true });

/** The same mistake where it stops nothing. */
export const asWarning = (it: SqlMeaningProblem): SqlMeaningProblem => ({ ...it, severity: 'warning' });
const asHint = (it: SqlMeaningProblem): SqlMeaningProblem => ({ ...it, severity: 'hint' });

/** The names that would do, the one most like `name` first, each once and not too many. */
export function candidates(name: string, names: readonly string[]): readonly string[] {
  const distinct = [...new Set(names.filter(it => it !== ''))];
  const best = nearest(name, distinct);
  return [...(best === undefined ? [] : [best]), ...distinct.filter(it => it !== best)].slice(0, 20);
}

function suggestion(name: string, names: readonly string[]): string {
  const best = nearest(name, names);
  if (best !== undefined) return `; did you mean '${best}'?`;
  return names.length === 0 ? '' : `; available: ${names.slice(0, 8).join(', ')}${names.length > 8 ? ', …' : ''}`;
}

/** No relation in sight has a column of that name, or the one that is named has none. */
export function unknownColumn(
  range: TextRange,
  name: string,
  relation: string | undefined,
  names: readonly string[],
): SqlMeaningProblem {
  const where = relation === undefined || relation === '' ? '' : ` in '${relation}'`;
  const message = `no column '${name}'${where}${suggestion(name, names)}`;
  return mistake('sql-unknown-column', range, message, { candidates: names });
}

/** Several relations have a column of that name. */
export function ambiguousColumn(range: TextRange, name: string, holders: readonly string[]): SqlMeaningProblem {
  const where = holders.length === 0 ? 'several relations' : holders.map(it => `'${it}'`).join(' and ');
  return mistake('sql-ambiguous-column', range, `column '${name}' is in ${where}`, {
    candidates: holders.map(it => `${it}.${name}`),
  });
}

/** No relation goes by that name here. */
export function unknownAlias(range: TextRange, name: string, names: readonly string[]): SqlMeaningProblem {
  return mistake('sql-unknown-alias', range, `no relation '${name}' here${suggestion(name, names)}`, {
    candidates: names,
  });
}

/** Two CTEs of one WITH have the same name. */
export function duplicateCte(range: TextRange, name: string, first: TextRange): SqlMeaningProblem {
  return mistake('sql-duplicate-cte', range, `there is already a CTE '${name}'`, { related: first });
}

/** Two columns of a model have the same name. */
export function duplicateColumn(range: TextRange, name: string, first: TextRange | undefined): SqlMeaningProblem {
  const more = first === undefined ? {} : { related: first };
  return asWarning(mistake('sql-duplicate-column', range, `there are two columns '${name}'`, more));
}

/** Two relations of one FROM have the same name. */
export function duplicateAlias(range: TextRange, name: string, first: TextRange | undefined): SqlMeaningProblem {
  const more = first === undefined ? {} : { related: first };
  return mistake('sql-duplicate-alias', range, `there is already a relation '${name}' in this FROM`, more);
}

/** The queries of a set operation have different numbers of columns. */
export function unionArity(range: TextRange, operator: string, left: number, right: number): SqlMeaningProblem {
  const message = `${operator.toUpperCase()} of ${columnCount(left)} and ${columnCount(right)}`;
  return mistake('sql-union-arity', range, message);
}

const columnCount = (n: number): string => (n === 1 ? '1 column' : `${n} columns`);

/** Two columns of a set operation that stand in the same place have types that nothing is both of. */
export function unionType(range: TextRange, name: string, left: string, right: string): SqlMeaningProblem {
  return ofTypes(mistake('sql-union-type', range, `column '${name}' is ${left} in one query and ${right} in another`));
}

/** A column of a grouped query is neither grouped by nor aggregated. */
export function missingGroupBy(range: TextRange, name: string): SqlMeaningProblem {
  return mistake('sql-missing-group-by', range, `column '${name}' is neither in GROUP BY nor inside an aggregate`);
}

/** An aggregate where rows are not grouped yet. */
export function aggregateInWhere(range: TextRange, name: string, clause: string): SqlMeaningProblem {
  const better = clause === 'WHERE' ? '; conditions on groups belong in HAVING' : '';
  return mistake('sql-aggregate-in-where', range, `aggregate '${name}' in ${clause}${better}`);
}

/** A window function where it cannot be, or one without its OVER. */
export function windowMisuse(range: TextRange, message: string): SqlMeaningProblem {
  return mistake('sql-window-misuse', range, message);
}

/** A function does not take arguments of these types. */
export const wrongTypes = (range: TextRange, message: string, signatures: readonly string[]): SqlMeaningProblem =>
  ofTypes(wrongArguments(range, message, signatures));

/** A function does not take that many arguments. */
export function wrongArguments(range: TextRange, message: string, signatures: readonly string[]): SqlMeaningProblem {
  return mistake('sql-wrong-arguments', range, message, { candidates: signatures });
}

/** A conversion that no engine does. */
export function impossibleCast(range: TextRange, from: string, to: string): SqlMeaningProblem {
  return ofTypes(mistake('sql-impossible-cast', range, `${from} cannot be cast to ${to}`));
}

/** Two values that cannot be compared. */
export function impossibleComparison(range: TextRange, left: string, right: string): SqlMeaningProblem {
  return ofTypes(mistake('sql-impossible-comparison', range, `${left} cannot be compared with ${right}`));
}

/** A CTE that nothing reads. */
export function unusedCte(range: TextRange, name: string): SqlMeaningProblem {
  return asHint(mistake('sql-unused-cte', range, `nothing reads the CTE '${name}'`));
}

/** A star where the list of columns is meant to be written out. */
export function selectStar(range: TextRange): SqlMeaningProblem {
  return asHint(mistake('sql-select-star', range, 'the columns of this query depend on what it reads'));
}

/** A relation joined twice on the same condition. */
export function duplicateJoin(range: TextRange, name: string, first: TextRange): SqlMeaningProblem {
  return asWarning(
    mistake('sql-duplicate-join', range, `'${name}' is already joined on the same condition`, { related: first }),
  );
}
