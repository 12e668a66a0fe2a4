import type { Compiled } from '../dbt/compile/compiled.ts';
import type { NodeView } from '../dbt/compile/manifest-view.ts';
import { refusedStatement } from '../dbt/compile/open-run.ts';
import type { NodeRun } from '../dbt/compile/run-node.ts';
import type { OpenStatement } from '../dbt/context/sent-statements.ts';
import type { ResourceType, UniqueId } from '../dbt/manifest/node.ts';
import { renderedMessage } from '../model/dbt-errors.ts';
import type { ModelDb, RenderedNode } from '../model/db.ts';
import type { RenderProblem } from '../render/rendered.ts';
import type { WarehouseFailure } from '../warehouse/warehouse.ts';
import { codePath } from './artifacts.ts';
import { ownPlace, widened } from './failure-place.ts';
import type { NodeOutcome, RenderedOutcome } from './node-outcome.ts';
import type { FailurePlace } from './result.ts';

/** The outcome of a job that did nothing. */
export const NOTHING: NodeOutcome = {
  status: undefined,
  rows: undefined,
  test: undefined,
  compiledSql: undefined,
  ctes: [],
  macros: [],
  runSql: undefined,
  failure: undefined,
  log: [],
};

/** The outcome of a job for a node that is gone. */
export function missing(id: UniqueId): NodeOutcome {
  const message = `There is no node ${id} any more.`;
  return { ...NOTHING, failure: { message, place: undefined, dbtMessage: `Internal Error\n  ${message}` } };
}

/** What came of compiling a node. */
export function compiledOutcome(
  db: ModelDb,
  node: NodeView,
  { rendered: { text, problem }, ephemerals, macros }: Pick<RenderedNode, 'rendered' | 'ephemerals' | 'macros'>,
): NodeOutcome {
  if (problem === undefined) return { ...NOTHING, compiledSql: text, ctes: ctesOf(ephemerals), macros };
  return { ...NOTHING, failure: failureOf(db, node, { problem, refusal: undefined, isWritten: false }) };
}

/** What came of running a node, as far as its thread knows. */
export function runOutcome(db: ModelDb, node: NamedNode | undefined, run: NodeRun): RenderedOutcome {
  const { problem, refusal, main, open } = run;
  const answered = main !== undefined && 'status' in main ? main : undefined;
  const isWritten = run.sql !== undefined;
  return {
    status: answered?.status,
    rows: answered?.rowsAffected,
    test: run.test,
    compiledSql: run.compiled?.text,
    ctes: ctesOf(run.compiled?.ephemerals ?? []),
    macros: run.compiled?.macros ?? [],
    runSql: run.sql,
    failure: problem === undefined ? undefined : failureOf(db, node, { problem, refusal, isWritten }),
    log: told(run.log),
    open: {
      main: main !== undefined && 'sent' in main ? main.sent : undefined,
      statements: open.map(it => ({ ...it, nLog: told(run.log.slice(0, it.nLog)).length })),
    },
  };
}

/** Ephemeral models as the manifest tells of them. */
const ctesOf = (ephemerals: Compiled['ephemerals']): NodeOutcome['ctes'] =>
  ephemerals.map(({ uniqueId, name, text }) => ({ id: uniqueId, sql: ` ${name} as (\n${text}\n)` }));

const told = (entries: NodeRun['log']): NodeOutcome['log'] =>
  entries.flatMap(({ level, message }) => (level === 'debug' ? [] : [{ level: LEVELS[level], message }]));

/** What came of a job when one of its open statements was refused: what its template did after that one never was. */
export function refusedOutcome(
  db: ModelDb,
  id: UniqueId | undefined,
  outcome: NodeOutcome,
  { statement, failure }: { readonly statement: OpenStatement; readonly failure: WarehouseFailure },
): NodeOutcome {
  const node = id === undefined ? undefined : (db.view().node(id) ?? namedNode(db, id));
  const { message, position } = failure;
  const refused = refusedStatement(statement, { message, position });
  return {
    ...NOTHING,
    compiledSql: outcome.compiledSql,
    ctes: outcome.ctes,
    macros: outcome.macros,
    runSql: statement.written,
    failure: failureOf(db, node, { ...refused, isWritten: statement.written !== undefined }),
    log: outcome.log.slice(0, statement.nLog),
  };
}

/** Unit tests and sources have no view. */
function namedNode(db: ModelDb, id: UniqueId): NamedNode | undefined {
  const node = db.node(id);
  return node?.resourceType === 'unit_test' || node?.resourceType === 'source' ? node : undefined;
}

/** What messages say about a node. */
export type NamedNode = Pick<NodeView, 'resourceType' | 'name' | 'originalPath' | 'path' | 'packageName'>;

const LEVELS = { info: 'info', print: 'info', warn: 'warning' } as const;

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
