import {
  Callable,
  HostObject,
  List,
  Spanned,
  Tuple,
  type CallArguments,
  type CallContext,
  type Value,
} from '../../render/value.ts';
import { bindArguments, parameters } from '../../render/python/arguments.ts';
import { strOf } from '../../render/python/strings.ts';
import { toText } from '../../render/python/text.ts';
import { areSeedColumnsQuoted } from '../seeds/quoted-columns.ts';
import { AdapterResponse, Table, tableOf, unknownTable, type ResponseFacts } from './agate.ts';
import { inQuotes, projectQuoting, type AdapterHost, type AdapterMethod } from './adapter-host.ts';
import { columnMethods, driverColumn } from './adapter-columns.ts';
import { DbtError } from './dbt-error.ts';
import { constraintMethods } from './adapter-constraints.ts';
import { relationMethods } from './adapter-relations.ts';
import { ColumnClass } from './column.ts';
import { constantAnswer } from './constant-query.ts';
import { dispatchFunction } from './dispatch.ts';
import { hostAction, hostFunction, HostRecord, isTrue, textOf, type HostCall } from './host-function.ts';
import { RelationClass } from './relation-class.ts';
import type { RenderSession } from './render-session.ts';
import { waitForSent } from './sent-statements.ts';
import { endTransaction, runQuery, runStatement, type StatementAnswer } from './warehouse-statements.ts';
import { makeTemporal } from './temporal.ts';

/** `adapter`: what templates ask of the warehouse. */
export class Adapter extends HostObject {
  readonly typeName = 'RuntimeDatabaseWrapper';
  readonly #host: AdapterHost;
  constructor(host: AdapterHost) {
    super();
    this.#host = host;
  }

  override attribute(name: string): Value | undefined {
    const { session, callableOf } = this.#host;
    switch (name) {
      case 'Relation':
        return new RelationClass(session.view.adapterType, projectQuoting(session));
      case 'Column':
        return new ColumnClass(session.view.adapterType);
      case 'behavior':
        return new BehaviorFlags();
      case 'dispatch':
        return dispatchFunction(session, callableOf);
      default:
        return METHODS.get(name)?.(this.#host);
    }
  }

  repr(): string {
    return '<dbt.context.providers.RuntimeDatabaseWrapper object>';
  }
}

/** `api`: the classes behind relations and columns. */
export const apiNamespace = (session: RenderSession): HostRecord =>
  new HostRecord('api', {
    Relation: new RelationClass(session.view.adapterType, projectQuoting(session)),
    Column: new ColumnClass(session.view.adapterType),
  });

/** Every behaviour flag is off until the project turns it on. */
class BehaviorFlags extends HostObject {
  readonly typeName = 'Behavior';

  override attribute(name: string): Value {
    return new BehaviorFlag(name);
  }

  repr(): string {
    return '<Behavior>';
  }
}

class BehaviorFlag extends HostObject {
  readonly typeName = 'BehaviorFlagRendered';
  readonly #name: string;
  constructor(name: string) {
    super();
    this.#name = name;
  }

  override attribute(name: string): Value | undefined {
    return name === 'no_warn' || name === 'setting' ? false : undefined;
  }

  override truthy(): boolean {
    return false;
  }

