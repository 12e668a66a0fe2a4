import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { bundledCommandLine } from '../warehouse/bundle.ts';
import { ProjectOnDisk } from './command-line.ts';

let built: Awaited<ReturnType<typeof bundledCommandLine>>;
let project: ProjectOnDisk;

beforeAll(async () => {
  built = await bundledCommandLine();
}, 60_000);

afterAll(() => rmSync(built.folder, { recursive: true }));
afterEach(() => project.remove());

const DUCKDB = { type: 'duckdb', path: 'shop.duckdb', schema: 'main', threads: 1 };

/** A process that holds the file until it is killed. */
async function holding(file: string): Promise<{ readonly pid: number; readonly stop: () => void }> {
  const script = `
    const { DuckDBInstance } = require('@duckdb/node-api');
    DuckDBInstance.create(${JSON.stringify(file)}).then(() => { console.log('held'); setInterval(() => {}, 1e6); });
  `;
  const child = spawn(process.execPath, ['-e', script], { cwd: path.resolve(import.meta.dirname, '../..') });
  await new Promise(resolve => child.stdout.once('data', resolve));
  return { pid: child.pid ?? 0, stop: () => void child.kill('SIGKILL') };
}

describe('a run on DuckDB', () => {
  test('names the process that holds the file, and works once it is free', async () => {
    project = new ProjectOnDisk(built.cli, { 'models/a.sql': 'select 1 as id\n' }, { target: DUCKDB });
    const holder = await holding(path.join(project.root, 'shop.duckdb'));
    const refused = await project.run('run');
    expect(refused.code).toBe(1);
    expect(refused.printed).toMatch(new RegExp(`is in use by another process: .*node.* \\(PID ${holder.pid}\\)`));
    holder.stop();
    await new Promise(resolve => setTimeout(resolve, 300));
    expect((await project.run('run')).code).toBe(0);
  }, 30_000);

  test('on a file that may only be read fails each model with what DuckDB says', async () => {
    project = new ProjectOnDisk(built.cli, { 'models/a.sql': 'select 1 as id\n' }, { target: DUCKDB });
    await project.run('run');
    const readOnly = { ...DUCKDB, config_options: { access_mode: 'READ_ONLY' } };
    project.write('profiles.yml', JSON.stringify({ shop: { target: 'dev', outputs: { dev: readOnly } } }));
    const { code, printed } = await project.run('run');
    expect(code).toBe(1);
    expect(printed).toContain('read-only mode');
    expect(project.statuses()).toEqual({ a: 'error' });
  }, 30_000);

  test('on a full disk fails the model that needs the room, and is finished by retry when there is some', async () => {
    const big = 'select i as id, md5(i::varchar) as text from range(3000000) as t(i)\n';
    const files = {
      'models/a.sql': 'select 1 as id\n',
      'models/big.sql': big,
      'models/after.sql': "select count(*) as n from {{ ref('big') }}\n",
    };
    project = new ProjectOnDisk(built.cli, files, {
      target: { ...DUCKDB, settings: { memory_limit: '60MB', preserve_insertion_order: 'false' } },
    });
    // A limit on the size of files, in blocks of 1 KB, is a full disk to the process that writes.
    const { code, printed } = await project.start(['run'], { through: 'trap "" XFSZ; ulimit -f 9000; exec "$@"' })
      .ended;
    expect(printed).toMatch(/No space|File too large|IO Error/);
    expect(code).toBe(1);
    expect(project.statuses()).toEqual({ a: 'success', big: 'error', after: 'skipped' });
    const again = await project.run('retry');
    expect(again.printed).toContain('2 ok');
    expect(again.code).toBe(0);
  }, 60_000);
});
