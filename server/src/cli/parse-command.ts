import path from 'node:path';
import { replaceWithPieces } from '../host/files.ts';
import { compiledFacts, manifestPieces } from '../run/manifest-artifact.ts';
import type { NodeResult } from '../run/result.ts';
import { note } from './output.ts';
import { printProblem, readingProblems, stopsDbt } from './problems.ts';
import { targetFolder, type Invocation } from './project.ts';
import { grouped, secondsText } from './run-printer.ts';

/** `parse`: reads the whole project, prints every problem in it and writes `manifest.json`. Answers the exit code. */
export function parseCommand(invocation: Invocation): number {
  const { output, clock, db, arguments: given } = invocation;
  const begun = clock.elapsed();
  const problems = readingProblems(invocation).filter(it => it.severity !== 'hint');
  for (const problem of problems) printProblem(invocation, problem);
  if (given.switches.get('write-json') ?? true) writeManifest(invocation);
  const nErrors = problems.filter(it => it.severity === 'error').length;
  const seconds = secondsText((clock.elapsed() - begun) / 1000);
  note(
    output,
    `${output.style.bold('Read')} ${contents(invocation)} in ${seconds}: ${verdict(nErrors, problems.length - nErrors)}`,
  );
  return problems.some(stopsDbt) ? 2 : nErrors > 0 ? 1 : 0;

  function verdict(errors: number, warnings: number): string {
    const parts = [
      errors === 0 ? '' : output.style.red(`${errors} ${errors === 1 ? 'error' : 'errors'}`),
      warnings === 0 ? '' : output.style.yellow(`${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`),
    ];
    return parts.filter(Boolean).join(', ') || output.style.green('no problems');
  }

  function contents({ db: model }: Invocation): string {
    const { nodes, sources, macros } = model.manifest();
    const count = (type: string): number => [...nodes.values()].filter(it => it.resourceType === type).length;
    const parts: readonly (readonly [number, string])[] = [
      [count('model'), 'model'],
      [count('seed'), 'seed'],
      [count('snapshot'), 'snapshot'],
      [count('test'), 'test'],
      [sources.size, 'source'],
      [macros.size, 'macro'],
    ];
    const present = parts.filter(([number]) => number > 0);
    return (
      present.map(([number, word]) => `${grouped(number)} ${word}${number === 1 ? '' : 's'}`).join(', ') ||
      `${db.files().length} files`
    );
  }
}

/** Writes `manifest.json` below the target folder, with the code of nodes that were compiled. */
export function writeManifest(invocation: Invocation, results: readonly NodeResult[] = []): void {
  const { db, input, clock, arguments: given } = invocation;
  const compiled = compiledFacts(db, results, given.texts.get('target-path') ?? db.project().targetPath);
  const pieces = manifestPieces(db, input, { generatedAt: clock.now(), compiled });
  replaceWithPieces(path.join(targetFolder(invocation), 'manifest.json'), pieces);
}