  repr(): string {
    return `<BehaviorFlag ${this.#name}: False>`;
  }
}

const general: readonly (readonly [string, AdapterMethod])[] = [
  ['type', ({ session }) => hostFunction('type', [], () => session.view.adapterType)],
  ['nice_connection_name', () => hostFunction('nice_connection_name', [], () => 'master')],
  ['execute', executeMethod],
  ['commit', commitMethod('commit')],
  ['commit_if_has_connection', commitMethod('commit_if_has_connection')],
  [
    'quote',
    ({ session }) => hostFunction('quote', ['identifier'], call => inQuotes(session, textOf(call.at(0), 'identifier'))),
  ],
  ['quote_as_configured', quoteAsConfigured],
  ['quote_seed_column', quoteSeedColumn],
  ['verify_database', verifyDatabase],
  ['get_column_schema_from_query', columnSchema],
];

const METHODS: ReadonlyMap<string, AdapterMethod> = new Map<string, AdapterMethod>([
  ...general,
  ...relationMethods,
  ...columnMethods,
  ...constraintMethods,
]);

const EXECUTE_PARAMETERS = parameters('sql', ['auto_begin', false], ['fetch', false], ['limit', null]);

/** The statement keeps its origins, so that what the warehouse finds wrong in it can be shown where it was written. */
function executeMethod({ session }: AdapterHost): Callable {
  const invoke = (args: CallArguments, { site }: CallContext): Value => {
    if (!session.executing) return new Tuple(['', new Table([], [])]);
    const { values } = bindArguments('execute', EXECUTE_PARAMETERS, args);
    const [sql = null, autoBegin = false, fetch = false] = values;
    const code = sql instanceof Spanned ? sql : toText(sql);
    const constant =
      session.access === undefined ? constantAnswer(toText(code), session.view.facts.runStartedAt) : undefined;
    const options = { autoBegin: isTrue(autoBegin), site };
    const run = isTrue(fetch) ? runQuery : runStatement;
    const answer = constant ?? run(session, code, options);
    return new Tuple([responseOf(session, answer), tableIn(session, answer, constant !== undefined)]);
  };
  return new Callable('execute', invoke, { keepsSpans: true });
}

/** The response to a statement that was sent is waited for when a template looks at it. */
function responseOf(session: RenderSession, answer: StatementAnswer): AdapterResponse {
  if (!('sent' in answer)) return new AdapterResponse({ message: answer.status, rowsAffected: answer.rowsAffected });
  const told = (): ResponseFacts => {
    waitForSent(session);
    const { status = '', rowsAffected } = session.access?.answerTo(answer.sent) ?? {};
    return { message: status, rowsAffected };
  };
  return new AdapterResponse(told, answer.sent);
}

function tableIn({ access }: RenderSession, answer: StatementAnswer, isConstant: boolean): Value {
  if (access === undefined && !isConstant) return unknownTable;
  return 'sent' in answer ? new Table([], []) : tableOf(answer, makeTemporal);
}

function commitMethod(name: string): AdapterMethod {
  return ({ session }) => hostAction(name, [], call => endTransaction(session, 'COMMIT', call.context.site));
}

function quoteAsConfigured({ session }: AdapterHost): Callable {
  return hostFunction('quote_as_configured', ['identifier', 'quote_key'], call => {
    const identifier = textOf(call.at(0), 'identifier');
    const key = textOf(call.at(1), 'quote_key');
    const policy = projectQuoting(session);
    const quoted = key === 'database' || key === 'schema' || key === 'identifier' ? policy[key] : true;
    return quoted ? inQuotes(session, identifier) : identifier;
  });
}

function quoteSeedColumn({ session }: AdapterHost): Callable {
  return hostFunction('quote_seed_column', ['column', ['quote_config', null]], call => {
    const column = textOf(call.at(0), 'column');
    const configured = call.at(1);
    const quoted = areSeedColumnsQuoted(configured === null ? undefined : isTrue(configured), session.view.adapterType);
    return quoted ? inQuotes(session, column) : column;
  });
}

function verifyDatabase({ session }: AdapterHost): Callable {
  return hostFunction('verify_database', ['database'], call => {
    const database = (strOf(call.at(0)) ?? '').replace(/^"|"$/g, '');
    const own = session.view.target.get('dbname') ?? session.view.target.get('database');
    if (typeof own !== 'string' || database.toLowerCase() === own.toLowerCase()) return '';
    return failCrossDatabase(session, database, own);
  });
}

function failCrossDatabase(session: RenderSession, database: string, own: string): never {
  throw new DbtError(
    'NotImplementedError',
    `Cross-db references not allowed in ${session.view.adapterType} (${database} vs ${own})`,
    'cross-database',
  );
}

/** The columns of a query with the names that the driver has for their types. */
function columnSchema({ session }: AdapterHost): Callable {
  return hostFunction('get_column_schema_from_query', ['sql'], (call: HostCall) => {
    if (!session.executing) return new List([]);
    const result = runQuery(session, toText(call.at(0)), { autoBegin: false });
    return new List(result.columns.map(({ name, type }) => driverColumn(session.view.adapterType, name, type)));
  });
}
