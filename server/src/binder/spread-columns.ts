import type { Call, Expression, Unary } from '../syntax/sql/expression-nodes.ts';
import type { SelectItem, SqlNode } from '../syntax/sql/nodes.ts';
import { children } from '../syntax/sql/visit.ts';
import { callName } from './call-names.ts';
import { keyOf, type Place } from './context.ts';
import { bindValue } from './evaluate.ts';
import { namesLike, namesMatching, patternOf, type NameTest } from './name-tests.ts';
import type { BoundColumn, Rows } from './rows.ts';
import { starRows, starValueRows } from './stars.ts';
import { decided } from './type-rules.ts';

/** DuckDB's COLUMNS(…) makes its item once for each column it names; `undefined` where an item has none. */
export function columnsCall(place: Place, item: SelectItem): Rows | undefined {
  if (place.context.dialect !== 'duckdb') return undefined;
  const isNamed = /columns/i.test(place.context.text.slice(item.value.start, item.value.end));
  const call = isNamed ? findColumns(item.value) : undefined;
  if (call === undefined) return undefined;
  const found = columnsNamed(place, call);
  if (found === undefined) return { columns: [], isOpen: true, influences: [] };
  const columns = found.rows.columns.map(it => madeFrom(place, item, call, it, found.pattern));
  return { ...found.rows, columns };
}

/** What an item becomes for one of the columns; it has its name, or the alias that all share. */
function madeFrom(
  place: Place,
  item: SelectItem,
  call: Call,
  column: BoundColumn,
  pattern: RegExp | undefined,
): BoundColumn {
  const { context } = place;
  const { start, end } = item.value;
  const value = call === item.value ? column : bindValue({ ...place, spread: column }, item.value);
  const { nullable, sources } = value;
  const made = { ...column, type: decided(value.type, context.dialect), nullable, sources, expression: { start, end } };
  const { alias } = item;
  if (alias?.kind !== 'name') return made;
  const text =
    pattern === undefined ? alias.text : column.name.replace(pattern, alias.text.replaceAll(/\\(\d)/g, '$$$1'));
  return {
    ...made,
    name: text,
    key: keyOf(place, { ...alias, text }),
    definition: { start: alias.start, end: alias.end },
  };
}

/** The first COLUMNS of a value; one behind a star gives all its columns to the call it stands in. */
function findColumns(root: Expression): Call | undefined {
  const rest: SqlNode[] = [root];
  for (let node = rest.shift(); node !== undefined; node = rest.shift()) {
    if (node.kind === 'call' && callName(node) === 'columns') return node;
    if (node.kind === 'query' || node.kind === 'subquery' || isUnpacked(node)) continue;
    rest.unshift(...children(node));
  }
  return undefined;
}

const isUnpacked = (node: SqlNode): node is Unary => node.kind === 'unary' && node.operator === '*';

/** The columns that the argument of COLUMNS(…) names; `undefined` when that is not known here. */
export function columnsNamed(
  place: Place,
  call: Call,
): { readonly rows: Rows; readonly pattern: RegExp | undefined } | undefined {
  const [argument] = call.arguments;
  if (argument?.kind === 'star') return { rows: starValueRows(place, argument), pattern: undefined };
  const { text } = place.context;
  const isText = argument?.kind === 'literal' && argument.type === 'string';
  const pattern = isText ? patternOf(text.slice(argument.start + 1, argument.end - 1)) : undefined;
  if (isText && pattern === undefined) return undefined;
  const test = pattern === undefined ? testOf(place, argument) : (name: string): boolean => pattern.test(name);
  if (test === undefined) return undefined;
  const rows = starRows(place, undefined, call);
  return { rows: { ...rows, columns: rows.columns.filter(it => test(it.name)) }, pattern };
}

/** A list of names, a function of a name, or a list of those of which a condition holds. */
function testOf({ context }: Place, argument: Call['arguments'][number] | undefined): NameTest | undefined {
  if (argument?.kind === 'array') return namesLike(argument.elements, context.text);
  if (argument?.kind === 'lambda') return namesMatching(argument.body, argument.parameters[0], context.text);
  if (argument?.kind !== 'comprehension' || argument.filter === undefined) return undefined;
  return argument.value.kind === 'column' ? namesMatching(argument.filter, argument.names[0], context.text) : undefined;
}
