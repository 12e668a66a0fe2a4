import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { err, ok, type Result } from '../../base/result.ts';
import type { WarehouseTarget } from '../protocol.ts';
import type { Session, Warehouse, WarehouseFailure } from '../warehouse.ts';
import { openFailure, statementFailure } from './failure.ts';
import { type DuckdbProfile, duckdbProfile, type SetupStep } from './profile.ts';
import { DuckdbSession } from './session.ts';

/** How long a file stays open after the last session on it was closed. */
const IDLE_MS = 3000;

/**
 * A DuckDB database. The file is opened by the first session and given back some seconds after the last one was
 * closed, so that other programs can have it; a database in memory lives as long as the warehouse.
 */
export function duckdbWarehouse(target: WarehouseTarget, { idleMs = IDLE_MS } = {}): Warehouse {
  return new DuckdbWarehouse(duckdbProfile(target), idleMs);
}

class DuckdbWarehouse implements Warehouse {
  readonly #profile: DuckdbProfile;
  readonly #idleMs: number;
  readonly #sessions = new Set<DuckdbSession>();
  #instance: Promise<Result<DuckDBInstance, WarehouseFailure>> | undefined;
  #idle: NodeJS.Timeout | undefined;
  /** Sessions that are open or being opened. */
  #nUsers = 0;

  constructor(profile: DuckdbProfile, idleMs: number) {
    this.#profile = profile;
    this.#idleMs = idleMs;
  }

  async session(): Promise<Result<Session, WarehouseFailure>> {
    this.#nUsers++;
    clearTimeout(this.#idle);
    const connection = await this.#connection();
    if (!connection.ok) {
      this.#userLeft();
      return connection;
    }
    const session = new DuckdbSession(connection.value, () => {
      this.#sessions.delete(session);
      this.#userLeft();
    });
    this.#sessions.add(session);
    return ok(session);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#sessions].map(session => session.close()));
    clearTimeout(this.#idle);
    await this.#release();
  }

  async #connection(): Promise<Result<DuckDBConnection, WarehouseFailure>> {
    this.#instance ??= openInstance(this.#profile);
    const instance = await this.#instance;
    if (instance.ok) return connect(instance.value, this.#profile);
    this.#instance = undefined;
    return instance;
  }

  #userLeft(): void {
    this.#nUsers--;
    if (this.#nUsers > 0 || !this.#profile.isFile) return;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => void this.#release(), this.#idleMs);
  }

  async #release(): Promise<void> {
    const instance = await this.#instance;
    // A session may have been asked for while the instance was awaited; it keeps the file.
    if (this.#nUsers > 0) return;
    this.#instance = undefined;
    if (instance?.ok === true) instance.value.closeSync();
  }
}

async function openInstance(profile: DuckdbProfile): Promise<Result<DuckDBInstance, WarehouseFailure>> {
  let instance: DuckDBInstance;
  try {
    instance = await DuckDBInstance.create(profile.path, { ...profile.options });
  } catch (error) {
    return err(openFailure(error, profile.path));
  }
  const prepared = await setUp(instance, profile.setup);
  if (prepared === undefined) return ok(instance);
  instance.closeSync();
  return err(prepared);
}

/** Runs the setup; answers the failure that ended it. */
async function setUp(instance: DuckDBInstance, steps: readonly SetupStep[]): Promise<WarehouseFailure | undefined> {
  const connection = await instance.connect();
  try {
    for (const step of steps) {
      const failure = await runStep(connection, step);
      if (failure !== undefined) return { kind: 'connection', message: failure.message };
    }
    return undefined;
  } finally {
    connection.closeSync();
  }
}

async function runStep(connection: DuckDBConnection, step: SetupStep): Promise<WarehouseFailure | undefined> {
  const failure = await attempt(connection, [step.sql]);
  if (failure === undefined || step.orElse.length === 0) return failure;
  return attempt(connection, step.orElse);
}

async function attempt(
  connection: DuckDBConnection,
  statements: readonly string[],
): Promise<WarehouseFailure | undefined> {
  try {
    for (const sql of statements) await connection.run(sql);
    return undefined;
  } catch (error) {
    return statementFailure(error, '');
  }
}

async function connect(
  instance: DuckDBInstance,
  profile: DuckdbProfile,
): Promise<Result<DuckDBConnection, WarehouseFailure>> {
  const connection = await instance.connect();
  const failure = await attempt(connection, [STREAMS_SOON, ...profile.connectionSetup, LOCATES_ERRORS]);
  if (failure === undefined) return ok(connection);
  connection.closeSync();
  return err({ kind: 'connection', message: failure.message });
}

/**
 * A streamed result begins once its buffer is full, and somebody waits for its first rows: with the megabyte that is
 * usual, a filter that finds little reads its whole table before. Reading to the end hardly takes longer.
 */
const STREAMS_SOON = "SET streaming_buffer_size = '16KB'";

/** Errors as JSON are the only ones that say where in the text the mistake is. */
const LOCATES_ERRORS = 'SET errors_as_json = true';
