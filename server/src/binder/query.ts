import type { Name } from '../syntax/sql/expression-nodes.ts';
import { nameKey } from '../syntax/sql/name-key.ts';
import type { Cte, Query, QueryBody, Relation, Select, SetOperation, TableName, With } from '../syntax/sql/nodes.ts';
import type { BindContext, CteScope, Place } from './context.ts';
import { mergeSources, UNKNOWN_ROWS, type BoundColumn, type Rows } from './rows.ts';
import { EMPTY_SCOPE, type Scope } from './scope.ts';
import { bindFrom } from './from.ts';
import { itemColumns } from './select-items.ts';
import { bindValue } from './values.ts';

/** Binds a query and all inside it; answers with its columns. */
export function bindQuery(context: BindContext, query: Query, outer: Scope, ctes: CteScope | undefined): Rows {
  const place: Place = { context, scope: { ...EMPTY_SCOPE, outer }, ctes };
  const inside: Place = query.with === undefined ? place : { ...place, ctes: bindCtes(place, query.with) };
  const { rows, end } = bindBody(inside, query.body);
  const seen = rows.isOpen ? openScope(end.scope) : end.scope;
  const scope: Scope = { ...seen, aliases: rows.columns, aliasesFirst: true };
  for (const clause of query.tail) bindValue({ ...end, scope }, clause);
  // What pipe steps make of the rows is not known yet.
  return query.pipes.length === 0 ? rows : UNKNOWN_ROWS;
}

function bindCtes(place: Place, { ctes, recursive }: With): CteScope | undefined {
  let seen = place.ctes;
  for (const cte of ctes) {
    if (cte.name.kind !== 'name') continue;
    const key = nameKey(cte.name, place.context.dialect);
    const own = recursive ? { key, rows: declaredRows(place, cte), next: seen } : seen;
    seen = { key, rows: cteRows({ ...place, ctes: own }, cte), next: seen };
  }
  return seen;
}

/** What a recursive CTE is to itself: the columns it declares, or else its first branch's, which are not looked for. */
function declaredRows(place: Place, cte: Cte): Rows {
  const columns = cte.columns.flatMap(it => (it.kind === 'name' ? [namedColumn(place, it, [])] : []));
  return { columns, isOpen: columns.length === 0 };
}

function cteRows(place: Place, cte: Cte): Rows {
  if (cte.query.kind !== 'subquery') return { columns: [], isOpen: true };
  const rows = place.context.bindQuery(place.context, cte.query.query, place.scope.outer ?? EMPTY_SCOPE, place.ctes);
  if (cte.columns.length === 0) return rows;
  const columns = cte.columns.flatMap((it, at) =>
    it.kind === 'name' ? [namedColumn(place, it, rows.columns[at]?.sources ?? [])] : [],
  );
  return { columns, isOpen: false };
}

function namedColumn({ context }: Place, name: Name, sources: BoundColumn['sources']): BoundColumn {
  const definition = { start: name.start, end: name.end };
  return { name: name.text, key: nameKey(name, context.dialect), definition, sources };
}

/** The columns of a body, and the place at its end, where ORDER BY looks names up. */
interface BoundBody {
  readonly rows: Rows;
  readonly end: Place;
}

function bindBody(place: Place, body: QueryBody): BoundBody {
  if (body.kind === 'select') return bindSelect(place, body);
  if (body.kind === 'set-operation') return { rows: setRows(place, body), end: place };
  if (body.kind === 'subquery') {
    return { rows: place.context.bindQuery(place.context, body.query, outerOf(place), place.ctes), end: place };
  }
  if (body.kind === 'table-query' && body.table.kind === 'table-name') {
    const end = bindFrom(place, [asRelation(body.table)]);
    return { rows: end.scope.relations[0]?.rows ?? UNKNOWN_ROWS, end };
  }
  // VALUES have no names, and what pivots and descriptions give depends on the data.
  return { rows: UNKNOWN_ROWS, end: place };
}

const outerOf = (place: Place): Scope => place.scope.outer ?? EMPTY_SCOPE;

const openScope = (scope: Scope): Scope => ({
  ...scope,
  relations: [...scope.relations, { path: [], rows: UNKNOWN_ROWS }],
});

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
  const operands: QueryBody[] = [];
  let left: QueryBody = last;
  let byName = false;
  for (; left.kind === 'set-operation'; left = left.left) {
    operands.unshift(left.right);
    byName ||= left.byName;
  }
  const [first = UNKNOWN_ROWS, ...others] = [left, ...operands].map(it => bindBody(place, it).rows);
  const isOpen = first.isOpen || (byName && others.some(it => it.isOpen));
  const columns = first.columns.map((column, at): BoundColumn => {
    const same = others.map(it => (byName ? it.columns.find(other => other.key === column.key) : it.columns[at]));
    return { ...column, sources: mergeSources([column.sources, ...same.map(it => it?.sources ?? [])]) };
  });
  return { columns, isOpen };
}

function bindSelect(place: Place, select: Select): BoundBody {
  const inside = select.from === undefined ? place : bindFrom(place, select.from.items);
  const rows = itemColumns(inside, select);
  const end: Place = { ...inside, scope: { ...inside.scope, aliases: rows.columns } };
  for (const clause of [...select.distinctOn, ...select.clauses]) bindValue(end, clause);
  return { rows, end };
}
