import path from 'node:path';
import { FileWriter } from '../host/file-writer.ts';
import { runProject } from '../run/run.ts';
import { isFailure, type NodeResult } from '../run/result.ts';
import { commandTypes } from '../run/plan.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { UniqueId } from '../dbt/manifest/node.ts';
import { runResultsArtifact } from '../run/artifacts.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { compileHere } from './compile-here.ts';
import { inlineProject } from './inline.ts';
import { note, refuse } from './output.ts';
import { stopsOnErrors } from './problems.ts';
import { targetFolder, type Invocation } from './project.ts';
import { writeManifest } from './parse-command.ts';
import { artifactWriter } from './artifact-writer.ts';
import { grouped } from './run-printer.ts';
import { printFailures, printRefusal } from './run-summary.ts';
import { selectedIds } from './selection.ts';
import { bundle, withWarehouse } from './warehouse.ts';

/** `compile`: renders the selected nodes to `target/compiled`, and prints the SQL of one node or of `--inline`. */
export async function compileCommand(invocation: Invocation): Promise<number> {
  const { output, arguments: given } = invocation;
  const format = given.texts.get('output') ?? 'text';
  if (format !== 'text' && format !== 'json') {
    return refuse(output, `Invalid value for '--output': '${format}' is not one of 'text', 'json'.`);
  }
  const inline = given.texts.get('inline');
  const inlined = inline === undefined ? undefined : inlineProject(invocation, inline);
  const project = inlined?.invocation ?? invocation;
  if (stopsOnErrors(project)) return 2;
  const selected = inlined === undefined ? selectedIds(project, commandTypes.compile) : ok([inlined.id]);
  if (!selected.ok) return refuse(output, selected.failure.message);
  const compiled = await compileAndList(project, selected.value, invocation);
  if (!compiled.ok) return compiled.failure;
  const shown = inlined === undefined ? namedResults(project, compiled.value) : compiled.value;
  for (const result of shown) printCompiled(project, result, format);
  return finished(invocation, compiled.value, { isShown: shown.length > 0 });
}

/** What `retry` does of a `compile` whose nodes did not all compile. Answers the exit code. */
export async function compileAgain(invocation: Invocation, ids: readonly UniqueId[]): Promise<number> {
  const compiled = await compileAndList(invocation, ids, invocation);
  return compiled.ok ? finished(invocation, compiled.value, { isShown: false }) : compiled.failure;
}

/** Compiles nodes, and writes the manifest of `listed` while their files are written. */
function compileAndList(
  project: Invocation,
  ids: readonly UniqueId[],
  listed: Invocation,
): ReturnType<typeof compileSelected> {
  return writingCode(async writer => {
    const results = await compileSelected(project, ids, writer);
    if (results.ok && (listed.arguments.switches.get('write-json') ?? true)) writeManifest(listed, results.value);
    return results;
  });
}

/** Says how it went where nothing else was shown. Answers the exit code. */
function finished(
  { output }: Invocation,
  compiled: readonly NodeResult[],
  { isShown }: { readonly isShown: boolean },
): number {
  const nFailed = compiled.filter(result => isFailure(result.status)).length;
  if (!isShown) note(output, `Compiled ${counted(compiled.length - nFailed, nFailed)}.`);
  return nFailed > 0 ? 1 : 0;
}

/** `1,200 nodes, 3 failed`. */
function counted(count: number, nFailed: number): string {
  const failed = nFailed === 0 ? '' : `, ${grouped(nFailed)} failed`;
  return `${grouped(count)} ${count === 1 ? 'node' : 'nodes'}${failed}`;
}

/** Lends a writer of many files, which goes on writing while `body` does other things. */
export async function writingCode<T>(body: (writer: FileWriter) => Promise<T>): Promise<T> {
  const writer = new FileWriter(bundle('file-writer.cjs'));
  try {
    return await body(writer);
  } finally {
    await writer.close();
  }
}

/**
 * Compiles nodes and writes what comes of it: in this thread where the project knows enough, with the warehouse where a
 * template asks it something. The failure is an exit code; what went wrong has been said.
 */
export async function compileSelected(
  invocation: Invocation,
  selected: readonly UniqueId[],
  writer: FileWriter,
): Promise<Result<readonly NodeResult[], number>> {
  const begun = invocation.clock.elapsed();
  const folder = targetFolder(invocation);
  const here = compileHere(invocation, selected, it =>
    writer.write({ file: path.join(folder, it.path), text: it.text }),
  );
  printFailures(invocation, here.results);
  const asked = here.asking.length === 0 ? ok([]) : await compileAsking(invocation, here.asking);
  if (!asked.ok) return asked;
  const results = [...here.results, ...asked.value];
  writeResults(invocation, results, (invocation.clock.elapsed() - begun) / 1000);
  return ok(results);
}

async function compileAsking(
  invocation: Invocation,
  asking: readonly UniqueId[],
): Promise<Result<readonly NodeResult[], number>> {
  let asked: Result<readonly NodeResult[], number> = err(2);
  const code = await withWarehouse(invocation, async warehouse => {
    asked = await compileNodes(invocation, asking, warehouse);
    return 0;
  });
  return code === 0 ? asked : err(code);
}

function writeResults(invocation: Invocation, results: readonly NodeResult[], seconds: number): void {
  const { db, clock } = invocation;
  const { settings } = invocation.input;
  const artifact = runResultsArtifact(results, {
    settings,
    generatedAt: clock.now(),
    seconds,
    arguments: settings.flags,
    relationName: id => db.relation(id)?.relationName,
  });
  artifactWriter(invocation)(artifact);
}

function printCompiled({ db, output }: Invocation, { id, compiledSql }: NodeResult, format: string): void {
  if (compiledSql === undefined) return;
  if (format === 'text') return output.terminal.line(compiledSql);
  const node = db.node(id)?.name ?? id;
  return output.terminal.line(JSON.stringify({ node, compiled: compiledSql }, undefined, 2));
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
