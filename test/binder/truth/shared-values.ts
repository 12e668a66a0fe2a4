import type { Family, ValueRule } from './grammar.ts';

const COMPARISONS = ['>', '<', '=', '<>', '>=', '<='];

/** How values are made in every engine, by their family. */
export const SHARED_VALUES: Partial<Readonly<Record<Family, readonly ValueRule[]>>> = {
  number: [
    it => `(${it.of('number')} ${it.dice.pick(['+', '-', '*'])} ${it.of('number')})`,
    it => `(${it.of('number')} ${it.dice.pick(['+', '-', '*'])} ${it.constant('number')})`,
    it => `(${it.of('number')} / nullif(${it.of('number')}, 0))`,
    it => `abs(${it.of('number')})`,
    it => `-${it.of('number')}`,
    it => `length(${it.of('text')})`,
    it => `extract(${it.dice.pick(['year', 'month', 'day'])} from ${it.of('date')})`,
    it => `extract(${it.dice.pick(['hour', 'epoch', 'dow', 'second'])} from ${it.of('moment')})`,
    it => `date_part('${it.dice.pick(['year', 'week', 'quarter'])}', ${it.of('moment')})`,
    it => `nullif(${it.of('number')}, ${it.constant('number')})`,
    it => `greatest(${it.of('number')}, ${it.of('number')})`,
    it => `least(${it.of('number')}, ${it.constant('number')})`,
    it => `sign(${it.of('number')})`,
    it => `${it.dice.pick(['floor', 'ceil'])}(${it.of('number')})`,
    it => `(${it.of('date')} - ${it.of('date')})`,
    it => `position('a' in ${it.of('text')})`,
    it => `case ${it.of('number')} when 1 then ${it.of('number')} when 2 then ${it.constant('number')} end`,
  ],
  text: [
    it => `${it.dice.pick(['upper', 'lower', 'reverse', 'ltrim'])}(${it.of('text')})`,
    it => `(${it.of('text')} || ${it.of('text')})`,
    it => `(${it.of('text')} || ${it.of('number')})`,
    it => `substring(${it.of('text')}, 1, 3)`,
    it => `substring(${it.of('text')} from 2 for 3)`,
    it => `cast(${it.of('number')} as varchar)`,
    it => `${it.of('moment')}::varchar`,
    it => `concat(${it.of('text')}, '-', ${it.of('number')})`,
    it => `concat_ws('-', ${it.of('text')}, ${it.of('text')})`,
    it => `replace(${it.of('text')}, 'a', 'b')`,
    it => `trim(${it.of('text')})`,
    it => `trim(both 'x' from ${it.of('text')})`,
    it => `left(${it.of('text')}, 2)`,
    it => `split_part(${it.of('text')}, 'a', 1)`,
    it => `nullif(${it.of('text')}, '')`,
    it => `case ${it.of('text')} when 'paid' then ${it.of('text')} else null end`,
  ],
  date: [
    it => `cast(${it.of('moment')} as date)`,
    it => `(${it.of('date')} + ${it.dice.below(30)})`,
    it => `(${it.of('date')} - 7)`,
    it => `least(${it.of('date')}, ${it.of('date')})`,
    it => `nullif(${it.of('date')}, ${it.of('date')})`,
  ],
  moment: [
    it => `date_trunc('${it.dice.pick(['day', 'month', 'hour'])}', ${it.of('moment')})`,
    it => `(${it.of('date')} + interval '1 day')`,
    it => `(${it.of('moment')} - interval '2 hours')`,
    it => `cast(${it.of('date')} as timestamp)`,
    it => `greatest(${it.of('moment')}, ${it.of('moment')})`,
  ],
  boolean: [
    it => `(${it.of('number')} ${it.dice.pick(COMPARISONS)} ${it.of('number')})`,
    it => `(${it.of('text')} ${it.dice.pick(['=', 'like', '<>', 'not like', 'ilike', 'similar to'])} ${it.of('text')})`,
    it => `(${it.of('boolean')} ${it.dice.pick(['and', 'or'])} ${it.of('boolean')})`,
    it => `not ${it.of('boolean')}`,
    it => `(${it.of('text')} is ${it.dice.pick(['', 'not '])}null)`,
    it => `(${it.of('boolean')} is not true)`,
    it => `(${it.of('number')} ${it.dice.pick(['', 'not '])}between 1 and ${it.of('number')})`,
    it => `(${it.of('date')} in (date '2024-03-01', ${it.of('date')}))`,
    it => `(${it.of('number')} is distinct from ${it.of('number')})`,
    it => `exists (select 1 from ${it.relation().sql})`,
    it => {
      const { sql, columns } = it.relation();
      return `(${it.of('number')} ${it.dice.pick(['in', 'not in', '= any', '> all'])} (select ${it.column('number', columns) ?? '1'} from ${sql}))`;
    },
    it => `((${it.of('number')}, ${it.of('text')}) = (1, 'x'))`,
  ],
  other: [it => it.of('text')],
};

/** Constants that every engine reads. */
export const SHARED_CONSTANTS: Partial<Readonly<Record<Family, readonly string[]>>> = {
  number: ['1', '7', '2.5', '100', '0.25', '40000', '3000000000', '1e3', '00012.50', '.5'],
  text: ["'paid'", "'x'", "''"],
  date: ["date '2024-03-01'", 'current_date'],
  moment: ["timestamp '2024-03-01 10:00:00'"],
  boolean: ['true', 'false'],
};
