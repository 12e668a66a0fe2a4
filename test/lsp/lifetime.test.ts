import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { bundled } from '../warehouse/bundle.ts';

let server = '';

beforeAll(async () => {
  server = await bundled('server/src/main.ts', 'server');
});

describe('the end of the client', () => {
  test('closing the standard input ends the server', async () => {
    const child = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'ignore', 'inherit'] });
    child.stdin.end();
    expect(await ended(child.pid)).toBe(true);
  });

  test.each(['--stdio', '--node-ipc'])('a client that is killed takes its server along (%s)', async transport => {
    const pid = await serverOfKilledClient(transport);
    expect(await ended(pid)).toBe(true);
  });
});

/** Starts a process that starts the server, kills it with SIGKILL, and answers with the process id of the server. */
async function serverOfKilledClient(transport: string): Promise<number> {
  const stdio = transport === '--stdio' ? `['pipe', 'pipe', 'ignore']` : `['pipe', 'ignore', 'ignore', 'ipc']`;
  const script = path.join(path.dirname(server), `client.${process.pid}.cjs`);
  writeFileSync(
    script,
    `const child = require('node:child_process').spawn(process.execPath, ${JSON.stringify([server, transport])}, { stdio: ${stdio} });
     setTimeout(() => console.log(child.pid), 300);
     setInterval(() => undefined, 1000);`,
  );
  const client = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const pid = await new Promise<number>(resolve => client.stdout.once('data', text => resolve(Number(String(text)))));
  client.kill('SIGKILL');
  return pid;
}

/** Whether a process ends within a few seconds. */
async function ended(pid: number | undefined): Promise<boolean> {
  for (let round = 0; round < 60; round++) {
    if (pid === undefined || !isAlive(pid)) return true;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  return false;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
