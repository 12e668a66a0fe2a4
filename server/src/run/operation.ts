import type { DataMap } from '../dbt/manifest/data.ts';
import type { ProjectInput } from '../model/project-input.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { NodeOutcome } from './node-outcome.ts';
import { RenderThread } from './render-thread.ts';

/** What running one macro needs. */
export interface OperationOptions {
  readonly input: ProjectInput;
  readonly warehouse: Warehouse;
  /** The bundle of `run/worker.ts`. */
  readonly workerFile: string;
  readonly macro: string;
  readonly args: DataMap;
  readonly signal: AbortSignal;
}

/** Runs a macro as dbt's `run-operation` does: its statements are sent, and nothing is committed that it does not commit. */
export async function runMacro(options: OperationOptions): Promise<NodeOutcome> {
  const { workerFile, input, warehouse, macro, args, signal } = options;
  const thread = new RenderThread(workerFile, input, warehouse);
  try {
    return await thread.do({ kind: 'operation', macro, args }, signal);
  } finally {
    await thread.close();
  }
}
