import { describe, expect, test } from 'vitest';
import type { JobRunner, ShownResult } from '../../server/src/lsp/job-runner.ts';
import type { RunEventMessage } from '../../server/src/protocol.ts';
import { Session } from './session.ts';

const disk = { '/shop/dbt_project.yml': 'name: shop', '/shop/models/a.sql': 'on disk' };
const uri = 'file:///shop/models/a.sql';

/** What was asked of the result of a preview. */
const done: string[] = [];

/** Answers a preview with the text it was given, and runs until it is cancelled. */
const runner: JobRunner = {
  run: (_, request, { signal, onEvent }) => {
    onEvent({ kind: 'started', node: request.file ?? 'project' });
    return new Promise(resolve => {
      signal.addEventListener('abort', () => resolve({ kind: 'cancelled', results: [], seconds: 1 }));
    });
  },
  preview: async ({ input }, { file, limit }) => {
    const rows = Array.from({ length: limit }, (_, index) => [index, input.files.get(file) ?? null]);
    const page = { first: 0, rows: rows.slice(0, 2) };
    const columns = [{ name: 'n', type: 'INTEGER', kind: 'number' as const }];
    const result: ShownResult = {
      page: async (first, count) => {
        done.push(`page ${first}`);
        const more = { first, rows: rows.slice(first, first + count) };
        return { page: more, total: limit, rest: { kind: 'none' } };
      },
      stop: () => void done.push('stop'),
      close: async () => void done.push('close'),
      release: async () => void done.push('release'),
    };
    const rest = { kind: 'open' as const };
    return { result, outcome: { kind: 'rows', columns, page, total: limit, rest, seconds: 0, sql: 'select' } };
  },
  allRows: async () => ({ outcome: { kind: 'failed', message: 'not asked for here' } }),
  close: async () => undefined,
};

const run = { job: '1', action: 'run', uri, select: 'file', nodes: [], fullRefresh: false };

describe('runs', () => {
  test('a run tells how it goes and can be cancelled', async () => {
    const session = new Session({ disk, jobs: runner });
    const events: RunEventMessage[] = [];
    session.client.onNotification('sluice/runEvent', (message: RunEventMessage) => {
      events.push(message);
      void session.client.sendNotification('sluice/cancel', { job: message.job });
    });
    expect(await session.client.sendRequest('sluice/run', run)).toMatchObject({ kind: 'cancelled' });
    expect(events).toEqual([{ job: '1', event: { kind: 'started', node: 'models/a.sql' } }]);
  });

  test('the root of a project stands for all of it', async () => {
    const session = new Session({ disk, jobs: runner });
    const nodes: unknown[] = [];
    session.client.onNotification('sluice/runEvent', ({ job, event }: RunEventMessage) => {
      nodes.push(event);
      void session.client.sendNotification('sluice/cancel', { job });
    });
    await session.client.sendRequest('sluice/run', { ...run, uri: 'file:///shop', select: 'project' });
    expect(nodes).toEqual([{ kind: 'started', node: 'project' }]);
  });

  test('nothing runs in a workspace that is not trusted', async () => {
    const session = new Session({ disk, jobs: runner, trusted: false });
    expect(await session.client.sendRequest('sluice/run', run)).toMatchObject({ kind: 'refused' });
    const preview = { job: '2', uri, limit: 1 };
    expect(await session.client.sendRequest('sluice/previewData', preview)).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('trust'),
    });
  });

  test('a runner that crashes is a refusal, not the end of the server', async () => {
    const crashing: JobRunner = { ...runner, run: () => Promise.reject(new Error('a bug')) };
    const session = new Session({ disk, jobs: crashing });
    expect(await session.client.sendRequest('sluice/run', run)).toMatchObject({ kind: 'refused' });
    expect(await session.client.sendRequest('sluice/projects', {})).toHaveLength(1);
  });
});

describe('data previews', () => {
  test('the unsaved text is queried, and rows are kept until they are released', async () => {
    const session = new Session({ disk, jobs: runner });
    session.open('/shop/models/a.sql', 'not saved');
    const outcome = await session.client.sendRequest('sluice/previewData', { job: '1', uri, limit: 5 });
    expect(outcome).toMatchObject({
      kind: 'rows',
      total: 5,
      page: {
        rows: [
          [0, 'not saved'],
          [1, 'not saved'],
        ],
      },
    });
    const wanted = { job: '1', first: 3, count: 10 };
    expect(await session.client.sendRequest('sluice/previewRows', wanted)).toMatchObject({
      page: {
        first: 3,
        rows: [
          [3, 'not saved'],
          [4, 'not saved'],
        ],
      },
      total: 5,
      rest: { kind: 'none' },
    });
    void session.client.sendNotification('sluice/cancel', { job: '1' });
    void session.client.sendNotification('sluice/closeRows', { job: '1' });
    void session.client.sendNotification('sluice/releaseRows', { job: '1' });
    expect(await session.client.sendRequest('sluice/previewRows', wanted)).toBeNull();
    expect(done).toEqual(['page 3', 'stop', 'close', 'release']);
  });
});

test('a preview of a part hands on where in the text it is, and which branch is wanted', async () => {
  const asked: unknown[] = [];
  const session = new Session({
    disk: { ...disk, '/shop/models/a.sql': 'select 1\nfrom b' },
    jobs: {
      ...runner,
      preview: async (_, { part, incremental }) => {
        asked.push([part, incremental]);
        return { outcome: { kind: 'cancelled' } };
      },
    },
  });
  const start = { line: 1, character: 0 };
  const params = { job: '1', uri, limit: 5 };
  const parts = [
    { part: { kind: 'selection', range: { start, end: { line: 1, character: 4 } } }, incremental: true },
    { part: { kind: 'cte', position: start }, incremental: null },
    {},
  ];
  for (const it of parts) await session.client.sendRequest('sluice/previewData', { ...params, ...it });
  expect(asked).toEqual([
    [{ kind: 'selection', range: { start: 9, end: 13 } }, true],
    [{ kind: 'cte', offset: 9 }, undefined],
    [{ kind: 'whole' }, undefined],
  ]);
});
