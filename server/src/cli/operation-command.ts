import { emptyMap, isMap } from '../dbt/manifest/data.ts';
import { dataOf } from '../dbt/manifest/yaml-data.ts';
import { runMacro } from '../run/operation.ts';
import { parseYaml } from '../syntax/yaml/parse.ts';
import { note, refuse } from './output.ts';
import { stopsOnErrors } from './problems.ts';
import type { Invocation } from './project.ts';
import { artifactWriter } from './artifact-writer.ts';
import { printRefusal } from './run-summary.ts';
import { bundle, withWarehouse } from './warehouse.ts';

/** `run-operation NAME --args YAML`: runs a macro in the warehouse. Answers the exit code. */
export async function operationCommand(invocation: Invocation): Promise<number> {
  const { db, output, input, clock, signal, arguments: given } = invocation;
  const [macro] = given.words;
  if (macro === undefined) return refuse(output, "Missing argument 'MACRO'.");
  const text = given.texts.get('args');
  const args = text === undefined ? emptyMap : dataOf(parseYaml(text).root);
  if (!isMap(args)) {
    return refuse(output, `--args takes a YAML mapping such as '{day: 2024-01-01}', not '${text ?? ''}'.`);
  }
  if (stopsOnErrors(invocation)) return 2;
  return withWarehouse(invocation, async warehouse => {
    const workerFile = bundle('render-worker.cjs');
    const onArtifact = artifactWriter(invocation);
    const outcome = await runMacro({ db, input, warehouse, workerFile, macro, args, clock, signal, onArtifact });
    for (const { message } of outcome.log) output.terminal.line(message);
    if (outcome.failure === undefined) {
      note(output, `${output.style.green('✓')} ${macro}`);
      return 0;
    }
    printRefusal(invocation, outcome.failure);
    return 1;
  });
}
