import { systemClock } from '../host/clock.ts';
import { newId } from '../host/ids.ts';

/** The id of this run of the program, in its log as in its artifacts. */
export const invocationId: string = newId();

/** Something that happened, for programs that read the log. */
export interface LogEvent {
  /** dbt's name for it, where dbt has one. */
  readonly name: string;
  /** dbt's code for it. */
  readonly code?: string;
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** The event as one line of dbt's JSON log: who and when under `info`, what under `data`. */
export function logLine({ name, code = '', level, message, data = {} }: LogEvent): string {
  const info = {
    category: '',
    code,
    extra: {},
    invocation_id: invocationId,
    level,
    msg: message,
    name,
    pid: process.pid,
    thread: 'MainThread',
    ts: systemClock.now(),
  };
  return JSON.stringify({ data, info });
}
