import type { Argument, Call, Frame, NamePart, Star, WindowSpec } from '../syntax/sql/expression-nodes.ts';
import type { OrderBy } from '../syntax/sql/nodes.ts';
import { callName } from './call-names.ts';
import { duckdbQuoted } from './duckdb-words.ts';
import { filled, joined, type Writer } from './duckdb-writer.ts';

/** Functions that DuckDB's grammar reads itself, and writes under another name. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['coalesce', 'COALESCE'],
  ['ifnull', 'COALESCE'],
  ['grouping', 'GROUPING'],
  ['grouping_id', 'GROUPING'],
  ['try', 'TRY'],
  ['row', 'main."row"'],
  ['substring', 'main."substring"'],
]);

/** What DuckDB writes in ways that depend on words between the arguments. */
const UNKNOWN = new Set('overlay try_cast unpack'.split(' '));

/** A call as DuckDB writes it. */
export function callText(writer: Writer, call: Call): string | undefined {
  const name = callName(call);
  if (call.options !== undefined || call.limit !== undefined || UNKNOWN.has(name)) return undefined;
  return SPECIAL.get(name)?.(writer, call) ?? plainCallText(writer, call, name);
}

function plainCallText(writer: Writer, call: Call, name: string): string | undefined {
  const isBare =
    writer.place.context.text.at(call.end - 1) !== ')' && call.filter === undefined && call.over === undefined;
  if (isBare) return name;
  if (call.withinGroup !== undefined) return orderedSetText(writer, call, name);
  const [first] = call.arguments;
  const isStar = name === 'count' && (call.arguments.length === 0 || first?.kind === 'star');
  if (isStar) return filled`${call.over === undefined ? 'count_star()' : 'count()'}${behindText(writer, call)}`;
  const sorted = call.over === undefined && name === 'list' ? sortedListText(writer, call) : undefined;
  if (sorted !== undefined) return sorted;
  const distinct = call.distinct ? 'DISTINCT ' : '';
  const order = call.orderBy === undefined ? '' : filled` ${orderText(writer, call.orderBy)}`;
  const nulls = call.nulls === 'ignore' ? ' IGNORE NULLS' : '';
  // A method on a value that is no name is a call with that value in front.
  const isMethod = call.receiver !== undefined && call.receiver.kind !== 'column';
  const list = writer.list(isMethod ? [call.receiver, ...call.arguments] : call.arguments);
  return filled`${nameOf(writer, call, name)}(${distinct}${list}${order}${nulls})${behindText(writer, call)}`;
}

/** What stands before the parentheses: the name in its schema, or behind the column that the method is called on. */
function nameOf(writer: Writer, { receiver, name: parts }: Call, name: string): string | undefined {
  const renamed = receiver === undefined && parts.length === 1 ? RENAMED.get(name) : undefined;
  if (renamed !== undefined) return renamed;
  const path = parts.slice(0, -1).map(partText);
  return joined([...(receiver?.kind === 'column' ? [writer.value(receiver)] : []), ...path, duckdbQuoted(name)], '.');
}

function behindText(writer: Writer, call: Call): string | undefined {
  const filter = call.filter ?? call.condition;
  const filterText = filter === undefined ? '' : filled` FILTER (WHERE ${writer.value(filter)})`;
  const over = call.over === undefined ? '' : filled` OVER (${overText(writer, call.over)})`;
  return filled`${filterText}${over}`;
}

/** A list in the order of its own values is sorted when it is complete. */
function sortedListText(writer: Writer, call: Call): string | undefined {
  const [item, second] = call.orderBy?.items ?? [];
  if (item === undefined || second !== undefined || call.arguments.length !== 1) return undefined;
  const text = writer.list(call.arguments);
  if (text === undefined || text !== writer.value(item.value)) return undefined;
  const direction =
    item.direction === undefined ? 'ORDER_DEFAULT' : item.direction === 'asc' ? 'ASCENDING' : 'DESCENDING';
  const nulls = item.nulls === undefined ? 'ORDER_DEFAULT' : `NULLS ${item.nulls.toUpperCase()}`;
  const list = filled`list(${call.distinct ? 'DISTINCT ' : ''}${text})${behindText(writer, call)}`;
  return filled`list_sort(${list}, '${direction}', '${nulls}')`;
}

