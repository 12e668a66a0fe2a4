import { err, ok, type Result } from '../../base/result.ts';
import type { NodeExtras } from '../manifest/node-extras.ts';
import type { Manifest, UniqueId } from '../manifest/node.ts';
import type { PreviousState } from '../state/previous-state.ts';
import { nodesInState } from '../state/state-selection.ts';
import { selectableNodes, type Selectable } from './candidates.ts';
import { internalRefusal, runtimeRefusal, type Refusal } from './refusal.ts';

/** An earlier invocation to compare with, and what comparing needs. */
export interface StateComparison {
  readonly previous: PreviousState;
  readonly manifest: Manifest;
  readonly extras: NodeExtras;
  readonly adapterType: string;
}

type Test = Result<(node: Selectable) => boolean, Refusal>;

/** `state:modified` and its like. */
export function stateTest(value: string, comparison: StateComparison | undefined): Test {
  const previous = comparison?.previous.manifest;
  if (comparison === undefined || previous === undefined) {
    return err(runtimeRefusal('Got a state selector method, but no comparison manifest'));
  }
  const nodes = selectableNodes(comparison.manifest).values();
  const found = nodesInState(value, nodes, { ...comparison, previous });
  return found.ok ? ok(isAmong(found.value)) : found;
}

/** `result:error` and its like: how nodes ended before. */
export function resultTest(value: string, comparison: StateComparison | undefined): Test {
  const results = comparison?.previous.results;
  if (results === undefined) return err(internalRefusal('No comparison run_results'));
  return ok(node => results.get(node.uniqueId) === value);
}

/** `source_status:fresher`: sources with rows that are newer than they were. */
export function sourceStatusTest(value: string, comparison: StateComparison | undefined): Test {
  const { loadedAt: before, loadedAtNow: now } = comparison?.previous ?? {};
  if (before === undefined) {
    return err(internalRefusal('No previous state comparison freshness results in sources.json'));
  }
  if (now === undefined) return err(internalRefusal('No current state comparison freshness results in sources.json'));
  const fresher = [...now].filter(([id, time]) => value === 'fresher' && isLater(time, before.get(id)));
  return ok(isAmong(new Set(fresher.map(([id]) => id))));
}

const isLater = (time: string, before: string | undefined): boolean =>
  before === undefined || Date.parse(time) > Date.parse(before);

const isAmong =
  (ids: ReadonlySet<UniqueId>) =>
  (node: Selectable): boolean =>
    ids.has(node.uniqueId);
