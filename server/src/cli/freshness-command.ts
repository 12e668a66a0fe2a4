import path from 'node:path';
import { replaceText } from '../host/files.ts';
import { checkedSources, checkFreshness, sourcesArtifact, type FreshnessResult } from '../run/freshness.ts';
import { note, refuse } from './output.ts';
import { stopsOnErrors } from './problems.ts';
import { targetFolder, type Invocation } from './project.ts';
import { printRefusal } from './run-summary.ts';
import { selectedIds } from './selection.ts';
import { bundle, withWarehouse } from './warehouse.ts';

/** `source freshness`: how old the newest rows of the sources are; writes `sources.json`. Answers the exit code. */
export async function freshnessCommand(invocation: Invocation): Promise<number> {
  const { db, input, output, clock, signal, arguments: given } = invocation;
  if (stopsOnErrors(invocation)) return 2;
  const selected = selectedIds(invocation, new Set(['source']));
  if (!selected.ok) return refuse(output, selected.failure.message);
  if (checkedSources(db, selected.value).length === 0) {
    note(output, 'Nothing to do. No selected source says how fresh it has to be.');
    return 0;
  }
  const begun = clock.elapsed();
  return withWarehouse(invocation, async warehouse => {
    const results = await checkFreshness({
      db,
      input,
      warehouse,
      clock,
      signal,
      selected: selected.value,
      threads: given.numbers.get('threads') ?? db.project().threads,
      workerFile: bundle('render-worker.cjs'),
      onResult: result => print(invocation, result),
    });
    const facts = { settings: input.settings, generatedAt: clock.now() };
    const artifact = sourcesArtifact(results, { ...facts, seconds: (clock.elapsed() - begun) / 1000 });
    const file = given.texts.get('output') ?? path.join(targetFolder(invocation), artifact.path);
    if (given.switches.get('write-json') ?? true) replaceText(path.resolve(file), artifact.text);
    return results.some(({ status }) => status === 'error' || status === 'runtime error') ? 1 : 0;
  });
}

function print(invocation: Invocation, result: FreshnessResult): void {
  const { db, output } = invocation;
  if (output.format === 'json') {
    output.terminal.line(JSON.stringify({ kind: 'freshness', result }));
    return;
  }
  const { style } = output;
  const node = db.node(result.id);
  const name = node?.resourceType === 'source' ? `${node.sourceName}.${node.name}` : result.id;
  const paint = { pass: style.green, warn: style.yellow, error: style.red, 'runtime error': style.red }[result.status];
  const age = result.failure === undefined ? ageText(result.ageSeconds) : '';
  output.terminal.line(`  ${paint(result.status.padEnd(5))} ${name}  ${style.dim(age)}`);
  if (result.failure !== undefined) printRefusal(invocation, result.failure);
}

function ageText(seconds: number | undefined): string {
  if (seconds === undefined) return 'has no rows';
  const units = [
    [86_400, 'day'],
    [3600, 'hour'],
    [60, 'minute'],
    [1, 'second'],
  ] as const;
  const [size, unit] = units.find(([it]) => seconds >= it) ?? [1, 'second'];
  const count = Math.floor(seconds / size);
  return `newest row ${count} ${unit}${count === 1 ? '' : 's'} old`;
}
