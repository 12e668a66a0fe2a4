import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { ok } from '../../server/src/base/result.ts';
import { JobStatements, type WorkingSession } from '../../server/src/run/job-statements.ts';
import { RenderThread } from '../../server/src/run/render-thread.ts';
import { executeInOrder } from '../../server/src/warehouse/in-order.ts';
import type { Session } from '../../server/src/warehouse/warehouse.ts';
import { bundled } from '../warehouse/bundle.ts';

let library: string;
let script: string;
let thread: RenderThread;

/** A thread that does what it is told through its access and tells what it saw, instead of rendering. */
beforeAll(async () => {
  library = await bundled('server/src/run/blocking-access.ts', 'blocking-access');
  script = library.replace('.cjs', '.worker.cjs');
  writeFileSync(
    script,
    `const { workerData: { line }, parentPort } = require('node:worker_threads');
    const { blockingAccess } = require(${JSON.stringify(path.resolve(library))});
    const seen = [];
    const attempt = work => {
      try {
        seen.push(work());
      } catch (error) {
        seen.push([error.name, error.message, error.sql, error.position, error.sent]);
      }
    };
    parentPort.on('message', ({ job }) => {
      seen.length = 0;
      const { access, takeRequests } = blockingAccess(line);
      new Function('access', 'attempt', job.macro)(access, attempt);
      const status = JSON.stringify(seen, (_, it) => typeof it === 'bigint' ? it + 'n' : it);
      line.port.postMessage({ kind: 'outcome', outcome: { status }, changes: [], requests: takeRequests() });
    });
    line.port.postMessage({ kind: 'ready' });`,
  );
});

afterEach(() => thread.close());

afterAll(() => {
  rmSync(library);
  rmSync(script);
});

interface Did {
  readonly seen: unknown;
  readonly sent: readonly string[];
  readonly refused: unknown;
}

/** Lets a thread do a piece of code against a session that takes its time and refuses `wrong`. */
async function did(code: string, meanwhile: () => void = () => undefined): Promise<Did> {
  const sent: string[] = [];
  const session: WorkingSession = {
    executeAll: (all, { signal }) => executeInOrder({ execute }, all, signal),
    insertRows: async (_, rows) => ok(rows.nRows),
  };
  const execute: Session['execute'] = async sql => {
    sent.push(sql);
    await new Promise(resolve => setTimeout(resolve, 5));
    meanwhile();
    await new Promise(resolve => setTimeout(resolve, 5));
    if (sql === 'wrong') return { ok: false, failure: { kind: 'statement', message: 'no', position: 3 } };
    return ok({ columns: [], rows: [[BigInt(sql.length) + 2n ** 60n]], status: 'OK', rowsAffected: undefined });
  };
  const statements = new JobStatements(async () => ok({ session, signal: new AbortController().signal }));
  thread = new RenderThread(script, { input: { root: '', files: new Map() } as never, rehearses: false });
  await thread.ready;
  const job = { kind: 'operation', macro: code, args: new Map() } as const;
  const rendered = await thread.render({ job, changes: [] }, statements, new AbortController().signal);
  if (rendered.kind !== 'outcome') throw new Error(rendered.why);
  const { refused } = await statements.settled();
  return { seen: JSON.parse(rendered.outcome.status ?? ''), sent, refused };
}

test('a thread that renders gets each answer before it goes on, and failures as errors', async () => {
  const { seen } = await did(`
    attempt(() => access.execute('select 1', { fetch: true }).rows[0][0]);
    attempt(() => access.insertRows({ relation: 't', columns: ['a'], types: ['int'] }, [['1'], [null]]));
    attempt(() => access.execute('wrong', { fetch: false }));
    attempt(() => access.execute('select 22', { fetch: true }).rows[0][0]);
  `);
  expect(seen).toEqual([`${2n ** 60n + 8n}n`, 2, ['WarehouseError', 'no', 'wrong', 3, null], `${2n ** 60n + 9n}n`]);
});

test('a stroke of the bell that comes late wakes nobody for good', async () => {
  const { notify } = Atomics;
  const strokes: (() => void)[] = [];
  const spy = vi.spyOn(Atomics, 'notify').mockImplementation((bell, index) => {
    strokes.push(() => notify(bell, index));
    return notify(bell, index);
  });
  const { seen } = await did(
    "for (const n of [1, 22]) attempt(() => access.execute('select ' + n, { fetch: true }).rows[0][0]);",
    () => strokes.at(-1)?.(),
  );
  spy.mockRestore();
  expect(strokes).toHaveLength(2);
  expect(seen).toEqual([`${2n ** 60n + 8n}n`, `${2n ** 60n + 9n}n`]);
});

test('what is sent runs in order while the thread goes on, and is told of when it is asked for', async () => {
  const { seen, sent, refused } = await did(`
    const [a, b] = ['create a', 'create bb'].map(sql => access.send(sql, { isGivenUp: false }));
    attempt(() => [a, b]);
    attempt(() => access.answerTo(a).rows[0][0]);
    attempt(() => access.answerTo(b).rows[0][0]);
    access.send('drop', { isGivenUp: false });
  `);
  expect(seen).toEqual([[1, 2], `${2n ** 60n + 8n}n`, `${2n ** 60n + 9n}n`]);
  expect(sent).toEqual(['create a', 'create bb', 'drop']);
  expect(refused).toBeUndefined();
});

test('after a refusal nothing runs that was asked before the thread knew of it', async () => {
  const { seen, sent } = await did(`
    for (const sql of ['begin', 'wrong', 'never']) access.send(sql, { isGivenUp: false });
    attempt(() => access.execute('neither', { fetch: true }));
    attempt(() => access.execute('again', { fetch: true }).status);
  `);
  expect(seen).toEqual([['WarehouseError', 'no', 'wrong', 3, 2], 'OK']);
  expect(sent).toEqual(['begin', 'wrong', 'again']);
});

test('a refusal that the thread does not wait for is told at the end, unless it is of no matter', async () => {
  const last = await did("for (const sql of ['wrong', 'never']) access.send(sql, { isGivenUp: false });");
  expect(last.refused).toEqual({ number: 1, failure: { kind: 'statement', message: 'no', position: 3 } });
  expect(last.sent).toEqual(['wrong']);
  await thread.close();
  const givenUp = await did("access.send('wrong', { isGivenUp: true });");
  expect(givenUp).toMatchObject({ sent: ['wrong'], refused: undefined });
});

test('a thread that ends tells so, as does one that has ended', async () => {
  await expect(did('process.exit(1)')).rejects.toThrow('The rendering thread was ended.');
  const job = { kind: 'operation', macro: '', args: new Map() } as const;
  const statements = new JobStatements(() => Promise.reject(new Error('not asked for')));
  const rendered = await thread.render({ job, changes: [] }, statements, new AbortController().signal);
  expect(rendered).toEqual({ kind: 'ended', why: 'The rendering thread was ended.' });
});
