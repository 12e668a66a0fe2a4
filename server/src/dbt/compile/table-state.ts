import { positionalArguments } from '../../render/python/arguments.ts';
import { Relation } from '../context/relation.ts';
import { RenderSession } from '../context/render-session.ts';
import { relationOf } from '../context/references.ts';
import { TemplateContext } from '../context/template-context.ts';
import { endTransaction } from '../context/warehouse-statements.ts';
import type { ManifestView, NodeView } from './manifest-view.ts';
import { callFromHost } from './render-node.ts';
import { finishRun, type NodeRun, type RunOptions } from './run-node.ts';

/** What the warehouse has of a node. Plain data: it crosses threads. */
export interface TableState {
  readonly exists: boolean;
  /** Whether a run adds to it: it is a table, and no flag or configuration asks for it anew. */
  readonly isIncremental: boolean;
}

/** Asks whether a node's relation is there, and whether it would be added to. */
export function askTableState(
  view: ManifestView,
  node: NodeView,
  { access, relations }: Pick<RunOptions, 'access' | 'relations'>,
): { readonly run: NodeRun; readonly state: TableState | undefined } {
  const session = new RenderSession(view, node, 'run', access);
  if (relations !== undefined) session.relations = relations;
  const context = new TemplateContext(session);
  try {
    const { value, problem } = callFromHost(context, (_, call) => {
      const macro = context.lookup('load_cached_relation') ?? null;
      return call.call(macro, positionalArguments(relationOf(session, node)));
    });
    const run = finishRun(session, { problem });
    return {
      run,
      state: problem === undefined ? stateOf(view, node, value instanceof Relation ? value : undefined) : undefined,
    };
  } finally {
    endTransaction(session, 'ROLLBACK');
  }
}

function stateOf({ facts }: ManifestView, { config }: NodeView, found: Relation | undefined): TableState {
  const own = config.get('full_refresh');
  const isAnew = typeof own === 'boolean' ? own : facts.fullRefresh;
  return { exists: found !== undefined, isIncremental: found?.state.type === 'table' && !isAnew };
}
