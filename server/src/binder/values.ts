import type {
  Between,
  Binary,
  Call,
  Case,
  Comprehension,
  Expression,
  Index,
  Like,
  NamePart,
  Unary,
} from '../syntax/sql/expression-nodes.ts';
import type { Query, SqlNode } from '../syntax/sql/nodes.ts';
import { children, descendants } from '../syntax/sql/visit.ts';
import { callName, isAggregateCall } from './call-names.ts';
import { bindCall } from './calls.ts';
import { checkArithmetic, checkPattern } from './check-families.ts';
import { checkBetween, checkCast, checkComparison, checkElements } from './check-types.ts';
import { bindColumn } from './columns.ts';
import type { Place } from './context.ts';
import { bindAll, bindLambda, bindValue, computed, UNKNOWN_VALUE, withLocals, type Value } from './evaluate.ts';
import { functionInfo } from './functions.ts';
import { interval, literal, typedLiteral } from './literals.ts';
import { binaryType, isComparison, unaryType } from './operators.ts';
import { fieldOf } from './result-rules.ts';
import type { ColumnSource } from './rows.ts';
import { decided, isNull, isText, unifyAll } from './type-rules.ts';
import { columnsNamed } from './spread-columns.ts';
import { typeOfName } from './type-names.ts';
import { BOOLEAN, scalar, scalarName, type SqlType } from './types.ts';

/** How deep values are looked into; what lies deeper has sources, but no type. */
const DEPTH_LIMIT = 300;

/** What is known of a value, found out by going through all of it. */
export function evaluate(place: Place, node: SqlNode): Value {
  // Most values are names and constants, which lead no deeper.
  if (node.kind === 'column') return bindColumn(place, node);
  if (node.kind === 'literal') return literal(place, node);
  const { context } = place;
  if (context.depth > DEPTH_LIMIT) return { ...UNKNOWN_VALUE, sources: deepSources(place, node) };
  context.depth += 1;
  const value = valueOf(place, node);
  context.depth -= 1;
  return value;
}

/** The sources of a value that is nested too deep to be typed; needs no stack. */
function deepSources(place: Place, node: SqlNode): readonly ColumnSource[] {
  const sources: (readonly ColumnSource[])[] = [];
  const rest: SqlNode[] = [node];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if (next.kind === 'column') sources.push(bindColumn(place, next).sources);
    else if (next.kind !== 'query' && next.kind !== 'lambda' && next.kind !== 'comprehension') {
      rest.push(...children(next));
    }
  }
  return place.context.sources.through('transformed', place.context.sources.union(sources));
}

function valueOf(place: Place, node: SqlNode): Value {
  // Most kinds of nodes share the last answer.
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check
  switch (node.kind) {
    case 'column':
      return bindColumn(place, node);
    case 'literal':
      return literal(place, node);
    case 'typed-literal':
      return typedLiteral(place, node);
    case 'interval':
      return interval(computed(place, [bindValue(place, node.value)], undefined));
    case 'call':
      return bindCall(place, node);
    case 'binary':
      return bindBinary(place, node);
    case 'unary': {
      const all = unpackedColumns(place, node);
      if (all !== undefined) return all;
      const operand = bindValue(place, node.operand);
      const folds =
        place.context.dialect === 'duckdb' && node.operator !== 'not' && foldsToNull([operand], node.operand);
      const type = folds ? undefined : unaryType(node.operator, operand.type, place.context.dialect);
      return { ...computed(place, [operand], type), nullable: operand.nullable };
    }
    case 'is':
      return { ...computed(place, [bindValue(place, node.operand)], BOOLEAN), nullable: false };
    case 'between':
      return bindBetween(place, node);
    case 'like':
      return bindLike(place, node);
    case 'in':
      return bindIn(place, node.operand, node.set);
    case 'case':
      return bindCase(place, node);
    case 'cast':
      return bindCast(place, node);
    case 'index':
      return bindIndex(place, node);
    case 'field': {
      const base = bindValue(place, node.base);
      return computed(place, [base], memberType(base.type, node.name, place));
    }
    case 'json-path':
      return computed(
        place,
        [node.base, ...node.steps].map(it => bindValue(place, it)),
        scalar('variant'),
      );
    case 'subquery':
      return bindScalarQuery(place, node.query);
    case 'query':
      return bindScalarQuery(place, node);
    case 'exists':
      return { ...withoutRows(place, node.query.query), type: BOOLEAN, nullable: false };
    case 'array-query': {
      const element = bindScalarQuery(place, node.query.query);
      return { type: { kind: 'list', element: element.type }, nullable: undefined, sources: element.sources };
    }
    case 'quantified':
      return node.set.kind === 'subquery' ? withoutRows(place, node.set.query) : bindValue(place, node.set);
    default:
      return otherValue(place, node);
  }
}

