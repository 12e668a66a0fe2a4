import { strOf } from '../../render/python/strings.ts';
import { typeName } from '../../render/python/type-name.ts';
import { Callable, type CallArguments, type CallContext, type Value } from '../../render/value.ts';
import type { NodeView } from '../compile/manifest-view.ts';
import { asBoolean, emptyMap, type DataMap } from '../manifest/data.ts';
import type { RefCall, RelationParts, SourceCall } from '../manifest/node.ts';
import { quotePolicy, relationStyle } from '../manifest/relation.ts';
import { momentText, type Batch } from '../microbatch/batches.ts';
import { eventTimeField } from '../microbatch/settings.ts';
import { compilationError, DbtError } from './dbt-error.ts';
import { Relation, relationState, type TimeFilter } from './relation.ts';
import type { RenderSession } from './render-session.ts';
import { runtimeConfig } from './runtime-config.ts';

/** `ref('model')`, `ref('package', 'model')`, `ref('model', v=2)`. */
export function refFunction(session: RenderSession, isBuilt: IsBuilt): Callable {
  const typeName = session.executing ? 'RuntimeRefResolver' : 'ParseRefResolver';
  const invoke: Callable['invoke'] = (args, context) => {
    const call = refCall(args);
    session.refs.push({ call, site: context.site });
    if (!session.executing) return relationOf(session, session.node);
    return resolvedRef(session, call, relation => isBuilt(relation, context));
  };
  return new Callable('ref', invoke, { typeName, attributes: new Map([['config', runtimeConfig(session)]]) });
}

/** Whether a relation is there in the warehouse. */
export type IsBuilt = (relation: RelationParts, context: CallContext) => boolean;

function refCall(args: CallArguments): RefCall {
  const { positional, named } = args;
  if (positional.length < 1 || positional.length > 2) {
    const message = `ref() takes at most two arguments (${positional.length} given)`;
    throw new DbtError('RefArgsError', message, 'ref-arguments');
  }
  const version = versionOf(named.get('version') ?? named.get('v') ?? null);
  const [first, second] = positional;
  if (second === undefined) return { package: undefined, name: nameOf(first ?? null, 'name'), version };
  return { package: nameOf(first ?? null, 'package'), name: nameOf(second, 'name'), version };
}

function nameOf(value: Value, what: string): string {
  const text = strOf(value);
  if (text !== undefined) return text;
  return compilationError(
    `The ${what} argument to ref() must be a string, got <class '${typeName(value)}'>`,
    'ref-arguments',
  );
}

function versionOf(value: Value): string | number | undefined {
  if (value === null) return undefined;
  return typeof value === 'number' ? value : strOf(value);
}

function resolvedRef(session: RenderSession, call: RefCall, isBuilt: (relation: RelationParts) => boolean): Relation {
  const target = session.view.resolveRef(call, session.node);
  if (target.kind === 'unresolved') throw new DbtError('TargetNotFoundError', target.message, target.code);
  requireDependency(session, target.node, call);
  session.nodes.add(target.node.uniqueId);
  const mocked = session.mocks.get(target.node.uniqueId);
  if (mocked !== undefined) return ephemeralRelation(session, mocked);
  if (session.node.resourceType === 'unit_test') failNotGiven(session, `node named '${target.node.name}'`);
  const timeFilter = timeFilterOf(session, target.node);
  if (isEphemeral(target.node)) return ephemeralRelation(session, target.node).with({ timeFilter });
  const deferred = deferredRelation(session, target.node, isBuilt);
  return relationOf(session, deferred === undefined ? target.node : { relation: deferred }).with({ timeFilter });
}

/** Where another invocation built a node, if the node is to be taken from there. */
function deferredRelation(
  { view }: RenderSession,
  { uniqueId, relation }: NodeView,
  isBuilt: (relation: RelationParts) => boolean,
): RelationParts | undefined {
  const { deferral } = view.facts;
  const other = deferral?.relations.get(uniqueId);
  if (deferral === undefined || other === undefined) return undefined;
  const isFavored = deferral.favored && !view.selectedResources.includes(uniqueId);
  return isFavored || !isBuilt(relation) ? { ...relation, ...other } : undefined;
}

/** A unit test has to give rows for everything that its model reads. */
function failNotGiven({ node }: RenderSession, what: string): never {
  const message = `Unit_Test '${node.uniqueId}' (${node.originalPath}) depends on a ${what} which was not found`;
  throw new DbtError('TargetNotFoundError', message, 'unit-test-input-missing');
}

