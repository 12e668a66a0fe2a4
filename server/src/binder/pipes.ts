import type { Expression } from '../syntax/sql/expression-nodes.ts';
import type { Join, PipeStep, SelectItem } from '../syntax/sql/nodes.ts';
import { addInfluences } from './clauses.ts';
import { keyOf, keysOf, type Place } from './context.ts';
import { bindValue } from './evaluate.ts';
import { addItem } from './from.ts';
import { addJoin } from './joins.ts';
import { outputName } from './output-names.ts';
import { relationOf } from './relations.ts';
import { UNKNOWN_ROWS, union, type BoundColumn, type Rows } from './rows.ts';
import { emptyScope, type Scope, type ScopeRelation } from './scope.ts';
import { starRows, starValueRows } from './stars.ts';
import { decided } from './type-rules.ts';

/** What one step of a pipe hands to the next: its columns, and the relations that can be named before a dot. */
export interface Flow {
  readonly rows: Rows;
  readonly relations: readonly ScopeRelation[];
  readonly merged: Scope['merged'];
}

/** What the steps of a pipe make of rows, one after the other. */
export function bindPipes(place: Place, start: Flow, steps: readonly PipeStep[]): Rows {
  const end = steps.reduce<Flow>((flow, step) => {
    const scope: Scope = { ...emptyScope(place.scope.outer), relations: flow.relations, merged: flow.merged };
    const inside: Place = { ...place, scope };
    place.context.places.push({ start: step.start, end: step.end, place: inside });
    const next = bindStep(inside, flow, step);
    const influences = union([flow.rows.influences, next.rows.influences, [...scope.influences]]);
    return { ...next, rows: { ...next.rows, influences } };
  }, start);
  return end.rows;
}

/** Rows that go by `name`, or by none. */
export function flowOf(place: Place, rows: Rows, from: PipeStep | undefined): Flow {
  const path = from?.alias === undefined ? [] : keysOf(place, [from.alias]);
  return { rows, relations: [relationOf(path, path[0] ?? '', 'subquery', from, rows)], merged: new Map() };
}

function bindStep(place: Place, flow: Flow, step: PipeStep): Flow {
  const join = step.parts.find((it): it is Join => it.kind === 'join');
  if (join !== undefined) return joinedTo(place, flow, join);
  switch (step.operator) {
    case 'where':
      if (step.condition !== undefined) {
        addInfluences(place, 'filter', bindValue({ ...place, clause: 'where' }, step.condition).sources);
      }
      return flow;
    case 'order by':
    case 'limit':
    case 'tablesample':
    case 'distinct':
      for (const it of step.parts) bindValue(place, it);
      return flow;
    case 'as':
      return flowOf(place, flow.rows, step);
    case 'select':
      return flowOf(place, step.items.length === 0 ? flow.rows : itemRows(place, step.items), step);
    case 'extend':
      return extended(place, flow, step);
    case 'set':
      return changed(flow, setRows(place, flow.rows, step));
    case 'rename':
      return changed(flow, renamedRows(place, flow.rows, step));
    case 'drop':
      return changed(flow, keptRows(place, flow.rows, step));
    case 'aggregate':
      return flowOf(place, aggregatedRows(place, step), step);
    default:
      for (const it of [...step.items, ...step.groupBy]) bindValue(place, it);
      for (const it of step.parts) if (it.kind === 'relation') addItem(place, it);
      return flowOf(place, UNKNOWN_ROWS, step);
  }
}

function joinedTo(place: Place, flow: Flow, join: Join): Flow {
  const { scope } = addJoin(place, join, addItem);
  const rows = starRows({ ...place, scope }, undefined, join);
  return { rows: { ...rows, influences: flow.rows.influences }, relations: scope.relations, merged: scope.merged };
}

function extended(place: Place, { rows, relations, merged }: Flow, step: PipeStep): Flow {
  const added = itemRows(place, step.items);
  return { rows: joined(rows, added), relations: [...relations, relationOf([], '', 'subquery', step, added)], merged };
}

