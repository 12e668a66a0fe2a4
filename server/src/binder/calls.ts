import type { Argument, Call, Lambda, NamePart, Star, WindowSpec } from '../syntax/sql/expression-nodes.ts';
import type { OrderBy, SqlNode } from '../syntax/sql/nodes.ts';
import { DATE_PARTS } from '../syntax/sql/words.ts';
import { callType, type CallArgument, type CallType } from './call-types.ts';
import type { DialectName } from '../syntax/sql/dialect.ts';
import { checkArguments, checkPlacement, isCertainAggregate } from './check-calls.ts';
import { checkFamilies } from './check-families.ts';
import { callName, isAggregateCall } from './call-names.ts';
import type { Place } from './context.ts';
import { functionInfo, type FunctionInfo } from './functions.ts';
import { resolve } from './scope.ts';
import { starValueRows } from './stars.ts';
import { INT64, scalar, type SqlType } from './types.ts';
import { bindAll, bindLambda, bindValue, sourcesOf, type Value } from './evaluate.ts';

/** The value of a call; its arguments and its window are what it is made from. */
export function bindCall(place: Place, call: Call): Value {
  const { context } = place;
  const name = callName(call);
  if (name === 'columns' && place.spread !== undefined) return place.spread;
  const info = call.name.length <= 2 ? functionInfo(name, context.dialect) : undefined;
  const isAggregate = isAggregateCall(call, info);
  const inside = insideOf(place, call, isAggregate);
  const within: Place = inside === place.inside ? place : { ...place, inside };
  const receiver = call.receiver === undefined ? [] : [bindValue(within, call.receiver)];
  const bound = bindArguments(within, call, receiver[0]);
  const values = isPlain(call)
    ? bound.values
    : [...receiver, ...bound.values, ...modifiers(within, call), ...windowValues(ofWindow(place), call.over)];
  checkPlacement(place, call, info);
  const given = receiver.length === 0 ? bound.given : [given0(receiver[0]), ...bound.given];
  const chosen = info && callType(info, given, context.dialect);
  if (info !== undefined && chosen !== undefined && receiver.length === 0) {
    checkArguments(place, call, info, given, chosen.fits);
    checkFamilies(place, call, given);
  }
  const kind = isAggregate || call.over !== undefined ? 'aggregated' : 'transformed';
  const sources = context.sources.through(kind, sourcesOf(context, values));
  const decided = MAKES_ROWS.has(name) ? context.sources.influences('join', sources) : [];
  for (const it of decided) place.scope.influences.add(it);
  const type = info === undefined ? undefined : typeOfCall(place, call, info, given.length, chosen);
  return { type, nullable: isNeverNull(name, bound.values) ? false : undefined, sources };
}

/** What the arguments of a call are inside of. */
function insideOf({ inside }: Place, call: Call, isAggregate: boolean): Place['inside'] {
  if (call.over !== undefined) return 'window';
  return isAggregate && isCertainAggregate(callName(call)) ? 'aggregate' : inside;
}

/** The place in the definition of a window, which some let have windows of its own. */
const ofWindow = (place: Place): Place =>
  NESTED_WINDOWS.has(place.context.dialect) ? place : { ...place, inside: 'window' };

const NESTED_WINDOWS: ReadonlySet<DialectName> = new Set(['snowflake', 'bigquery', 'databricks']);

/** Functions that make a row of each element, so that what they are given decides how many rows there are. */
const MAKES_ROWS: ReadonlySet<string> = new Set(
  `unnest explode explode_outer posexplode posexplode_outer inline inline_outer json_array_elements jsonb_array_elements
  json_array_elements_text jsonb_array_elements_text regexp_split_to_table string_to_table generate_subscripts`.split(
    /\s+/,
  ),
);

const given0 = (value: Value | undefined): CallArgument => ({
  type: value?.type,
  name: undefined,
  isLambda: false,
  text: undefined,
});

/** Whether there is nothing in a call but its arguments. */
const isPlain = (call: Call): boolean =>
  call.receiver === undefined &&
  call.orderBy === undefined &&
  call.limit === undefined &&
  call.condition === undefined &&
  call.filter === undefined &&
  call.withinGroup === undefined &&
  call.over === undefined;

