import type { Arguments } from './arguments.ts';
import { colours, plain, type Style } from './style.ts';
import { streamTerminal, type Terminal } from './terminal.ts';

/** Where a command writes, and how. */
export interface Output {
  readonly terminal: Terminal;
  readonly style: Style;
  /** `json`: one event a line, for programs. */
  readonly format: 'text' | 'json';
  readonly isQuiet: boolean;
}

/** Standard output as the flags and the terminal want it: colours only where somebody sees them. */
export function standardOutput(given: Arguments, environment: Readonly<Record<string, string | undefined>>): Output {
  const terminal = streamTerminal(process.stdout);
  const format = given.texts.get('log-format') === 'json' ? 'json' : 'text';
  const wantsColours =
    given.switches.get('use-colors') ?? (process.stdout.isTTY && (environment['NO_COLOR'] ?? '') === '');
  return {
    terminal,
    style: wantsColours && format === 'text' ? colours : plain,
    format,
    isQuiet: given.switches.get('quiet') ?? false,
  };
}

/** What a person reads beside the result: nothing of it in quiet or JSON output. */
export function note(output: Output, text: string): void {
  if (!output.isQuiet && output.format === 'text') output.terminal.line(text);
}

/** Says what is wrong with what was asked, and answers dbt's exit code for it. */
export function refuse(output: Output, message: string): number {
  complain(output, message);
  return 2;
}

/** A mistake of whoever called, or of the world: always said. */
export function complain(output: Output, message: string): void {
  if (output.format === 'json') output.terminal.line(JSON.stringify({ level: 'error', message }));
  else output.terminal.line(`${output.style.red('error')}: ${message}`);
}
