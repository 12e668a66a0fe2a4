import { describe, expect, test } from 'vitest';
import { afterEvent, afterOutcome, inOrderOfInterest, startedRun, summaryOf } from '../../client/src/runs/run-state.ts';
import type { RunEvent, RunNodeResult } from '../../server/src/protocol.ts';

const node = (name: string) => ({ id: `model.shop.${name}`, name, kind: 'model' as const, uri: null });
const result = (name: string, status: RunNodeResult['status']): RunNodeResult => ({
  node: `model.shop.${name}`,
  status,
  message: '',
  seconds: 0.5,
  place: null,
});

const planned: RunEvent = { kind: 'planned', nodes: [node('a'), node('b')] };

function stateAfter(...events: readonly RunEvent[]) {
  return events.reduce(afterEvent, startedRun('Build project'));
}

describe('a run in the side bar', () => {
  test('counts how many of the planned nodes are done', () => {
    const run = stateAfter(planned, { kind: 'started', node: 'model.shop.a' });
    expect(run.nodes.map(it => it.state)).toEqual(['running', 'waiting']);
    expect(summaryOf(run)).toBe('0 of 2');
    expect(summaryOf(afterEvent(run, { kind: 'finished', ...result('a', 'success') }))).toBe('1 of 2');
  });

  test('says at its end how many nodes were good and how many were not', () => {
    const results = [result('a', 'success'), result('b', 'error')];
    const run = afterOutcome(stateAfter(planned), { kind: 'done', results, seconds: 1.25 });
    expect(summaryOf(run)).toBe('1 good, 1 in error · done in 1.3 s');
  });

  test('what was under way when it was cancelled is cancelled too', () => {
    const run = afterOutcome(stateAfter(planned, { kind: 'started', node: 'model.shop.a' }), {
      kind: 'cancelled',
      results: [],
      seconds: 2,
    });
    expect(run.nodes.map(it => it.state)).toEqual(['cancelled', 'cancelled']);
    expect(summaryOf(run)).toBe('2 cancelled · cancelled in 2.0 s');
  });

  test('a node that nobody planned shows up under its name', () => {
    const run = stateAfter({ kind: 'finished', ...result('late', 'warn') });
    expect(run.nodes.map(it => [it.node.name, it.state])).toEqual([['late', 'warn']]);
  });

  test('shows what went wrong before what is good', () => {
    const run = stateAfter(planned, { kind: 'finished', ...result('b', 'error') });
    expect(inOrderOfInterest(run).map(it => it.node.name)).toEqual(['b', 'a']);
  });

  test('a refused run says why', () => {
    const run = afterOutcome(startedRun('Run a'), { kind: 'refused', message: 'There is no profile.', place: null });
    expect(summaryOf(run)).toBe('There is no profile.');
  });
});
