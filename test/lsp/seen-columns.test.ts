import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { warehouseJobs } from '../../server/src/lsp/warehouse-jobs.ts';
import { createModelDb } from '../../server/src/model/create-db.ts';
import { withSeen } from '../../server/src/model/seen-relations.ts';
import { duckdbWarehouse } from '../../server/src/warehouse/duckdb/warehouse.ts';
import { bundled } from '../warehouse/bundle.ts';
import { Session } from './session.ts';

let workerFile: string;

beforeAll(async () => {
  workerFile = await bundled('server/src/run/worker.ts', 'seen-columns');
}, 60_000);

afterAll(() => rmSync(workerFile));

/** The columns of a pivot come from the data, so no reading of the query tells them. */
const disk = {
  '/shop/dbt_project.yml': 'name: shop\nprofile: shop',
  '/shop/models/opaque.sql':
    "{{ config(materialized='table') }}pivot (select 'spring' as season, 7 as sold) on season using sum(sold)",
  '/shop/models/below.sql': "select o. from {{ ref('opaque') }} as o",
};

async function columnsOffered(session: Session): Promise<readonly string[]> {
  const items = await session.client.sendRequest<{ label: string; kind: number }[]>('textDocument/completion', {
    textDocument: { uri: 'file:///shop/models/below.sql' },
    position: { line: 0, character: 9 },
  });
  return items.filter(it => it.kind === FIELD).map(it => it.label);
}

const FIELD = 5;

test('completion knows the columns of a model that only the warehouse can tell, once it is built', async () => {
  const warehouse = duckdbWarehouse({ credentials: { type: 'duckdb', path: ':memory:' }, projectRoot: '/' });
  const jobs = warehouseJobs({
    clock: { elapsed: () => 0, now: () => '2024-01-01T00:00:00Z' },
    newId: () => 'an-id',
    credentialsOf: () => ({ ok: true, value: { type: 'duckdb' } }),
    openWarehouse: () => warehouse,
    readStatements: () => undefined,
    workerFile,
    writeArtifact: () => undefined,
    remember: (_, seen) => session.disk.set(FILE, withSeen(session.disk.get(FILE), seen)),
  });
  const session = new Session({ disk: disk, jobs, createDb: createModelDb, profiles: PROFILES });
  session.open('/shop/models/below.sql', disk['/shop/models/below.sql']);
  expect(await columnsOffered(session)).toEqual([]);
  const run = { job: '1', action: 'run', select: 'file', nodes: [], fullRefresh: false };
  expect(
    await session.client.sendRequest('sluice/run', { ...run, uri: 'file:///shop/models/opaque.sql' }),
  ).toMatchObject({
    kind: 'done',
    results: [{ status: 'success' }],
  });
  expect(await columnsOffered(session)).toEqual(['spring']);
  await jobs.close();
}, 60_000);

const FILE = '/shop/target/sluice_catalog.json';
const PROFILES = 'shop: {target: dev, outputs: {dev: {type: duckdb, path: ":memory:", schema: main}}}';
