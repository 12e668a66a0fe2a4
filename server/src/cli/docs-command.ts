import path from 'node:path';
import { DBT_VERSION } from '../dbt/project/dbt-version.ts';
import { replaceText } from '../host/files.ts';
import { commandTypes } from '../run/plan.ts';
import { isFailure } from '../run/result.ts';
import { compileSelected } from './compile-command.ts';
import { note, refuse } from './output.ts';
import { writeManifest } from './parse-command.ts';
import { stopsOnErrors } from './problems.ts';
import { targetFolder, type Invocation } from './project.ts';
import { selectedIds } from './selection.ts';

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
  const compiled = compiles ? await compileSelected(invocation, selected.value) : undefined;
  if (compiled?.ok === false) return compiled.failure;
  writeManifest(invocation);
  writeCatalog(invocation);
  const folder = path.relative(process.cwd(), targetFolder(invocation)) || '.';
  note(output, `Wrote ${path.join(folder, 'manifest.json')} and ${path.join(folder, 'catalog.json')}.`);
  if (given.switches.get('empty-catalog') !== true) {
    note(output, output.style.dim('The catalog is empty: the columns of the warehouse are not read yet.'));
  }
  return compiled?.value.some(result => isFailure(result.status)) === true ? 1 : 0;
}

/** The catalog in dbt's first version of it, of a warehouse that was not asked. */
function writeCatalog(invocation: Invocation): void {
  const { clock, input } = invocation;
  const catalog = {
    metadata: {
      dbt_schema_version: 'https://schemas.getdbt.com/dbt/catalog/v1.json',
      dbt_version: DBT_VERSION,
      generated_at: clock.now(),
      invocation_id: input.settings.invocationId,
      env: {},
    },
    nodes: {},
    sources: {},
    errors: null,
  };
  replaceText(path.join(targetFolder(invocation), 'catalog.json'), JSON.stringify(catalog));
}
