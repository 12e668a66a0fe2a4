import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ok } from '../../server/src/base/result.ts';
import { serveBlocked, type BlockingLine } from '../../server/src/run/blocking-access.ts';
import type { Session } from '../../server/src/warehouse/warehouse.ts';
import { bundled } from '../warehouse/bundle.ts';

let library: string;
let script: string;

beforeAll(async () => {
  library = await bundled('server/src/run/blocking-access.ts', 'blocking-access');
  script = library.replace('.cjs', '.worker.cjs');
  writeFileSync(
    script,
    `const { workerData, parentPort } = require('node:worker_threads');
    const access = require(${JSON.stringify(path.resolve(library))}).blockingAccess(workerData.line);
    const seen = [];
    try {
      seen.push(access.execute('select 1', { fetch: true }).rows[0][0]);
      seen.push(access.execute('select 2', { fetch: true }).rows[0][0]);
      seen.push(access.insertRows({ relation: 't', columns: ['a'], types: ['int'] }, [['1'], [null]]));
      access.execute('wrong', { fetch: false });
    } catch (error) {
      seen.push([error.name, error.message, error.sql, error.position]);
    }
    parentPort.postMessage(seen);`,
  );
});

afterAll(() => {
  rmSync(library);
  rmSync(script);
});

const sessionAnswering = (execute: Session['execute']): Session => ({
  execute,
  insertRows: async (_, rows) => ok(rows.nRows),
  query: () => Promise.reject(new Error('not asked for')),
  estimate: async () => ok(undefined),
  close: () => Promise.resolve(),
});

test('a stroke of the bell that comes late wakes nobody for good', async () => {
  const { port1, port2 } = new MessageChannel();
  const bell = new Int32Array(new SharedArrayBuffer(4));
  const session = sessionAnswering(async sql => {
    await new Promise(resolve => setTimeout(resolve, 20));
    Atomics.notify(bell, 0);
    await new Promise(resolve => setTimeout(resolve, 20));
    return ok({ columns: [], rows: [[BigInt(sql.length)]], status: 'OK', rowsAffected: undefined });
  });
  serveBlocked({ port: port1, bell }, async () => ok({ session, signal: new AbortController().signal }));
  const worker = new Worker(script, { workerData: { line: { port: port2, bell } }, transferList: [port2] });
  const seen = await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  port1.close();
  await worker.terminate();
  expect(seen).toEqual([8n, 8n, 2]);
});

test('a thread that renders gets each answer before it goes on, and failures as errors', async () => {
  const { port1, port2 } = new MessageChannel();
  const bell = new Int32Array(new SharedArrayBuffer(4));
  const session = sessionAnswering(async sql => {
    await new Promise(resolve => setTimeout(resolve, 5));
    if (sql === 'wrong') return { ok: false, failure: { kind: 'statement', message: 'no', position: 3 } };
    return ok({ columns: [], rows: [[BigInt(sql.slice(7)) + 2n ** 60n]], status: 'OK', rowsAffected: undefined });
  });
  serveBlocked({ port: port1, bell }, async () => ok({ session, signal: new AbortController().signal }));
  const line: BlockingLine = { port: port2, bell };
  const worker = new Worker(script, { workerData: { line }, transferList: [port2] });
  const seen = await new Promise(resolve => worker.once('message', resolve));
  expect(seen).toEqual([2n ** 60n + 1n, 2n ** 60n + 2n, 2, ['WarehouseError', 'no', 'wrong', 3]]);
  port1.close();
  await worker.terminate();
});
