import type { Credentials } from '../warehouse.ts';
import type { AwsLogin, AwsRequest } from './aws-login.ts';
import { numberOr, textOr, type PostgresProfile } from './profile.ts';

/**
 * Reads a target as dbt-redshift does. Throws what keeps it from being used, in dbt's words where dbt has some: keys
 * that the login method needs, and login methods that there are not or not yet.
 */
export function redshiftProfile(credentials: Credentials): PostgresProfile {
  const login = loginOf(credentials);
  const keepAliveSeconds = numberOr(credentials['tcp_keepalive_idle'], 0);
  return {
    connection: {
      host: textOr(credentials['host'], ''),
      port: numberOr(credentials['port'], 5439),
      database: databaseOf(credentials),
      user: textOr(credentials['user'], ''),
      password: passwordOf(credentials),
      application_name: 'sluice',
      connectionTimeoutMillis: numberOr(credentials['connect_timeout'], 10) * 1000,
      keepAlive: credentials['tcp_keepalive'] !== false,
      ...(keepAliveSeconds > 0 ? { keepAliveInitialDelayMillis: keepAliveSeconds * 1000 } : {}),
      ssl: tlsOf(credentials),
    },
    tlsIsOptional: false,
    setup: setupOf(credentials),
    isRedshift: true,
    ...(login === undefined ? {} : { login }),
  };
}

const databaseOf = (credentials: Credentials): string => textOr(credentials['dbname'] ?? credentials['database'], '');
const passwordOf = (credentials: Credentials): string => textOr(credentials['password'] ?? credentials['pass'], '');

/** dbt-redshift's driver checks the certificate in every mode that uses TLS, and the name in `verify-full` alone. */
function tlsOf(credentials: Credentials): PostgresProfile['connection']['ssl'] {
  const mode = textOr(credentials['sslmode'], 'prefer');
  if (mode === 'disable') return false;
  return { rejectUnauthorized: true, ...(mode === 'verify-full' ? {} : { checkServerIdentity: () => undefined }) };
}

function setupOf(credentials: Credentials): readonly string[] {
  const role = textOr(credentials['role'], '');
  const queryGroup = textOr(credentials['query_group'], '');
  return [
    ...(role === '' ? [] : [`set role ${role}`]),
    ...(queryGroup === '' ? [] : [`set query_group to '${queryGroup.replaceAll("'", "''")}'`]),
  ];
}

/** What AWS is to be asked; `undefined` for a user and a password of the database. */
function loginOf(credentials: Credentials): AwsLogin | undefined {
  const method = textOr(credentials['method'], 'database');
  switch (method) {
    case 'database':
      return requireKeys(method, { user: credentials['user'], password: passwordOf(credentials) });
    case 'iam':
      requireKeys(method, { user: credentials['user'] });
      return { ...awsLogin(credentials, method), keys: keysOf(credentials) };
    case 'iam_role':
      return awsLogin(credentials, method);
    case 'browser_identity_center':
    case 'oauth_token_identity_center':
      throw new Error(
        `the login method '${method}' is not supported yet; those that are: 'database', 'iam' and 'iam_role'`,
      );
    default:
      throw new Error(`Invalid 'method' in profile: '${method}'`);
  }
}

function requireKeys(method: string, keys: Readonly<Record<string, unknown>>): undefined {
  const missing = Object.keys(keys).filter(key => textOr(keys[key], '') === '');
  if (missing.length === 0) return undefined;
  throw new Error(`'${missing.join("', '")}' field(s) are required for '${method}' credentials method`);
}

function awsLogin(credentials: Credentials, method: 'iam' | 'iam_role'): AwsLogin {
  const host = textOr(credentials['host'], '');
  return {
    region: textOr(credentials['region'], '') || regionOf(host),
    profile: textOr(credentials['iam_profile'], '') || undefined,
    keys: undefined,
    database: databaseOf(credentials),
    request: requestOf(credentials, method, host),
  };
}

function requestOf(credentials: Credentials, method: 'iam' | 'iam_role', host: string): AwsRequest {
  if (host.includes('serverless') || credentials['is_serverless'] === true) {
    const workgroup = textOr(credentials['serverless_work_group'], '') || SERVERLESS_HOST.exec(host)?.[1];
    return { call: 'GetCredentials', workgroup, customDomain: workgroup === undefined ? host : undefined };
  }
  const cluster = textOr(credentials['cluster_id'], '');
  if (cluster === '') {
    throw new Error(
      "Failed to use IAM method: 'cluster_id' must be provided for provisioned cluster 'host' must be provided for serverless endpoint",
    );
  }
  if (method === 'iam_role') return { call: 'GetClusterCredentialsWithIAM', cluster };
  const groups = credentials['db_groups'];
  return {
    call: 'GetClusterCredentials',
    cluster,
    user: textOr(credentials['user'], ''),
    groups: Array.isArray(groups) ? groups.map(String) : [],
    createsUser: credentials['autocreate'] === true,
  };
}

function keysOf(credentials: Credentials): AwsLogin['keys'] {
  const accessKeyId = textOr(credentials['access_key_id'], '');
  const secretAccessKey = textOr(credentials['secret_access_key'], '');
  if (accessKeyId === '' && secretAccessKey === '') return undefined;
  if (accessKeyId !== '' && secretAccessKey !== '') return { accessKeyId, secretAccessKey };
  throw new Error("'access_key_id' and 'secret_access_key' are both needed if providing explicit credentials");
}

/** `workgroup.account.region.redshift-serverless.amazonaws.com`. */
const SERVERLESS_HOST = /^([^.]+)\.[^.]+\.([^.]+)\.redshift-serverless(?:-dev)?\.amazonaws\.com/;
/** `cluster.account.region.redshift.amazonaws.com`. */
const CLUSTER_HOST = /^[^.]+\.[^.]+\.([^.]+)\.redshift(?:-dev)?\.amazonaws\.com/;

const regionOf = (host: string): string | undefined => SERVERLESS_HOST.exec(host)?.[2] ?? CLUSTER_HOST.exec(host)?.[1];
