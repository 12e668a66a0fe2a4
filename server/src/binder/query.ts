import type { DialectName } from '../syntax/sql/dialect.ts';
import type {
  Cte,
  Describe,
  Query,
  QueryBody,
  Relation,
  SetOperation,
  TableName,
  TailClause,
  With,
} from '../syntax/sql/nodes.ts';
import { inClauseOf, bindTail } from './clauses.ts';
import { keyOf, report, type CteScope, type Place } from './context.ts';
import { describedRows } from './described-rows.ts';
import { checkSorting, type Grouped } from './grouping.ts';
import { addItem, bindFrom, distinctNames } from './from.ts';
import { asWarning, duplicateCte, unionArity, unionType } from './mistakes.ts';
import { bindPipes, flowOf, type Flow } from './pipes.ts';
import { pivotStatementRows } from './pivots.ts';
import { UNKNOWN_ROWS, union, type BoundColumn, type Rows } from './rows.ts';
import { emptyScope } from './scope.ts';
import { bindSelect } from './select.ts';
import { decided, isMoment, isNull, isNumeric, unify } from './type-rules.ts';
import { typeText } from './type-names.ts';
import { NULL, scalarName } from './types.ts';
import { bindValue } from './evaluate.ts';
import { valuesRows } from './values-rows.ts';

/** How often a recursive CTE is bound at most, until what its columns are made from no longer grows. */
const ROUNDS = 6;

/** Binds a query and all inside it; answers with its columns. Names it lacks are looked up in `outside`. */
export function bindQuery(outside: Place, query: Query): Rows {
  const { context } = outside;
  const scope = emptyScope(outside.scope);
  const place: Place = { ...outside, scope, clause: 'select', windows: undefined, inside: undefined };
  context.places.push({ start: query.start, end: query.end, place });
  const inside: Place = query.with === undefined ? place : { ...place, ctes: bindCtes(place, query.with) };
  if (query.with !== undefined && !isUnfinished(query.with)) {
    context.places.push({ start: query.with.end, end: query.end, place: inside });
  }
  const { rows, end, grouped } = bindBody(inside, query.body, query.tail);
  const tail: Place = inClauseOf(end, 'order', rows);
  if (query.tail.length > 0) context.places.push({ start: query.body.end, end: query.end, place: tail });
  bindTail(tail, query.tail);
  if (grouped !== undefined) checkSorting(tail, query.tail, grouped);
  const influences = union([rows.influences, [...end.scope.influences]]);
  const named = query.alias === undefined ? rows : renamedValues(inside, rows, query);
  const given = { ...named, influences };
  return query.pipes.length === 0 ? given : bindPipes(inside, firstFlow(inside, query.body, given, end), query.pipes);
}

/** Whether the last CTE still lacks its bracket, so that the cursor at the end of the text is inside it. */
function isUnfinished({ ctes }: With): boolean {
  const last = ctes.at(-1)?.query;
  return last?.kind === 'subquery' && last.query.end === last.end;
}

/** FROM alone leaves its relations to be named by the steps behind it; a list does not. */
function firstFlow(place: Place, body: QueryBody, rows: Rows, { scope }: Place): Flow {
  const isFromAlone = body.kind === 'select' && !body.explicit;
  return isFromAlone ? { rows, relations: scope.relations, merged: scope.merged } : flowOf(place, rows, undefined);
}

/** `values … as t(a, b)` on its own. */
function renamedValues(place: Place, rows: Rows, { alias }: Query): Rows {
  const columns = rows.columns.map((column, at): BoundColumn => {
    const name = alias?.columns[at]?.name;
    if (name?.kind !== 'name') return column;
    return { ...column, name: name.text, key: keyOf(place, name), definition: { start: name.start, end: name.end } };
  });
  return { ...rows, columns };
}

/** The CTEs of a WITH, each seen by those behind it. */
export function bindCtes(place: Place, { ctes, recursive }: With): CteScope | undefined {
  const first = new Map<string, Cte>();
  let seen = place.ctes;
  for (const cte of ctes) {
    if (cte.name.kind !== 'name') continue;
    place.context.ctes.add(cte);
    const key = keyOf(place, cte.name);
    const known = first.get(key);
    if (known === undefined) first.set(key, cte);
    else {
      const problem = duplicateCte(cte.name, cte.name.text, known.name);
      report(place.context, place.context.dialect === 'snowflake' ? asWarning(problem) : problem);
    }
    const inside: Place = { ...place, ctes: seen };
    const mayRecur = recursive || place.context.dialect === 'snowflake';
    const rows = mayRecur && isUnion(cte) ? recursiveRows(inside, cte, key) : cteRows(inside, cte);
    seen = { key, cte, rows, next: seen };
  }
  return seen;
}

const isUnion = (cte: Cte): boolean => cte.query.kind === 'subquery' && cte.query.query.body.kind === 'set-operation';

