declare module 'pgpass' {
  import type { ClientConfig } from 'pg';

  /** Calls back with the password of the first entry that fits, or with nothing. */
  export default function passwordOf(
    connection: Pick<ClientConfig, 'host' | 'port' | 'database' | 'user'>,
    done: (password: string | undefined) => void,
  ): void;
}
