import type { Argument, Expression, NamePart } from '../syntax/sql/expression-nodes.ts';
import type { Place } from './context.ts';
import { callText, columnsText } from './duckdb-call-text.ts';
import { comprehensionText, numberText, stringText } from './duckdb-literal-text.ts';
import { arrayQueryText, queryText } from './duckdb-query-text.ts';
import { castTypeText } from './duckdb-type-text.ts';
import { duckdbQuoted } from './duckdb-words.ts';
import { filled, joined, type Writer } from './duckdb-writer.ts';

/**
 * A value as DuckDB writes it when it names a column after it; `undefined` for what it writes in a way that is not
 * known here.
 */
export function duckdbText(place: Place, value: Argument): string | undefined {
  return writerAt(place).value(value);
}

function writerAt(place: Place): Writer {
  const writer: Writer = {
    place,
    at: writerAt,
    value: it => valueText(writer, it),
    query: it => queryText(writer, it),
    list: nodes =>
      joined(
        nodes.map(it => writer.value(it)),
        ', ',
      ),
  };
  return writer;
}

/** What a node is made from; of parentheses, what is in them. */
function bareValue(value: Argument): Argument {
  return value.kind === 'parentheses' ? bareValue(value.value) : value;
}

function valueText(writer: Writer, value: Argument): string | undefined {
  // The rest is below.
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check
  switch (value.kind) {
    case 'column':
      return joined(value.parts.map(nameText), '.');
    case 'literal':
      return literalText(writer, value);
    case 'call':
      return callText(writer, value);
    case 'binary':
      return binaryText(writer, value);
    case 'unary':
      return unaryText(writer, value);
    case 'parentheses':
      return value.value.kind === 'query' ? filled`(${writer.query(value.value)})` : writer.value(value.value);
    case 'subquery':
      return filled`(${writer.query(value.query)})`;
    case 'cast': {
      const operator = value.operator === 'try_cast' ? 'TRY_CAST' : 'CAST';
      return filled`${operator}(${writer.value(value.operand)} AS ${castTypeText(writer.place, value.type)})`;
    }
    case 'typed-literal':
      return filled`CAST(${writer.value(value.value)} AS ${castTypeText(writer.place, value.type)})`;
    default:
      return otherText(writer, value);
  }
}

/** Tests, collections, and what only DuckDB has. */
function otherText(writer: Writer, value: Argument): string | undefined {
  // What is not among these is written in a way that is not known here.
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check
  switch (value.kind) {
    case 'is':
      return isText(writer, value);
    case 'between': {
      const text = filled`(${writer.value(value.operand)} BETWEEN ${writer.value(value.low)} AND ${writer.value(value.high)})`;
      return value.negated ? filled`(NOT ${text})` : text;
    }
    case 'in':
      return inText(writer, value);
    case 'case':
      return caseText(writer, value);
    case 'index':
      return indexText(writer, value);
    case 'field':
      return filled`(${writer.value(value.base)}).${nameText(value.name)}`;
    case 'like':
      return likeText(writer, value);
    case 'interval':
      return intervalText(writer, value);
    case 'struct':
      return structText(writer, value);
    case 'row':
      return filled`main."row"(${writer.list(value.elements)})`;
    case 'named-argument':
      return filled`${duckdbQuoted(value.name.text)} := ${writer.value(value.value)}`;
    case 'array':
      return value.type === undefined ? arrayText(writer, value) : undefined;
    case 'array-query':
      return arrayQueryText(writer, value.query.query);
    case 'exists':
      return filled`EXISTS(${writer.query(value.query.query)})`;
    case 'lambda':
      return lambdaText(writer, value);
    case 'comprehension':
      return comprehensionText(writer, value);
    case 'at-time-zone':
      return value.zone === undefined
        ? undefined
        : filled`main.timezone(${writer.value(value.zone)}, ${writer.value(value.operand)})`;
    case 'collate': {
      const name = writer.place.context.text.slice(value.collation.start, value.collation.end);
      return filled`${writer.value(value.operand)} COLLATE ${duckdbQuoted(name)}`;
    }
    case 'star':
      return columnsText(writer, value);
    case 'query':
      return writer.query(value);
    default:
      return undefined;
  }
}