function orderedSetText(writer: Writer, call: Call, name: string): string | undefined {
  const order = call.withinGroup === undefined ? undefined : orderText(writer, call.withinGroup);
  if (name === 'mode') return filled`"mode"() WITHIN GROUP ( ${order})${behindText(writer, call)}`;
  const shown = ORDERED_SETS.get(name);
  return filled`${shown}(${writer.list(call.arguments)} ${order})${behindText(writer, call)}`;
}

const ORDERED_SETS: ReadonlyMap<string, string> = new Map([
  ['percentile_cont', 'quantile_cont'],
  ['percentile_disc', 'quantile_disc'],
]);

type CallRule = (writer: Writer, call: Call) => string | undefined;

/** Calls that become something else when DuckDB reads them. Those that answer nothing are written like others. */
const SPECIAL: ReadonlyMap<string, CallRule> = new Map<string, CallRule>([
  ['extract', extractText],
  [
    'if',
    (writer, { arguments: [test, yes, no], receiver }) =>
      test === undefined || yes === undefined || no === undefined || receiver !== undefined
        ? undefined
        : filled`CASE  WHEN (${writer.value(test)}) THEN (${writer.value(yes)}) ELSE ${writer.value(no)} END`,
  ],
  ['position', positionText],
  ['trim', trimText],
  [
    'date',
    (writer, { arguments: [value], receiver }) =>
      value === undefined || receiver !== undefined ? undefined : filled`CAST(${writer.value(value)} AS DATE)`,
  ],
  ['columns', columnsCallText],
  ['substring', substringText],
]);

function extractText({ place, value: textOf }: Writer, { arguments: [part, value] }: Call): string | undefined {
  if (part === undefined || value === undefined) return undefined;
  const text = place.context.text.slice(part.start, part.end).replaceAll("'", '').toLowerCase();
  return filled`main.date_part('${text}', ${textOf(value)})`;
}

/** `position(a in b)` looks for `a`, which the function takes last. */
function positionText({ value }: Writer, { arguments: [first, second] }: Call): string | undefined {
  if (first?.kind === 'in' && second === undefined) {
    return filled`main."position"(${value(first.set)}, ${value(first.operand)})`;
  }
  return first === undefined || second === undefined
    ? undefined
    : filled`main."position"(${value(second)}, ${value(first)})`;
}

