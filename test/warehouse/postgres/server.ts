import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Credentials } from '../../../server/src/warehouse/warehouse.ts';
import { embeddedPostgres } from './embedded.ts';

/** A real PostgreSQL server for one test file, in a folder of its own. */
export interface TestServer {
  readonly credentials: Credentials;
  stop(): Promise<void>;
}

export async function startPostgres(): Promise<TestServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'sluice-postgres-'));
  // The server may run as another user, who has to get into the folder.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const log: string[] = [];
  // `npm test` looks for this one in all that the suites print and write.
  const password = process.env['SLUICE_TEST_PASSWORD'] ?? 'a-password';
  const EmbeddedPostgres = await embeddedPostgres(folder);
  const server = new EmbeddedPostgres({
    databaseDir: path.join(folder, 'data'),
    user: 'tester',
    password,
    port,
    persistent: false,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    onLog: line => log.push(String(line)),
    onError: line => log.push(String(line)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL did not start:\n${log.join('\n')}`, { cause: error });
  }
  return {
    credentials: {
      type: 'postgres',
      host: '127.0.0.1',
      port,
      user: 'tester',
      password,
      dbname: 'postgres',
      schema: 'public',
    },
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
