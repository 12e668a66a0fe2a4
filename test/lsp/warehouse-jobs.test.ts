import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PreviewDataOutcome } from '../../server/src/protocol.ts';
import { ProjectOnDisk } from '../run/command-line.ts';
import { bundledServer } from '../warehouse/bundle.ts';
import { ServerProcess } from './server-process.ts';

let built: Awaited<ReturnType<typeof bundledServer>>;
let project: ProjectOnDisk;
let server: ServerProcess;

const FILES = {
  'models/numbers.sql': "{{ config(materialized='table') }}select range as n from range(5000)\n",
  'models/doubled.sql': "select 2 * n as n from {{ ref('numbers') }}\n",
};

beforeAll(async () => {
  built = await bundledServer();
  const target = { type: 'duckdb', path: 'shop.duckdb', schema: 'main', threads: 1 };
  project = new ProjectOnDisk(built.server, FILES, { target });
  server = await ServerProcess.start(built.server, project);
}, 60_000);

afterAll(async () => {
  await server.stop();
  project.remove();
  rmSync(built.folder, { recursive: true });
});

const unsaved = 'untitled:Untitled-1';
let nJobs = 0;

async function preview(uri: string): Promise<{ readonly job: string; readonly outcome: PreviewDataOutcome }> {
  const job = String(++nJobs);
  return { job, outcome: await server.request('sluice/previewData', { job, uri, limit: 10 }) };
}

function run(uri: string, select: 'file' | 'upstream') {
  const params = { action: 'build' as const, uri, select, nodes: [], fullRefresh: false };
  return server.request('sluice/run', { job: String(++nJobs), ...params });
}

function write(text: string): void {
  const textDocument = { uri: unsaved, languageId: 'jinja-sql', version: 1, text };
  void server.client.sendNotification('textDocument/didOpen', { textDocument });
}

describe('a query that was never saved', () => {
  test('has everything built that it needs, and its rows shown', async () => {
    write("select max(n) as top from {{ ref('doubled') }}");
    expect(await run(unsaved, 'file')).toMatchObject({ kind: 'refused' });
    const built = await run(unsaved, 'upstream');
    expect(built.kind === 'done' && built.results.map(it => it.node)).toEqual([
      'model.shop.numbers',
      'model.shop.doubled',
    ]);
    expect((await preview(unsaved)).outcome).toMatchObject({ kind: 'rows', page: { rows: [[9998]] } });
  });

  test('may ask the warehouse while it renders', async () => {
    write("select {{ run_query('select count(*) from ' ~ ref('numbers')).columns[0].values()[0] }} as counted");
    expect((await preview(unsaved)).outcome).toMatchObject({ kind: 'rows', page: { rows: [[5000]] } });
  });

  test('is told where it is wrong', async () => {
    write("select\n  no_such_column from {{ ref('numbers') }}");
    const { outcome } = await preview(unsaved);
    expect(outcome).toMatchObject({
      kind: 'failed',
      place: { uri: unsaved, range: { start: { line: 1, character: 2 } } },
    });
  });
});

test('a run closes the queries whose tables it may replace', async () => {
  await run(server.uri('models/numbers.sql'), 'file');
  const { job, outcome } = await preview(server.uri('models/numbers.sql'));
  expect(outcome).toMatchObject({ kind: 'rows', total: 10, rest: { kind: 'open' } });
  const more = await server.request('sluice/previewRows', { job, first: 10, count: 100 });
  expect(more).toMatchObject({ total: 110, rest: { kind: 'open' } });
  expect(await run(server.uri('models/numbers.sql'), 'file')).toMatchObject({ kind: 'done' });
  const after = await server.request('sluice/previewRows', { job, first: 110, count: 100 });
  expect(after).toMatchObject({ rest: { kind: 'closed', message: expect.stringContaining('before the run') } });
});
