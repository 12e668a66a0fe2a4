import { nearest } from '../../base/nearest.ts';
import { textOfKey, type DataMap } from '../manifest/data.ts';
import { boolean, integer, optional, recordOf, schemaErrors, text, type Schema } from '../schema/schema.ts';

/** What an adapter refuses in a target of the profile: what is wrong, in dbt's words, and under which key. */
export interface CredentialMistake {
  readonly key: string | undefined;
  readonly message: string;
}

/** Other names that an adapter takes for its keys. */
export type KeyAliases = ReadonlyMap<string, string>;

/** The target's keys under both of their names, which dbt does not choose between. */
export function doubledKeys(values: DataMap, aliases: KeyAliases): readonly CredentialMistake[] {
  const keys = [...values.keys()].map(textOfKey);
  return keys.flatMap((key, at) => {
    const canonical = aliases.get(key) ?? key;
    const isDoubled = keys.slice(0, at).some(other => (aliases.get(other) ?? other) === canonical);
    const spelled = keys.filter(other => aliases.get(other) === canonical).join(', ');
    const message = `Runtime Error\n  Got duplicate keys: (${spelled}) all map to "${canonical}"`;
    return isDoubled ? [{ key, message }] : [];
  });
}

/** A type that is no adapter and looks like one; a type that looks like none may be an adapter of which nothing is known. */
export function unknownAdapter(type: string, known: readonly string[]): CredentialMistake | undefined {
  if (known.includes(type) || nearest(type, known) === undefined) return undefined;
  return { key: 'type', message: `Runtime Error\n  Could not find adapter type ${type}!` };
}

/** Values of the wrong type, and what cannot be left out. Keys are the canonical ones; what is secret is not quoted. */
export function credentialMistakes(type: string, values: DataMap): readonly CredentialMistake[] {
  const schema = SCHEMAS.get(type);
  if (schema === undefined) return [];
  return schemaErrors(schema, values).map(({ path: [key], message }) => {
    const isSecret = key === 'password';
    const shown = isSecret ? message.replace(/^[^]*(?= is not )/, 'the password') : message;
    return { key: key === undefined ? undefined : String(key), message: shown };
  });
}

const maybeText = optional(text);

const postgres = {
  'database!': text,
  'schema!': text,
  host: text,
  user: text,
  port: integer,
  password: text,
  connect_timeout: integer,
  role: maybeText,
  search_path: maybeText,
  keepalives_idle: integer,
  sslmode: maybeText,
  sslcert: maybeText,
  sslkey: maybeText,
  sslrootcert: maybeText,
  application_name: maybeText,
  autocommit: optional(boolean),
  retries: integer,
};

const SCHEMAS: ReadonlyMap<string, Schema> = new Map([['postgres', recordOf(postgres, true)]]);
