import { bug } from '../../base/bug.ts';
import { returnFunction } from '../../render/macro-return.ts';
import { PythonError } from '../../render/python/error.ts';
import { toText } from '../../render/python/text.ts';
import { strOf } from '../../render/python/strings.ts';
import { positionalArguments } from '../../render/python/arguments.ts';
import { DictView } from '../../render/python/methods/dict.ts';
import { Callable, Dict, HostObject, List, type Value } from '../../render/value.ts';
import { DBT_VERSION } from '../project/dbt-version.ts';
import { asList, asMap, emptyMap, textOfKey, Timestamp, type DataMap } from '../manifest/data.ts';
import { toDict, toValue } from '../manifest/data-value.ts';
import type { BatchPart } from '../microbatch/batch-part.ts';
import { batchId, momentText, type Moment } from '../microbatch/batches.ts';
import { Adapter, apiNamespace } from './adapter.ts';
import type { AdapterHost } from './adapter-host.ts';
import { relationExists } from './adapter-relations.ts';
import { AdapterResponse, statementRecord } from './agate.ts';
import { ConfigObject } from './config-object.ts';
import { compilationError, DbtError } from './dbt-error.ts';
import { exceptionsNamespace } from './exceptions.ts';
import { flagsDict, flagsNamespace } from './flags.ts';
import { hostAction, hostFunction, HostRecord, isTrue, textOf } from './host-function.ts';
import { pureFunction, pureFunctionNames, pythonModules, runStartedAt } from './python-modules.ts';
import { refFunction, relationOf, sourceFunction } from './references.ts';
import { renderNested } from './render-nested.ts';
import type { RenderSession } from './render-session.ts';
import { seedRows } from './seed-rows.ts';
import type { TemplateContext } from './template-context.ts';
import { timestampValue } from './temporal.ts';
import { envVarFunction, Variables } from './variables.ts';

/** What the values of the context are made from. */
export interface ContextHost {
  readonly session: RenderSession;
  readonly context: TemplateContext;
  readonly adapter: AdapterHost;
}

type Make = (host: ContextHost) => Value;

const references: readonly (readonly [string, Make])[] = [
  ['ref', ({ session, adapter }) => refFunction(session, relationExists(adapter))],
  ['source', ({ session }) => sourceFunction(session)],
  ['config', ({ session }) => new ConfigObject(session, session.configOverrides)],
  ['var', ({ session, context }) => variables(session, context)],
  ['env_var', ({ session }) => environmentFunction(session)],
  ['this', ({ session }) => thisRelation(session)],
  ['metric', () => metricFunction],
  ['builtins', ({ context }) => builtins(context)],
];

const project: readonly (readonly [string, Make])[] = [
  ['target', ({ session }) => toDict(session.view.target, timestampValue)],
  ['project_name', ({ session }) => session.view.projectName],
  ['model', ({ session }) => modelDict(session)],
  ['graph', ({ session }) => (session.executing ? toDict(session.view.graph(), timestampValue) : new Dict())],
  ['schema', ({ session }) => session.node.schema],
  ['database', ({ session }) => session.node.database ?? null],
  ['pre_hooks', ({ session }) => hooks(session, 'pre-hook')],
  ['post_hooks', ({ session }) => hooks(session, 'post-hook')],
  ['sql', () => null],
  ['compiled_code', () => null],
  ['defer_relation', () => null],
  ['selected_resources', ({ session }) => new List([...session.view.selectedResources])],
];

const invocation: readonly (readonly [string, Make])[] = [
  ['execute', ({ session }) => session.executing],
  ['flags', ({ session }) => flagsNamespace(session.view.facts, () => (session.asksCommand = true))],
  [
    'invocation_args_dict',
    ({ session }) => {
      session.asksCommand = true;
      return flagsDict(session.view.facts);
    },
  ],
  ['invocation_id', ({ session }) => session.view.facts.invocationId],
  ['run_started_at', ({ session }) => runStartedAt(session.view.facts)],
  ['dbt_metadata_envs', ({ session }) => metadataEnvironment(session.view.facts.environment)],
  ['dbt_version', () => DBT_VERSION],
  ['thread_id', () => 'Thread-1'],
  ['modules', ({ session }) => pythonModules(session.view.facts)],
  ['context', ({ context }) => new ContextDict(context)],
];

const warehouse: readonly (readonly [string, Make])[] = [
  ['adapter', ({ adapter }) => new Adapter(adapter)],
  ['api', ({ session }) => apiNamespace(session)],
  ['exceptions', ({ session }) => exceptionsNamespace(session)],
  ['load_result', ({ session }) => loadResult(session)],
  ['store_result', ({ session }) => storeResult(session)],
  ['store_raw_result', ({ session }) => storeRawResult(session)],
  ['load_agate_table', ({ session }) => loadSeed(session)],
  ['submit_python_job', () => hostFunction('submit_python_job', ['parsed_model', 'compiled_code'], refusePython)],
];

