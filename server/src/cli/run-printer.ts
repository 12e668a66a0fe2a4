import type { RunEvent } from '../run/events.ts';
import type { PlannedNode } from '../run/plan.ts';
import { isFailure, type NodeResult, type NodeStatus } from '../run/result.ts';
import type { Output } from './output.ts';
import type { Style } from './style.ts';
import type { Terminal } from './terminal.ts';
import { padded, shortened, textWidth } from './text-width.ts';

/** Shows a run line by line: what has ended stays, what is running is shown below it while it runs. */
export class RunPrinter {
  readonly #terminal: Terminal;
  readonly #style: Style;
  readonly #isQuiet: boolean;
  readonly #running = new Map<string, { readonly node: PlannedNode; readonly since: number }>();
  #nameWidth = 0;
  #kindWidth = 0;
  #relationWidth = 0;
  #nNodes = 0;
  #nEnded = 0;
  #ticker: NodeJS.Timeout | undefined;

  constructor({ terminal, style, isQuiet }: Pick<Output, 'terminal' | 'style' | 'isQuiet'>) {
    this.#terminal = terminal;
    this.#style = style;
    this.#isQuiet = isQuiet;
  }

  show(event: RunEvent): void {
    switch (event.kind) {
      case 'planned':
        return this.#planned(event.nodes);
      case 'started':
        this.#running.set(event.node.id, { node: event.node, since: performance.now() });
        return this.#refresh();
      case 'finished':
        this.#running.delete(event.node.id);
        this.#nEnded++;
        if (!this.#isQuiet || isFailure(event.result.status)) {
          this.#terminal.line(this.#resultLine(event.node, event.result));
        }
        return this.#refresh();
      case 'log':
        return this.#terminal.line(this.#logLine(event));
    }
  }

  /** Ends the live part; nothing moves on the screen after it. */
  end(): void {
    clearInterval(this.#ticker);
    this.#terminal.status([]);
  }

  #planned(nodes: readonly PlannedNode[]): void {
    const widest = (texts: readonly string[], most: number): number =>
      Math.min(Math.max(...texts.map(textWidth), 0), most);
    this.#kindWidth = widest(nodes.map(kindOf), 12);
    this.#nameWidth = widest(
      nodes.map(it => it.name),
      MOST_NAME,
    );
    this.#relationWidth = widest(nodes.map(relationOf), MOST_RELATION);
    this.#nNodes = nodes.length;
    if (this.#terminal.isLive) this.#ticker = setInterval(() => this.#refresh(), TICK_MS);
  }

  #resultLine(node: PlannedNode, result: NodeResult): string {
    const paint = this.#paint(result.status);
    const { dim } = this.#style;
    const room = this.#terminal.width - this.#kindWidth - this.#nameWidth - 24;
    const relation =
      room > MIN_RELATION
        ? padded(shortened(relationOf(node), Math.min(room, this.#relationWidth)), Math.min(room, this.#relationWidth))
        : '';
    const time = result.status === 'skipped' || result.status === 'cancelled' ? '' : secondsText(result.seconds);
    return [
      `  ${paint(SYMBOLS[result.status])} ${dim(padded(kindOf(node), this.#kindWidth))}`,
      ` ${padded(shortened(node.name, this.#nameWidth), this.#nameWidth)}`,
      relation === '' ? '' : `  ${dim(relation)}`,
      `  ${this.#outcome(result, paint)}`,
      time === '' ? '' : `  ${dim(time)}`,
    ].join('');
  }

  #outcome(result: NodeResult, paint: (text: string) => string): string {
    const rows = result.failures ?? result.rows;
    switch (result.status) {
      case 'success':
        return padded(
          rows === undefined ? '' : `${grouped(rows)} ${rows === 1 ? 'row' : 'rows'}`,
          OUTCOME_WIDTH,
          'left',
        );
      case 'pass':
        return padded('', OUTCOME_WIDTH);
      case 'fail':
      case 'warn':
        return paint(
          padded(
            rows === undefined ? result.status : `${grouped(rows)} ${result.status === 'fail' ? 'failing' : 'warned'}`,
            OUTCOME_WIDTH,
            'left',
          ),
        );
      case 'error':
      case 'skipped':
      case 'cancelled':
        return paint(padded(result.status, OUTCOME_WIDTH, 'left'));
    }
  }

  #paint(status: NodeStatus): (text: string) => string {
    const { green, red, yellow, dim } = this.#style;
    switch (status) {
      case 'success':
      case 'pass':
        return green;
      case 'warn':
        return yellow;
      case 'fail':
      case 'error':
        return red;
      case 'skipped':
      case 'cancelled':
        return dim;
    }
  }

  #logLine({ level, message }: Extract<RunEvent, { kind: 'log' }>): string {
    const { yellow, red, dim } = this.#style;
    const paint = level === 'warning' ? yellow : level === 'error' ? red : dim;
    return message
      .split('\n')
      .map((line, at) => `  ${paint(at === 0 ? '•' : ' ')} ${line}`)
      .join('\n');
  }

  #refresh(): void {
    if (!this.#terminal.isLive) return;
    const { dim, cyan } = this.#style;
    const now = performance.now();
    const frame = SPINNER[Math.floor(now / TICK_MS) % SPINNER.length] ?? '';
    const running = [...this.#running.values()].map(({ node, since }) => {
      const name = padded(shortened(node.name, this.#nameWidth), this.#nameWidth);
      return `  ${cyan(frame)} ${dim(padded(kindOf(node), this.#kindWidth))} ${name}  ${dim(secondsText((now - since) / 1000))}`;
    });
    this.#terminal.status(running.length === 0 ? [] : [...running, dim(`  ${this.#nEnded} of ${this.#nNodes}`)]);
  }
}

const MOST_NAME = 60;
const MOST_RELATION = 50;
const MIN_RELATION = 12;
const OUTCOME_WIDTH = 12;
const TICK_MS = 100;
const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const SYMBOLS: Readonly<Record<NodeStatus, string>> = {
  success: '✓',
  pass: '✓',
  warn: '!',
  fail: '✗',
  error: '✗',
  skipped: '–',
  cancelled: '–',
};

/** What a person calls the kind: how a model is materialized, else what it is. */
export function kindOf(node: PlannedNode): string {
  if (node.resourceType === 'unit_test') return 'unit test';
  return node.resourceType === 'model' ? (node.materialized ?? 'model') : node.resourceType;
}

const relationOf = (node: PlannedNode): string => (node.relation ?? '').replaceAll(/["`]/g, '');

/** `0.04 s`, `12.3 s`, `3 min 05 s`. */
export function secondsText(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(2)} s`;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

/** `12345` as `12,345`. */
export const grouped = (count: number): string => String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
