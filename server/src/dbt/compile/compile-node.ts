import type { Rendered, RenderProblem } from '../../render/rendered.ts';
import { Callable } from '../../render/value.ts';
import { cteName } from '../context/references.ts';
import { RenderSession } from '../context/render-session.ts';
import { TemplateContext } from '../context/template-context.ts';
import { endTransaction } from '../context/warehouse-statements.ts';
import type { UniqueId } from '../manifest/node.ts';
import type { WarehouseAccess } from '../warehouse-access.ts';
import type { Compiled, EphemeralCte } from './compiled.ts';
import { injectCtes } from './cte-injection.ts';
import type { ManifestView, NodeView } from './manifest-view.ts';
import { renderNode } from './render-node.ts';

export interface CompileOptions {
  /** What `is_incremental()` answers; dbt's own answer when absent. */
  readonly incremental?: boolean;
  /** Without it the answers are those of an empty warehouse. */
  readonly access?: WarehouseAccess;
}

/** A node's template as the SQL that dbt would send, with the queries of its ephemeral parents in it. */
export function compileNode(view: ManifestView, node: NodeView, options: CompileOptions = {}): Compiled {
  const session = new RenderSession(view, node, 'compile', options.access);
  const compiled = compileIn(session, new TemplateContext(session), options);
  endTransaction(session, 'ROLLBACK');
  return compiled;
}

/** The same in a session of the caller, which goes on with it. */
export function compileIn(session: RenderSession, context: TemplateContext, options: CompileOptions = {}): Compiled {
  const { incremental } = options;
  if (incremental !== undefined) {
    session.macroOverrides.set('is_incremental', new Callable('is_incremental', () => incremental));
  }
  const rendered = HAS_NO_TEMPLATE.has(session.node.resourceType) ? NOTHING : renderNode(session, context);
  return withEphemerals(session, rendered);
}

const HAS_NO_TEMPLATE: ReadonlySet<string> = new Set(['seed']);
const NOTHING: Rendered = { text: '', segments: [], problem: undefined };

/** Puts the ephemeral parents' queries into a rendered text, each after those it needs itself. */
function withEphemerals(session: RenderSession, rendered: Rendered): Compiled {
  const ctes = new Map<UniqueId, EphemeralCte>();
  let problem: RenderProblem | undefined = rendered.problem;
  let { guessed, asksCommand } = session;
  for (const parent of problem === undefined ? session.ephemerals.values() : []) {
    const compiled = compiledParent(session, parent);
    problem ??= compiled.problem;
    guessed ||= compiled.guessed;
    asksCommand ||= compiled.asksCommand;
    for (const cte of compiled.ephemerals) ctes.set(cte.uniqueId, cte);
    ctes.set(parent.uniqueId, { uniqueId: parent.uniqueId, name: cteName(parent), ...compiled.own });
  }
  const ephemerals = [...ctes.values()];
  const injected = problem === undefined ? injectCtes(rendered, ephemerals) : rendered;
  return {
    text: injected.text,
    segments: injected.segments,
    problem,
    own: { text: rendered.text, segments: rendered.segments },
    ephemerals,
    refs: session.refs.map(it => it.call),
    sources: session.sources.map(it => it.call),
    nodes: [...session.nodes],
    macros: [...session.macros],
    guessed,
    asksCommand,
  };
}

/** Fixtures of a unit test are known to the session alone. */
function compiledParent(session: RenderSession, parent: NodeView): Compiled {
  return session.fixtures.get(parent.uniqueId) ?? session.view.compiled(parent.uniqueId);
}
