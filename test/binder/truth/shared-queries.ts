import type { Column, Generated, Maker, Relation } from './grammar.ts';

/** Groups by several sets of keys at once. */
export const groupedBySets = (it: Maker): Generated | undefined => {
  const from = it.from();
  const [a, b, c] = [it.name('g'), it.name('g'), it.name('g')];
  const key = it.column('text', from.columns);
  const other = it.column('number', from.columns);
  if (key === undefined || other === undefined) return undefined;
  const sets = it.dice.pick([
    `rollup (${key}, ${other})`,
    `cube (${key}, ${other})`,
    `grouping sets ((${key}), (${other}), ())`,
  ]);
  const sql = `select ${key} as ${a}, grouping(${key}) as ${b}, count(*) as ${c} from ${from.sql} group by ${sets}`;
  return {
    sql,
    columns: [
      { name: a, family: 'text' },
      { name: b, family: 'number' },
      { name: c, family: 'number' },
    ],
  };
};

/** A join that makes one column of two of a name. */
export const joinedByName = (it: Maker, outer: Relation): Relation | undefined => {
  const other = it.relation();
  const names = outer.columns.map(column => column.name);
  const shared = other.columns.find(column => names.filter(name => name === column.name).length === 1);
  if (shared === undefined) return undefined;
  const join = it.dice.pick(['join', 'left join', 'full join', 'right join']);
  const merged: Column = { text: shared.name, name: shared.name, family: shared.family };
  const rest = (list: readonly Column[]): readonly Column[] => list.filter(column => column.name !== shared.name);
  return {
    sql: `${outer.sql} ${join} ${other.sql} using (${shared.name})`,
    columns: [merged, ...rest(outer.columns), ...rest(other.columns)],
  };
};