/** DuckDB's `*columns(…)` is all the columns at once. */
function unpackedColumns(place: Place, { operator, operand }: Unary): Value | undefined {
  if (operator !== '*' || operand.kind !== 'call') return undefined;
  const columns = columnsNamed(place, operand)?.rows.columns ?? [];
  const sources = place.context.sources.union(columns.map(it => it.sources));
  return {
    type: unifyAll(
      columns.map(it => it.type),
      'duckdb',
    ),
    nullable: undefined,
    sources,
  };
}

/** Collections and what only wraps a value. */
function otherValue(place: Place, node: SqlNode): Value {
  // Most kinds of nodes share the last answer.
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check
  switch (node.kind) {
    case 'parentheses':
    case 'named-argument':
    case 'aliased-argument':
      return bindValue(place, node.value);
    case 'typed-argument': {
      const value = bindValue(place, node.value);
      return computed(place, [value], typeOfName(node.type, place.context.text, place.context.dialect));
    }
    case 'array': {
      const elements = node.elements.map(it => bindValue(place, it));
      const declared =
        node.type === undefined
          ? undefined
          : elementOf(typeOfName(node.type, place.context.text, place.context.dialect));
      const element =
        declared ??
        unifyAll(
          elements.map(it => it.type),
          place.context.dialect,
        );
      // PostgreSQL's arrays of arrays are arrays of more dimensions.
      if (place.context.dialect === 'postgres' && element?.kind === 'list') return computed(place, elements, element);
      return computed(place, elements, { kind: 'list', element: settled(place, element) });
    }
    case 'struct':
      return bindStruct(place, node.entries, node.start);
    case 'row': {
      const values = node.elements.map(it => bindValue(place, it));
      const fields = values.map(it => ({ name: '', type: settled(place, it.type) }));
      if (place.context.dialect === 'postgres') return computed(place, values, scalar('record'));
      return computed(place, values, place.context.dialect === 'duckdb' ? { kind: 'struct', fields } : undefined);
    }
    case 'at-time-zone':
      return bindZone(place, [node.operand, node.zone]);
    case 'collate':
      return bindValue(place, node.operand);
    case 'lambda':
      return bindLambda(place, node, []);
    case 'comprehension':
      return bindComprehension(place, node);
    case 'star':
    case 'keyword':
    case 'missing':
    case 'error':
    case 'table-name':
    case 'parameter':
      return UNKNOWN_VALUE;
    default:
      return computed(
        place,
        children(node).map(it => bindValue(place, it)),
        undefined,
      );
  }
}

/** In DuckDB a literal that is part of something no longer gives way to what that meets; NULL does. */
const settled = ({ context }: Place, type: SqlType | undefined): SqlType | undefined =>
  context.dialect === 'duckdb' && !isNull(type) ? decided(type, context.dialect) : type;

const elementOf = (type: SqlType | undefined): SqlType | undefined =>
  type?.kind === 'list' ? type.element : undefined;

/** Chains of operators lean to the left, as long as they like. */
function bindBinary(place: Place, last: Binary): Value {
  const chain: Binary[] = [];
  let left: Expression = last;
  for (; left.kind === 'binary'; left = left.left) chain.push(left);
  const values: Value[] = [bindValue(place, left)];
  let type = values[0]?.type;
  let leftNode: Expression = left;
  for (const node of chain.toReversed()) {
    const right = bindValue(place, node.right);
    if (isComparison(node.operator)) checkComparison(place, node, leftNode, type, right.type);
    else checkArithmetic(place, { start: leftNode.start, end: node.end }, node.operator, [type, right.type]);
    type = binaryType(node.operator, type, right.type, place.context.dialect);
    if (place.context.dialect === 'duckdb' && !isComparison(node.operator) && !node.operator.startsWith('->')) {
      const isSettled = !foldsToNull(values, leftNode) && !foldsToNull([right], node.right);
      type = isSettled ? type : undefined;
    }
    values.push(right);
    leftNode = node;
  }
  const isSafe = type !== undefined && (scalarName(type) === 'boolean' || scalarName(type) === 'text');
  const value = computed(place, values, type);
  return isSafe ? value : { ...value, nullable: undefined };
}