const functions: readonly (readonly [string, Make])[] = [
  ['return', () => returnFunction],
  ['log', ({ session }) => logFunction(session)],
  ['print', ({ session }) => printFunction(session)],
  ['write', ({ session }) => writeFunction(session)],
  ['render', ({ context }) => hostFunction('render', ['string'], call => renderNested(context, toText(call.at(0))))],
  ['try_or_compiler_error', () => new Callable('try_or_compiler_error', tryOrCompilerError)],
  ['validation', () => new Validation()],
];

const pureFunctionOf =
  (name: string): Make =>
  ({ session }) =>
    pureFunction(session.view.facts, name) ?? bug('a function of the context that Python lacks', { name });

/** The names of the context and what makes each of them when it is first asked for. */
export const contextValues: ReadonlyMap<string, Make> = new Map<string, Make>([
  ...pureFunctionNames.map(name => [name, pureFunctionOf(name)] as const),
  ...references,
  ...project,
  ...invocation,
  ...warehouse,
  ...functions,
]);

function variables(session: RenderSession, context: TemplateContext): Variables {
  return new Variables({
    vars: session.vars,
    nodeName: session.node.name,
    requires: session.executing,
    onRead: name => session.varsRead.add(name),
    render: text => renderNested(context, text),
  });
}

function environmentFunction(session: RenderSession): Callable {
  return envVarFunction({
    environment: session.environment,
    allowsSecrets: false,
    onRead: name => session.environmentRead.add(name),
  });
}

function thisRelation(session: RenderSession): Value {
  if (session.node.resourceType === 'operation' || session.node.resourceType === 'macro') return null;
  return relationOf(session, session.node);
}

/** What the context itself gives, whatever macros hide of it. */
function builtins(context: TemplateContext): HostRecord {
  const names = [...contextValues.keys()].filter(name => name !== 'builtins' && name !== 'context');
  return new HostRecord('dict', new Map(names.map(name => [name, (): Value => context.value(name) ?? null])));
}

/** While parsing, dbt's own description of the node is not made yet; a template sees what is known by then. */
function modelDict(session: RenderSession): Dict {
  const { node, view } = session;
  if (session.executing) {
    const dict = toDict(view.describe(node.uniqueId), timestampValue);
    const compiled = session.extras.get('compiled_code');
    if (compiled !== undefined) dict.setString('compiled_code', compiled);
    if (session.batch !== undefined) dict.setString('batch', batchDict(session.batch));
    return dict;
  }
  if (node.parsed !== undefined) return toDict(node.parsed, timestampValue);
  return Dict.fromStrings([
    ['unique_id', node.uniqueId],
    ['name', node.name],
    ['resource_type', node.resourceType],
    ['package_name', node.packageName],
    ['path', node.path ?? node.originalPath],
    ['original_file_path', node.originalPath],
    ['fqn', new List([...(node.fqn ?? [])])],
    ['tags', toValue(node.config.get('tags') ?? [])],
    ['meta', toValue(node.config.get('meta') ?? emptyMap)],
    ['raw_code', node.rawCode],
    ['language', node.language],
    ['alias', node.alias],
    ['schema', node.schema],
    ['database', node.database ?? null],
    ['version', node.version ?? null],
    ['config', toDict(node.config, timestampValue)],
  ]);
}

/** `model.batch`: the times are Python's. */
function batchDict(batch: BatchPart): Dict {
  const time = (moment: Moment): Value => timestampValue(new Timestamp('datetime', momentText(moment)));
  return Dict.fromStrings([
    ['id', batchId(batch, batch.size)],
    ['event_time_start', time(batch.start)],
    ['event_time_end', time(batch.end)],
  ]);
}

function hooks({ node, batch }: RenderSession, key: 'pre-hook' | 'post-hook'): List {
  const isLeftOut = batch !== undefined && !(key === 'pre-hook' ? batch.isFirst : batch.isLast);
  if (isLeftOut) return new List([]);
  const items = asList(node.config.get(key)) ?? [];
  return new List(items.map(item => hookDict(asMap(item), item)));
}

function hookDict(map: DataMap | undefined, item: Parameters<typeof toValue>[0]): Value {
  if (map !== undefined) return Dict.fromStrings([['transaction', true], ...entriesOf(map)]);
  return Dict.fromStrings([
    ['sql', toValue(item)],
    ['transaction', true],
  ]);
}

const entriesOf = (map: DataMap): readonly (readonly [string, Value])[] =>
  [...map].map(([key, value]) => [textOfKey(key), toValue(value)] as const);

const METADATA_PREFIX = 'DBT_ENV_CUSTOM_ENV_';

function metadataEnvironment(environment: Readonly<Record<string, string>>): Dict {
  const names = Object.keys(environment).filter(name => name.startsWith(METADATA_PREFIX));
  return Dict.fromStrings(names.map(name => [name.slice(METADATA_PREFIX.length), environment[name] ?? ''] as const));
}

