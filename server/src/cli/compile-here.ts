import type { UniqueId } from '../dbt/manifest/node.ts';
import { codeArtifacts, type Artifact } from '../run/artifacts.ts';
import { compiledOutcome } from '../run/outcome-of.ts';
import { commandTypes } from '../run/plan.ts';
import type { NodeResult } from '../run/result.ts';
import type { Invocation } from './project.ts';

/** What compiling without the warehouse leaves. */
export interface CompiledHere {
  readonly results: readonly NodeResult[];
  /** Nodes whose templates ask the warehouse something that only it knows. */
  readonly asking: readonly UniqueId[];
}

/**
 * Compiles nodes in this thread, from the project as it was read. With `--no-introspect` the warehouse is taken to be
 * empty; without, the nodes that ask it something are left to be compiled with it.
 */
export function compileHere(
  invocation: Invocation,
  selected: readonly UniqueId[],
  onArtifact: (artifact: Artifact) => void,
): CompiledHere {
  const { db, arguments: given } = invocation;
  const guesses = given.switches.get('introspect') === false;
  const results: NodeResult[] = [];
  const asking: UniqueId[] = [];
  const view = db.view();
  for (const id of selected) {
    const node = view.node(id);
    if (node === undefined || !COMPILED.has(node.resourceType)) continue;
    const compiled = db.rendered(id, { mode: 'compile', once: true });
    if (compiled === undefined) continue;
    if (compiled.guessed && !guesses) {
      asking.push(id);
      continue;
    }
    const outcome = compiledOutcome(db, node, compiled);
    // A seed is no template: it has no text of its own to be written.
    const compiledSql = node.resourceType === 'seed' ? undefined : outcome.compiledSql;
    const { ctes, macros } = outcome;
    const result = { ...NOTHING_DONE, ...timesOf(invocation), id, compiledSql, ctes, macros, ...verdictOf(outcome) };
    results.push(result);
    for (const artifact of codeArtifacts(result, node)) onArtifact(artifact);
  }
  return { results, asking };
}

const COMPILED: ReadonlySet<string> = commandTypes.compile;
const NOTHING_DONE = { rows: undefined, failures: undefined, seconds: 0, thread: 'main', runSql: undefined } as const;

function timesOf({ clock }: Invocation): Pick<NodeResult, 'startedAt' | 'completedAt'> {
  const now = clock.now();
  return { startedAt: now, completedAt: now };
}

function verdictOf({
  failure,
}: ReturnType<typeof compiledOutcome>): Pick<NodeResult, 'status' | 'message' | 'failure'> {
  if (failure === undefined) return { status: 'success', message: undefined, failure: undefined };
  return { status: 'error', message: failure.dbtMessage, failure };
}