const nameText = (part: NamePart): string | undefined => (part.kind === 'name' ? duckdbQuoted(part.text) : undefined);

function literalText({ place }: Writer, node: Expression & { readonly kind: 'literal' }): string | undefined {
  const text = place.context.text.slice(node.start, node.end);
  switch (node.type) {
    case 'null':
      return 'NULL';
    case 'boolean':
      return text.toLowerCase() === 'true' ? "CAST('t' AS BOOLEAN)" : "CAST('f' AS BOOLEAN)";
    case 'number':
      return numberText(text);
    case 'string':
      return stringText(text);
    case 'default':
      return undefined;
    default:
      return node.type satisfies never;
  }
}

/** Operators that DuckDB writes differently from how they were typed. */
const OPERATORS: ReadonlyMap<string, string> = new Map([
  ['<>', '!='],
  ['==', '='],
  ['is distinct from', 'IS DISTINCT FROM'],
  ['is not distinct from', 'IS NOT DISTINCT FROM'],
]);

const PLAIN = new Set(
  '+ - * / // % || = != < > <= >= & | << >> ^ ** -> ->> && @> <@ ^@ ~~ !~~ ~~* !~~* ~~~'.split(' '),
);

const INVERSE: ReadonlyMap<string, string> = new Map([
  ['=', '!='],
  ['!=', '='],
  ['<', '>='],
  ['>=', '<'],
  ['>', '<='],
  ['<=', '>'],
  ['IS DISTINCT FROM', 'IS NOT DISTINCT FROM'],
  ['IS NOT DISTINCT FROM', 'IS DISTINCT FROM'],
]);

const operatorText = (operator: string): string | undefined =>
  OPERATORS.get(operator) ?? (PLAIN.has(operator) ? operator : undefined);

type Binary = Expression & { readonly kind: 'binary' };

function binaryText(writer: Writer, node: Binary): string | undefined {
  const { operator, left, right } = node;
  if (operator === 'and' || operator === 'or') {
    return filled`(${joined(
      chain(node, operator).map(it => writer.value(it)),
      ` ${operator.toUpperCase()} `,
    )})`;
  }
  if (right.kind === 'quantified') return quantifiedText(writer, node, right);
  if (operator === '~' || operator === '!~') {
    const text = filled`regexp_full_match(${writer.value(left)}, ${writer.value(right)})`;
    return operator === '~' ? text : filled`(NOT ${text})`;
  }
  return filled`(${writer.value(left)} ${operatorText(operator)} ${writer.value(right)})`;
}

/** Chains of AND and OR are one list to DuckDB, with and without parentheses. */
function chain(node: Argument, operator: string): readonly Argument[] {
  const bare = bareValue(node);
  if (bare.kind !== 'binary' || bare.operator !== operator) return [node];
  return [...chain(bare.left, operator), ...chain(bare.right, operator)];
}

/** ALL is the opposite of ANY; what is no query is unnested into one. */
function quantifiedText(
  writer: Writer,
  { operator, left }: Binary,
  { quantifier, set }: Expression & { readonly kind: 'quantified' },
): string | undefined {
  const plain = operatorText(operator);
  const isAll = quantifier === 'all';
  const shown = plain === undefined || !isAll ? plain : INVERSE.get(plain);
  const [first, second] = set.kind === 'row' ? set.elements : [];
  const bare = bareValue(first !== undefined && second === undefined ? first : set);
  const isQuery = bare.kind === 'query' || bare.kind === 'subquery';
  const query = isQuery ? queryIn(writer, bare) : filled`SELECT unnest(${writer.value(bare)})`;
  const text = filled`(${writer.value(left)} ${shown} ANY(${query}))`;
  return isAll ? filled`(NOT ${text})` : text;
}

