import type { DuckDBConnection } from '@duckdb/node-api';
import { outputOf } from '../../../server/src/binder/bind.ts';
import type { Rows } from '../../../server/src/binder/rows.ts';
import { Dice } from './dice.ts';
import { DUCKDB } from './duckdb-grammar.ts';
import { catalogOf, described, duckdbWith, type Schema } from './engine.ts';
import { Generator } from './generate.ts';

/** How changes of one source column showed in the outputs of many queries. */
export interface Mutations {
  /** Pairs of an output column and a changed source column that were looked at. */
  readonly trials: number;
  /** Those in which the output changed. */
  readonly changed: number;
  /** Changes that nobody predicted: the query, its column, and the source. */
  readonly misses: readonly string[];
}

/** A value of a type, as SQL. */
function cell(type: string, dice: Dice): string {
  if (dice.once(9)) return 'null';
  const nested = NESTED_CELLS.get(type);
  if (nested !== undefined) return nested(dice);
  if (/VARCHAR/.test(type)) return dice.pick(["'paid'", "'open'", "'x'", "'abc'", "'paid'", "'web'"]);
  if (/TIMESTAMP/.test(type)) {
    return `timestamp '2024-0${1 + dice.below(4)}-0${1 + dice.below(9)} 1${dice.below(9)}:00:00'`;
  }
  if (/DATE/.test(type)) return `date '2024-0${1 + dice.below(4)}-0${1 + dice.below(9)}'`;
  if (/BOOLEAN/.test(type)) return dice.pick(['true', 'false']);
  return /DECIMAL|DOUBLE|FLOAT/.test(type)
    ? `${dice.below(12)}.${dice.pick(['0', '25', '5'])}`
    : String(1 + dice.below(9));
}

const NESTED_CELLS: ReadonlyMap<string, (dice: Dice) => string> = new Map([
  ['VARCHAR[]', dice => dice.pick(["['a', 'paid']", "['x']", "['b', 'x', 'open']"])],
  ['INTEGER[]', dice => `[${dice.below(5)}, ${1 + dice.below(9)}]`],
  [
    'STRUCT(city VARCHAR, lat DOUBLE, lon DOUBLE)',
    dice => `{'city': '${dice.pick(['x', 'y'])}', 'lat': ${dice.below(9)}, 'lon': 2.5}`,
  ],
  [
    'STRUCT(sku VARCHAR, price DECIMAL(8,2))[]',
    dice => `[{'sku': '${dice.pick(['x', 'paid'])}', 'price': ${dice.below(9)}.5}]`,
  ],
  ['MAP(VARCHAR, INTEGER)', dice => `map {'a': ${dice.below(9)}}`],
  ['INTERVAL', dice => `interval ${1 + dice.below(9)} hours`],
  ['JSON', dice => `'{"a": {"b": "x"}, "n": ${dice.below(9)}}'`],
  ['TIME', dice => `time '1${dice.below(9)}:00:00'`],
  ['UUID', dice => `'00000000-0000-0000-0000-00000000000${dice.below(9)}'`],
  ['BLOB', dice => String.raw`'\x0${dice.below(9)}'`],
]);

/** Another value for every value of a type of its own. */
const NESTED_CHANGES: ReadonlyMap<string, (column: string) => string> = new Map([
  ['VARCHAR[]', it => `coalesce(list_append(list_transform(${it}, x -> x || 'q'), 'new'), ['was null'])`],
  ['INTEGER[]', it => `coalesce(list_append(list_transform(${it}, x -> x + 3), 7), [1])`],
  [
    'STRUCT(city VARCHAR, lat DOUBLE, lon DOUBLE)',
    it => `{'city': coalesce(${it}.city || 'q', 'was null'), 'lat': 11 - coalesce(${it}.lat, 3), 'lon': 0.5}`,
  ],
  [
    'STRUCT(sku VARCHAR, price DECIMAL(8,2))[]',
    it =>
      `coalesce(list_append(list_transform(${it}, x -> {'sku': x.sku || 'q', 'price': 9.5 - x.price}), {'sku': 'n', 'price': 1.5}), [{'sku': 'n', 'price': 1}])`,
  ],
  ['MAP(VARCHAR, INTEGER)', it => `map {'a': coalesce(11 - ${it}['a'], 3), 'z': 4}`],
  ['INTERVAL', it => `coalesce(${it} * 2 + interval 1 day, interval 1 minute)`],
  ['JSON', it => `json_object('a', json_object('b', 'q'), 'n', coalesce(11 - (${it}->>'n')::integer, 3))`],
  ['TIME', it => `coalesce(${it} + interval 90 minutes, time '01:00:00')`],
  ['UUID', it => `coalesce(replace(${it}::varchar, '0000-', '1111-'), '00000000-0000-0000-0000-0000000000ff')::uuid`],
  ['BLOB', it => `coalesce(${it} || '\\xFF'::blob, '\\xEE'::blob)`],
  ['TIMESTAMP WITH TIME ZONE', it => `coalesce(${it} + interval '37 days 3 hours', timestamptz '2020-01-01')`],
]);

