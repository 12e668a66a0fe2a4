import { DUCKDB_FINALS } from './duckdb-finals.ts';
import { DUCKDB_JOINS, DUCKDB_QUERIES, DUCKDB_RELATIONS } from './duckdb-queries.ts';
import { DUCKDB_AGGREGATES, DUCKDB_VALUES } from './duckdb-values.ts';
import type { Grammar } from './grammar.ts';

/** What DuckDB has beside what all engines have. */
export const DUCKDB: Grammar = {
  constants: {
    zoned: ["timestamptz '2024-03-01 10:00:00+00'"],
    span: ["interval '1 day'", 'interval 3 hours'],
    clock: ["time '12:30:00'"],
    numbers: ['[1, 2]', '[]::integer[]', '[1.5, 2]'],
    texts: ["['a', 'b']", "['x']"],
    struct: ["{'city': 'x', 'lat': 1.0::double, 'lon': 2.0::double}"],
    structs: ["[{'sku': 'a', 'price': 1.5::decimal(8,2)}]"],
    map: ["map {'a': 1}"],
    json: [`'{"a": [1]}'::json`],
    bytes: [`'\\x01'::blob`],
    number: ['1_000', '-3', '99999999999999999999', '1.0', '123456.789'],
  },
  values: DUCKDB_VALUES,
  aggregates: DUCKDB_AGGREGATES,
  frames: [
    'rows between 1 preceding and current row',
    'rows between unbounded preceding and unbounded following',
    'groups between 1 preceding and 1 following exclude current row',
    'range between 10 preceding and 10 following',
    'rows 2 preceding exclude ties',
  ],
  relations: DUCKDB_RELATIONS,
  joins: DUCKDB_JOINS,
  queries: DUCKDB_QUERIES,
  finals: DUCKDB_FINALS,
  setOperators: [
    'union all',
    'union',
    'union all',
    'intersect',
    'except',
    'except all',
    'intersect all',
    'union all by name',
    'union by name',
  ],
  joinWords: ['join', 'left join', 'inner join', 'full join', 'right join', 'cross join', ','],
  comparesInJoins: true,
};