const queryIn = (writer: Writer, node: Argument): string | undefined =>
  node.kind === 'query' ? writer.query(node) : node.kind === 'subquery' ? writer.query(node.query) : undefined;

function unaryText(writer: Writer, { operator, operand }: Expression & { readonly kind: 'unary' }): string | undefined {
  const bare = bareValue(operand);
  const text = writer.value(operand);
  if (operator === 'not') {
    const isList = bare.kind === 'in' && !bare.negated && (bare.set.kind === 'row' || bare.set.kind === 'parentheses');
    if (isList && bareValue(bare.set).kind !== 'query') return inText(writer, { ...bare, negated: true });
    if (bare.kind === 'is' && (bare.test === 'true' || bare.test === 'false')) {
      return isText(writer, { ...bare, negated: !bare.negated });
    }
    const inverse = bare.kind === 'binary' ? INVERSE.get(operatorText(bare.operator) ?? '') : undefined;
    const isPlain = bare.kind === 'binary' && bare.right.kind !== 'quantified';
    if (inverse === undefined || !isPlain) return filled`(NOT ${text})`;
    return filled`(${writer.value(bare.left)} ${inverse} ${writer.value(bare.right)})`;
  }
  // The sign of a number is a part of it.
  const isNumber = /^-?\.?\d/.test(text ?? '');
  if (operator === '-' && isNumber) return text?.startsWith('-') === true ? text.slice(1) : filled`-${text}`;
  return '+-~@'.includes(operator) ? filled`${operator}(${text})` : undefined;
}

function isText(writer: Writer, { operand, negated, test }: Expression & { readonly kind: 'is' }): string | undefined {
  const text = writer.value(operand);
  if (test === 'null' || test === 'unknown') return filled`(${text} IS ${negated ? 'NOT NULL' : 'NULL'})`;
  if (test !== 'true' && test !== 'false') return undefined;
  return filled`(CAST(${text} AS BOOLEAN) IS ${negated ? '' : 'NOT '}DISTINCT FROM ${test})`;
}

function inText(writer: Writer, { operand, negated, set }: Expression & { readonly kind: 'in' }): string | undefined {
  const text = writer.value(operand);
  const bare = bareValue(set);
  if (bare.kind === 'query' || bare.kind === 'subquery') {
    const found = filled`(${text} = ANY(${queryIn(writer, bare)}))`;
    return negated ? filled`(NOT ${found})` : found;
  }
  if (set.kind !== 'row' && set.kind !== 'parentheses') {
    const found = filled`contains(${writer.value(set)}, ${text})`;
    return negated ? filled`(NOT ${found})` : found;
  }
  const elements = set.kind === 'row' ? set.elements : [set.value];
  return filled`(${text} ${negated ? 'NOT IN' : 'IN'} (${writer.list(elements)}))`;
}

function caseText(writer: Writer, node: Expression & { readonly kind: 'case' }): string | undefined {
  const { operand } = node;
  const branches = node.branches.map(({ condition, result }) => {
    const test = writer.value(condition);
    const whole = operand === undefined ? test : filled`(${writer.value(operand)} = ${test})`;
    return filled` WHEN (${whole}) THEN (${writer.value(result)})`;
  });
  const otherwise = node.otherwise === undefined ? 'NULL' : writer.value(node.otherwise);
  return filled`CASE ${joined(branches, '')} ELSE ${otherwise} END`;
}

function indexText(writer: Writer, { base, index }: Expression & { readonly kind: 'index' }): string | undefined {
  const [first] = index;
  if (first === undefined || index.length > 1) return undefined;
  const text = writer.value(base);
  if (first.kind !== 'slice') return filled`${text}[${writer.value(first)}]`;
  const shown = writer.place.context.text.slice(first.start, first.end).replaceAll(/\s/g, '');
  // Bounds that are no plain numbers are values of their own, and which one is left out is in the text.
  return /^-?\d*(?::-?\d*){1,2}$/.test(shown) ? filled`${text}[${shown}]` : undefined;
}

