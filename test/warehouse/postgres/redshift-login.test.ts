import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { warehouseInProcess } from '../../../server/src/warehouse/client.ts';
import { postgresWarehouse } from '../../../server/src/warehouse/postgres/warehouse.ts';
import type { Credentials, Warehouse } from '../../../server/src/warehouse/warehouse.ts';
import { bundled } from '../bundle.ts';
import { startAws, type AwsStandIn } from './aws-stand-in.ts';
import { startPostgres, type TestServer } from './server.ts';

let server: TestServer;
let aws: AwsStandIn;
let folder: string;
const open: Warehouse[] = [];

beforeAll(async () => {
  server = await startPostgres();
  folder = mkdtempSync(path.join(tmpdir(), 'sluice-aws-'));
  writeFileSync(
    path.join(folder, 'credentials'),
    '[staging]\naws_access_key_id = AKIDSTAGING\naws_secret_access_key = canary-of-staging\n',
  );
}, 60_000);

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  aws = await startAws(server.credentials);
  vi.stubEnv('AWS_ENDPOINT_URL', aws.url);
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', path.join(folder, 'credentials'));
  vi.stubEnv('AWS_CONFIG_FILE', path.join(folder, 'none'));
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  for (const name of [
    'AWS_PROFILE',
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_REGION',
    'AWS_DEFAULT_REGION',
  ]) {
    vi.stubEnv(name, undefined);
  }
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(open.splice(0).map(it => it.close()));
  await aws.stop();
});

/** A Redshift target that goes to the test's PostgreSQL, which has no TLS. */
function target(keys: Readonly<Record<string, unknown>>): Credentials {
  const { host, port, dbname } = server.credentials;
  return { type: 'redshift', sslmode: 'disable', host, port, dbname, schema: 'public', ...keys };
}

function warehouseOf(keys: Readonly<Record<string, unknown>>): Warehouse {
  const warehouse = postgresWarehouse({ credentials: target(keys), projectRoot: '/' });
  open.push(warehouse);
  return warehouse;
}

async function userOf(warehouse: Warehouse): Promise<unknown> {
  const session = await warehouse.session();
  if (!session.ok) return session.failure.message;
  const user = await session.value.execute('select current_user', { fetch: true });
  await session.value.close();
  return user.ok ? user.value.rows[0]?.[0] : user.failure.message;
}

const keys = { access_key_id: 'AKIDKEYS', secret_access_key: 'canary-of-the-keys' };
const iam = { method: 'iam', cluster_id: 'shop', user: 'ada', region: 'eu-west-1' };

describe('a login by IAM', () => {
  test('asks for credentials of the cluster as the user that the profile names', async () => {
    const profile = { ...iam, ...keys, autocreate: true, db_groups: ['loaders', 'readers'] };
    expect(await userOf(warehouseOf(profile))).toBe('IAM:ada');
    expect(aws.requests).toEqual([
      {
        call: 'GetClusterCredentials',
        parameters: {
          ClusterIdentifier: 'shop',
          DbName: 'postgres',
          DbUser: 'ada',
          AutoCreate: 'true',
          'DbGroups.DbGroup.1': 'loaders',
          'DbGroups.DbGroup.2': 'readers',
        },
        accessKey: 'AKIDKEYS',
        region: 'eu-west-1',
      },
    ]);
  });

  test("is made by a section of AWS's own files, or by its environment", async () => {
    expect(await userOf(warehouseOf({ ...iam, iam_profile: 'staging' }))).toBe('IAM:ada');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDENVIRONMENT');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'canary-of-the-environment');
    vi.stubEnv('AWS_REGION', 'us-east-2');
    const { region: _, ...anywhere } = iam;
    expect(await userOf(warehouseOf(anywhere))).toBe('IAM:ada');
    expect(aws.requests.map(it => [it.accessKey, it.region])).toEqual([
      ['AKIDSTAGING', 'eu-west-1'],
      ['AKIDENVIRONMENT', 'us-east-2'],
    ]);
  });

  test('of a role asks for the credentials that belong to it, and names no user', async () => {
    const role = { method: 'iam_role', cluster_id: 'shop', region: 'eu-west-1', iam_profile: 'staging' };
    expect(await userOf(warehouseOf(role))).toBe('IAMR:loader');
    expect(aws.requests).toMatchObject([
      {
        call: 'GetClusterCredentialsWithIAM',
        parameters: { ClusterIdentifier: 'shop', DbName: 'postgres', DurationSeconds: '900' },
      },
    ]);
  });

  test.each([
    [{ is_serverless: true, serverless_work_group: 'shop-group' }, { workgroupName: 'shop-group' }],
    [{ is_serverless: true }, { customDomainName: '127.0.0.1' }],
  ])('of a serverless workgroup by %o', async (where, asked) => {
    const profile = { method: 'iam', user: 'ada', region: 'eu-west-1', ...keys, ...where };
    expect(await userOf(warehouseOf(profile))).toBe('IAMR:loader');
    expect(aws.requests).toMatchObject([{ call: 'GetCredentials', parameters: { dbName: 'postgres', ...asked } }]);
  });

  test('serves the connections of a target until shortly before it ends', async () => {
    const warehouse = warehouseOf({ ...iam, ...keys });
    expect(await Promise.all([userOf(warehouse), userOf(warehouse)])).toEqual(['IAM:ada', 'IAM:ada']);
    expect(await userOf(warehouse)).toBe('IAM:ada');
    expect(aws.requests).toHaveLength(1);
    const short = warehouseOf({ ...iam, ...keys });
    aws.giveFor(30);
    await userOf(short);
    await userOf(short);
    expect(aws.requests).toHaveLength(3);
  });
});