/** DuckDB works constants out before it types an operator, and NULL with an operator is an integer to it. */
function foldsToNull(values: readonly Value[], node: Expression): boolean {
  if (node.kind === 'column' || node.kind === 'literal' || values.some(it => it.sources.length > 0)) return false;
  let mayBeNull = false;
  for (const it of descendants(node)) {
    // Aggregates, windows and the time are no constants.
    if (it.kind === 'column' || (it.kind === 'call' && isNoConstant(it))) return false;
    mayBeNull ||= it.kind === 'case' || it.kind === 'index' || isOftenNull(it);
  }
  return mayBeNull;
}

const isNoConstant = (call: Call): boolean =>
  call.arguments.every(it => it.kind === 'star') || isAggregateCall(call, functionInfo(callName(call), 'duckdb'));

const isOftenNull = (node: SqlNode): boolean =>
  (node.kind === 'cast' && node.operator === 'try_cast') ||
  (node.kind === 'binary' && node.operator.startsWith('->')) ||
  (node.kind === 'call' && OFTEN_NULL.test(callName(node)));

const OFTEN_NULL = /^(?:nullif|try|json|list_|array_|map_|element_at|regexp_|split|string_split)/;

function bindBetween(place: Place, node: Between): Value {
  const values = bindAll(place, [node.operand, node.low, node.high]);
  checkBetween(
    place,
    node,
    values.map(it => it.type),
  );
  return computed(place, values, BOOLEAN);
}

function bindLike(place: Place, node: Like): Value {
  const values = bindAll(place, [node.operand, node.pattern, node.escape]);
  checkPattern(place, node, node.operator, values[0]?.type);
  return computed(place, values, BOOLEAN);
}

/** Whether a value is in a list is made from the value and the list; the rows of a subquery only have a say. */
function bindIn(place: Place, operand: Expression, set: Expression): Value {
  const value = bindValue(place, operand);
  if (set.kind === 'subquery') return computed(place, [value, withoutRows(place, set.query)], BOOLEAN);
  const elements = set.kind === 'row' ? set.elements : set.kind === 'parentheses' ? [set.value] : [];
  if (elements.length === 0) return computed(place, [value, bindValue(place, set)], BOOLEAN);
  const members = bindAll(place, elements);
  const typed = elements.map((node, at) => ({ node, type: members[at]?.type }));
  checkElements(place, value.type, typed);
  return computed(place, [value, ...members], BOOLEAN);
}

/** A subquery whose rows are asked for something, not taken: they have a say in what comes out, but are no value. */
function withoutRows(place: Place, query: Query): Value {
  const rows = place.context.bindQuery(place, query);
  addInfluences(
    place,
    rows.columns.flatMap(it => it.sources),
  );
  for (const it of rows.influences) place.scope.influences.add(it);
  return UNKNOWN_VALUE;
}

function addInfluences(place: Place, sources: readonly ColumnSource[]): void {
  for (const it of place.context.sources.influences('filter', sources)) place.scope.influences.add(it);
}

function bindScalarQuery(place: Place, query: Query): Value {
  const rows = place.context.bindQuery(place, query);
  for (const it of rows.influences) place.scope.influences.add(it);
  const sources = place.context.sources.union(rows.columns.map(it => it.sources));
  const { type } = rows.value ?? { type: rows.isOpen ? undefined : rows.columns[0]?.type };
  return { type, nullable: undefined, sources };
}

function bindCase(place: Place, node: Case): Value {
  const { dialect } = place.context;
  const operand = node.operand === undefined ? [] : [bindValue(place, node.operand)];
  const conditions = node.branches.map(it => bindValue(place, it.condition));
  const results = node.branches.map(it => bindValue(place, it.result));
  if (node.otherwise !== undefined) results.push(bindValue(place, node.otherwise));
  const type = results.length === 0 ? undefined : caseType(node, results, dialect);
  const isNeverNull = node.otherwise !== undefined && results.every(it => it.nullable === false);
  return {
    ...computed(place, [...operand, ...conditions, ...results], type),
    nullable: isNeverNull ? false : undefined,
  };
}

/** PostgreSQL and DuckDB begin with ELSE when they look for the type of all branches. */
function caseType(node: Case, results: readonly Value[], dialect: Place['context']['dialect']): SqlType | undefined {
  const types = results.map(it => it.type);
  const [last] = types.slice(-1);
  const isFirst = (dialect === 'postgres' || dialect === 'duckdb') && node.otherwise !== undefined;
  return unifyAll(isFirst ? [last, ...types.slice(0, -1)] : types, dialect);
}

