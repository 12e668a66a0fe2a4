import { afterEach, beforeEach, expect, test } from 'vitest';
import { warehouseJobs } from '../../server/src/lsp/warehouse-jobs.ts';
import { createModelDb } from '../../server/src/model/create-db.ts';
import { duckdbWarehouse } from '../../server/src/warehouse/duckdb/warehouse.ts';
import type { Session as WarehouseSession, Warehouse } from '../../server/src/warehouse/warehouse.ts';
import { Session } from './session.ts';

const disk = {
  '/shop/dbt_project.yml': 'name: shop\nprofile: shop',
  '/shop/models/many.sql': 'select range as n from range(1000)',
  '/shop/models/shown.sql': 'explain select 1',
  '/shop/models/wrong.sql': 'select 1 as x,\n  nope',
};
const queried: string[] = [];
let warehouse: Warehouse;
let session: Session;

beforeEach(() => {
  queried.length = 0;
  warehouse = duckdbWarehouse({ credentials: { type: 'duckdb', path: ':memory:' }, projectRoot: '/' });
  const jobs = warehouseJobs({
    clock: { elapsed: () => 0, now: () => '2024-01-01T00:00:00.000000Z' },
    newId: () => 'an-id',
    credentialsOf: () => ({ ok: true, value: { type: 'duckdb' } }),
    openWarehouse: () => listening(warehouse),
    readStatements: () => undefined,
    workerFile: '/not/needed',
    writeArtifact: () => undefined,
    remember: () => undefined,
  });
  session = new Session({ disk, jobs, createDb: createModelDb });
});

afterEach(() => warehouse.close());

/** Writes down what is run, and leaves out what is only estimated. */
function listening(inner: Warehouse): Warehouse {
  return {
    ...inner,
    async session() {
      const opened = await inner.session();
      if (!opened.ok) return opened;
      const { value } = opened;
      const listener: WarehouseSession = {
        execute: (sql, options) => value.execute(sql, options),
        executeAll: (statements, options) => value.executeAll(statements, options),
        insertRows: (target, rows) => value.insertRows(target, rows),
        estimate: (sql, options) => value.estimate(sql, options),
        close: () => value.close(),
        query(sql, options) {
          queried.push(sql);
          return value.query(sql, options);
        },
      };
      return { ok: true, value: listener };
    },
  };
}

const preview = (name: string, costLimit?: object | null): Promise<unknown> =>
  session.client.sendRequest('sluice/previewData', {
    job: name,
    uri: `file:///shop/models/${name}.sql`,
    limit: 5,
    ...(costLimit === undefined ? {} : { costLimit }),
  });

test('a query that is expected to read more than the limit is not run, and the answer says what it would read', async () => {
  expect(await preview('many', { rows: 999, bytes: 1 })).toEqual({
    kind: 'costly',
    message: 'This query is expected to read 1,000 rows (the limit is 999 rows).',
  });
  expect(queried).toEqual([]);
});

test.each([[{ rows: 1000 }], [{}], [null], [undefined]])('within the limit %o it runs', async limit => {
  expect(await preview('many', limit)).toMatchObject({ kind: 'rows', total: 5 });
  expect(queried).toHaveLength(1);
});

test('a statement that only shows something has no cost', async () => {
  expect(await preview('shown', { rows: 0 })).toMatchObject({ kind: 'rows' });
});

test('a mistake in a query that was to be estimated is told at its place in the template', async () => {
  expect(await preview('wrong', { rows: 1 })).toMatchObject({
    kind: 'failed',
    place: { range: { start: { line: 1, character: 2 } } },
  });
  expect(queried).toEqual([]);
});
