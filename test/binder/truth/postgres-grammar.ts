import type { Grammar } from './grammar.ts';
import { POSTGRES_FINALS, POSTGRES_JOINS, POSTGRES_QUERIES, POSTGRES_RELATIONS } from './postgres-queries.ts';
import { POSTGRES_AGGREGATES, POSTGRES_VALUES } from './postgres-values.ts';

/** What PostgreSQL has beside what all engines have. */
export const POSTGRES: Grammar = {
  constants: {
    zoned: ["timestamptz '2024-03-01 10:00:00+00'"],
    span: ["interval '1 day'"],
    clock: ["time '12:30:00'"],
    numbers: ['array[1, 2]', 'array[1.5, 2]'],
    texts: ["array['a', 'b']", "'{x,y}'::text[]"],
    json: [`'{"a": [1]}'::jsonb`],
    bytes: [String.raw`'\x01'::bytea`],
  },
  values: POSTGRES_VALUES,
  aggregates: POSTGRES_AGGREGATES,
  frames: [
    'rows between 1 preceding and current row',
    'rows between unbounded preceding and unbounded following',
    'groups between 1 preceding and 1 following exclude current row',
    'rows 2 preceding exclude ties',
  ],
  relations: POSTGRES_RELATIONS,
  joins: POSTGRES_JOINS,
  queries: POSTGRES_QUERIES,
  finals: POSTGRES_FINALS,
  setOperators: ['union all', 'union', 'union all', 'intersect', 'except', 'except all', 'intersect all'],
  joinWords: ['join', 'left join', 'inner join', 'full join', 'right join', 'cross join'],
  comparesInJoins: false,
};
