import { readFileSync, readdirSync } from 'node:fs';
import { sessionVariable } from '../launcher/session.ts';

/** A process that a window started, directly or not. */
export interface WindowProcess {
  readonly pid: number;
  readonly command: string;
}

/** The processes of a session that are alive; they are told by the environment they were started with. */
export function processesOf(sessionFolder: string): readonly WindowProcess[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .filter(pid => read(`/proc/${pid}/environ`).includes(`${sessionVariable}=${sessionFolder}\0`))
    .map(pid => ({ pid: Number(pid), command: read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim() }))
    .filter(it => it.command !== '');
}

/** Kills the processes of a session whose command contains a text; says how many there were. */
export function kill(sessionFolder: string, part: string): number {
  const found = processesOf(sessionFolder).filter(it => it.command.includes(part));
  for (const { pid } of found) process.kill(pid, 'SIGKILL');
  return found.length;
}

/** A process may end while it is looked at; what is gone reads as nothing. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES') return '';
    throw error;
  }
}
