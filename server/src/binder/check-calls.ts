import type { Argument, Call } from '../syntax/sql/expression-nodes.ts';
import type { SqlNode } from '../syntax/sql/nodes.ts';
import { children, descendants } from '../syntax/sql/visit.ts';
import { takes, type CallArgument, type CallType } from './call-types.ts';
import { callName, isAggregateCall } from './call-names.ts';
import { report, type Clause, type Place } from './context.ts';
import type { FunctionInfo, FunctionSignature } from './functions.ts';
import { aggregateInWhere, windowMisuse, wrongArguments, wrongTypes } from './mistakes.ts';
import { typeText } from './type-names.ts';

/** Clauses that are decided before rows are put into groups. */
const BEFORE_GROUPS: ReadonlyMap<Clause, string> = new Map([
  ['where', 'WHERE'],
  ['from', 'a join condition'],
  ['group', 'GROUP BY'],
]);

/** Reports an aggregate or a window function where there are no groups or windows yet. */
export function checkPlacement(place: Place, call: Call, info: FunctionInfo | undefined): void {
  if (info === undefined || call.receiver !== undefined || call.name.length !== 1) return;
  const name = callName(call);
  if (call.over !== undefined) {
    const early = BEFORE_GROUPS.get(place.clause) ?? (place.clause === 'having' ? 'HAVING' : undefined);
    if (early !== undefined) report(place.context, windowMisuse(call, `window function '${name}' in ${early}`));
    else if (place.inside !== undefined) {
      const around = place.inside === 'window' ? 'another' : 'an aggregate';
      report(place.context, windowMisuse(call, `window function '${name}' inside ${around}`));
    }
    return;
  }
  if (info.kind === 'window' && OVER_NEEDED.has(name)) {
    report(place.context, windowMisuse(call, `window function '${name}' needs OVER (…)`));
    return;
  }
  const early = BEFORE_GROUPS.get(place.clause) ?? (place.inside === 'aggregate' ? 'another aggregate' : undefined);
  // What also exists as a plain function, or looks at an outer query, is given the benefit of the doubt.
  if (early !== undefined && isAggregateCall(call, info) && AGGREGATES.has(name) && !looksOutside(place, call)) {
    report(place.context, aggregateInWhere(call, name, early));
  }
}

/** The first aggregate in a value, itself and not in a subquery, of which nobody doubts that it is one. */
export function aggregateIn(place: Place, root: SqlNode): Call | undefined {
  const rest: SqlNode[] = [root];
  for (let node = rest.pop(); node !== undefined; node = rest.pop()) {
    if (node.kind === 'query' || node.kind === 'subquery') continue;
    if (node.kind === 'call' && node.over === undefined && isCertainAggregate(callName(node))) {
      return looksOutside(place, node) ? undefined : node;
    }
    rest.push(...children(node));
  }
  return undefined;
}

/** Whether nothing but an aggregate has that name in any dialect. */
export const isCertainAggregate = (name: string): boolean => AGGREGATES.has(name);

const OVER_NEEDED = new Set(
  'row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value'.split(' '),
);
const AGGREGATES = new Set(
  'sum avg count min max stddev variance array_agg string_agg listagg bool_and bool_or'.split(' '),
);

/** An aggregate of an outer query's columns belongs to that query. */
function looksOutside(place: Place, call: Call): boolean {
  for (const node of descendants(call)) {
    const reference = node.kind === 'column' ? place.context.references.get(node) : undefined;
    if (reference?.kind === 'column' && reference.isOuter) return true;
  }
  return false;
}

/** Reports a call that none of the function's signatures takes, where all of them are known; `fits` tells of the types. */
export function checkArguments(
  place: Place,
  call: Call,
  info: FunctionInfo,
  given: readonly CallArgument[],
  fits: CallType['fits'],
): void {
  if (!info.isComplete || call.skipped !== undefined || call.options !== undefined || call.name.length > 1) return;
  if (info.kind === 'table' || info.signatures.length === 0) return;
  const isOdd = call.arguments.some(it => ODD.has(it.kind) || isSpread(it)) || given.length !== call.arguments.length;
  if (isOdd) return;
  const { dialect } = place.context;
  const shown = (): readonly string[] => info.signatures.map(it => signatureText(info.name, it));
  if (!info.signatures.some(it => takes(it, given.length))) {
    const message = `'${info.name}' does not take ${given.length === 1 ? '1 argument' : `${given.length} arguments`}`;
    report(place.context, wrongArguments(call, message, shown()));
    return;
  }
  if (fits !== 'no' || given.some(it => it.isLambda)) return;
  const types = given.map(it => typeText(it.type, dialect) ?? '?').join(', ');
  report(place.context, wrongTypes(call, `'${info.name}' does not take ${types}`, shown()));
}

/** `variadic array[…]` stands for as many arguments as the list has elements. */
const isSpread = (it: Argument): boolean => it.kind === 'unary' && it.operator === 'variadic';

const ODD: ReadonlySet<string> = new Set([
  'named-argument',
  'star',
  'missing',
  'aliased-argument',
  'typed-argument',
  'query',
  'table-name',
  'pair',
  'keyword',
  'parameter',
]);

/** A signature as it is shown: `round(x, precision)`. */
export const signatureText = (name: string, { parameters, variadic }: FunctionSignature): string =>
  `${name}(${parameters.map(it => `${it.name} ${it.type}`).join(', ')}${variadic ? ', …' : ''})`;
