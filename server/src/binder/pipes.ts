import type { PipeStep } from '../syntax/sql/nodes.ts';
import { addInfluences } from './clauses.ts';
import { keyOf, keysOf, type Place } from './context.ts';
import { addItem } from './from.ts';
import { addJoin } from './joins.ts';
import { relationOf } from './relations.ts';
import { outputName } from './output-names.ts';
import { UNKNOWN_ROWS, union, type BoundColumn, type Rows } from './rows.ts';
import { emptyScope } from './scope.ts';
import { starRows, starValueRows } from './stars.ts';
import { decided } from './type-rules.ts';
import { bindValue, type Value } from './evaluate.ts';

/** What the steps of a pipe make of rows, one after the other. */
export function bindPipes(place: Place, rows: Rows, steps: readonly PipeStep[]): Rows {
  let path: readonly string[] = [];
  return steps.reduce((input, step) => {
    const scope = {
      ...emptyScope(place.scope.outer),
      relations: [relationOf(path, path[0] ?? '', 'subquery', step, input)],
    };
    const inside: Place = { ...place, scope };
    place.context.places.push({ start: step.start, end: step.end, place: inside });
    if (step.operator === 'as') path = step.alias === undefined ? [] : keysOf(place, [step.alias]);
    else if (!KEEPS_NAMES.has(step.operator)) path = [];
    const output = bindStep(inside, input, step);
    return { ...output, influences: union([input.influences, output.influences, [...scope.influences]]) };
  }, rows);
}

const KEEPS_NAMES = new Set(['where', 'order by', 'limit', 'tablesample']);

function bindStep(place: Place, input: Rows, step: PipeStep): Rows {
  switch (step.operator) {
    case 'where':
      if (step.condition !== undefined) {
        addInfluences(place, 'filter', bindValue({ ...place, clause: 'where' }, step.condition).sources);
      }
      return input;
    case 'as':
    case 'order by':
    case 'limit':
    case 'tablesample':
      for (const it of step.parts) bindValue(place, it);
      return input;
    case 'select':
    case 'distinct':
      return step.items.length === 0 ? input : itemRows(place, step.items);
    case 'extend':
      return joined(input, itemRows(place, step.items));
    case 'aggregate': {
      const groups = itemRows(place, step.groupBy);
      addInfluences(place, 'group', place.context.sources.union(groups.columns.map(it => it.sources)));
      return joined(groups, itemRows(place, step.items));
    }
    case 'drop': {
      const gone = new Set(step.parts.map(it => (it.kind === 'column' ? keyOf(place, it.parts.at(-1)) : '')));
      return { ...input, columns: input.columns.filter(it => !gone.has(it.key)) };
    }
    case 'rename':
      return renamedRows(place, input, step.items);
    case 'set':
      return changedRows(place, input, step.items);
    default: {
      const [join] = step.parts;
      if (join?.kind === 'join') return starRows(addJoin(place, join, addItem), undefined, step);
      for (const it of [...step.items, ...step.groupBy]) bindValue(place, it);
      for (const it of step.parts) if (it.kind === 'relation') addItem(place, it);
      return UNKNOWN_ROWS;
    }
  }
}

/** `rename a as b`. */
function renamedRows(place: Place, input: Rows, items: PipeStep['items']): Rows {
  const columns = items.reduce<readonly BoundColumn[]>((list, item) => {
    if (item.kind === 'missing' || item.value.kind !== 'column' || item.alias?.kind !== 'name') return list;
    const { alias } = item;
    const key = keyOf(place, item.value.parts.at(-1));
    const fresh = { name: alias.text, key: keyOf(place, alias), definition: { start: alias.start, end: alias.end } };
    bindValue(place, item.value);
    return list.map(it => (it.key === key ? { ...it, ...fresh } : it));
  }, input.columns);
  return { ...input, columns };
}

/** `set a = value`: every value is made from the columns before. */
function changedRows(place: Place, input: Rows, items: PipeStep['items']): Rows {
  const values = new Map(
    items.flatMap((item): [string, Value][] => {
      if (item.kind === 'missing' || item.value.kind !== 'binary' || item.value.operator !== '=') return [];
      const { left, right } = item.value;
      return left.kind === 'column' ? [[keyOf(place, left.parts.at(-1)), bindValue(place, right)]] : [];
    }),
  );
  const columns = input.columns.map((it): BoundColumn => {
    const value = values.get(it.key);
    if (value === undefined) return it;
    return {
      ...it,
      type: decided(value.type, place.context.dialect),
      nullable: value.nullable,
      sources: value.sources,
    };
  });
  return { ...input, columns };
}

const joined = (a: Rows, b: Rows): Rows => ({
  columns: [...a.columns, ...b.columns],
  isOpen: a.isOpen || b.isOpen,
  influences: [],
  rest: a.rest,
});

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
