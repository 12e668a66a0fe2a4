import type { DataMap } from '../dbt/manifest/data.ts';
import type { UniqueId } from '../dbt/manifest/node.ts';
import type { Clock } from '../host/clock.ts';
import type { ModelDb } from '../model/db.ts';
import type { ProjectInput } from '../model/project-input.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { runResultsArtifact, type Artifact } from './artifacts.ts';
import type { NodeOutcome } from './node-outcome.ts';
import { resultOf, type WorkTime } from './node-result.ts';
import { RenderPool } from './render-pool.ts';

/** What running one macro needs. */
export interface OperationOptions {
  readonly db: ModelDb;
  readonly input: ProjectInput;
  readonly warehouse: Warehouse;
  /** The bundle of `run/worker.ts`. */
  readonly workerFile: string;
  readonly macro: string;
  readonly args: DataMap;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onArtifact: (artifact: Artifact) => void;
}

/**
 * Runs a macro as dbt's `run-operation` does: its statements are sent, and nothing is committed that it does not commit.
 * A macro of the project leaves its result in `run_results.json`.
 */
export async function runMacro(options: OperationOptions): Promise<NodeOutcome> {
  const { workerFile, input, db, warehouse, macro, args, signal, clock } = options;
  const [startedAt, begun] = [clock.now(), clock.elapsed()];
  const pool = new RenderPool({ workerFile, input, db, warehouse, lanes: 1 });
  try {
    const outcome = await pool.do({ kind: 'operation', macro, args }, 0, signal);
    const id = macroId(db, macro);
    const time = { startedAt, seconds: (clock.elapsed() - begun) / 1000, thread: 'MainThread' };
    if (id !== undefined) options.onArtifact(operationArtifact(options, { id, outcome, time }));
    return outcome;
  } finally {
    await pool.close();
  }
}

function macroId(db: ModelDb, macro: string): UniqueId | undefined {
  const named = [...db.manifest().macros.values()].filter(it => `${it.packageName}.${it.name}` === macro);
  const byName = [...db.manifest().macros.values()].filter(it => it.name === macro);
  const own = byName.find(it => it.packageName === db.project().name);
  return (named[0] ?? own ?? byName[0])?.uniqueId;
}

interface EndedOperation {
  readonly id: UniqueId;
  readonly outcome: NodeOutcome;
  readonly time: WorkTime;
}

function operationArtifact({ input, signal, clock, macro }: OperationOptions, ended: EndedOperation): Artifact {
  const { id, outcome, time } = ended;
  const node = {
    id,
    name: macro,
    resourceType: 'macro',
    materialized: undefined,
    relation: undefined,
    file: '',
  } as const;
  const judging = { config: new Map(), isCancelled: signal.aborted, warnError: false };
  const result = resultOf(node, outcome, time, { ...judging, clock });
  return runResultsArtifact([{ ...result, failures: result.status === 'success' ? 0 : 1 }], {
    settings: input.settings,
    generatedAt: clock.now(),
    seconds: time.seconds,
    arguments: { ...input.settings.flags, which: 'run-operation', macro, vars: input.settings.vars },
    relationName: () => undefined,
  });
}