function typeOfCall(
  place: Place,
  call: Call,
  info: FunctionInfo,
  nGiven: number,
  chosen: CallType | undefined,
): SqlType | undefined {
  // `struct<a int64>(…)` has the fields that it names.
  if (info.name === 'struct' && /^struct\s*</i.test(place.context.text.slice(call.start, call.end))) return undefined;
  const ordered = info.signatures[0]?.result === '@ordered';
  if (ordered || (call.withinGroup !== undefined && nGiven <= 1)) return orderedType(place, call, info);
  return chosen?.type;
}

/** `percentile_cont(0.5) within group (order by x)`: the type is that of what is ordered. */
function orderedType(place: Place, call: Call, info: FunctionInfo): SqlType | undefined {
  const order = call.withinGroup?.items[0]?.value;
  if (order === undefined) return undefined;
  const [fraction] = call.arguments;
  const isList = fraction !== undefined && bindValue(place, fraction).type?.kind === 'list';
  if (isList) return undefined;
  const { type } = bindValue(place, order);
  if (info.name === 'percentile_disc' || info.name === 'mode') return type;
  const median = functionInfo('median', place.context.dialect);
  if (info.name !== 'percentile_cont') {
    const text = functionInfo(info.name, place.context.dialect);
    return text === undefined
      ? undefined
      : callType(text, [given0({ type, nullable: undefined, sources: [] })], place.context.dialect).type;
  }
  if (place.context.dialect === 'postgres') return type === undefined ? undefined : { kind: 'scalar', name: 'float64' };
  return median === undefined
    ? undefined
    : callType(median, [given0({ type, nullable: undefined, sources: [] })], place.context.dialect).type;
}

/** COUNT always counts, and COALESCE is sure of what its last argument is sure of. */
const isNeverNull = (name: string, values: readonly Value[]): boolean =>
  name === 'count' || name === 'row_number' || (name === 'coalesce' && values.some(it => it.nullable === false));

interface BoundArguments {
  readonly values: readonly Value[];
  readonly given: readonly CallArgument[];
}

/** The arguments from left to right; functions among them get their parameters' types from the list before. */
function bindArguments(place: Place, call: Call, receiver: Value | undefined): BoundArguments {
  const values: Value[] = [];
  const given: CallArgument[] = [];
  for (const argument of call.arguments) {
    const inner = argument.kind === 'named-argument' ? argument.value : argument;
    if (inner.kind === 'star') {
      if (inner.qualifier !== undefined) values.push(starValue(place, inner.qualifier));
      else if (!COUNTS.has(callName(call))) values.push(allColumns(place, inner));
      continue;
    }
    // Which side TRIM takes off is no value.
    if (inner.kind === 'keyword' && callName(call) === 'trim') continue;
    if (isDatePart(place, call, inner)) {
      given.push({
        type: scalar('text'),
        name: undefined,
        isLambda: false,
        text: place.context.text.slice(inner.start, inner.end),
      });
      continue;
    }
    const value =
      inner.kind === 'lambda'
        ? bindLambda(place, inner, lambdaTypes(call, inner, values[0] ?? receiver))
        : bindValue(place, inner);
    values.push(value);
    given.push({
      type: value.type,
      name: argumentName(argument) ?? (callName(call) === 'struct' ? fieldName(inner) : undefined),
      isLambda: inner.kind === 'lambda',
      text: constantText(place, inner),
    });
  }
  return { values, given };
}

/** What a star stands for that is no value. */
const COUNTS: ReadonlySet<string> = new Set(['count', 'columns']);

/** `object_construct(*)`: every column at once. */
function allColumns(place: Place, star: Star): Value {
  const { columns, rest } = starValueRows(place, star);
  const sources = place.context.sources.union([...columns.map(it => it.sources), rest ?? []]);
  return { type: undefined, nullable: undefined, sources };
}

const starValue = (place: Place, qualifier: SqlNode): Value => bindValue(place, qualifier);

