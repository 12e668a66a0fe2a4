import { readFileSync } from 'node:fs';
import type { Credentials } from '../warehouse.ts';

/** A Trino target, with dbt-trino's keys read and its defaults filled in. */
export interface TrinoProfile {
  /** `https://trino.example.com:8443`. */
  readonly origin: string;
  /** Headers of every statement: who asks, where names without a catalog or schema lie, and how the session is set. */
  readonly headers: Readonly<Record<string, string>>;
  readonly tls: {
    readonly ca?: string;
    readonly cert?: string;
    readonly key?: string;
    readonly rejectUnauthorized: boolean;
  };
  /** How often a request that the server is too busy for is made again. */
  readonly retries: number;
}

/** Reads a target as dbt-trino does. Throws what the file system says of a certificate that cannot be read. */
export function trinoProfile(credentials: Credentials): TrinoProfile {
  const method = text(credentials['method']) ?? 'none';
  const scheme = text(credentials['http_scheme']) ?? (method === 'none' ? 'http' : 'https');
  const port = text(credentials['port']) ?? (scheme === 'https' ? '443' : '8080');
  const session = entries(credentials['session_properties']).map(
    ([name, value]) => `${name}=${encodeURIComponent(value)}`,
  );
  const roles = entries(credentials['roles']).map(
    ([catalog, role]) => `${catalog}=${encodeURIComponent(roleText(role))}`,
  );
  const headers: Record<string, string | undefined> = {
    ...Object.fromEntries(entries(credentials['http_headers'])),
    'X-Trino-User': text(credentials['impersonation_user']) ?? text(credentials['user']) ?? 'sluice',
    'X-Trino-Source': text(credentials['source']) ?? 'sluice',
    'X-Trino-Catalog': text(credentials['database']) ?? text(credentials['catalog']),
    'X-Trino-Schema': text(credentials['schema']),
    'X-Trino-Time-Zone': text(credentials['timezone']),
    'X-Trino-Session': session.join(',') || undefined,
    'X-Trino-Role': roles.join(',') || undefined,
    'X-Trino-Client-Capabilities': 'PARAMETRIC_DATETIME',
    Authorization: authorization(method, credentials),
  };
  return {
    origin: `${scheme}://${text(credentials['host']) ?? 'localhost'}:${port}`,
    headers: Object.fromEntries(
      Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ),
    tls: tlsOf(method, credentials),
    retries: Number(text(credentials['retries']) ?? 3),
  };
}

function authorization(method: string, credentials: Credentials): string | undefined {
  if (method === 'jwt') return `Bearer ${text(credentials['jwt_token']) ?? ''}`;
  if (method !== 'ldap') return undefined;
  const pair = `${text(credentials['user']) ?? ''}:${text(credentials['password']) ?? ''}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}

/** `cert: false` trusts any server; a path names the authority to trust. */
function tlsOf(method: string, credentials: Credentials): TrinoProfile['tls'] {
  const authority = credentials['cert'];
  const isOwn = method === 'certificate';
  return {
    rejectUnauthorized: authority !== false,
    ...(typeof authority === 'string' && authority !== '' ? { ca: readFileSync(authority, 'utf8') } : {}),
    ...(isOwn ? { cert: file(credentials['client_certificate']), key: file(credentials['client_private_key']) } : {}),
  };
}

const file = (name: unknown): string => readFileSync(text(name) ?? '', 'utf8');

/** `ALL`, `NONE`, or the name of a role, which the protocol wraps. */
const roleText = (role: string): string => (/^(?:ALL|NONE|ROLE\{.*\})$/.test(role) ? role : `ROLE{${role}}`);

function entries(value: unknown): readonly (readonly [string, string])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const shown = text(item);
    return shown === undefined ? [] : [[key, shown] as const];
  });
}

function text(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
