import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { postgresWarehouse } from '../../../server/src/warehouse/postgres/warehouse.ts';
import { startPostgres, type TestServer } from './server.ts';

let server: TestServer;
let folder: string;

beforeAll(async () => {
  server = await startPostgres();
  folder = mkdtempSync(path.join(tmpdir(), 'sluice-libpq-'));
}, 60_000);

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(() => {
  for (const name of ['PGPASSWORD', 'PGSERVICE', 'PGSYSCONFDIR']) vi.stubEnv(name, undefined);
  vi.stubEnv('PGPASSFILE', path.join(folder, 'none'));
});

afterEach(() => {
  vi.unstubAllEnvs();
});

/** The user that a session of the profile without the keys `left out` has, or why there is none. */
async function checkLogin({ without }: { readonly without: readonly string[] }, expected: string): Promise<void> {
  const written = Object.entries(server.credentials).filter(([key]) => !without.includes(key));
  const warehouse = postgresWarehouse({
    credentials: { type: 'postgres', ...Object.fromEntries(written) },
    projectRoot: '/',
  });
  const session = await warehouse.session();
  const user = session.ok ? await session.value.execute('select current_user', { fetch: true }) : session;
  await warehouse.close();
  expect(user.ok ? user.value.rows[0]?.[0] : user.failure.message).toBe(expected);
}

function fileOf(name: string, text: string, mode = 0o600): string {
  const file = path.join(folder, name);
  writeFileSync(file, text, { mode });
  return file;
}

const port = (): string => String(server.credentials['port']);
const password = (): string => String(server.credentials['password']);

describe('a profile that leaves something to the environment', () => {
  test('finds its password in the password file', async () => {
    vi.stubEnv('PGPASSFILE', fileOf('pgpass', `elsewhere:*:*:*:wrong\n127.0.0.1:${port()}:*:tester:${password()}\n`));
    await checkLogin({ without: ['password'] }, 'tester');
  });

  test('finds its password in PGPASSWORD, before the file', async () => {
    vi.stubEnv('PGPASSFILE', fileOf('pgpass-wrong', '*:*:*:*:wrong\n'));
    vi.stubEnv('PGPASSWORD', password());
    await checkLogin({ without: ['password'] }, 'tester');
  });

  test('is told where a password could have been', () =>
    checkLogin(
      { without: ['password'] },
      `Cannot connect to the server at 127.0.0.1:${port()}: the server asks for a password, and neither the profile, PGPASSWORD nor the password file has one`,
    ));

  test('takes from the service what it does not say itself', async () => {
    const service = `[other]\nhost=nowhere\n\n[shop]\n# the shop\nhost=nowhere\nport=${port()}\npassword=${password()}\n[last]\nport=1`;
    vi.stubEnv('PGSERVICEFILE', fileOf('services', service));
    vi.stubEnv('PGSERVICE', 'shop');
    await checkLogin({ without: ['port', 'password'] }, 'tester');
  });

  test('is told when there is no such service', async () => {
    vi.stubEnv('PGSERVICEFILE', fileOf('no-services', '[other]\n'));
    vi.stubEnv('PGSERVICE', 'shop');
    await checkLogin({ without: [] }, 'The profile cannot be used: definition of service "shop" not found');
  });
});
