import type { RunEvent } from '../run/events.ts';
import type { Terminal } from './terminal.ts';

/** Shows a run as one JSON object a line, for programs. */
export function jsonPrinter(terminal: Terminal): { show(event: RunEvent): void; end(): void } {
  return {
    show: event => terminal.line(JSON.stringify(event)),
    end: () => undefined,
  };
}
