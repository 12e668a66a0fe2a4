import type { RenderProblem } from '../../render/rendered.ts';
import { Callable, Dict, List, Spanned, type Value } from '../../render/value.ts';
import { noArguments } from '../../render/python/arguments.ts';
import type { KnownRelations } from '../context/known-relations.ts';
import { Relation, relationState, type RelationState } from '../context/relation.ts';
import { RenderSession, type LogEntry, type Refusal } from '../context/render-session.ts';
import { TemplateContext } from '../context/template-context.ts';
import type { OpenStatement } from '../context/sent-statements.ts';
import { endTransaction, runStatement } from '../context/warehouse-statements.ts';
import { adapterPrefixes } from '../macros/library.ts';
import { asList, asString, type DataMap } from '../manifest/data.ts';
import { toDict } from '../manifest/data-value.ts';
import type { BatchPart } from '../microbatch/batch-part.ts';
import type { WarehouseAccess } from '../warehouse-access.ts';
import { compileIn } from './compile-node.ts';
import type { Compiled } from './compiled.ts';
import { mainAnswer, testOutcome, type MainAnswer, type SentMain, type TestOutcome } from './main-answer.ts';
import type { MacroView, ManifestView, NodeView } from './manifest-view.ts';
import { openStatements, settledProblem } from './open-run.ts';
import { callFromHost } from './render-node.ts';

/**
 * How the run of a node, a hook or an operation ended, as far as the thread that renders goes: it has ended so once the
 * warehouse has said yes to all that is open.
 */
export interface NodeRun {
  /** The node's own query; `undefined` for operations, and when there was nothing to compile. */
  readonly compiled: Compiled | undefined;
  /** What dbt writes below `target/run`: the statement that built the node. */
  readonly sql: string | undefined;
  readonly main: MainAnswer | SentMain | undefined;
  /** The statements that were sent and not waited for. */
  readonly open: readonly OpenStatement[];
  readonly relations: readonly RelationState[];
  /** For tests. */
  readonly test: TestOutcome | undefined;
  readonly log: readonly LogEntry[];
  readonly problem: RenderProblem | undefined;
  /** When the problem is that the warehouse refused a statement. */
  readonly refusal: Refusal | undefined;
}

export interface RunOptions {
  /** Without it the answers are those of an empty warehouse. */
  readonly access?: WarehouseAccess;
  /** What on-run-end hooks see as `results`, `schemas` and `database_schemas`. */
  readonly results?: readonly DataMap[];
  readonly schemas?: readonly string[];
  /** What the nodes before this one left known of the warehouse. */
  readonly relations?: KnownRelations;
  /** The part of a microbatch model that is to be built. */
  readonly batch?: BatchPart | undefined;
}

/** Compiles a node and runs its materialization: hooks, statements, commit. No transaction is left open. */
export function runNode(view: ManifestView, node: NodeView, options: RunOptions): NodeRun {
  const session = new RenderSession(view, node, 'run', options.access);
  if (options.results !== undefined) offerResults(session, options);
  if (options.relations !== undefined) session.relations = options.relations;
  session.batch = options.batch;
  try {
    const run = runIn(session);
    remember(session, run);
    return run;
  } finally {
    endTransaction(session, 'ROLLBACK');
  }
}

/** Makes a node's relation from the one that another environment built, as `clone` does. The node itself is not compiled. */
export function cloneNode(
  view: ManifestView,
  node: NodeView,
  { access, relations }: Pick<RunOptions, 'access' | 'relations'>,
): NodeRun {
  const session = new RenderSession(view, node, 'run', access);
  if (relations !== undefined) session.relations = relations;
  const other = view.facts.deferral?.relations.get(node.uniqueId);
  const quote = node.relation.quote;
  const from = other === undefined ? null : new Relation(relationState(view.adapterType, { ...other, quote }));
  session.extras.set('defer_relation', from);
  session.extras.set('sql', '');
  try {
    const run = runMaterialization(session, new TemplateContext(session), { materialized: 'clone' });
    remember(session, run);
    return run;
  } finally {
    endTransaction(session, 'ROLLBACK');
  }
}

/** A build adds what it names; one that failed has been rolled back, and hooks are SQL that may do anything. */
function remember({ node, relations }: RenderSession, { problem, relations: built }: NodeRun): void {
  const hasHooks = HOOKS.some(key => asList(node.config.get(key))?.length);
  if (problem !== undefined || node.resourceType === 'operation' || hasHooks) relations.forget();
  else for (const state of built) relations.add(new Relation(state));
}

const HOOKS = ['pre-hook', 'post-hook'];

function runIn(session: RenderSession): NodeRun {
  const context = new TemplateContext(session);
  const compiled = compileIn(session, context);
  if (compiled.problem !== undefined) return finishRun(session, { compiled, problem: compiled.problem });
  if (session.node.resourceType === 'operation') return runHook(session, context, compiled);
  session.extras.set('sql', spannedText(compiled));
  session.extras.set('compiled_code', compiled.text);
  if (session.batch?.isIncremental === true) alwaysIncremental(session);
  // A new context, because `model` has its compiled code from here on.
  return runMaterialization(session, new TemplateContext(session), { compiled });
}

