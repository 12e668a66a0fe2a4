import { compileNode } from '../dbt/compile/compile-node.ts';
import type { NodeView } from '../dbt/compile/manifest-view.ts';
import { cloneNode, runNode, type RunOptions } from '../dbt/compile/run-node.ts';
import { askTableState } from '../dbt/compile/table-state.ts';
import { prepareSchemas, runOperation } from '../dbt/compile/run-operation.ts';
import { runUnitTest } from '../dbt/compile/unit-test.ts';
import { askCatalog, askFreshness, type Answered } from '../dbt/compile/warehouse-questions.ts';
import type { KnownRelations } from '../dbt/context/known-relations.ts';
import type { Data, DataMap, DataScalar } from '../dbt/manifest/data.ts';
import type { UniqueId } from '../dbt/manifest/node.ts';
import type { WarehouseAccess } from '../dbt/warehouse-access.ts';
import type { ModelDb } from '../model/db.ts';
import type { Job, RenderedOutcome } from './node-outcome.ts';
import { compiledOutcome, missing, runOutcome, type NamedNode } from './outcome-of.ts';
import type { NodeResult } from './result.ts';

/** What a rendering thread works with; `access` blocks while the warehouse works. */
export interface Workplace {
  readonly db: ModelDb;
  readonly access: WarehouseAccess;
  readonly relations: KnownRelations;
}

/** Does a job in this thread, up to where the answers to its last statements are missing. */
export function doJob(job: Job, { db, access, relations }: Workplace): RenderedOutcome {
  const view = db.view();
  switch (job.kind) {
    case 'compile':
      return withNode(db, job.id, node => {
        const rendered = compileNode(view, node, { access });
        return compiledOutcome(db, node, { ...rendered, rendered });
      });
    case 'run': {
      const unitTest = db.node(job.id);
      if (unitTest?.resourceType === 'unit_test') {
        return runOutcome(db, unitTest, runUnitTest(view, unitTest, { access }));
      }
      return withNode(db, job.id, node =>
        runOutcome(db, node, runNode(view, node, { access, relations, batch: job.batch })),
      );
    }
    case 'table-state':
      return withNode(db, job.id, node => {
        const { run, state } = askTableState(view, node, { access, relations });
        const outcome = runOutcome(db, node, run);
        return state === undefined ? outcome : { ...outcome, state };
      });
    case 'clone':
      return withNode(db, job.id, node => {
        const outcome = runOutcome(db, node, cloneNode(view, node, { access, relations }));
        return outcome.failure === undefined ? { ...outcome, status: outcome.status ?? 'No-op' } : outcome;
      });
    case 'hook':
      return withNode(db, job.id, node =>
        runOutcome(db, node, runNode(view, node, { ...hookOptions(db, job.results, access), relations })),
      );
    case 'operation':
      return runOutcome(db, undefined, runOperation(view, job.macro, job.args, access));
    case 'freshness': {
      const source = db.node(job.id);
      if (source?.resourceType !== 'source') return missing(job.id);
      return answeredOutcome(db, source, askFreshness(view, source, access));
    }
    case 'catalog':
      return answeredOutcome(db, undefined, askCatalog(view, job, access));
    case 'schemas':
      return runOutcome(db, undefined, prepareSchemas(view, job.ids, access));
  }
}

function withNode(db: ModelDb, id: UniqueId, work: (node: NodeView) => RenderedOutcome): RenderedOutcome {
  const node = db.view().node(id);
  return node === undefined ? missing(id) : work(node);
}

function answeredOutcome(db: ModelDb, node: NamedNode | undefined, { run, table }: Answered): RenderedOutcome {
  const outcome = runOutcome(db, node, run);
  return table === undefined ? outcome : { ...outcome, table };
}

/** What `on-run-end` sees: the results as dbt shows them, and the schemas that were built in. */
function hookOptions(db: ModelDb, results: readonly NodeResult[], access: WarehouseAccess): RunOptions {
  const built = results.filter(({ status }) => status !== 'error' && status !== 'skipped');
  const schemas = built.flatMap(({ id }) => db.relation(id)?.schema ?? []);
  return { access, results: results.map(resultData), schemas: [...new Set(schemas)] };
}

function resultData(result: NodeResult): DataMap {
  return new Map<DataScalar, Data>([
    ['unique_id', result.id],
    ['status', result.status],
    ['message', result.message ?? null],
    ['failures', result.failures ?? null],
    ['thread_id', result.thread],
  ]);
}
