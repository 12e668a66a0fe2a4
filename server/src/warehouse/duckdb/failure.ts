import { readFileSync } from 'node:fs';
import type { WarehouseFailure } from '../warehouse.ts';

/** The failure of a statement, with the place in `sql` that DuckDB blames. Expects the setting `errors_as_json`. */
export function statementFailure(error: unknown, sql: string): WarehouseFailure {
  const message = messageOf(error);
  const told = structuredError(message);
  if (told === undefined) return { kind: 'statement', message };
  const failure: WarehouseFailure = { kind: 'statement', message: `${told.type} Error: ${told.message}` };
  return told.position === undefined ? failure : { ...failure, position: utf16Offset(sql, told.position) };
}

/** Whether a statement ended because it was interrupted. */
export const wasInterrupted = (error: unknown): boolean => /INTERRUPT/i.test(messageOf(error).slice(0, 60));

/** Why a database could not be opened, and what to do about it. */
export function openFailure(error: unknown, path: string): WarehouseFailure {
  const message = messageOf(error);
  if (/Could not set lock on file|being used by another process/.test(message)) return lockedFailure(message, path);
  if (/No such file or directory/.test(message)) {
    return { kind: 'connection', message: `Cannot open the DuckDB file ${path}: its folder does not exist.` };
  }
  return { kind: 'connection', message: `Cannot open the DuckDB database ${path}: ${message}` };
}

function lockedFailure(message: string, path: string): WarehouseFailure {
  const pid = /\(PID (\d+)\)/.exec(message)?.[1];
  const holder = pid === undefined ? 'another process' : `another process: ${commandLine(pid)} (PID ${pid})`;
  return {
    kind: 'locked',
    message: `The DuckDB file ${path} is in use by ${holder}. Close it there, or wait until it is done, and try again.`,
  };
}

/** The command line of a process, where the system shows it; else a word for what is not known. */
function commandLine(pid: string): string {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean);
    return shortened(words.join(' ').replaceAll(/\s+/g, ' '));
  } catch {
    // No such folder on this system, or no right to look; the number alone has to do.
    return 'a program';
  }
}

const COMMAND_LENGTH = 120;
const shortened = (text: string): string => (text.length > COMMAND_LENGTH ? `${text.slice(0, COMMAND_LENGTH)}…` : text);

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

interface StructuredError {
  readonly type: string;
  readonly message: string;
  readonly position: number | undefined;
}

/** DuckDB's error as JSON, which parser errors wrap once more: `Parser Error: {"exception_type": … }`. */
function structuredError(message: string): StructuredError | undefined {
  const json = message.slice(Math.max(message.indexOf('{"exception_type"'), 0));
  let told: unknown;
  try {
    told = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (typeof told !== 'object' || told === null) return undefined;
  const { exception_type: type, exception_message: text, position } = told as Record<string, unknown>;
  if (typeof type !== 'string' || typeof text !== 'string') return undefined;
  return { type, message: text, position: typeof position === 'string' ? Number(position) : undefined };
}

/** DuckDB counts bytes of UTF-8. */
function utf16Offset(sql: string, bytes: number): number {
  return Buffer.from(sql, 'utf8').subarray(0, bytes).toString('utf8').length;
}
