import passwordOf from 'pgpass';
import type { ClientConfig } from 'pg';

/**
 * The password for a profile that names none, as libpq finds it: `PGPASSWORD`, else the entry of the password file
 * (`PGPASSFILE`, else `~/.pgpass`, which only its owner may read) for the host, port, database and user. It is looked
 * up when the server asks for one. Rejects when there is none.
 */
export function passwordFromFile({ host, port, database, user }: ClientConfig): () => Promise<string> {
  return async () => {
    const password = process.env['PGPASSWORD'] ?? (await entryOf({ host, port, database, user }));
    if (password !== undefined && password !== '') return password;
    throw new Error(
      'the server asks for a password, and neither the profile, PGPASSWORD nor the password file has one',
    );
  };
}

const entryOf = (connection: ClientConfig): Promise<string | undefined> =>
  new Promise(resolve => {
    passwordOf(connection, resolve);
  });