/** A recursive CTE is to itself what its first branch gives, and then what came out, until that is all. */
function recursiveRows(place: Place, cte: Cte, key: string): Rows {
  const body = cte.query.kind === 'subquery' ? cte.query.query.body : undefined;
  if (body?.kind !== 'set-operation') return cteRows(place, cte);
  const start: Place = { ...place, scope: emptyScope(place.scope.outer) };
  const wasUsed = place.context.usedCtes.has(cte);
  let rows = named(place, bindBody(start, body.left, []).rows, cte);
  for (let round = 0; round < ROUNDS; round++) {
    const next = cteRows({ ...place, ctes: { key, cte, rows, next: place.ctes } }, cte);
    const isDone = next.columns.every((it, at) => it.sources.length === rows.columns[at]?.sources.length);
    const isSame = isDone && next.influences.length === rows.influences.length;
    // The types are those of the first branch.
    rows = { ...next, columns: next.columns.map((it, at) => ({ ...it, type: rows.columns[at]?.type })) };
    if (isSame) break;
  }
  if (!wasUsed) place.context.usedCtes.delete(cte);
  return rows;
}

function cteRows(place: Place, cte: Cte): Rows {
  if (cte.query.kind !== 'subquery') {
    const value = bindValue(place, cte.query);
    const column: BoundColumn = {
      name: '',
      key: '',
      definition: { start: cte.start, end: cte.end },
      expression: { start: cte.query.start, end: cte.query.end },
      ...value,
    };
    return named(place, { columns: [column], isOpen: cte.query.kind === 'missing', influences: [] }, cte);
  }
  const outer: Place = { ...place, scope: place.scope.outer ?? emptyScope(undefined) };
  return named(place, place.context.bindQuery(outer, cte.query.query), cte);
}

/** The names a CTE declares for its columns, and those of the columns that SEARCH and CYCLE add. */
function named(place: Place, given: Rows, cte: Cte): Rows {
  const rows = declared(place, given, cte);
  if (cte.added.length === 0) return rows;
  const added = cte.added.flatMap((it): BoundColumn[] => {
    if (it.kind !== 'name') return [];
    const definition = { start: it.start, end: it.end };
    const unknown = { expression: undefined, type: undefined, nullable: undefined, sources: [] };
    return [{ name: it.text, key: keyOf(place, it), definition, ...unknown }];
  });
  return { ...rows, columns: [...rows.columns, ...added] };
}

function declared(place: Place, given: Rows, cte: Cte): Rows {
  const rows = distinctNames(place, given);
  if (cte.columns.length === 0) return rows;
  const columns = cte.columns.flatMap((name, at): BoundColumn[] => {
    if (name.kind !== 'name') return [];
    const before = rows.columns[at];
    const own = { name: name.text, key: keyOf(place, name), definition: { start: name.start, end: name.end } };
    return [
      { expression: undefined, type: undefined, nullable: undefined, sources: rows.rest ?? [], ...before, ...own },
    ];
  });
  return { ...rows, columns: [...columns, ...rows.columns.slice(columns.length)], isOpen: false };
}

/** The columns of a body, and the place at its end, where ORDER BY looks names up. */
interface BoundBody {
  readonly rows: Rows;
  readonly end: Place;
  /** What a grouped SELECT is grouped by, as far as that can be said. */
  readonly grouped?: Grouped | undefined;
}

function bindBody(place: Place, body: QueryBody, tail: readonly TailClause[]): BoundBody {
  switch (body.kind) {
    case 'select':
      return bindSelect(place, body, tail);
    case 'set-operation':
      return { rows: setRows(place, body), end: place };
    case 'subquery': {
      const outer: Place = { ...place, scope: place.scope.outer ?? emptyScope(undefined) };
      return { rows: place.context.bindQuery(outer, body.query), end: place };
    }
    case 'values':
      return { rows: valuesRows(place, body), end: place };
    case 'table-query': {
      if (body.table.kind === 'missing') return { rows: UNKNOWN_ROWS, end: place };
      const end = bindFrom(place, [asRelation(body.table)]);
      return { rows: end.scope.relations[0]?.rows ?? UNKNOWN_ROWS, end };
    }
    case 'pivot-statement':
      return { rows: pivotStatementRows(place, body, addItem), end: place };
    case 'describe':
      return { rows: describedRows(place, body, targetRows(place, body)), end: place };
    case 'missing':
      return { rows: UNKNOWN_ROWS, end: place };
    default:
      return body satisfies never;
  }
}

/** The rows of what DESCRIBE or SUMMARIZE tells of. */
function targetRows(place: Place, { target }: Describe): Rows {
  if (target?.kind === 'query') return place.context.bindQuery(place, target);
  if (target?.kind !== 'table-name') return UNKNOWN_ROWS;
  return (
    bindFrom({ ...place, scope: emptyScope(place.scope.outer) }, [asRelation(target)]).scope.relations[0]?.rows ??
    UNKNOWN_ROWS
  );
}

function asRelation(source: TableName): Relation {
  const { start, end } = source;
  return {
    kind: 'relation',
    lateral: false,
    source,
    alias: undefined,
    ordinality: false,
    offset: undefined,
    modifiers: [],
    start,
    end,
  };
}

