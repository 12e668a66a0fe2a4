import { compileNode } from '../dbt/compile/compile-node.ts';
import type { Compiled } from '../dbt/compile/compiled.ts';
import type { NodeView } from '../dbt/compile/manifest-view.ts';
import { cloneNode, runNode, type NodeRun, type RunOptions } from '../dbt/compile/run-node.ts';
import { askTableState } from '../dbt/compile/table-state.ts';
import { prepareSchemas, runOperation } from '../dbt/compile/run-operation.ts';
import { runUnitTest } from '../dbt/compile/unit-test.ts';
import { askCatalog, askFreshness, type Answered } from '../dbt/compile/warehouse-questions.ts';
import type { KnownRelations } from '../dbt/context/known-relations.ts';
import type { Data, DataMap, DataScalar } from '../dbt/manifest/data.ts';
import type { ResourceType, UniqueId } from '../dbt/manifest/node.ts';
import type { WarehouseAccess } from '../dbt/warehouse-access.ts';
import { renderedMessage } from '../model/dbt-errors.ts';
import type { ModelDb } from '../model/db.ts';
import type { RenderProblem } from '../render/rendered.ts';
import { codePath } from './artifacts.ts';
import type { Job, NodeOutcome } from './node-outcome.ts';
import { ownPlace, widened } from './failure-place.ts';
import type { FailurePlace, NodeResult } from './result.ts';

/** What a rendering thread works with; `access` blocks while the warehouse works. */
export interface Workplace {
  readonly db: ModelDb;
  readonly access: WarehouseAccess;
  readonly relations: KnownRelations;
}

/** Does a job in this thread. */
export function doJob(job: Job, { db, access, relations }: Workplace): NodeOutcome {
  const view = db.view();
  switch (job.kind) {
    case 'compile':
      return withNode(db, job.id, node => compiledOutcome(db, node, compileNode(view, node, { access })));
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

const NOTHING: NodeOutcome = {
  status: undefined,
  rows: undefined,
  test: undefined,
  compiledSql: undefined,
  runSql: undefined,
  failure: undefined,
  log: [],
};

function withNode(db: ModelDb, id: UniqueId, work: (node: NodeView) => NodeOutcome): NodeOutcome {
  const node = db.view().node(id);
  return node === undefined ? missing(id) : work(node);
}

function missing(id: UniqueId): NodeOutcome {
  const message = `There is no node ${id} any more.`;
  return { ...NOTHING, failure: { message, place: undefined, dbtMessage: `Internal Error\n  ${message}` } };
}

function answeredOutcome(db: ModelDb, node: NamedNode | undefined, { run, table }: Answered): NodeOutcome {
  const outcome = runOutcome(db, node, run);
  return table === undefined ? outcome : { ...outcome, table };
}

/** What came of compiling a node. */
export function compiledOutcome(
  db: ModelDb,
  node: NodeView,
  { text, problem }: Pick<Compiled, 'text' | 'problem'>,
): NodeOutcome {
  if (problem === undefined) return { ...NOTHING, compiledSql: text };
  return { ...NOTHING, failure: failureOf(db, node, { problem, refusal: undefined, isWritten: false }) };
}

function runOutcome(db: ModelDb, node: NamedNode | undefined, run: NodeRun): NodeOutcome {
  const { problem, refusal } = run;
  return {
    status: run.main?.status,
    rows: run.main?.rowsAffected,
    test: run.test,
    compiledSql: run.compiled?.text,
    runSql: run.sql,
    failure:
      problem === undefined ? undefined : failureOf(db, node, { problem, refusal, isWritten: run.sql !== undefined }),
    log: run.log.flatMap(({ level, message }) => (level === 'debug' ? [] : [{ level: LEVELS[level], message }])),
  };
}

/** What messages say about a node. */
type NamedNode = Pick<NodeView, 'resourceType' | 'name' | 'originalPath' | 'path' | 'packageName'>;

const LEVELS = { info: 'info', print: 'info', warn: 'warning' } as const;

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

interface Trouble {
  readonly problem: RenderProblem;
  readonly refusal: NodeRun['refusal'];
  /** Whether the statement is kept below `target/run`. */
  readonly isWritten: boolean;
}

function failureOf(db: ModelDb, node: NamedNode | undefined, trouble: Trouble): NonNullable<NodeOutcome['failure']> {
  const message = trouble.refusal?.message ?? trouble.problem.message;
  const kept = node === undefined || !trouble.isWritten ? undefined : keptAt(db, node, trouble.problem);
  return { message, place: placeOf(db, trouble), dbtMessage: dbtMessage(node, trouble.problem) + (kept ?? '') };
}

/** dbt says where to read the statement that the warehouse refused. */
function keptAt(db: ModelDb, node: NamedNode, { errorClass }: RenderProblem): string | undefined {
  if (errorClass !== 'DbtDatabaseError') return undefined;
  return `\n  compiled code at ${db.project().targetPath}/run/${codePath(node)}`;
}

/** The place of the fault in the project's own files: what fails inside of the built-in library is shown where it is called. */
function placeOf(db: ModelDb, { problem, refusal }: Trouble): FailurePlace | undefined {
  if (refusal?.origin !== undefined) {
    const place = ownPlace(db, widened(db, refusal.origin), refusal.frame);
    if (place !== undefined) return place;
  }
  const { file, range, frame } = problem;
  return ownPlace(db, { file, start: range.start, end: range.end }, frame);
}

function dbtMessage(node: NamedNode | undefined, problem: RenderProblem): string {
  const kind = KINDS.get(problem.errorClass) ?? 'Compilation Error';
  const indented = (text: string): string => text.replaceAll('\n', '\n  ');
  if (node === undefined) return `${kind}\n  ${indented(problem.message)}`;
  const { name, originalPath } = node;
  if (node.resourceType === 'unit_test' && problem.errorClass === 'DbtDatabaseError') {
    return `Runtime Error in unit_test ${name} (${originalPath})\n  ${unitTestTrouble(name, indented(problem.message))}`;
  }
  // A view's resource type is the manifest's.
  const resourceType = node.resourceType as ResourceType;
  // Only mistakes of templates come with the macros on the way.
  const isTemplates = !KINDS.has(problem.errorClass);
  const text = isTemplates ? renderedMessage({ kind: resourceType, name, originalPath }, problem) : problem.message;
  return `${kind} in ${resourceType} ${name} (${originalPath})\n  ${indented(text)}`;
}

const unitTestTrouble = (name: string, message: string): string =>
  `The unit test '${name}' could not be run; check the data types of its rows.\n   Database Error\n    ${message}`;

const KINDS: ReadonlyMap<string, string> = new Map([
  ['DbtDatabaseError', 'Database Error'],
  ['DbtRuntimeError', 'Runtime Error'],
  ['FailFastError', 'FailFast Error'],
]);
