import { runProject } from '../run/run.ts';
import { isFailure, type NodeResult } from '../run/result.ts';
import { commandTypes } from '../run/plan.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { UniqueId } from '../dbt/manifest/node.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { inlineProject } from './inline.ts';
import { note, refuse } from './output.ts';
import { stopsOnErrors } from './problems.ts';
import type { Invocation } from './project.ts';
import { writeManifest } from './parse-command.ts';
import { artifactWriter } from './run-command.ts';
import { printFailures, printRefusal } from './run-summary.ts';
import { selectedIds } from './selection.ts';
import { bundle, withWarehouse } from './warehouse.ts';

/** `compile`: renders the selected nodes to `target/compiled`, and prints the SQL of one node or of `--inline`. */
export async function compileCommand(invocation: Invocation): Promise<number> {
  const { output, arguments: given } = invocation;
  const inline = given.texts.get('inline');
  const inlined = inline === undefined ? undefined : inlineProject(invocation, inline);
  const project = inlined?.invocation ?? invocation;
  if (stopsOnErrors(project)) return 2;
  const selected = inlined === undefined ? selectedIds(project, commandTypes.compile) : ok([inlined.id]);
  if (!selected.ok) return refuse(output, selected.failure.message);
  return withWarehouse(invocation, async warehouse => {
    const compiled = await compileNodes(project, selected.value, warehouse);
    if (!compiled.ok) return compiled.failure;
    if (given.switches.get('write-json') ?? true) writeManifest(invocation);
    const shown = inlined === undefined ? namedResults(project, compiled.value) : compiled.value;
    for (const { compiledSql } of shown) if (compiledSql !== undefined) output.terminal.line(compiledSql);
    if (shown.length === 0) note(output, `Compiled ${compiled.value.length} nodes.`);
    return compiled.value.some(result => isFailure(result.status)) ? 1 : 0;
  });
}

/** The results of nodes that `--select` calls by their names. */
function namedResults({ db, arguments: given }: Invocation, results: readonly NodeResult[]): readonly NodeResult[] {
  const names = given.lists.get('select')?.flatMap(it => it.split(/[\s,]+/)) ?? [];
  return results.filter(({ id }) => names.includes(db.node(id)?.name ?? ''));
}

/** Compiles nodes as a run would, asking the warehouse where their templates do; failures have been printed. */
export async function compileNodes(
  invocation: Invocation,
  selected: readonly UniqueId[],
  warehouse: Warehouse,
): Promise<Result<readonly NodeResult[], number>> {
  const { db, input, clock, signal, arguments: given } = invocation;
  const outcome = await runProject({
    db,
    input,
    command: 'compile',
    selected,
    warehouse,
    threads: Math.min(given.numbers.get('threads') ?? db.project().threads, selected.length),
    failFast: false,
    workerFile: bundle('render-worker.cjs'),
    clock,
    signal,
    onEvent: () => undefined,
    onArtifact: artifactWriter(invocation),
  });
  if (outcome.kind === 'refused') {
    printRefusal(invocation, outcome.failure);
    return err(1);
  }
  printFailures(invocation, outcome.results);
  return outcome.kind === 'cancelled' ? err(1) : ok(outcome.results);
}
