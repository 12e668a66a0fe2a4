import { Client } from 'pg';
import { err, ok, type Result } from '../../base/result.ts';
import type { WarehouseTarget } from '../protocol.ts';
import type { Session, Warehouse, WarehouseFailure } from '../warehouse.ts';
import { connectionFailure } from './failure.ts';
import { AwsLogins } from './aws-logins.ts';
import { postgresProfile, type PostgresProfile } from './profile.ts';
import { redshiftProfile } from './redshift-profile.ts';
import { PostgresSession } from './session.ts';

/** A PostgreSQL server, or one that speaks its protocol. Each session is a connection of its own. */
export function postgresWarehouse({ credentials }: WarehouseTarget): Warehouse {
  const sessions = new Set<PostgresSession>();
  const logins = new AwsLogins();
  return {
    async session(): Promise<Result<Session, WarehouseFailure>> {
      let profile: PostgresProfile;
      try {
        profile = credentials.type === 'redshift' ? redshiftProfile(credentials) : postgresProfile(credentials);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return err({ kind: 'connection', message: `The profile cannot be used: ${reason}` });
      }
      const loggedIn = await logins.logIn(profile);
      if (!loggedIn.ok) return loggedIn;
      const session = await connect(loggedIn.value);
      if (session.ok) sessions.add(session.value);
      return session;
    },
    secrets: () => logins.passwords,
    async close() {
      await Promise.all([...sessions].map(it => it.close()));
      sessions.clear();
    },
  };
}

async function connect(profile: PostgresProfile): Promise<Result<PostgresSession, WarehouseFailure>> {
  const { connection, setup, tlsIsOptional } = profile;
  const client = new Client(connection);
  try {
    await client.connect();
    for (const sql of setup) await client.query(sql);
    if (!profile.isRedshift) await watchConnection(client);
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    return ok(
      new PostgresSession(client, connection, { processId: rows[0]?.pid ?? 0, isRedshift: profile.isRedshift }),
    );
  } catch (error) {
    await client.end().catch(() => undefined);
    if (tlsIsOptional && connection.ssl !== false && hasNoTls(error)) {
      return connect({ ...profile, connection: { ...connection, ssl: false } });
    }
    return err(connectionFailure(error, connection));
  }
}

/** Lets the server look now and then whether we are still there, so that what we asked ends with us. */
async function watchConnection(client: Client): Promise<void> {
  const name = 'client_connection_check_interval';
  try {
    await client.query(`select set_config('${name}', '2000', false) from pg_settings where name = '${name}'`);
  } catch {
    // A server on a system that cannot look goes on to the end of the statement, as it did before there was the setting.
  }
}

const hasNoTls = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('does not support SSL connections');