/** Functions that take the unit of a date as a bare word. */
const DATED =
  /date|time|trunc|extract|last_day|next_day|part|slice|bucket|dateadd|months|ceil|floor|round|range_|weekday/;

/** Whether an argument is a unit such as `month`, which is no column unless a relation has one of that name. */
function isDatePart(place: Place, call: Call, node: SqlNode): boolean {
  const [part, ...others] = node.kind === 'column' ? node.parts : [];
  if (node.kind !== 'column' || part?.kind !== 'name' || part.quoted || others.length > 0) return false;
  if (!DATE_PARTS.has(part.text.toLowerCase()) || !DATED.test(callName(call))) return false;
  const reference = resolve(node, place);
  return reference.kind !== 'column' || reference.assumed;
}

function argumentName(argument: Argument): string | undefined {
  if (argument.kind === 'named-argument') return argument.name.text;
  if (argument.kind === 'aliased-argument' && argument.alias.kind === 'name') return argument.alias.text;
  return undefined;
}

/** A field of a struct has the name of the column that it is made from. */
function fieldName(node: SqlNode): string | undefined {
  const part = node.kind === 'column' ? node.parts.at(-1) : undefined;
  return part?.kind === 'name' ? part.text : undefined;
}

/** The text of a quoted constant or of a bare word such as the unit in `date_trunc(month, x)`. */
function constantText({ context }: Place, node: SqlNode): string | undefined {
  if (node.kind === 'keyword') return node.words;
  if (node.kind !== 'literal' || node.type !== 'string') return undefined;
  return context.text.slice(node.start + 1, node.end - 1).replaceAll("''", "'");
}

/** The first parameter of a lambda is an element of the list; a second one is another element or a position. */
function lambdaTypes(call: Call, lambda: Lambda, list: Value | undefined): readonly (SqlType | undefined)[] {
  const element = list?.type?.kind === 'list' ? list.type.element : undefined;
  if (lambda.parameters.length === 1) return [element];
  return [element, POSITIONED.test(callName(call)) ? INT64 : undefined];
}

/** DuckDB's functions that tell a lambda where in the list its element is. */
const POSITIONED = /^(?:(?:list|array)_(?:transform|apply|filter)|apply|filter)$/;

/** What stands in a call beside its arguments. What only sorts a list of values has a say, and is no value of it. */
function modifiers(place: Place, call: Call): readonly Value[] {
  const ordered = [...orderValues(place, call.orderBy), ...orderValues(place, call.withinGroup)];
  const others = bindAll(place, [call.limit, call.condition, call.filter]);
  if (!LISTS.has(callName(call))) return [...ordered, ...others];
  const { sources } = place.context;
  const sorting = sources.union(ordered.map(it => it.sources));
  for (const it of sources.influences('order', sorting)) place.scope.influences.add(it);
  return others;
}

const LISTS: ReadonlySet<string> = new Set(
  'listagg string_agg array_agg group_concat list json_agg jsonb_agg collect_list'.split(' '),
);

function orderValues(place: Place, order: OrderBy | undefined): readonly Value[] {
  return order === undefined
    ? []
    : bindAll(
        place,
        order.items.map(it => it.value),
      );
}

/** What a window is cut and ordered by. */
export function windowValues(place: Place, window: WindowSpec | NamePart | undefined): readonly Value[] {
  if (window === undefined || window.kind === 'missing') return [];
  if (window.kind === 'name') return namedWindow(place, window.text);
  const base = window.base === undefined ? [] : namedWindow(place, window.base.text);
  return [
    ...base,
    ...bindAll(place, window.partitionBy),
    ...orderValues(place, window.orderBy),
    ...bindAll(place, window.frame?.bounds ?? []),
  ];
}

function namedWindow(place: Place, name: string): readonly Value[] {
  const definition = place.windows?.get(name.toLowerCase());
  if (definition === undefined || definition.window.kind === 'missing') return [];
  if (definition.window.kind === 'name' && definition.window.text.toLowerCase() === name.toLowerCase()) return [];
  return windowValues({ ...place, windows: undefined }, definition.window);
}