/** After its first batch a model is added to, also when it is built anew. */
function alwaysIncremental({ macroOverrides }: RenderSession): void {
  macroOverrides.set('is_incremental', new Callable('is_incremental', () => true));
  macroOverrides.set('should_full_refresh', new Callable('should_full_refresh', () => false));
}

/** The compiled text as a value that still knows where it came from, so that an error in it can be placed. */
function spannedText({ text, segments }: Compiled): Value {
  const pieces = segments.map(({ start, end, origin, kind, frame }) => ({ length: end - start, origin, kind, frame }));
  return text === '' ? '' : new Spanned(text, pieces);
}

function offerResults(session: RenderSession, { results = [], schemas = [] }: RunOptions): void {
  const { view, node } = session;
  session.extras.set('results', new List(results.map(result => resultValue(view, result))));
  session.extras.set('schemas', new List([...schemas]));
  const pairs = schemas.map(schema => new List([node.database ?? null, schema]));
  session.extras.set('database_schemas', new List(pairs));
}

function resultValue(view: ManifestView, result: DataMap): Value {
  const dict = toDict(result);
  const id = asString(result.get('unique_id'));
  if (id !== undefined) dict.setString('node', toDict(view.describe(id)));
  return dict;
}

/** A hook is its rendered text; one that renders to nothing is not sent. */
function runHook(session: RenderSession, context: TemplateContext, compiled: Compiled): NodeRun {
  if (compiled.text.trim() === '') return finishRun(session, { compiled });
  const { problem } = callFromHost(context, () => {
    runStatement(session, compiled.text, { autoBegin: false });
    endTransaction(session, 'COMMIT');
    return null;
  });
  return finishRun(session, { compiled, problem });
}

/** Runs the materialization macro that a node asks for, or the one that is named. */
export function runMaterialization(
  session: RenderSession,
  context: TemplateContext,
  { compiled, materialized }: { readonly compiled?: Compiled; readonly materialized?: string },
): NodeRun {
  const { config, resourceType } = session.node;
  const name = materialized ?? FIXED.get(resourceType) ?? asString(config.get('materialized')) ?? 'view';
  const macro = findMaterialization(session, name);
  if (macro === undefined) return finishRun(session, { compiled, problem: missingMaterialization(session, name) });
  const { value, problem } = callFromHost(context, (_, call) => call.call(context.macroCallable(macro), noArguments));
  return finishRun(session, { compiled, problem, value });
}

/** What resources of these kinds are, whatever their config says. */
const FIXED: ReadonlyMap<string, string> = new Map([
  ['seed', 'seed'],
  ['test', 'test'],
  ['snapshot', 'snapshot'],
  ['unit_test', 'unit'],
]);

/** The adapter's own materialization before the one for all; the project's before the packages' and the built-in one. */
function findMaterialization(session: RenderSession, name: string): MacroView | undefined {
  const { view, node, macroIndex: index } = session;
  for (const prefix of adapterPrefixes(view.adapterType)) {
    const macroName = `materialization_${name}_${prefix}`;
    const own =
      index.packages.get(view.projectName)?.get(macroName) ?? index.packages.get(node.packageName)?.get(macroName);
    const found = own ?? index.builtin.get(macroName) ?? inAnyPackage(index.packages, macroName);
    if (found !== undefined) return found;
  }
  return undefined;
}

function inAnyPackage(
  packages: ReadonlyMap<string, ReadonlyMap<string, MacroView>>,
  name: string,
): MacroView | undefined {
  for (const macros of packages.values()) {
    const macro = macros.get(name);
    if (macro !== undefined) return macro;
  }
  return undefined;
}

function missingMaterialization({ view, node }: RenderSession, name: string): RenderProblem {
  const message = `No materialization '${name}' was found for adapter ${view.adapterType}! (searched types 'default' and '${view.adapterType}')`;
  const range = { start: 0, end: 0 };
  const file = view.templateOrigin(node.uniqueId)?.file ?? node.originalPath;
  return {
    errorClass: 'CompilationError',
    message,
    file,
    range,
    frame: undefined,
    line: undefined,
    code: 'materialization-missing',
  };
}

/** What is known at the end of a run. */
export interface Ending {
  readonly compiled?: Compiled | undefined;
  readonly problem?: RenderProblem | undefined;
  readonly value?: Value;
}

/** What is still open is given up, as dbt does when a connection goes back. */
export function finishRun(session: RenderSession, { compiled, value, ...ending }: Ending): NodeRun {
  const problem = ending.problem === undefined ? undefined : settledProblem(session, ending.problem);
  endTransaction(session, 'ROLLBACK');
  const main = mainAnswer(session);
  const test = session.node.resourceType === 'test' && problem === undefined ? testOutcome(session) : undefined;
  return {
    compiled,
    sql: session.written,
    main,
    open: openStatements(session),
    relations: relationsIn(value),
    test: test !== undefined && 'failures' in test ? test : undefined,
    log: session.log,
    problem: problem ?? (test !== undefined && 'errorClass' in test ? test : undefined),
    refusal: problem === undefined ? undefined : session.refusal,
  };
}

function relationsIn(value: Value | undefined): readonly RelationState[] {
  const relations = value instanceof Dict ? value.getString('relations') : undefined;
  if (!(relations instanceof List)) return [];
  return relations.items.filter(item => item instanceof Relation).map(relation => relation.state);
}