/** A ref that only the second render sees would build things in the wrong order. */
function requireDependency(session: RenderSession, target: NodeView, call: RefCall): void {
  const { node } = session;
  if (RESOLVES_FREELY.has(node.resourceType) || node.dependsOn.nodes.includes(target.uniqueId)) return;
  const parts = call.package === undefined ? [call.name] : [call.package, call.name];
  const hint = `{{ ref(${parts.map(part => `'${part}'`).join(', ')}${versionHint(call)}) }}`;
  compilationError(
    `dbt was unable to infer all dependencies for the model "${node.name}".\n` +
      'This typically happens when ref() is placed within a conditional block.\n\n' +
      `To fix this, add the following hint to the top of the model "${node.name}":\n\n-- depends_on: ${hint}`,
    'ref-not-inferred',
  );
}

/** Hooks, operations and the fixtures of unit tests depend on nothing that the graph has to know. */
const RESOLVES_FREELY: ReadonlySet<string> = new Set(['operation', 'sql_operation', 'macro', 'unit_test', 'fixture']);

const versionHint = (call: RefCall): string =>
  call.version === undefined ? '' : `, v=${typeof call.version === 'number' ? call.version : `'${call.version}'`}`;

const isEphemeral = (node: NodeView): boolean =>
  node.resourceType === 'model' && node.config.get('materialized') === 'ephemeral';

/** The name of the common table expression that stands for an ephemeral model. */
export const cteName = (node: Pick<NodeView, 'alias'>): string => `__dbt__cte__${node.alias}`;

/** The name that stands for a query which is put in front of the node's own. */
export function ephemeralRelation(session: RenderSession, node: NodeView): Relation {
  const identifier = cteName(node);
  session.ephemerals.set(node.uniqueId, node);
  return new Relation(relationState(session.view.adapterType, { identifier, type: 'cte' }));
}

/** The relation of a node: what `ref` gives and `this` is. */
export function relationOf(session: RenderSession, node: { readonly relation: RelationParts }): Relation {
  const { database, schema, identifier, quote } = node.relation;
  const limit =
    session.executing && node !== session.node && session.view.facts.flags['empty'] === true ? 0 : undefined;
  return new Relation(relationState(session.view.adapterType, { database, schema, identifier, quote, limit }));
}

/** `source('schema', 'table')`. */
export function sourceFunction(session: RenderSession): Callable {
  return new Callable('source', (args, context) => source(session, args, context));
}

function source(session: RenderSession, args: CallArguments, context: CallContext): Relation {
  const [first, second] = args.positional;
  if (args.positional.length !== 2 || first === undefined || second === undefined) {
    const message = `source() takes exactly two arguments (${args.positional.length} given)`;
    throw new DbtError('NumberSourceArgsError', message, 'source-arguments');
  }
  const call: SourceCall = { source: sourceName(first, 'source name'), table: sourceName(second, 'table name') };
  session.sources.push({ call, site: context.site });
  if (!session.executing) return relationOf(session, session.node);
  const target = session.view.resolveSource(call, session.node);
  if (target.kind === 'unresolved') throw new DbtError('TargetNotFoundError', target.message, target.code);
  const mocked = session.mocks.get(target.node.uniqueId);
  if (mocked !== undefined) return ephemeralRelation(session, mocked);
  if (session.node.resourceType === 'unit_test') failNotGiven(session, `source named '${call.source}.${call.table}'`);
  session.nodes.add(target.node.uniqueId);
  const quote = quotePolicy(session.view.adapterType, target.node.quoting);
  const timeFilter = timeFilterOf(session, target.node, target.node.quoting);
  return relationOf(session, { relation: { ...target.node.relation, quote } }).with({ timeFilter });
}

/** In a batch and in a sample, an input that says when its events were gives only those of the time. */
function timeFilterOf(
  session: RenderSession,
  { config, columns }: Pick<NodeView, 'config' | 'columns'>,
  quoting: DataMap = emptyMap,
): TimeFilter | undefined {
  const window = windowOf(session);
  if (window === undefined) return undefined;
  const mark = relationStyle(session.view.adapterType).quoteCharacter;
  const quotes = {
    quotesColumns: asBoolean(quoting.get('column')) ?? false,
    quoted: (name: string) => mark + name + mark,
  };
  const field = eventTimeField(config, columns, quotes);
  return field === undefined ? undefined : { field, start: momentText(window.start), end: momentText(window.end) };
}

/** The time that the inputs of the node are cut to; of a batch, a sample leaves what lies in both. */
function windowOf({ batch, node, view }: RenderSession): Batch | undefined {
  const sample = SAMPLING.has(node.resourceType) ? view.facts.sample : undefined;
  if (batch === undefined || sample === undefined) return batch ?? sample;
  return { start: Math.max(batch.start, sample.start), end: Math.min(batch.end, sample.end) };
}

/** What takes samples; a test judges all that was built. */
const SAMPLING: ReadonlySet<string> = new Set(['model', 'snapshot']);

function sourceName(value: Value, what: string): string {
  const text = strOf(value);
  if (text !== undefined) return text;
  const message = `The ${what} (${what === 'source name' ? 'first' : 'second'}) argument to source() must be a string, got <class '${typeName(value)}'>`;
  return compilationError(message, 'source-arguments');
}
