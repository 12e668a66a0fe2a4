import type { Argument, Call, Expression, Frame, NamePart, WindowSpec } from '../syntax/sql/expression-nodes.ts';
import type { OrderBy } from '../syntax/sql/nodes.ts';
import { callName } from './call-names.ts';
import type { Place } from './context.ts';
import { typeOfName, typeText } from './type-names.ts';

/**
 * A value as DuckDB writes it when it names a column after it; `undefined` for what it writes in a way that is not
 * known here.
 */
export function duckdbText(place: Place, value: Argument): string | undefined {
  switch (value.kind) {
    case 'column':
      return join(value.parts.map(nameText), '.');
    case 'literal':
      return literalText(place, value);
    case 'call':
      return callText(place, value);
    case 'binary':
      return binaryText(place, value);
    case 'unary':
      return unaryText(place, value);
    case 'parentheses':
      return duckdbText(place, value.value);
    case 'cast':
      return castText(place, value);
    case 'is':
      return value.test === 'null'
        ? filled`(${duckdbText(place, value.operand)} IS ${value.negated ? 'NOT NULL' : 'NULL'})`
        : undefined;
    case 'between':
      return value.negated
        ? undefined
        : filled`(${duckdbText(place, value.operand)} BETWEEN ${duckdbText(place, value.low)} AND ${duckdbText(place, value.high)})`;
    case 'in': {
      if (value.set.kind === 'parentheses' && value.set.value.kind === 'query') return undefined;
      if (value.set.kind !== 'row' && value.set.kind !== 'parentheses') return undefined;
      const elements = value.set.kind === 'row' ? value.set.elements : [value.set.value];
      return filled`(${duckdbText(place, value.operand)} ${value.negated ? 'NOT IN' : 'IN'} (${listText(place, elements)}))`;
    }
    case 'case':
      return caseText(place, value);
    case 'index': {
      const [index] = value.index;
      if (index === undefined || index.kind === 'slice' || value.index.length > 1) return undefined;
      return filled`${duckdbText(place, value.base)}[${duckdbText(place, index)}]`;
    }
    case 'like':
      return likeText(place, value);
    case 'typed-literal': {
      const type = typeText(typeOfName(value.type, place.context.text, 'duckdb'), 'duckdb');
      if (type === undefined || value.type.arguments.length > 0) return undefined;
      return filled`CAST(${duckdbText(place, value.value)} AS ${castName(type)})`;
    }
    case 'interval':
      return intervalText(place, value);
    case 'struct':
      return structText(place, value);
    case 'row':
      return filled`main."row"(${listText(place, value.elements)})`;
    case 'named-argument':
      return filled`${value.name.text} := ${duckdbText(place, value.value)}`;
    case 'array':
      return value.type === undefined ? filled`main.list_value(${listText(place, value.elements)})` : undefined;
    case 'aliased-argument':
    case 'array-query':
    case 'at-time-zone':
    case 'collate':
    case 'comprehension':
    case 'exists':
    case 'field':
    case 'json-path':
    case 'keyword':
    case 'lambda':
    case 'missing':
    case 'pair':
    case 'parameter':
    case 'quantified':
    case 'query':
    case 'star':
    case 'subquery':
    case 'table-name':
    case 'typed-argument':
    default:
      return undefined;
  }
}

/** A text with holes; nothing when one of them cannot be filled. */
function filled(parts: TemplateStringsArray, ...holes: readonly (string | undefined)[]): string | undefined {
  if (holes.includes(undefined)) return undefined;
  return parts.map((part, at) => part + (holes[at] ?? '')).join('');
}

function join(parts: readonly (string | undefined)[], separator: string): string | undefined {
  return parts.includes(undefined) ? undefined : parts.join(separator);
}

const listText = (place: Place, nodes: readonly Argument[]): string | undefined =>
  join(
    nodes.map(it => duckdbText(place, it)),
    ', ',
  );

function nameText(part: NamePart): string | undefined {
  if (part.kind !== 'name') return undefined;
  const isPlain = /^[a-z_][a-z0-9_]*$/.test(part.text) && !QUOTED.has(part.text);
  // Unquoted names keep their letters, and quotes come back only where they are needed.
  if (/^[A-Za-z_]\w*$/.test(part.text) && !QUOTED.has(part.text.toLowerCase())) return isPlain ? part.text : undefined;
  return undefined;
}

function literalText({ context }: Place, node: Expression & { readonly kind: 'literal' }): string | undefined {
  const text = context.text.slice(node.start, node.end);
  switch (node.type) {
    case 'null':
      return 'NULL';
    case 'boolean':
      return text.toLowerCase() === 'true' ? "CAST('t' AS BOOLEAN)" : "CAST('f' AS BOOLEAN)";
    case 'number':
      return /^(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text) ? text : undefined;
    case 'string':
      return text.startsWith("'") ? text : undefined;
    case 'default':
      return undefined;
    default:
      return node.type satisfies never;
  }
}