/** Other columns than before, while the names of relations still mean what they meant. */
function changed({ relations }: Flow, rows: Rows): Flow {
  const before = relations.filter(it => it.path.length > 0).map(it => ({ ...it, hidden: true }));
  return { rows, relations: [relationOf([], '', 'subquery', undefined, rows), ...before], merged: new Map() };
}

function aggregatedRows(place: Place, step: PipeStep): Rows {
  const groups = itemRows(place, step.groupBy);
  addInfluences(place, 'group', place.context.sources.union(groups.columns.map(it => it.sources)));
  return joined(groups, itemRows(place, step.items));
}

const joined = (a: Rows, b: Rows): Rows => ({
  columns: [...a.columns, ...b.columns],
  isOpen: a.isOpen || b.isOpen,
  influences: [],
  rest: a.rest,
});

/** `set a = value`: the column stays where it is. */
function setRows(place: Place, rows: Rows, step: PipeStep): Rows {
  const values = new Map<string, Pick<BoundColumn, 'type' | 'nullable' | 'sources' | 'expression'>>();
  for (const { value } of selectItems(step)) {
    if (value.kind !== 'binary' || value.operator !== '=') bindValue(place, value);
    if (value.kind !== 'binary' || value.left.kind !== 'column') continue;
    bindValue(place, value.left);
    const { type, nullable, sources } = bindValue(place, value.right);
    const expression = { start: value.right.start, end: value.right.end };
    const own = { type: decided(type, place.context.dialect), nullable, sources, expression };
    values.set(keyOf(place, value.left.parts.at(-1)), own);
  }
  return { ...rows, columns: rows.columns.map(it => ({ ...it, ...values.get(it.key) })) };
}

/** `rename a as b`. */
function renamedRows(place: Place, rows: Rows, step: PipeStep): Rows {
  const names = new Map<string, Pick<BoundColumn, 'name' | 'key' | 'definition'>>();
  for (const { value, alias } of selectItems(step)) {
    bindValue(place, value);
    if (value.kind !== 'column' || alias?.kind !== 'name') continue;
    const definition = { start: alias.start, end: alias.end };
    names.set(keyOf(place, value.parts.at(-1)), { name: alias.text, key: keyOf(place, alias), definition });
  }
  return { ...rows, columns: rows.columns.map(it => ({ ...it, ...names.get(it.key) })) };
}

/** `drop a, b`. */
function keptRows(place: Place, rows: Rows, step: PipeStep): Rows {
  const gone = new Set<string>();
  for (const it of step.parts) {
    if (it.kind !== 'column') continue;
    bindValue(place, it);
    gone.add(keyOf(place, it.parts.at(-1)));
  }
  return { ...rows, columns: rows.columns.filter(it => !gone.has(it.key)) };
}

function selectItems(step: PipeStep): readonly (SelectItem & { readonly value: Expression })[] {
  return step.items.flatMap(it => (it.kind === 'select-item' ? [it] : []));
}

function itemRows(place: Place, items: PipeStep['items']): Rows {
  let isOpen = false;
  const columns = items.flatMap((item): readonly BoundColumn[] => {
    if (item.kind === 'missing') return [];
    if (item.value.kind === 'star') {
      const rows = starValueRows(place, item.value);
      isOpen ||= rows.isOpen;
      return rows.columns;
    }
    const value = bindValue(place, item.value);
    const expression = { start: item.value.start, end: item.value.end };
    const made = outputName(place, item.value, 0);
    const alias = item.alias?.kind === 'name' ? item.alias : undefined;
    const name = alias === undefined ? made?.text : alias.text;
    const key = alias === undefined ? made?.key : keyOf(place, alias);
    const { start, end } = alias ?? made?.range ?? expression;
    const type = decided(value.type, place.context.dialect);
    return [{ ...value, type, name: name ?? '', key: key ?? '', definition: { start, end }, expression }];
  });
  return { columns, isOpen, influences: [] };
}