/** `metric('name')` prints the name; the queries of metrics are not dbt's to write any more. */
const metricFunction = hostFunction('metric', ['name', ['package', null]], call =>
  call.at(1) === null ? textOf(call.at(0), 'name') : textOf(call.at(1), 'name'),
);

function loadResult(session: RenderSession): Callable {
  return hostFunction('load_result', ['name'], call => {
    const name = textOf(call.at(0), 'name');
    return session.results.get(name) ?? null;
  });
}

function storeResult(session: RenderSession): Callable {
  return hostAction('store_result', ['name', 'response', ['agate_table', null]], call => {
    session.results.set(textOf(call.at(0), 'name'), statementRecord(call.at(1), call.at(2)));
  });
}

function storeRawResult(session: RenderSession): Callable {
  const specs = ['name', ['message', null], ['code', null], ['rows_affected', null], ['agate_table', null]] as const;
  return hostAction('store_raw_result', specs, call => {
    const rows = call.at(3);
    const response = new AdapterResponse({
      message: toText(call.at(1) ?? ''),
      rowsAffected: typeof rows === 'number' ? rows : undefined,
      code: strOf(call.at(2)),
    });
    session.results.set(textOf(call.at(0), 'name'), statementRecord(response, call.at(4)));
  });
}

function loadSeed(session: RenderSession): Callable {
  return hostFunction('load_agate_table', [], () => {
    const { node, view } = session;
    if (node.resourceType === 'seed') return seedRows(node, view.seedText(node.uniqueId));
    return compilationError(`can only load_agate_table for seeds (got a ${node.resourceType})`, 'not-a-seed');
  });
}

function refusePython(): never {
  throw new DbtError('DbtRuntimeError', 'Python models cannot be run: there is no Python here', 'python-model');
}

function logFunction(session: RenderSession): Callable {
  return hostFunction('log', ['msg', ['info', false]], call => {
    session.say(isTrue(call.at(1)) ? 'info' : 'debug', toText(call.at(0)));
    return '';
  });
}

function printFunction(session: RenderSession): Callable {
  return hostFunction('print', ['msg'], call => {
    if (session.view.facts.flags['print'] !== false) session.say('print', toText(call.at(0)));
    return '';
  });
}

function writeFunction(session: RenderSession): Callable {
  return hostFunction('write', ['payload'], call => {
    session.written = toText(call.at(0));
    return '';
  });
}

const tryOrCompilerError: Callable['invoke'] = ({ positional, named }, context) => {
  const [message, callee, ...rest] = positional;
  try {
    return context.call(callee ?? null, { ...positionalArguments(...rest), named });
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    return compilationError(toText(message ?? ''), 'raised-by-template');
  }
};

/** `validation.any[…]`: checks of config values, which accept everything here. */
class Validation extends HostObject {
  readonly typeName = 'validation';

  override attribute(name: string): Value | undefined {
    return name === 'any' ? this : undefined;
  }

  override item(_key: Value): Value {
    return hostFunction('validator', ['value'], call => call.at(0));
  }

  repr(): string {
    return '<validation>';
  }
}

/** `context`: all names of the context as a dict. */
class ContextDict extends HostObject {
  readonly typeName = 'dict';
  readonly #context: TemplateContext;
  constructor(context: TemplateContext) {
    super();
    this.#context = context;
  }

  override attribute(name: string): Value | undefined {
    switch (name) {
      case 'get':
        return hostFunction('get', ['key', ['default', null]], call => this.#get(call.at(0), call.at(1)));
      case 'keys':
      case 'values':
      case 'items':
        return hostFunction(name, [], () => new DictView(this.#dict(), `dict_${name}`));
      case 'update':
        return hostFunction('update', ['entries'], call => this.#update(call.at(0)));
      default:
        return undefined;
    }
  }

  override item(key: Value): Value | undefined {
    const name = strOf(key);
    return name === undefined ? undefined : this.#context.lookup(name);
  }

  #dict(): Dict {
    const entries = this.#context.names().map(name => [name, this.#context.lookup(name) ?? null] as const);
    return Dict.fromStrings(entries);
  }

  override iterate(): Iterable<Value> {
    return this.#context.names();
  }

  override length(): number {
    return this.#context.names().length;
  }

  #get(key: Value, fallback: Value): Value {
    const value = this.item(key);
    return value === undefined ? fallback : value;
  }

  /** Packages keep what they work out in the context, where their other macros find it. */
  #update(entries: Value): Value {
    if (!(entries instanceof Dict)) return null;
    for (const { key, value } of entries.entries.values()) this.#context.session.extras.set(toText(key), value);
    return null;
  }

  override has(item: Value): boolean {
    return this.item(item) !== undefined;
  }

  override truthy(): boolean {
    return true;
  }

  repr(): string {
    return '<context>';
  }
}
