import path from 'node:path';
import { replaceWithPieces } from '../host/files.ts';
import type { Clock } from '../host/clock.ts';
import { createModelDb } from '../model/create-db.ts';
import { compiledFacts, manifestPieces } from '../run/manifest-artifact.ts';
import type { NodeResult } from '../run/result.ts';
import type { Arguments } from './arguments.ts';
import { note, type Output } from './output.ts';
import { printProblem, readingProblems, stopsDbt } from './problems.ts';
import { targetFolder, type Invocation } from './project.ts';
import { grouped, secondsText } from './run-printer.ts';
import { isConfigured, observed, recallParse, rememberParse } from './unchanged.ts';

/** `parse`: reads the whole project, prints every problem in it and writes `manifest.json`. Answers the exit code. */
export function parseCommand(opened: Invocation): number {
  const { output, clock, arguments: given } = opened;
  const begun = clock.elapsed();
  const { input, asked } = observed(opened.input);
  const db = createModelDb(input);
  const invocation = { ...opened, db };
  const problems = readingProblems(invocation).filter(it => it.severity !== 'hint');
  const found = contents(invocation);
  // The artifact says when it was written; beside that it rests on the moment only where a template asked for it.
  const isTimeless = !asked.clock && !isConfigured(db.manifest(), opened.input.settings.invocationId);
  for (const problem of problems) printProblem(invocation, problem);
  if (given.switches.get('write-json') ?? true) writeManifest(invocation);
  const nErrors = problems.filter(it => it.severity === 'error').length;
  sayRead(opened, found, begun, verdict(nErrors, problems.length - nErrors));
  if (problems.length === 0 && isTimeless) {
    rememberParse(given, output, { asked, since: performance.timeOrigin, contents: found });
  }
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

/** Says that a project is as the last `parse` left it, if it is. */
export function parseUnchanged(given: Arguments, output: Output, clock: Clock): boolean {
  const begun = clock.elapsed();
  const found = recallParse(given, output);
  if (found === undefined) return false;
  sayRead({ output, clock }, found, begun, output.style.green('no problems, and nothing has changed'));
  return true;
}

function sayRead(
  { output, clock }: Pick<Invocation, 'output' | 'clock'>,
  found: string,
  begun: number,
  verdict: string,
): void {
  const seconds = secondsText((clock.elapsed() - begun) / 1000);
  note(output, `${output.style.bold('Read')} ${found} in ${seconds}: ${verdict}`);
}

/** Writes `manifest.json` below the target folder, with the code of nodes that were compiled. */
export function writeManifest(invocation: Invocation, results: readonly NodeResult[] = []): void {
  const { db, input, clock, arguments: given } = invocation;
  const compiled = compiledFacts(db, results, given.texts.get('target-path') ?? db.project().targetPath);
  const pieces = manifestPieces(db, input, { generatedAt: clock.now(), compiled });
  replaceWithPieces(path.join(targetFolder(invocation), 'manifest.json'), pieces);
}
