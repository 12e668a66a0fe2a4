import { readFileSync } from 'node:fs';
import type { ClientConfig } from 'pg';
import type { Credentials } from '../warehouse.ts';
import type { AwsLogin } from './aws-login.ts';
import { passwordFromFile } from './password-file.ts';
import { serviceParameters } from './service-file.ts';

/** A target of PostgreSQL or Redshift, with its adapter's keys and spellings read and its defaults filled in. */
export interface PostgresProfile {
  readonly connection: ClientConfig;
  /** `prefer` and `allow` go on without TLS when the server has none; the others do as they say. */
  readonly tlsIsOptional: boolean;
  /** Statements for every session: `role`, `search_path`. */
  readonly setup: readonly string[];
  readonly isRedshift: boolean;
  /** What is asked of AWS for the user and the password, where the profile has none. */
  readonly login?: AwsLogin;
}

/**
 * Reads a target as dbt-postgres does; `pass` and `database` are its other spellings of `password` and `dbname`.
 * What the profile leaves open comes from the environment as for every client of libpq: a service file, a password
 * file, `PGPASSWORD`. Throws when a certificate or the service cannot be read.
 */
export function postgresProfile(written: Credentials): PostgresProfile {
  const credentials = { ...serviceParameters(), ...written };
  const tls = tlsOf(credentials);
  const keepAliveSeconds = numberOr(credentials['keepalives_idle'], 0);
  const connection: ClientConfig = {
    host: textOr(credentials['host'], 'localhost'),
    port: numberOr(credentials['port'], 5432),
    user: textOr(credentials['user'], ''),
    database: textOr(credentials['dbname'] ?? credentials['database'], ''),
    application_name: textOr(credentials['application_name'], 'sluice'),
    connectionTimeoutMillis: numberOr(credentials['connect_timeout'], 10) * 1000,
    keepAlive: true,
    ...(keepAliveSeconds > 0 ? { keepAliveInitialDelayMillis: keepAliveSeconds * 1000 } : {}),
    ...(tls === undefined ? { ssl: false } : { ssl: tls }),
  };
  const password = textOr(credentials['password'] ?? credentials['pass'], '');
  return {
    connection: { ...connection, password: password === '' ? passwordFromFile(connection) : password },
    tlsIsOptional: OPTIONAL_TLS.has(modeOf(credentials)),
    setup: setupOf(credentials),
    isRedshift: false,
  };
}

const OPTIONAL_TLS: ReadonlySet<string> = new Set(['prefer', 'allow']);

/** libpq's default is to prefer TLS. */
const modeOf = (credentials: Credentials): string => textOr(credentials['sslmode'], 'prefer');

/** libpq checks the server's certificate only in the `verify-` modes, or when a root certificate is named. */
function tlsOf(credentials: Credentials): Exclude<ClientConfig['ssl'], boolean> {
  const mode = modeOf(credentials);
  if (mode === 'disable') return undefined;
  const root = fileOf(credentials['sslrootcert']);
  const verifies = mode.startsWith('verify-') || (mode === 'require' && root !== undefined);
  const certificate = fileOf(credentials['sslcert']);
  const key = fileOf(credentials['sslkey']);
  return {
    rejectUnauthorized: verifies,
    ...(root === undefined ? {} : { ca: root }),
    ...(certificate === undefined ? {} : { cert: certificate }),
    ...(key === undefined ? {} : { key }),
    // `verify-ca` trusts any name that the authority has signed for.
    ...(mode === 'verify-full' || !verifies ? {} : { checkServerIdentity: () => undefined }),
  };
}

/** Throws what the file system says when a certificate that the profile names cannot be read. */
function fileOf(name: unknown): string | undefined {
  return typeof name === 'string' && name !== '' ? readFileSync(name, 'utf8') : undefined;
}

function setupOf(credentials: Credentials): readonly string[] {
  const role = textOr(credentials['role'], '');
  const searchPath = textOr(credentials['search_path'], '');
  return [
    ...(searchPath === '' ? [] : [`select set_config('search_path', ${literal(searchPath)}, false)`]),
    ...(role === '' ? [] : [`set role ${role}`]),
  ];
}

const literal = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** A text, or what stands for none; a number is one too. */
export function textOr(value: unknown, otherwise: string): string {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : otherwise;
}

/** A number, also one written as text, or what stands for none. */
export function numberOr(value: unknown, otherwise: number): number {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : otherwise;
}
