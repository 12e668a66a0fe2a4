import type { DuckDBConnection } from '@duckdb/node-api';
import { outputOf } from '../../../server/src/binder/bind.ts';
import type { Rows } from '../../../server/src/binder/rows.ts';
import { catalogOf, described, duckdbWith, SHOP, type Schema } from './engine.ts';
import { Dice, Generator } from './generate.ts';

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

/** Another value for every value of a type. */
function changedCell(type: string, column: string): string {
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
export async function mutations(connection: DuckDBConnection, seed: number, nQueries: number): Promise<Mutations> {
  const catalog = catalogOf(SHOP, 'duckdb');
  const generator = new Generator(seed, SHOP, 'duckdb', { isOrdered: true });
  const misses: string[] = [];
  let trials = 0;
  let changed = 0;
  for (let n = 0; n < nQueries; n++) {
    const { sql } = generator.query();
    if ((sql.match(/join/g)?.length ?? 0) > 4) continue;
    const rows = outputOf(described(sql, catalog, 'duckdb').binding);
    const before = await columnsOf(connection, 'main', sql);
    if (rows === undefined || before === undefined || before.length === 0) continue;
    for (const [table, columns] of Object.entries(SHOP)) {
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