/** The names are those of the first query; the values come from all of them, by position or by name. */
function setRows(place: Place, last: SetOperation): Rows {
  const operations: SetOperation[] = [];
  let left: QueryBody = last;
  for (; left.kind === 'set-operation'; left = left.left) operations.push(left);
  const start: Place = { ...place, scope: emptyScope(place.scope.outer) };
  return operations.reduceRight(
    (rows, operation) => combined(place, rows, operand(start, operation.right), operation),
    operand(start, left),
  );
}

function operand(place: Place, body: QueryBody): Rows {
  const own: Place = { ...place, scope: emptyScope(place.scope.outer) };
  const { rows, end } = bindBody(own, body, []);
  return { ...rows, influences: union([rows.influences, [...end.scope.influences]]) };
}

function combined(place: Place, left: Rows, right: Rows, operation: SetOperation): Rows {
  const { context } = place;
  if (!operation.byName) checkArity(place, left, right, operation);
  const pairs = operation.byName ? pairsByName(left, right) : pairsByPosition(left, right);
  const columns = pairs.map(([one, two]): BoundColumn => {
    const base = one ?? two;
    if (base === undefined) return missingColumn;
    // What EXCEPT takes away decides about rows, and is no value of theirs.
    const isTaken = operation.operator === 'except';
    const sources =
      isTaken || two === undefined ? base.sources : context.sources.union([one?.sources ?? [], two.sources]);
    const type = one === undefined || two === undefined ? base.type : columnType(place, one, two, operation);
    return { ...base, type, nullable: one?.nullable === false && two?.nullable === false ? false : undefined, sources };
  });
  const influences = union([left.influences, right.influences, operation.all ? [] : rowInfluences(place, left, right)]);
  const isOpen = left.isOpen || (operation.byName && right.isOpen);
  return { columns, isOpen, influences, rest: left.rest };
}

const missingColumn: BoundColumn = {
  name: '',
  key: '',
  definition: undefined,
  expression: undefined,
  type: undefined,
  nullable: undefined,
  sources: [],
};

/** The columns at the same positions. */
const pairsByPosition = (left: Rows, right: Rows): ReturnType<typeof pairsByName> =>
  left.columns.map((it, at) => [it, right.columns[at]]);

function pairsByName(
  left: Rows,
  right: Rows,
): readonly (readonly [BoundColumn | undefined, BoundColumn | undefined])[] {
  const rest = right.columns.filter(it => left.columns.every(other => other.key !== it.key));
  return [
    ...left.columns.map(it => [it, right.columns.find(other => other.key === it.key)] as const),
    ...rest.map(it => [undefined, it] as const),
  ];
}

/** Whether a row is kept depends on all of its values. */
function rowInfluences({ context }: Place, left: Rows, right: Rows): Rows['influences'] {
  const sources = context.sources.union([...left.columns, ...right.columns].map(it => it.sources));
  return context.sources.influences('group', sources);
}

function columnType(place: Place, one: BoundColumn, two: BoundColumn, operation: SetOperation): BoundColumn['type'] {
  const { dialect } = place.context;
  const type = unify(undecided(one, operation.left, dialect), undecided(two, operation.right, dialect), dialect);
  if (type !== undefined || one.type === undefined || two.type === undefined) return decided(type, dialect);
  if (isClash(one.type, two.type) && (dialect === 'postgres' || dialect === 'bigquery' || dialect === 'trino')) {
    const [left, right] = [typeText(one.type, dialect) ?? '?', typeText(two.type, dialect) ?? '?'];
    const range = two.expression ?? two.definition ?? operation.right;
    report(place.context, unionType(range, one.name, left, right));
  }
  return undefined;
}

/** PostgreSQL lets a bare NULL or quoted constant in a query of a set operation be what it meets in the other one. */
function undecided(column: BoundColumn, body: QueryBody, dialect: DialectName): BoundColumn['type'] {
  if (dialect !== 'postgres' || body.kind !== 'select') return column.type;
  const isBare = body.items.some(
    it =>
      it.kind === 'select-item' &&
      it.value.kind === 'literal' &&
      (it.value.type === 'null' || it.value.type === 'string') &&
      it.value.start === column.expression?.start,
  );
  return isBare ? NULL : column.type;
}

/** Numbers, dates and truth values do not turn into each other. */
function isClash(one: NonNullable<BoundColumn['type']>, two: NonNullable<BoundColumn['type']>): boolean {
  const kind = (type: typeof one): string | undefined => {
    if (isNull(type)) return undefined;
    if (isNumeric(type)) return 'number';
    if (isMoment(type)) return 'moment';
    return scalarName(type) === 'boolean' ? 'boolean' : undefined;
  };
  const [a, b] = [kind(one), kind(two)];
  return a !== undefined && b !== undefined && a !== b;
}

function checkArity({ context }: Place, left: Rows, right: Rows, operation: SetOperation): void {
  if (left.isOpen || right.isOpen || left.columns.length === 0 || right.columns.length === 0) return;
  if (left.columns.length === right.columns.length) return;
  const { start, end } = operation.right;
  const range = { start, end: Math.min(end, start + 'select'.length) };
  report(context, unionArity(range, operation.operator, left.columns.length, right.columns.length));
}
