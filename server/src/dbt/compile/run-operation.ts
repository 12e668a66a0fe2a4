import { positionalArguments } from '../../render/python/arguments.ts';
import { getAttribute } from '../../render/python/attributes.ts';
import type { RenderProblem } from '../../render/rendered.ts';
import { Relation, relationState } from '../context/relation.ts';
import { RenderSession } from '../context/render-session.ts';
import { TemplateContext } from '../context/template-context.ts';
import { endTransaction } from '../context/warehouse-statements.ts';
import { asString, textOfKey, type DataMap } from '../manifest/data.ts';
import { toValue } from '../manifest/data-value.ts';
import { quotePolicy } from '../manifest/relation.ts';
import type { UniqueId } from '../manifest/node.ts';
import type { WarehouseAccess } from '../warehouse-access.ts';
import type { ManifestView, NodeView } from './manifest-view.ts';
import { operationNode } from './operation-node.ts';
import { callFromHost } from './render-node.ts';
import { finishRun, type NodeRun } from './run-node.ts';
import { storesFailures } from './stored-failures.ts';

/** Runs a macro by name with named arguments, as `run-operation` does. Nothing is committed that it does not commit. */
export function runOperation(view: ManifestView, macroName: string, args: DataMap, access: WarehouseAccess): NodeRun {
  const [packageName, name] = macroName.includes('.') ? macroName.split('.', 2) : [undefined, macroName];
  const session = new RenderSession(view, operationNode(view, macroName), 'run', access);
  const context = new TemplateContext(session);
  const index = session.macroIndex;
  const macro =
    packageName === undefined ? context.findMacro(name ?? '') : index.packages.get(packageName)?.get(name ?? '');
  if (macro === undefined) return finishRun(session, { problem: unknownOperation(macroName) });
  const named = new Map([...args].map(([key, value]) => [textOfKey(key), toValue(value)]));
  const { problem } = callFromHost(context, (_, call) =>
    call.call(context.macroCallable(macro), { positional: [], named }),
  );
  return finishRun(session, { problem });
}

function unknownOperation(name: string): RenderProblem {
  const message =
    `dbt could not find a macro with the name '${name}' in any package. ` +
    'This can happen when calling a macro that does not exist. Check for typos and/or install package dependencies with "dbt deps".';
  const place = { file: '', range: { start: 0, end: 0 }, frame: undefined, line: undefined };
  return { errorClass: 'UndefinedMacroError', message, ...place, code: 'macro-missing' };
}

/** Creates the schemas that nodes will be built in, as far as they are not there. */
export function prepareSchemas(view: ManifestView, ids: readonly UniqueId[], access: WarehouseAccess): NodeRun {
  const session = new RenderSession(view, operationNode(view, 'create_schemas'), 'run', access);
  const context = new TemplateContext(session);
  const wanted = wantedSchemas(view, ids);
  const { problem } = callFromHost(context, (_, call) => {
    const adapter = context.value('adapter') ?? null;
    for (const relation of wanted) {
      const exists = call.call(
        getAttribute(adapter, 'check_schema_exists'),
        positionalArguments(relation.state.database ?? null, relation.state.schema ?? null),
      );
      if (exists === false) call.call(getAttribute(adapter, 'create_schema'), positionalArguments(relation));
    }
    endTransaction(session, 'COMMIT');
    return null;
  });
  return finishRun(session, { problem });
}

/** The schemas of what the nodes build, each once; ephemeral models and tests that keep nothing build nothing. */
function wantedSchemas(view: ManifestView, ids: readonly UniqueId[]): readonly Relation[] {
  const wanted = new Map<string, Relation>();
  for (const id of ids) {
    const node = view.node(id);
    if (node === undefined || !buildsRelation(view, node)) continue;
    const { database, schema } = node;
    const quote = quotePolicy(view.adapterType, view.quoting);
    const state = relationState(view.adapterType, { database, schema, quote });
    wanted.set(`${database ?? ''}|${schema}`.toLowerCase(), new Relation(state));
  }
  return [...wanted.values()];
}

function buildsRelation(view: ManifestView, node: NodeView): boolean {
  switch (node.resourceType) {
    case 'model':
      return asString(node.config.get('materialized')) !== 'ephemeral';
    case 'seed':
    case 'snapshot':
      return true;
    case 'test':
      return storesFailures(node.config, view.facts.flags);
    default:
      return false;
  }
}