function trimText(writer: Writer, call: Call): string | undefined {
  if (call.receiver !== undefined) return undefined;
  const text = writer.place.context.text.slice(call.start, call.end);
  const side = /^trim\s*\(\s*(both|leading|trailing)?\b/i.exec(text)?.[1]?.toLowerCase();
  const name = side === 'leading' ? 'ltrim' : side === 'trailing' ? 'rtrim' : '"trim"';
  const values = call.arguments.filter(it => it.kind !== 'keyword');
  const isSwapped = /^[^']*(?:'[^']*')?[^']*\bfrom\b/i.test(text);
  return filled`main.${name}(${writer.list(isSwapped ? values.toReversed() : values)})`;
}

/** Without a first place it is the first one. */
function substringText(writer: Writer, { arguments: [value, length, other], receiver }: Call): string | undefined {
  if (value === undefined || length === undefined || other !== undefined || receiver !== undefined) return undefined;
  const between = writer.place.context.text.slice(value.end, length.start);
  if (!/^\s*for\b/i.test(between)) return undefined;
  return filled`main."substring"(${writer.value(value)}, 1, CAST(${writer.value(length)} AS INTEGER))`;
}

/** COLUMNS(…) and stars. */
function columnsCallText(writer: Writer, { arguments: [argument] }: Call): string | undefined {
  if (argument?.kind === 'lambda') return filled`COLUMNS(list_filter(*, ${writer.value(argument)}))`;
  return argument === undefined ? undefined : filled`COLUMNS(${writer.value(argument)})`;
}

/** A star with what it leaves out and replaces. */
export function columnsText(writer: Writer, { qualifier, modifiers }: Star): string | undefined {
  const before = qualifier === undefined ? '' : filled`${writer.value(qualifier)}.`;
  const [pattern] = modifiers;
  if (pattern?.kind === 'star-pattern') {
    return pattern.operator === 'like' && modifiers.length === 1
      ? filled`(${before}* ~~ ${writer.value(pattern.pattern)})`
      : undefined;
  }
  const parts = modifiers.map(it => {
    if (it.kind === 'star-except') return filled`EXCLUDE (${writer.list(it.columns)})`;
    if (it.kind === 'star-pattern') return undefined;
    const items = it.items.map(({ value, alias }) => filled`${writer.value(value)} AS ${partText(alias)}`);
    return filled`${it.kind === 'star-replace' ? 'REPLACE' : 'RENAME'} (${joined(items, ', ')})`;
  });
  return joined([filled`${before}*`, ...parts], ' ');
}

const partText = (part: NamePart | undefined): string | undefined =>
  part?.kind === 'name' ? duckdbQuoted(part.text) : undefined;

/** ORDER BY as DuckDB writes it. */
export function orderText(writer: Writer, order: OrderBy): string | undefined {
  if (order.all) return 'ORDER BY COLUMNS(*)';
  const items = order.items.map(it => {
    const direction = it.direction === undefined ? '' : ` ${it.direction.toUpperCase()}`;
    const nulls = it.nulls === undefined ? '' : ` NULLS ${it.nulls.toUpperCase()}`;
    return filled`${writer.value(it.value)}${direction}${nulls}`;
  });
  return filled`ORDER BY ${joined(items, ', ')}`;
}

/** What stands in OVER: windows by name are spelt out. */
function overText(writer: Writer, over: WindowSpec | NamePart): string | undefined {
  const parts = windowParts(writer, over, 0);
  return (
    parts &&
    joined(
      [parts.partition, parts.order, parts.frame].filter(it => it !== ''),
      ' ',
    )
  );
}

interface WindowParts {
  readonly partition: string | undefined;
  readonly order: string | undefined;
  readonly frame: string | undefined;
}

/** Windows that are named after each other end; so many levels nobody writes. */
const MAX_WINDOWS = 20;

function windowParts(writer: Writer, over: WindowSpec | NamePart, depth: number): WindowParts | undefined {
  if (over.kind === 'missing' || depth > MAX_WINDOWS) return undefined;
  if (over.kind === 'name') {
    const named = writer.place.windows?.get(over.text.toLowerCase())?.window;
    return named === undefined ? undefined : windowParts(writer, named, depth + 1);
  }
  const own: WindowParts = {
    partition: over.partitionBy.length === 0 ? '' : filled`PARTITION BY ${writer.list(over.partitionBy)}`,
    order: over.orderBy === undefined ? '' : orderText(writer, over.orderBy),
    frame: over.frame === undefined ? '' : frameText(writer, over.frame),
  };
  if (over.base === undefined) return own;
  // What DuckDB keeps of a window that is named after one that is named after another depends on the call.
  const named = writer.place.windows?.get(over.base.text.toLowerCase())?.window;
  if (named?.kind === 'window-spec' && named.base !== undefined) return undefined;
  const base = windowParts(writer, over.base, depth + 1);
  return base && { partition: base.partition, order: base.order === '' ? own.order : base.order, frame: own.frame };
}

/** A frame with both bounds; the one that a window has without any is not written. */
function frameText(writer: Writer, { start, end, unit, bounds }: Frame): string | undefined {
  const text = writer.place.context.text;
  let shown = '';
  let at = start;
  for (const bound of bounds) {
    shown += `${text.slice(at, bound.start)}\u0000`;
    at = bound.end;
  }
  const plain = (shown + text.slice(at, end))
    .replaceAll(/\s+/g, ' ')
    .trim()
    .toUpperCase()
    .replace(/ EXCLUDE NO OTHERS$/, '');
  const both = plain.includes(' BETWEEN ')
    ? plain
    : plain.replace(/^(\w+) (\S+(?: (?:PRECEDING|ROW))?)/, '$1 BETWEEN $2 AND CURRENT ROW');
  if (both === 'RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING') return both.replace('RANGE', 'ROWS');
  if (unit === 'range' && both === 'RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW') return '';
  const values: Argument[] = [...bounds];
  return joined(
    both.split('\u0000').flatMap((part, n) => {
      const value = values[n - 1];
      return value === undefined ? [part] : [writer.value(value), part];
    }),
    '',
  );
}
