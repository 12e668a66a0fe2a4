import { noArguments } from '../../render/python/arguments.ts';
import { getAttribute } from '../../render/python/attributes.ts';
import { toText } from '../../render/python/text.ts';
import { List, type Value } from '../../render/value.ts';
import { Table } from '../context/agate.ts';
import { Relation, relationState } from '../context/relation.ts';
import { RenderSession } from '../context/render-session.ts';
import { TemplateContext } from '../context/template-context.ts';
import { asString } from '../manifest/data.ts';
import type { SourceNode } from '../manifest/node.ts';
import { quotePolicy } from '../manifest/relation.ts';
import type { WarehouseAccess } from '../warehouse-access.ts';
import type { ManifestView } from './manifest-view.ts';
import { operationNode } from './operation-node.ts';
import { callFromHost } from './render-node.ts';
import { finishRun, type NodeRun } from './run-node.ts';

/** The rows of an answer as templates would print them; `undefined` for null. */
export interface TextTable {
  readonly names: readonly string[];
  readonly rows: readonly (readonly (string | undefined)[])[];
}

/** How a question to the warehouse ended. */
export interface Answered {
  readonly run: NodeRun;
  /** `undefined` when it failed. */
  readonly table: TextTable | undefined;
}

/** When the newest row of a source was loaded, and the time of asking: `max_loaded_at`, `snapshotted_at`. */
export function askFreshness(view: ManifestView, source: SourceNode, access: WarehouseAccess): Answered {
  const relation = relationOf(view, source.relation);
  const query = source.loadedAtQuery;
  if (query !== undefined) {
    return ask(view, access, 'collect_freshness_custom_sql', { source: relation, loaded_at_query: query });
  }
  return ask(view, access, 'collect_freshness', {
    source: relation,
    loaded_at_field: source.loadedAtField ?? null,
    filter: asString(source.freshness?.get('filter')) ?? null,
  });
}

/** Where columns are asked for: in whole schemas of one database, or of some relations of it. */
export interface CatalogPlace {
  readonly database: string | undefined;
  readonly schemas: readonly string[];
  /** These alone; everything in the schemas when left out. */
  readonly relations?: readonly { readonly schema: string; readonly identifier: string }[];
}

/** The columns of a part of the warehouse, as the adapter's `get_catalog` and `get_catalog_relations` give them. */
export function askCatalog(view: ManifestView, place: CatalogPlace, access: WarehouseAccess): Answered {
  const { database, schemas, relations } = place;
  const schema = relationOf(view, { database, schema: schemas[0] ?? '', identifier: '' });
  const informationSchema = (call: Call): Value => call(getAttribute(schema, 'information_schema'));
  if (relations === undefined) {
    return ask(view, access, 'get_catalog', {
      information_schema: informationSchema,
      schemas: new List([...schemas]),
    });
  }
  return ask(view, access, 'get_catalog_relations', {
    information_schema: informationSchema,
    relations: new List(relations.map(it => relationOf(view, { database, ...it }))),
  });
}

type Call = (callee: Value) => Value;

function relationOf(
  view: ManifestView,
  parts: { readonly database: string | undefined; readonly schema: string; readonly identifier: string },
): Relation {
  const { database, schema, identifier } = parts;
  const quote = quotePolicy(view.adapterType, view.quoting);
  return new Relation(relationState(view.adapterType, { database, schema, identifier, quote }));
}

/** Calls a macro with named arguments; an argument may be worked out by a call. */
function ask(
  view: ManifestView,
  access: WarehouseAccess,
  macro: string,
  named: Readonly<Record<string, Value | ((call: Call) => Value)>>,
): Answered {
  const session = new RenderSession(view, operationNode(view, macro), 'run', access);
  const context = new TemplateContext(session);
  const { value, problem } = callFromHost(context, (_, call) => {
    const found = context.findMacro(macro);
    if (found === undefined) return null;
    const valueOf = (it: Value | ((call: Call) => Value)): Value =>
      typeof it === 'function' ? it(callee => call.call(callee, noArguments)) : it;
    const given = new Map(Object.entries(named).map(([name, it]) => [name, valueOf(it)]));
    return call.call(context.macroCallable(found), { positional: [], named: given });
  });
  const table = tableIn(value);
  return { run: finishRun(session, { problem }), table: problem === undefined ? table : undefined };
}

/** A table, or the table of a statement's result. */
function tableIn(value: Value): TextTable | undefined {
  const table = value instanceof Table || value === null ? value : getAttribute(value, 'table');
  if (!(table instanceof Table)) return undefined;
  const text = (cell: Value): string | undefined => (cell === null ? undefined : toText(cell));
  return { names: table.names, rows: table.rows.map(row => row.values.map(text)) };
}