/** Another value for every value of a type. */
function changedCell(type: string, column: string): string {
  const nested = NESTED_CHANGES.get(type);
  if (nested !== undefined) return nested(column);
  if (/VARCHAR/.test(type)) return `coalesce('q' || reverse(${column}), 'was null')`;
  if (/TIMESTAMP/.test(type)) return `coalesce(${column} + interval '37 days 3 hours', timestamp '2020-01-01')`;
  if (/DATE/.test(type)) return `coalesce(${column} + 37, date '2020-01-01')`;
  if (/BOOLEAN/.test(type)) return `coalesce(not ${column}, true)`;
  return `coalesce(11 - ${column}, 5)`;
}

/** A database with some rows in every table, and one schema more for each column, in which that column is changed. */
export async function mutatedDuckdb(schema: Schema, nRows: number): Promise<DuckDBConnection> {
  const connection = await duckdbWith(schema);
  const dice = new Dice(7);
  await connection.run('set threads to 1');
  for (const [table, columns] of Object.entries(schema)) {
    const rows = Array.from(
      { length: nRows },
      () =>
        `(${Object.values(columns)
          .map(it => cell(it, dice))
          .join(', ')})`,
    );
    await connection.run(`insert into ${table} values ${rows.join(', ')}`);
  }
  for (const [table, columns] of Object.entries(schema)) {
    for (const [column, type] of Object.entries(columns)) {
      const name = `changed_${table}_${column}`;
      await connection.run(`create schema ${name}`);
      for (const other of Object.keys(schema)) {
        await connection.run(`create table ${name}.${other} as from main.${other}`);
      }
      await connection.run(`update ${name}.${table} set "${column}" = ${changedCell(type, `"${column}"`)}`);
    }
  }
  return connection;
}

/** The values of each column without their order; `undefined` when the query fails on the data. */
async function columnsOf(
  connection: DuckDBConnection,
  schema: string,
  sql: string,
): Promise<readonly string[] | undefined> {
  await connection.run(`set schema = '${schema}'`);
  try {
    const rows = (await connection.runAndReadAll(sql)).getRowsJson();
    const [first = []] = rows;
    return first.map((_, at) =>
      rows
        .map(row => rounded(row[at]))
        .toSorted()
        .join('\n'),
    );
  } catch {
    return undefined;
  }
}

/** Sums of fractions differ in their last digits with the order of their parts. */
function rounded(value: unknown): string {
  const isFraction =
    typeof value === 'number' || (typeof value === 'string' && /^-?\d+\.\d+(?:e[+-]?\d+)?$/.test(value));
  return isFraction ? Number(value).toPrecision(6) : JSON.stringify(value);
}

/** What a column is predicted to depend on: what its values are made from, and what decides about rows. */
function predicted(rows: Rows, at: number): ReadonlySet<string> {
  const sources = rows.columns[at]?.sources ?? [];
  return new Set([...sources, ...rows.influences.map(it => it.source)].map(it => `${it.relation}.${it.column}`));
}

/** Changes each source column under random queries, and looks for outputs that change without being predicted. */
export async function mutations(
  connection: DuckDBConnection,
  schema: Schema,
  { seed, nTrials }: { readonly seed: number; readonly nTrials: number },
): Promise<Mutations> {
  const catalog = catalogOf(schema, 'duckdb');
  const generator = new Generator(seed, schema, DUCKDB, { isOrdered: true });
  const misses: string[] = [];
  let trials = 0;
  let changed = 0;
  while (trials < nTrials) {
    const sql = generator.query();
    // Products of many relations take long and show no more than others.
    if ((sql.match(/join|, (?:orders|customers|events|nested|cte_\d+) /g)?.length ?? 0) > 4) continue;
    const rows = outputOf(described(sql, catalog, 'duckdb').binding);
    const before = await columnsOf(connection, 'main', sql);
    if (rows === undefined || before === undefined || before.length === 0) continue;
    for (const [table, columns] of Object.entries(schema)) {
      if (!sql.includes(table)) continue;
      for (const column of Object.keys(columns)) {
        const source = `${table}.${column}`;
        const open = before.flatMap((_, at) => (predicted(rows, at).has(source) ? [] : [at]));
        const after = await columnsOf(connection, `changed_${table}_${column}`, sql);
        if (after === undefined) continue;
        trials += before.length;
        changed += after.length === 0 ? before.length : before.filter((it, at) => it !== after[at]).length;
        for (const at of open) {
          if (before[at] !== after[at]) misses.push(`${rows.columns[at]?.name ?? at} depends on ${source}: ${sql}`);
        }
      }
    }
  }
  return { trials, changed, misses };
}
