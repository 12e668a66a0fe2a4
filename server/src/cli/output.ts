import type { Arguments } from './arguments.ts';
import { logLine, type LogEvent } from './log-event.ts';
import { colours, plain, type Style } from './style.ts';
import { streamTerminal, type Terminal } from './terminal.ts';

/** Where a command writes, and how. */
export interface Output {
  /** For results. */
  readonly terminal: Terminal;
  /** For what is said beside them: the same, unless the result is data that a program may read. */
  readonly asides: Terminal;
  readonly style: Style;
  /** `json`: one event a line, for programs. */
  readonly format: 'text' | 'json';
  readonly isQuiet: boolean;
}

/** Standard output as the flags and the terminal want it: colours only where somebody sees them. */
export function standardOutput(given: Arguments, environment: Readonly<Record<string, string | undefined>>): Output {
  const terminal = streamTerminal(process.stdout);
  const format = given.texts.get('log-format') === 'json' ? 'json' : 'text';
  const seesColours = process.stdout.isTTY && (environment['NO_COLOR'] ?? '') === '' && environment['TERM'] !== 'dumb';
  const wantsColours = given.switches.get('use-colors') ?? seesColours;
  const givesData = format === 'text' && DATA_COMMANDS.has(given.command ?? '');
  return {
    terminal,
    asides: givesData ? streamTerminal(process.stderr) : terminal,
    style: wantsColours && format === 'text' ? colours : plain,
    format,
    isQuiet: given.switches.get('quiet') ?? QUIET_LEVELS.has(given.texts.get('log-level') ?? ''),
  };
}

/** Commands whose standard output is piped into files and programs. */
const DATA_COMMANDS: ReadonlySet<string> = new Set(['ls', 'list', 'compile', 'show']);
const QUIET_LEVELS: ReadonlySet<string> = new Set(['warn', 'error', 'none']);

/** What a person reads beside the result: nothing of it in quiet or JSON output. */
export function note(output: Output, text: string): void {
  if (!output.isQuiet && output.format === 'text') output.asides.line(text);
}

/** Says what is wrong with what was asked, and answers dbt's exit code for it. */
export function refuse(output: Output, message: string): number {
  complain(output, message);
  return 2;
}

/** What should not be as it is, and stops nothing. */
export function warn(output: Output, message: string): void {
  if (output.format === 'json') output.terminal.line(logLine({ name: 'Note', level: 'warn', message }));
  else if (!output.isQuiet) output.asides.line(`${output.style.yellow('warning')}: ${message}`);
}

/** A mistake of whoever called, or of the world: always said. */
export function complain(output: Output, message: string): void {
  if (output.format === 'json') output.terminal.line(logLine(errorEvent(message)));
  else output.asides.line(`${output.style.red('error')}: ${message}`);
}

const errorEvent = (message: string): LogEvent => ({
  name: 'MainEncounteredError',
  code: 'Z002',
  level: 'error',
  message,
  data: { exc: message },
});