function bindCast(place: Place, node: Expression & { readonly kind: 'cast' }): Value {
  const operand = bindValue(place, node.operand);
  if (node.format !== undefined) bindValue(place, node.format);
  const type = typeOfName(node.type, place.context.text, place.context.dialect);
  checkCast(place, node, operand.type, type);
  const isTry = node.operator !== '::' && node.operator !== 'cast';
  return { ...computed(place, [operand], type), nullable: isTry ? undefined : operand.nullable };
}

function bindIndex(place: Place, node: Index): Value {
  const base = bindValue(place, node.base);
  const inside = node.index.flatMap(it => (it.kind === 'slice' ? bindAll(place, it.bounds) : [bindValue(place, it)]));
  const [first] = node.index;
  const folds = place.context.dialect === 'duckdb' && node.base.kind === 'call' && foldsToNull([base], node.base);
  return computed(place, [base, ...inside], folds ? undefined : indexType(place, base.type, first));
}

function indexType(
  place: Place,
  base: SqlType | undefined,
  index: Index['index'][number] | undefined,
): SqlType | undefined {
  if (base === undefined || index === undefined) return undefined;
  if (index.kind === 'slice') return base;
  if (base.kind === 'list') return base.element;
  if (base.kind === 'map') return place.context.dialect === 'duckdb' ? base.value : base.value;
  if (base.kind === 'struct' && index.kind === 'literal') {
    return fieldOf(base, place.context.text.slice(index.start, index.end).replaceAll("'", ''));
  }
  return isText(base) || scalarName(base) === 'json' || scalarName(base) === 'variant' ? plainText(base) : undefined;
}

const plainText = (type: SqlType): SqlType => (type.kind === 'scalar' ? scalar(type.name) : type);

/** The type of `base.name`. */
export function memberType(base: SqlType | undefined, name: NamePart, place: Place): SqlType | undefined {
  if (name.kind !== 'name') return undefined;
  if (scalarName(base) === 'json' || scalarName(base) === 'variant') return base;
  return place.context.dialect === 'bigquery' && base?.kind === 'list' ? undefined : fieldOf(base, name.text);
}

function bindStruct(place: Place, entries: (SqlNode & { readonly kind: 'struct' })['entries'], start: number): Value {
  const values: Value[] = [];
  const fields: { readonly name: string; readonly type: SqlType | undefined }[] = [];
  let isPlain = true;
  for (const entry of entries) {
    if (entry.kind !== 'pair') {
      values.push(bindValue(place, entry));
      isPlain = false;
      continue;
    }
    const value = bindValue(place, entry.value);
    values.push(value);
    if (entry.key.kind !== 'name' && entry.key.kind !== 'literal') values.push(bindValue(place, entry.key));
    fields.push({ name: fieldName(place, entry.key), type: settled(place, value.type) });
  }
  if (place.context.dialect !== 'duckdb' || !isPlain) return computed(place, values, undefined);
  if (place.context.text[start] === '{') return computed(place, values, { kind: 'struct', fields });
  // `map {…}` has one type for all its keys, and one for all its values.
  const value = unifyAll(
    fields.map(it => it.type),
    'duckdb',
  );
  const isText = entries.every(it => it.kind === 'pair' && it.key.kind === 'literal' && it.key.type === 'string');
  return computed(place, values, { kind: 'map', key: isText ? scalar('text') : undefined, value });
}

function fieldName({ context }: Place, key: SqlNode): string {
  if (key.kind === 'name') return key.text;
  if (key.kind === 'column' && key.parts[0]?.kind === 'name') return key.parts[0].text;
  return context.text.slice(key.start, key.end).replaceAll(/^'|'$/g, '').replaceAll("''", "'");
}

function bindZone(place: Place, nodes: readonly (Expression | undefined)[]): Value {
  const values = bindAll(place, nodes);
  const name = scalarName(values[0]?.type);
  if (name === 'timestamptz') return computed(place, values, scalar('timestamp'));
  const isPlain = name === 'timestamp' || name === 'date';
  return computed(place, values, isPlain && place.context.dialect !== 'bigquery' ? scalar('timestamptz') : undefined);
}

function bindComprehension(place: Place, node: Comprehension): Value {
  const source = bindValue(place, node.source);
  const inside = withLocals(place, node.names, [elementOf(source.type)]);
  const value = bindValue(inside, node.value);
  const filter = node.filter === undefined ? [] : [bindValue(inside, node.filter)];
  return computed(place, [value, source, ...filter], { kind: 'list', element: value.type });
}