const LIKES: ReadonlyMap<string, string> = new Map([
  ['like', '~~'],
  ['ilike', '~~*'],
  ['glob', '~~~'],
]);

function likeText(writer: Writer, node: Expression & { readonly kind: 'like' }): string | undefined {
  if (node.quantifier !== undefined) return undefined;
  const [operand, pattern] = [writer.value(node.operand), writer.value(node.pattern)];
  if (node.escape !== undefined) {
    const name = `${node.negated ? 'not_' : ''}${node.operator}_escape`;
    return node.operator === 'similar to'
      ? undefined
      : filled`main.${name}(${operand}, ${pattern}, ${writer.value(node.escape)})`;
  }
  if (node.operator === 'similar to') {
    const text = filled`regexp_full_match(${operand}, ${pattern})`;
    return node.negated ? filled`(NOT ${text})` : text;
  }
  const operator = LIKES.get(node.operator);
  return filled`(${operand} ${node.negated ? filled`!${operator}` : operator} ${pattern})`;
}

/** Units that are counted in whole numbers of 32 and of 64 bits, and in fractions. */
const UNITS: ReadonlyMap<string, string> = new Map([
  ...['year', 'month', 'week', 'day', 'quarter', 'decade', 'century', 'millennium'].map((it): [string, string] => [
    it,
    'INTEGER',
  ]),
  ...['hour', 'minute', 'microsecond'].map((it): [string, string] => [it, 'BIGINT']),
]);

const PLURALS: ReadonlyMap<string, string> = new Map([
  ['century', 'centuries'],
  ['millennium', 'millennia'],
]);

function intervalText(writer: Writer, { value, unit }: Expression & { readonly kind: 'interval' }): string | undefined {
  if (unit === undefined) return filled`CAST(${writer.value(value)} AS INTERVAL)`;
  const name = unit.words.replace(/ies$/, 'y').replace(/s$/, '');
  const number = filled`CAST(${writer.value(value)} AS DOUBLE)`;
  if (name === 'second' || name === 'millisecond') return filled`to_${name}s(${number})`;
  return filled`to_${PLURALS.get(name) ?? `${name}s`}(CAST(trunc(${number}) AS ${UNITS.get(name)}))`;
}

/** Structs and maps, which are calls to DuckDB. */
function structText(writer: Writer, { entries, start }: Expression & { readonly kind: 'struct' }): string | undefined {
  const { text } = writer.place.context;
  const pairs = entries.flatMap(it => (it.kind === 'pair' ? [it] : []));
  if (pairs.length < entries.length) return undefined;
  if (text[start] !== '{') {
    const keys = joined(
      pairs.map(({ key }) => (key.kind === 'name' ? undefined : writer.value(key))),
      ', ',
    );
    return filled`main."map"(main.list_value(${keys}), main.list_value(${writer.list(pairs.map(it => it.value))}))`;
  }
  const fields = pairs.map(({ key, value }) => {
    const name =
      key.kind === 'literal' ? text.slice(key.start + 1, key.end - 1) : key.kind === 'name' ? key.text : undefined;
    return name === undefined ? undefined : filled`${duckdbQuoted(name)} := ${writer.value(value)}`;
  });
  return filled`main.struct_pack(${joined(fields, ', ')})`;
}

function arrayText(writer: Writer, { elements, start }: Expression & { readonly kind: 'array' }): string | undefined {
  const isWord = writer.place.context.text[start] !== '[';
  const list = writer.list(elements);
  return isWord ? filled`(ARRAY[${list}])` : filled`main.list_value(${list})`;
}

function lambdaText(
  writer: Writer,
  { parameters, body, start }: Expression & { readonly kind: 'lambda' },
): string | undefined {
  const names = joined(parameters.map(nameText), ', ');
  const text = writer.value(body);
  if (/^lambda\b/i.test(writer.place.context.text.slice(start))) return filled`(lambda ${names}: ${text})`;
  return parameters.length === 1 ? filled`(${names} -> ${text})` : filled`(main."row"(${names}) -> ${text})`;
}
