import path from 'node:path';
import type { WarehouseTarget } from '../protocol.ts';

/** A DuckDB target of a profile, with dbt-duckdb's keys read and its defaults filled in. */
export interface DuckdbProfile {
  /** The database file as an absolute path, `:memory:`, or an address such as `md:shop`. */
  readonly path: string;
  readonly isFile: boolean;
  /** Options of the instance: `config_options`. */
  readonly options: Readonly<Record<string, string>>;
  /** Statements once after the database has been opened: extensions, secrets, attached databases. */
  readonly setup: readonly SetupStep[];
  /** Statements for every connection: `settings`. */
  readonly connectionSetup: readonly string[];
}

/** One statement of the setup; `orElse` is tried when it fails, such as installing an extension that does not load. */
export interface SetupStep {
  readonly sql: string;
  readonly orElse: readonly string[];
}

/** Reads a target as dbt-duckdb does; relative paths start at the project's root. */
export function duckdbProfile({ credentials, projectRoot }: WarehouseTarget): DuckdbProfile {
  const location = textOr(credentials['path'], ':memory:');
  const isFile = isFilePath(location);
  return {
    path: isFile ? path.resolve(projectRoot, location) : location,
    isFile,
    options: textValues(credentials['config_options']),
    setup: [
      ...list(credentials['extensions']).flatMap(extensionStep),
      ...list(credentials['secrets']).flatMap(secretStep),
      ...list(credentials['attach']).flatMap(attachment => attachStep(attachment, projectRoot)),
    ],
    connectionSetup: Object.entries(textValues(credentials['settings'])).map(
      ([name, value]) => `SET ${identifier(name)} = ${literal(value)}`,
    ),
  };
}

/** `:memory:` and addresses of other services (`md:`, `ducklake:`, `s3://`) are none; `C:\\data` is a path. */
const isFilePath = (location: string): boolean => location !== ':memory:' && !/^[a-z][a-z0-9+]+:/i.test(location);

function extensionStep(extension: unknown): readonly SetupStep[] {
  const name = typeof extension === 'string' ? extension : text(record(extension)['name']);
  if (name === undefined) return [];
  const repository = text(record(extension)['repo']) ?? text(record(extension)['repository']);
  const from = repository === undefined ? '' : ` FROM ${/^\w+$/.test(repository) ? repository : literal(repository)}`;
  const load = `LOAD ${identifier(name)}`;
  return [{ sql: load, orElse: [`INSTALL ${identifier(name)}${from}`, load] }];
}

function secretStep(secret: unknown): readonly SetupStep[] {
  const { name, type, provider, scope, persistent, ...parameters } = record(secret);
  const kind = text(type);
  if (kind === undefined) return [];
  const parts = [
    `TYPE ${identifier(kind)}`,
    ...(text(provider) === undefined ? [] : [`PROVIDER ${identifier(textOr(provider, ''))}`]),
    ...(scope === undefined || scope === null ? [] : [`SCOPE ${valueLiteral(scope)}`]),
    ...Object.entries(parameters).map(([key, value]) => `${identifier(key)} ${valueLiteral(value)}`),
  ];
  const persistence = persistent === true ? 'PERSISTENT ' : '';
  const named = text(name) === undefined ? '' : `${identifier(textOr(name, ''))} `;
  return [{ sql: `CREATE OR REPLACE ${persistence}SECRET ${named}(${parts.join(', ')})`, orElse: [] }];
}

function attachStep(attachment: unknown, projectRoot: string): readonly SetupStep[] {
  const { path: location, type, alias, read_only: readOnly, options } = record(attachment);
  const target = text(location);
  if (target === undefined) return [];
  const isFile = type === undefined && isFilePath(target);
  const flags = [
    ...(text(type) === undefined ? [] : [`TYPE ${identifier(textOr(type, ''))}`]),
    ...(readOnly === true ? ['READ_ONLY'] : []),
    ...Object.entries(record(options)).map(([key, value]) => `${identifier(key)} ${valueLiteral(value)}`),
  ];
  const as = text(alias) === undefined ? '' : ` AS ${identifier(textOr(alias, ''))}`;
  const suffix = flags.length === 0 ? '' : ` (${flags.join(', ')})`;
  const from = literal(isFile ? path.resolve(projectRoot, target) : target);
  return [{ sql: `ATTACH IF NOT EXISTS ${from}${as}${suffix}`, orElse: [] }];
}

const identifier = (name: string): string => (/^[A-Za-z_]\w*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`);
const literal = (value: string): string => `'${value.replaceAll("'", "''")}'`;

function valueLiteral(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(valueLiteral).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => `${literal(key)}: ${valueLiteral(item)}`);
    return `MAP {${entries.join(', ')}}`;
  }
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  return literal(scalarText(value) ?? '');
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function record(value: unknown): Readonly<Record<string, unknown>> {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
  // Any object that is no list is a mapping of YAML here.
  return isRecord ? (value as Record<string, unknown>) : {};
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const textOr = (value: unknown, otherwise: string): string => text(value) ?? otherwise;

function textValues(value: unknown): Readonly<Record<string, string>> {
  const values = Object.entries(record(value)).map(([key, item]) => [key, scalarText(item)] as const);
  return Object.fromEntries(values.filter((entry): entry is readonly [string, string] => entry[1] !== undefined));
}

function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
