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

describe('all rows of a preview', () => {
  const open = async (sql: string) => {
    const job = String(++nJobs);
    const params = { job, uri: server.uri('models/numbers.sql'), sql };
    return { job, outcome: await server.request('sluice/allRows', params) };
  };
  const next = (job: string, first: number) => server.request('sluice/previewRows', { job, first, count: 2000 });

  test('pass by page for page, as the query gives them, and end', async () => {
    const { job, outcome } = await open('select range as n, repeat($$x$$, 400) as text from range(300000) order by n');
    expect(outcome).toEqual({ kind: 'open' });
    let total = 0;
    for (let rest = 'open'; rest === 'open';) {
      const more = await next(job, total);
      if (more === null) throw new Error('the rows are gone');
      expect(more.page.first).toBe(total);
      if (more.page.rows.length > 0) expect(more.page.rows[0]?.[0]).toBe(total);
      total = more.total;
      rest = more.rest.kind;
    }
    // That is more than is kept in memory of a result that is looked at.
    expect(total).toBe(300_000);
  }, 60_000);

  test('are those of one query that only reads', async () => {
    expect((await open('drop table numbers')).outcome).toMatchObject({ kind: 'failed' });
    expect((await open('select nope')).outcome).toMatchObject({ kind: 'failed' });
  });

  test('end when they are stopped, and before a run', async () => {
    const stopped = await open('select range from range(100000000000)');
    await next(stopped.job, 0);
    await server.client.sendNotification('sluice/cancel', { job: stopped.job });
    expect(await next(stopped.job, 2000)).toMatchObject({ page: { rows: [] }, rest: { kind: 'failed' } });
    const { job } = await open('select range from range(100000000000)');
    await next(job, 0);
    expect(await run(server.uri('models/numbers.sql'), 'file')).toMatchObject({ kind: 'done' });
    const message: unknown = expect.stringContaining('before its last row');
    expect(await next(job, 2000)).toMatchObject({ page: { rows: [] }, rest: { kind: 'failed', message } });
  });
});