/** Operators that DuckDB writes differently from how they were typed. */
const OPERATORS: ReadonlyMap<string, string> = new Map([
  ['and', 'AND'],
  ['or', 'OR'],
  ['<>', '!='],
  ['==', '='],
]);

const PLAIN = new Set([
  '+',
  '-',
  '*',
  '/',
  '//',
  '%',
  '||',
  '=',
  '!=',
  '<',
  '>',
  '<=',
  '>=',
  '&',
  '|',
  '<<',
  '>>',
  '^',
  '**',
  '->',
  '->>',
]);

function binaryText(place: Place, node: Expression & { readonly kind: 'binary' }): string | undefined {
  const operator = OPERATORS.get(node.operator) ?? (PLAIN.has(node.operator) ? node.operator : undefined);
  // Chains of AND and OR are one list to DuckDB.
  const isChain = (node.operator === 'and' || node.operator === 'or') && isSame(node.left, node.operator);
  if (isChain || isSame(node.right, node.operator)) return undefined;
  return filled`(${duckdbText(place, node.left)} ${operator} ${duckdbText(place, node.right)})`;
}

const isSame = (node: Expression, operator: string): boolean =>
  (operator === 'and' || operator === 'or') && node.kind === 'binary' && node.operator === operator;

function unaryText(place: Place, node: Expression & { readonly kind: 'unary' }): string | undefined {
  if (node.operator === 'not') return filled`(NOT ${duckdbText(place, node.operand)})`;
  if (node.operator !== '-') return undefined;
  if (node.operand.kind === 'literal') return filled`-${duckdbText(place, node.operand)}`;
  return filled`-(${duckdbText(place, node.operand)})`;
}

function castText(place: Place, node: Expression & { readonly kind: 'cast' }): string | undefined {
  const { context } = place;
  const type = typeText(typeOfName(node.type, context.text, context.dialect), 'duckdb');
  if (type === undefined || node.type.kind !== 'type') return undefined;
  const shown = castName(type).replaceAll(',', ', ').replaceAll(',  ', ', ');
  const isBare = node.type.arguments.length === 0 && type.startsWith('DECIMAL');
  if (node.type.arguments.length === 1 && node.type.arguments[0]?.kind === 'literal') return undefined;
  const operator = node.operator === 'try_cast' ? 'TRY_CAST' : 'CAST';
  return filled`${operator}(${duckdbText(place, node.operand)} AS ${isBare ? 'DECIMAL' : shown})`;
}

const castName = (type: string): string => (WORDS.has(type) ? `"${type}"` : type);

const LIKES: ReadonlyMap<string, string> = new Map([
  ['like', '~~'],
  ['ilike', '~~*'],
]);

function likeText(place: Place, node: Expression & { readonly kind: 'like' }): string | undefined {
  const operator = LIKES.get(node.operator);
  if (operator === undefined || node.escape !== undefined || node.quantifier !== undefined) return undefined;
  const shown = node.negated ? `!${operator}` : operator;
  return filled`(${duckdbText(place, node.operand)} ${shown} ${duckdbText(place, node.pattern)})`;
}

/** Units that are counted in whole numbers of 32 and of 64 bits. */
const UNITS: ReadonlyMap<string, string> = new Map([
  ...['year', 'month', 'week', 'day', 'quarter'].map((it): [string, string] => [it, 'INTEGER']),
  ...['hour', 'minute', 'microsecond'].map((it): [string, string] => [it, 'BIGINT']),
]);

function intervalText(place: Place, { value, unit }: Expression & { readonly kind: 'interval' }): string | undefined {
  if (unit === undefined) return filled`CAST(${duckdbText(place, value)} AS INTERVAL)`;
  const name = unit.words.replace(/s$/, '');
  const type = UNITS.get(name);
  return filled`to_${name}s(CAST(trunc(CAST(${duckdbText(place, value)} AS DOUBLE)) AS ${type}))`;
}

function structText(place: Place, node: Expression & { readonly kind: 'struct' }): string | undefined {
  if (place.context.text[node.start] !== '{') return undefined;
  const fields = node.entries.map(it => {
    if (it.kind !== 'pair' || it.key.kind !== 'literal') return undefined;
    const key = place.context.text.slice(it.key.start + 1, it.key.end - 1);
    return /^[a-z_]+$/.test(key) && !QUOTED.has(key) ? filled`${key} := ${duckdbText(place, it.value)}` : undefined;
  });
  return filled`main.struct_pack(${join(fields, ', ')})`;
}

