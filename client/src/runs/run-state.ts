import type { RunEvent, RunNode, RunNodeResult, RunNodeStatus, RunOutcome } from '../../../server/src/protocol.ts';

export type NodeState = 'waiting' | 'running' | RunNodeStatus;

/** A node of a run, and how far it is. */
export interface NodeRun {
  readonly node: RunNode;
  readonly state: NodeState;
  readonly result: RunNodeResult | undefined;
}

/** A run as far as it is known. Made anew by each event. */
export interface RunState {
  readonly title: string;
  readonly nodes: readonly NodeRun[];
  /** `undefined` while the run goes on. */
  readonly outcome: RunOutcome | undefined;
}

/** A run of which nothing is known yet. */
export function startedRun(title: string): RunState {
  return { title, nodes: [], outcome: undefined };
}

/** The run after one more event. Results of nodes that were never planned are shown as well. */
export function afterEvent(run: RunState, event: RunEvent): RunState {
  switch (event.kind) {
    case 'planned':
      return { ...run, nodes: event.nodes.map(node => ({ node, state: 'waiting', result: undefined })) };
    case 'started':
      return withNode(run, event.node, it => ({ ...it, state: 'running' }));
    case 'finished':
      return withNode(run, event.node, it => ({ ...it, state: event.status, result: event }));
    case 'log':
      return run;
  }
}

/** The run after its end. Nodes that nobody finished were cancelled with it. */
export function afterOutcome(run: RunState, outcome: RunOutcome): RunState {
  const results = outcome.kind === 'refused' ? [] : outcome.results;
  const told = results.reduce((before, result) => afterEvent(before, { kind: 'finished', ...result }), run);
  return {
    ...told,
    outcome,
    nodes: told.nodes.map(it =>
      it.state === 'waiting' || it.state === 'running' ? { ...it, state: 'cancelled' } : it,
    ),
  };
}

/** The nodes as a person wants to read them: what went wrong first, then what is at work, then the others in their order. */
export function inOrderOfInterest(run: RunState): readonly NodeRun[] {
  return run.nodes.toSorted((a, b) => interest(a) - interest(b));
}

function interest({ state }: NodeRun): number {
  const index = INTERESTING.indexOf(state);
  return index < 0 ? INTERESTING.length : index;
}

const INTERESTING: readonly NodeState[] = ['error', 'failed', 'warn', 'running'];

/** One line on a run: what has happened so far, or how it ended. */
export function summaryOf(run: RunState): string {
  const { outcome } = run;
  if (outcome === undefined) return progressOf(run);
  if (outcome.kind === 'refused') return outcome.message;
  const counted = countsOf(run);
  const end = `${outcome.kind} in ${outcome.seconds.toFixed(1)} s`;
  // What came out comes first: the side bar is narrow.
  return counted === '' ? end : `${counted} · ${end}`;
}

function progressOf(run: RunState): string {
  if (run.nodes.length === 0) return 'starting';
  const nDone = run.nodes.filter(it => it.state !== 'waiting' && it.state !== 'running').length;
  return `${nDone} of ${run.nodes.length}`;
}

function countsOf(run: RunState): string {
  return WORDS.map(([state, word]) => [run.nodes.filter(it => it.state === state).length, word] as const)
    .filter(([n]) => n > 0)
    .map(([n, word]) => `${n} ${word}`)
    .join(', ');
}

const WORDS: readonly (readonly [NodeState, string])[] = [
  ['success', 'good'],
  ['warn', 'warned'],
  ['failed', 'failed'],
  ['error', 'in error'],
  ['skipped', 'skipped'],
  ['cancelled', 'cancelled'],
];

function withNode(run: RunState, id: string, change: (it: NodeRun) => NodeRun): RunState {
  const isPlanned = run.nodes.some(it => it.node.id === id);
  const nodes = isPlanned
    ? run.nodes
    : [...run.nodes, { node: unplanned(id), state: 'waiting' as const, result: undefined }];
  return { ...run, nodes: nodes.map(it => (it.node.id === id ? change(it) : it)) };
}

function unplanned(id: string): RunNode {
  return { id, name: id.split('.').at(-1) ?? id, kind: 'unknown', uri: null };
}