describe('a login that is refused says what to do', () => {
  test('when no policy allows it', async () => {
    aws.refuse();
    expect(await userOf(warehouseOf({ ...iam, iam_profile: 'staging' }))).toBe(
      "AWS gives no login for Redshift: AccessDenied: User: arn:aws:iam::1:user/ada is not authorized to perform this\nAsked for: GetClusterCredentials with the AWS profile 'staging' in eu-west-1.",
    );
  });

  test('when nobody asks', async () => {
    expect(await userOf(warehouseOf(iam))).toMatch(/^AWS knows of nobody who is asking: .* Name `iam_profile`/s);
  });

  test('when the region is not known', async () => {
    expect(await userOf(warehouseOf({ ...iam, ...keys, region: undefined }))).toMatch(/^The region is not known\./);
  });

  test.each([
    [{ method: 'iam', user: 'ada' }, "Failed to use IAM method: 'cluster_id' must be provided"],
    [{ method: 'iam', cluster_id: 'shop' }, "'user' field(s) are required for 'iam' credentials method"],
    [{ ...iam, access_key_id: 'AKID' }, "'access_key_id' and 'secret_access_key' are both needed"],
    [{ user: 'ada' }, "'password' field(s) are required for 'database' credentials method"],
    [{ method: 'kerberos' }, "Invalid 'method' in profile: 'kerberos'"],
    [{ method: 'browser_identity_center' }, "the login method 'browser_identity_center' is not supported yet"],
    [{ method: 'oauth_token_identity_center' }, 'is not supported yet'],
  ])('when the profile says %o', async (profile, message) => {
    expect(await userOf(warehouseOf(profile))).toContain(message);
    expect(aws.requests).toEqual([]);
  });
});

test('no key and no password that AWS gave is in a failure or in the log', async () => {
  const lines: string[] = [];
  const log = { info: lines.push.bind(lines), warn: lines.push.bind(lines), error: lines.push.bind(lines) };
  const processFile = await bundled('server/src/warehouse/process.ts', 'redshift-login');
  const warehouse = warehouseInProcess({
    credentials: target({ ...iam, ...keys }),
    projectRoot: '/',
    processFile,
    log,
  });
  open.push(warehouse);
  expect(await userOf(warehouse)).toBe('IAM:ada');
  const [given = 'none'] = aws.passwords;
  const session = await warehouse.session();
  if (!session.ok) throw new Error(session.failure.message);
  const failed = await session.value.execute(`select '${given}'::int`, { fetch: true });
  const gone = await session.value.execute(`select pg_terminate_backend(pg_backend_pid())`, { fetch: true });
  aws.refuse();
  const refused = await warehouseOf({ ...iam, iam_profile: 'staging' }).session();
  const told = JSON.stringify([failed, gone, refused, lines]);
  expect(told).toContain('invalid input syntax');
  for (const canary of [given, 'canary-of-the-keys', 'canary-of-staging']) expect(told).not.toContain(canary);
  rmSync(processFile);
});
