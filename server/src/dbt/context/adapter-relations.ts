import { strOf } from '../../render/python/strings.ts';
import { type Callable, List, type CallContext, type Value } from '../../render/value.ts';
import { Table } from './agate.ts';
import { projectQuoting, type AdapterHost, type AdapterMethod } from './adapter-host.ts';
import { hostAction, hostFunction, optionalText, textOf, type HostCall } from './host-function.ts';
import type { SchemaRelations } from './known-relations.ts';
import type { IsBuilt } from './references.ts';
import { Relation, relationState } from './relation.ts';
import { waitForCascades } from './sent-statements.ts';

/** What of the adapter is about whole relations and schemas. */
export const relationMethods: readonly (readonly [string, AdapterMethod])[] = [
  ['get_relation', getRelation],
  ['list_relations', listRelations],
  ['list_relations_without_caching', listRelations],
  ['drop_relation', dropRelation],
  ['rename_relation', renameRelation],
  ['truncate_relation', host => macroAction(host, 'truncate_relation', ['relation'])],
  ['create_schema', host => macroAction(host, 'create_schema', ['relation'])],
  ['drop_schema', dropSchema],
  ['check_schema_exists', checkSchemaExists],
  ['list_schemas', listSchemas],
  ['already_exists', alreadyExists],
  ['cache_added', () => hostAction('cache_added', ['relation'], () => undefined)],
  ['cache_dropped', () => hostAction('cache_dropped', ['relation'], () => undefined)],
  ['cache_renamed', () => hostAction('cache_renamed', ['from_relation', 'to_relation'], () => undefined)],
];

/** The relations of a schema, asked of the warehouse once; none where there is no warehouse. */
export function relationsOf(
  host: AdapterHost,
  context: CallContext,
  database: string | undefined,
  schema: string | undefined,
): SchemaRelations {
  const { session } = host;
  waitForCascades(session);
  const known = session.relations.get(database, schema);
  if (known !== undefined) return known;
  if (session.access === undefined) session.guessed = true;
  const listed = session.access === undefined ? [] : askRelations(host, context, database, schema);
  return session.relations.set(database, schema, listed);
}

function askRelations(
  host: AdapterHost,
  context: CallContext,
  database: string | undefined,
  schema: string | undefined,
): Relation[] {
  const { session, callMacro } = host;
  const quote = projectQuoting(session);
  const state = relationState(session.view.adapterType, { database, schema, quote });
  const table = callMacro(context, 'list_relations_without_caching', new Relation(state));
  if (!(table instanceof Table)) return [];
  return table.rows.map(({ values }) => {
    const [rowDatabase, identifier, rowSchema, type] = values.map(value => strOf(value));
    return new Relation({ ...state, database: rowDatabase, schema: rowSchema, identifier, type });
  });
}

/** Says of a relation whether the warehouse has it. */
export const relationExists =
  (host: AdapterHost): IsBuilt =>
  ({ database, schema, identifier }, context) => {
    const relations = relationsOf(host, context, database, schema);
    return named(host, relations, identifier) !== undefined;
  };

function getRelation(host: AdapterHost): Callable {
  return hostFunction('get_relation', ['database', 'schema', 'identifier'], call => {
    if (!host.session.executing) return null;
    const [database, schema, identifier] = partsOf(call);
    const relations = relationsOf(host, call.context, database, schema);
    return named(host, relations, identifier) ?? null;
  });
}

/** Warehouses that do not tell upper from lower case find a relation under any spelling. */
function named(host: AdapterHost, relations: SchemaRelations, identifier = ''): Relation | undefined {
  const exact = relations.get(identifier);
  if (exact !== undefined || !FOLDS_CASE.has(host.session.view.adapterType)) return exact;
  const folded = identifier.toLowerCase();
  for (const [name, relation] of relations) if (name.toLowerCase() === folded) return relation;
  return undefined;
}

const FOLDS_CASE: ReadonlySet<string> = new Set(['duckdb', 'snowflake', 'redshift', 'databricks', 'spark', 'trino']);

const partsOf = (call: HostCall): readonly (string | undefined)[] =>
  ['database', 'schema', 'identifier'].map((name, index) => optionalText(call.at(index), name));

function listRelations(host: AdapterHost): Callable {
  return hostFunction('list_relations', ['database', ['schema', null]], call => {
    if (!host.session.executing) return new List([]);
    const first = call.at(0);
    if (first instanceof Relation) {
      return new List([...relationsOf(host, call.context, first.state.database, first.state.schema).values()]);
    }
    const [database, schema] = partsOf(call);
    return new List([...relationsOf(host, call.context, database, schema).values()]);
  });
}

/** Calls the macro of the same name with the same arguments; while parsing nothing happens. */
function macroAction(host: AdapterHost, name: string, parameters: readonly string[]): Callable {
  return hostAction(name, parameters, call => {
    if (host.session.executing) host.callMacro(call.context, name, ...call.values);
  });
}

function dropRelation(host: AdapterHost): Callable {
  return hostAction('drop_relation', ['relation'], call => {
    const relation = call.at(0);
    if (!host.session.executing || !(relation instanceof Relation)) return;
    if (host.session.access !== undefined) host.callMacro(call.context, 'drop_relation', relation);
    host.session.relations.drop(relation);
  });
}

function renameRelation(host: AdapterHost): Callable {
  return hostAction('rename_relation', ['from_relation', 'to_relation'], call => {
    const [from, to] = call.values;
    if (!host.session.executing || !(from instanceof Relation) || !(to instanceof Relation)) return;
    if (host.session.access !== undefined) host.callMacro(call.context, 'rename_relation', from, to);
    host.session.relations.drop(from);
    host.session.relations.add(to.with({ type: from.state.type }));
  });
}

function dropSchema(host: AdapterHost): Callable {
  return hostAction('drop_schema', ['relation'], call => {
    if (!host.session.executing || host.session.access === undefined) return;
    host.callMacro(call.context, 'drop_schema', call.at(0));
    host.session.relations.forget();
  });
}

/** The names of a database's schemas, as the warehouse lists them. */
export function schemaNames(host: AdapterHost, context: CallContext, database: Value): readonly string[] {
  if (host.session.access === undefined) {
    host.session.guessed = true;
    return [];
  }
  const table = host.callMacro(context, 'list_schemas', database);
  return table instanceof Table ? table.rows.map(row => strOf(row.values[0] ?? null) ?? '') : [];
}

function listSchemas(host: AdapterHost): Callable {
  return hostFunction('list_schemas', ['database'], call =>
    host.session.executing ? new List([...schemaNames(host, call.context, call.at(0))]) : new List([]),
  );
}

function checkSchemaExists(host: AdapterHost): Callable {
  return hostFunction('check_schema_exists', ['database', 'schema'], call => {
    if (!host.session.executing) return false;
    const wanted = textOf(call.at(1), 'schema').toLowerCase();
    return schemaNames(host, call.context, call.at(0)).some(name => name.toLowerCase() === wanted);
  });
}

function alreadyExists(host: AdapterHost): Callable {
  return hostFunction('already_exists', ['schema', 'name'], call => {
    if (!host.session.executing) return false;
    const database = host.session.node.database;
    const [schema, name] = [textOf(call.at(0), 'schema'), textOf(call.at(1), 'name')];
    return relationsOf(host, call.context, database, schema).has(name);
  });
}
