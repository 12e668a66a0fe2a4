import type { BatchProgress, RunEvent } from '../run/events.ts';
import type { PlannedNode } from '../run/plan.ts';
import { isFailure, type NodeResult, type NodeStatus } from '../run/result.ts';
import type { Output } from './output.ts';
import type { Style } from './style.ts';
import type { Terminal } from './terminal.ts';
import { middleCut, padded, shortened, textWidth } from './text-width.ts';

/** Shows a run line by line: what has ended stays, what is running is shown below it while it runs. */
export class RunPrinter {
  readonly #terminal: Terminal;
  readonly #style: Style;
  readonly #isQuiet: boolean;
  readonly #running = new Map<string, { readonly node: PlannedNode; readonly since: number }>();
  #columns: Columns = { kind: 0, name: 0, wide: 0 };
  #nNodes = 0;
  #nEnded = 0;
  #ticker: NodeJS.Timeout | undefined;

  constructor({ terminal, style, isQuiet }: Pick<Output, 'terminal' | 'style' | 'isQuiet'>) {
    this.#terminal = terminal;
    this.#style = style;
    this.#isQuiet = isQuiet;
    terminal.status([style.dim('  opening the warehouse …')]);
  }

  show(event: RunEvent): void {
    switch (event.kind) {
      case 'planned':
        return this.#planned(event.nodes);
      case 'started':
        this.#running.set(event.node.id, { node: event.node, since: performance.now() });
        return this.#refresh();
      case 'finished':
        this.#nEnded++;
        if (this.#isShown(event.node, event.result)) {
          this.#terminal.line(this.#resultLine(event.node, event.result));
        }
        this.#running.delete(event.node.id);
        return this.#refresh();
      case 'batch':
        if (!this.#isQuiet || isFailure(event.batch.result.status)) this.#terminal.line(this.#batchLine(event.batch));
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

  /** Of a run that was cancelled nobody wants to read what never began; the summary counts it. */
  #isShown(node: PlannedNode, { status }: NodeResult): boolean {
    if (status === 'cancelled') return this.#running.has(node.id);
    return !this.#isQuiet || isFailure(status);
  }

  #planned(nodes: readonly PlannedNode[]): void {
    this.#columns = columnsFor(nodes, this.#terminal.width);
    this.#nNodes = nodes.length;
    if (this.#terminal.isLive) this.#ticker = setInterval(() => this.#refresh(), TICK_MS);
  }

  #resultLine(node: PlannedNode, result: NodeResult): string {
    const paint = this.#paint(result.status);
    const hasRun = result.status !== 'skipped' && result.status !== 'cancelled';
    const time = hasRun ? this.#style.dim(padded(secondsText(result.seconds), TIME_WIDTH, 'left')) : '';
    const line = `  ${paint(SYMBOLS[result.status])} ${this.#what(node)}  ${this.#outcome(result, paint)}  ${time}`;
    return line.trimEnd();
  }

  /** Below the batches comes the line of the model. */
  #batchLine({ name, nth, total, result }: BatchProgress): string {
    const paint = this.#paint(result.status);
    const what = this.#style.dim(`  batch ${name} (${nth} of ${total})`);
    return `  ${paint(SYMBOLS[result.status])} ${what}  ${this.#style.dim(secondsText(result.seconds))}`;
  }

  /** Kind, name and relation in their columns; what has no relation takes its place for a longer name. */
  #what(node: PlannedNode): string {
    const { kind, name, wide } = this.#columns;
    const { dim } = this.#style;
    const start = `${dim(padded(kindOf(node), kind))} `;
    const relation = relationOf(node);
    const room = wide - name - 2;
    const hasRoom = room >= Math.min(textWidth(relation), LEAST_RELATION);
    if (relation === '' || !hasRoom) return start + padded(middleCut(node.name, wide), wide);
    return `${start}${padded(shortened(node.name, name), name)}  ${dim(padded(shortened(relation, room), room))}`;
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
      case 'partial success':
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
      case 'partial success':
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
      const time = dim(padded(secondsText((now - since) / 1000), OUTCOME_WIDTH + 2 + TIME_WIDTH, 'left'));
      return `  ${cyan(frame)} ${this.#what(node)}  ${time}`;
    });
    this.#terminal.status(running.length === 0 ? [] : [...running, dim(`  ${this.#nEnded} of ${this.#nNodes}`)]);
  }
}

/** How wide the columns are: `wide` spans the name and the relation behind it. */
interface Columns {
  readonly kind: number;
  readonly name: number;
  readonly wide: number;
}

/** Columns as wide as their texts where the line has room for them; relations go first where it has not. */
function columnsFor(nodes: readonly PlannedNode[], width: number): Columns {
  const widest = (texts: readonly string[]): number => Math.max(...texts.map(textWidth), 0);
  const kind = widest(nodes.map(kindOf));
  const room = width - kind - OTHER_WIDTH;
  const name = Math.min(widest(nodes.filter(it => it.relation !== undefined).map(it => it.name)), room);
  const wanted = widest(nodes.map(relationOf));
  const relation = Math.min(wanted, room - name - 2);
  const named = wanted === 0 || relation < Math.min(wanted, LEAST_RELATION) ? name : name + 2 + relation;
  const longest = Math.min(widest(nodes.map(it => it.name)), room, Math.max(named, MOST_NAME));
  return { kind, name, wide: Math.max(named, longest) };
}

const MOST_NAME = 80;
const LEAST_RELATION = 16;
const OUTCOME_WIDTH = 11;
const TIME_WIDTH = 7;
/** Margin, symbol, and everything to the right of the names. */
const OTHER_WIDTH = 4 + 1 + 2 + OUTCOME_WIDTH + 2 + TIME_WIDTH + 1;
const TICK_MS = 100;
const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const SYMBOLS: Readonly<Record<NodeStatus, string>> = {
  success: '✓',
  pass: '✓',
  warn: '!',
  fail: '✗',
  error: '✗',
  'partial success': '✗',
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
