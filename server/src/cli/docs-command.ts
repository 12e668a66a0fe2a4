import path from 'node:path';
import type { UniqueId } from '../dbt/manifest/node.ts';
import { replaceText } from '../host/files.ts';
import { catalogArtifact, readCatalog } from '../run/catalog.ts';
import { commandTypes } from '../run/plan.ts';
import { isFailure } from '../run/result.ts';
import { compileSelected, writingCode } from './compile-command.ts';
import { complain, note, refuse } from './output.ts';
import { writeManifest } from './parse-command.ts';
import { stopsOnErrors } from './problems.ts';
import { targetFolder, type Invocation } from './project.ts';
import { selectedIds } from './selection.ts';
import { bundle, withWarehouse } from './warehouse.ts';

/**
 * `docs generate`: writes `manifest.json` and `catalog.json`, which documentation sites are made of. The site that dbt
 * brings is not ours to give away, so none is written. Answers the exit code.
 */
export async function docsCommand(invocation: Invocation): Promise<number> {
  const { output, arguments: given } = invocation;
  if (given.switches.get('static') === true) {
    return refuse(
      output,
      'Sluice brings no documentation site: give manifest.json and catalog.json to one of your own.',
    );
  }
  if (stopsOnErrors(invocation)) return 2;
  const selected = selectedIds(invocation, commandTypes.compile);
  if (!selected.ok) return refuse(output, selected.failure.message);
  const compiles = given.switches.get('compile') ?? true;
  return generate(invocation, compiles ? selected.value : undefined);
}

/** Compiles nodes, if any are to be, and writes the artifacts of the whole project. Answers the exit code. */
export async function generate(invocation: Invocation, ids: readonly UniqueId[] | undefined): Promise<number> {
  const { output } = invocation;
  const compiled = ids && (await writingCode(writer => compileSelected(invocation, ids, writer)));
  if (compiled?.ok === false) return compiled.failure;
  writeManifest(invocation, compiled?.value);
  const catalogCode = await writeCatalog(invocation);
  const folder = path.relative(process.cwd(), targetFolder(invocation)) || '.';
  note(output, `Wrote ${path.join(folder, 'manifest.json')} and ${path.join(folder, 'catalog.json')}.`);
  return compiled?.value.some(result => isFailure(result.status)) === true ? 1 : catalogCode;
}

/** What the warehouse holds of the project; nothing when it is not to be asked. */
async function writeCatalog(invocation: Invocation): Promise<number> {
  const { db, clock, input, signal, output, arguments: given } = invocation;
  const facts = { settings: input.settings, generatedAt: clock.now() };
  const file = path.join(targetFolder(invocation), 'catalog.json');
  if (given.switches.get('empty-catalog') === true) {
    replaceText(file, catalogArtifact(db, { rows: [], failures: [] }, facts).text);
    return 0;
  }
  return withWarehouse(invocation, async warehouse => {
    const workerFile = bundle('render-worker.cjs');
    const catalog = await readCatalog({ db, input, warehouse, clock, signal, workerFile, threads: 1 });
    replaceText(file, catalogArtifact(db, catalog, facts).text);
    for (const { message } of catalog.failures) complain(output, message);
    return catalog.failures.length === 0 ? 0 : 1;
  });
}