/** Types whose names DuckDB quotes in a cast. */
const WORDS = new Set([
  'DATE',
  'TIMESTAMP WITH TIME ZONE',
  'TIME WITH TIME ZONE',
  'UUID',
  'JSON',
  'BLOB',
  'HUGEINT',
  'UTINYINT',
  'USMALLINT',
  'UINTEGER',
  'UBIGINT',
  'TINYINT_',
]);

function caseText(place: Place, node: Expression & { readonly kind: 'case' }): string | undefined {
  const operand = node.operand === undefined ? '' : duckdbText(place, node.operand);
  if (operand === undefined) return undefined;
  const branches = node.branches.map(({ condition, result }) => {
    const test = operand === '' ? duckdbText(place, condition) : filled`(${operand} = ${duckdbText(place, condition)})`;
    return filled` WHEN (${test}) THEN (${duckdbText(place, result)})`;
  });
  const otherwise = node.otherwise === undefined ? 'NULL' : duckdbText(place, node.otherwise);
  return filled`CASE ${join(branches, '')} ELSE ${otherwise} END`;
}

/** Functions that DuckDB writes under another name. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['coalesce', 'COALESCE'],
  ['ifnull', 'COALESCE'],
  ['nullif', '"nullif"'],
  ['grouping', 'GROUPING'],
  ['row', 'main."row"'],
  ['trim', 'main."trim"'],
  ['substring', 'main."substring"'],
  ['replace', '"replace"'],
]);
const UNKNOWN = new Set('if iff position overlay columns try_cast exists'.split(' '));
const QUOTED = new Set(
  `year month day hour minute second week quarter first last mode map range left right values date time timestamp
  interval order group select from where table column end case when then else and or not null true false all any`.split(
    /\s+/,
  ),
);

function callText(place: Place, call: Call): string | undefined {
  const name = callName(call);
  const isOdd =
    call.options !== undefined ||
    call.withinGroup !== undefined ||
    call.limit !== undefined ||
    call.nulls !== undefined;
  if (
    isOdd ||
    call.receiver !== undefined ||
    call.name.length > 1 ||
    UNKNOWN.has(name) ||
    call.condition !== undefined
  ) {
    return undefined;
  }
  if (call.arguments.some(it => it.kind === 'lambda')) return undefined;
  if (name === 'extract') return extractText(place, call);
  const [first] = call.arguments;
  const isStar = name === 'count' && (call.arguments.length === 0 || first?.kind === 'star');
  const isBare = place.context.text.at(call.end - 1) !== ')';
  const shown = RENAMED.get(name) ?? (QUOTED.has(name) ? `"${name}"` : name);
  const list = isStar ? '' : listText(place, call.arguments);
  const distinct = call.distinct ? 'DISTINCT ' : '';
  const order = call.orderBy === undefined ? '' : filled` ${orderText(place, call.orderBy)}`;
  const base = isStar
    ? call.over === undefined
      ? 'count_star()'
      : 'count()'
    : isBare
      ? shown
      : filled`${shown}(${distinct}${list}${order})`;
  const filter = call.filter === undefined ? '' : filled` FILTER (WHERE ${duckdbText(place, call.filter)})`;
  const over = call.over === undefined ? '' : overText(place, call.over);
  return filled`${base}${filter}${over}`;
}

function extractText(place: Place, { arguments: [part, value] }: Call): string | undefined {
  if (part === undefined || value === undefined) return undefined;
  const text = place.context.text.slice(part.start, part.end).replaceAll("'", '').toLowerCase();
  return filled`main.date_part('${text}', ${duckdbText(place, value)})`;
}

function orderText(place: Place, order: OrderBy): string | undefined {
  const items = order.items.map(it => {
    const direction = it.direction === undefined ? '' : ` ${it.direction.toUpperCase()}`;
    const nulls = it.nulls === undefined ? '' : ` NULLS ${it.nulls.toUpperCase()}`;
    return filled`${duckdbText(place, it.value)}${direction}${nulls}`;
  });
  return filled`ORDER BY ${join(items, ', ')}`;
}

function overText(place: Place, over: WindowSpec | NamePart): string | undefined {
  if (over.kind !== 'window-spec' || over.base !== undefined) return undefined;
  const parts = [
    over.partitionBy.length === 0 ? '' : filled`PARTITION BY ${listText(place, over.partitionBy)}`,
    over.orderBy === undefined ? '' : orderText(place, over.orderBy),
    over.frame === undefined ? '' : frameText(place, over.frame),
  ];
  return parts.includes(undefined) ? undefined : ` OVER (${parts.filter(it => it !== '').join(' ')})`;
}

/** A frame between two bounds is written in capitals; one with a single bound is completed. */
function frameText({ context }: Place, { start, end }: Frame): string | undefined {
  const text = context.text.slice(start, end).replaceAll(/\s+/g, ' ').toUpperCase();
  return text.includes(' BETWEEN ') ? text : undefined;
}
