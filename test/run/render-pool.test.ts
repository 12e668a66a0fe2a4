import { rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { err, ok, type Result } from '../../server/src/base/result.ts';
import type { StatementResult } from '../../server/src/base/statement.ts';
import type { NodeOutcome } from '../../server/src/run/node-outcome.ts';
import { RenderPool } from '../../server/src/run/render-pool.ts';
import { executeInOrder } from '../../server/src/warehouse/in-order.ts';
import type { Session, Warehouse, WarehouseFailure } from '../../server/src/warehouse/warehouse.ts';
import { projectDb } from '../kit/project.ts';
import { parseFixture } from '../kit/fixture.ts';
import { bundled } from '../warehouse/bundle.ts';

let library: string;
let script: string;
let pool: RenderPool;

/** Threads that run a piece of code with their access, instead of rendering. What they send is open at the end. */
beforeAll(async () => {
  library = await bundled('server/src/run/blocking-access.ts', 'pool-access');
  script = library.replace('.cjs', '.worker.cjs');
  writeFileSync(
    script,
    `const { workerData: { line }, parentPort } = require('node:worker_threads');
    const { blockingAccess } = require(${JSON.stringify(path.resolve(library))});
    parentPort.on('message', ({ job, changes }) => {
      const { access, takeRequests } = blockingAccess(line);
      const statements = [];
      const send = sql => {
        const number = access.send(sql, { isGivenUp: false });
        statements.push({ number, pieces: [], site: undefined, isInTransaction: true, nLog: 0, written: sql });
        return number;
      };
      const open = { main: new Function('access', 'send', job.macro)(access, send), statements };
      const outcome = { status: 'rendered', compiledSql: JSON.stringify(changes), log: [], open };
      const known = [{ kind: 'dropped', relation: { identifier: job.macro } }];
      line.port.postMessage({ kind: 'outcome', outcome, changes: known, requests: takeRequests() });
    });
    line.port.postMessage({ kind: 'ready' });`,
  );
});

afterEach(() => pool.close());

afterAll(() => {
  rmSync(library);
  rmSync(script);
});

interface Setting {
  /** How many sessions cannot be opened before one can. */
  readonly nRefused?: number;
  readonly workerFile?: string;
  readonly lanes?: number;
  readonly execute?: (sql: string) => Promise<Result<StatementResult, WarehouseFailure>>;
}

interface Used {
  readonly sent: string[];
  nOpened: number;
  nClosed: number;
  readonly does: (code: string, lane?: number) => Promise<NodeOutcome>;
}

const answered = ok({ columns: [], rows: [], status: 'DONE', rowsAffected: 7 });

function poolOf({ lanes = 1, execute = async () => answered, workerFile = script, nRefused = 0 }: Setting): Used {
  const does = (macro: string, lane = 0): Promise<NodeOutcome> =>
    pool.do({ kind: 'operation', macro, args: new Map() }, lane, new AbortController().signal);
  const used: Used = { sent: [], nOpened: 0, nClosed: 0, does };
  const session: Session = {
    execute(sql) {
      used.sent.push(sql);
      return execute(sql);
    },
    executeAll: (statements, { signal }) => executeInOrder(session, statements, signal),
    insertRows: () => Promise.reject(new Error('not asked for')),
    query: () => Promise.reject(new Error('not asked for')),
    estimate: async () => ok(undefined),
    close: async () => void used.nClosed++,
  };
  const warehouse: Warehouse = {
    async session() {
      const isRefused = ++used.nOpened <= nRefused;
      return isRefused ? err({ kind: 'connection', message: 'not now' }) : ok(session);
    },
    close: () => Promise.resolve(),
  };
  const db = projectDb(parseFixture('select 1'));
  const input = { root: '', files: new Map() } as never;
  pool = new RenderPool({ workerFile, input, db, warehouse, lanes });
  return used;
}

/** A statement that ends when so many of it are under way at the same time. */
function together(wanted: number): () => Promise<Result<StatementResult, WarehouseFailure>> {
  let arrived = 0;
  let open: () => void = () => undefined;
  const all = new Promise<void>(resolve => {
    open = resolve;
  });
  return async () => {
    if (++arrived === wanted) open();
    await all;
    return answered;
  };
}

const N_LANES = availableParallelism() + 2;
const lanes = Array.from({ length: N_LANES }, (_, lane) => lane);

test('jobs that wait for the warehouse get as many threads as there are lanes', async () => {
  const { does } = poolOf({ lanes: N_LANES, execute: together(N_LANES) });
  const outcomes = await Promise.all(lanes.map(lane => does("access.execute('select 1', { fetch: true })", lane)));
  expect(outcomes.map(it => it.status)).toEqual(lanes.map(() => 'rendered'));
});

test('jobs that do not wait share a thread, and end with what the warehouse says', async () => {
  const { does } = poolOf({ lanes: N_LANES, execute: together(N_LANES) });
  const outcomes = await Promise.all(lanes.map(lane => does("return send('create')", lane)));
  expect(outcomes.map(it => [it.status, it.rows])).toEqual(lanes.map(() => ['DONE', 7]));
});

test('a refused statement fails its job, is rolled back, and what is known of relations is forgotten', async () => {
  const refusal: WarehouseFailure = { kind: 'statement', message: 'no' };
  const { does, sent } = poolOf({ execute: async sql => (sql === 'wrong' ? err(refusal) : answered) });
  const outcome = await does("for (const sql of ['begin', 'wrong', 'never']) send(sql)");
  expect(outcome.failure).toMatchObject({ message: 'no', dbtMessage: 'Database Error\n  no' });
  expect(outcome.runSql).toBe('wrong');
  expect(sent).toEqual(['begin', 'wrong', 'ROLLBACK']);
  expect((await does('')).compiledSql).toBe('[{"kind":"unknown"}]');
});

test('what a job changed is known to the next, and that a drop took more along', async () => {
  const { does } = poolOf({
    execute: async sql => (sql === 'drop' ? ok({ ...answered.value, cascaded: true }) : answered),
  });
  await does("send('drop')");
  expect(JSON.parse((await does('')).compiledSql ?? '')).toEqual([
    { kind: 'dropped', relation: { identifier: "send('drop')" } },
    { kind: 'unknown' },
  ]);
});

test('a thread that ends fails its job; the next job gets another one, and another session', async () => {
  const used = poolOf({});
  const outcome = await used.does("access.execute('select 1', { fetch: true }); process.exit(1)");
  expect(outcome.failure?.message).toBe('The rendering thread was ended.');
  expect((await used.does("return send('create')")).status).toBe('DONE');
  expect([used.nOpened, used.nClosed]).toEqual([2, 1]);
});

test('threads that cannot start fail the jobs', async () => {
  const { does } = poolOf({ workerFile: '/nowhere.cjs' });
  const outcomes = await Promise.all([does(''), does('')]);
  const message = expect.stringMatching(/^The rendering thread failed: Cannot find module/);
  expect(outcomes.map(it => it.failure)).toMatchObject([{ message }, { message }]);
});

test('sessions that are opened ahead are used, and one that could not be opened is tried again', async () => {
  const used = poolOf({ lanes: 2, nRefused: 1 });
  pool.openSessions(2);
  const outcomes = await Promise.all([0, 1].map(lane => used.does("return send('create')", lane)));
  expect(outcomes.map(it => it.status)).toEqual(['DONE', 'DONE']);
  expect(used.nOpened).toBe(3);
});
