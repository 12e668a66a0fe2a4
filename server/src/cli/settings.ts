import path from 'node:path';
import { err, ok, type Result } from '../base/result.ts';
import { readSample, sampleText, type SampleWindow } from '../dbt/microbatch/sample.ts';
import { readGivenVars, type GivenVars } from '../dbt/project/given-vars.ts';
import type { Refusal } from '../dbt/selection/refusal.ts';
import type { Clock } from '../host/clock.ts';
import { environmentFor } from '../host/environment.ts';
import { newId } from '../host/ids.ts';
import { AMPLE_FUEL } from '../render/engine.ts';
import type { ProjectSettings } from '../model/project-input.ts';
import { isProject } from '../run/project-files.ts';
import type { Arguments } from './arguments.ts';

/** The project's folder: `--project-dir`, else the nearest folder upwards that holds a project, else the working folder. */
export function projectRoot(given: Arguments, workingFolder: string): string {
  const chosen = given.texts.get('project-dir');
  if (chosen !== undefined) return path.resolve(workingFolder, chosen);
  for (let folder = workingFolder; ; folder = path.dirname(folder)) {
    if (isProject(folder)) return folder;
    if (folder === path.dirname(folder)) return workingFolder;
  }
}

/** What the command line chooses for templates to see. The failure is about `--vars` or `--sample`. */
export function projectSettings(
  given: Arguments,
  folders: { readonly root: string; readonly workingFolder: string },
  clock: Clock,
): Result<ProjectSettings, Refusal> {
  const vars = readVars(given.texts.get('vars'));
  if (!vars.ok) return vars;
  const runStartedAt = clock.now().replace('Z', '+00:00');
  const sample = sampleOf(given, runStartedAt);
  if (!sample.ok) return sample;
  const [profile, target] = [given.texts.get('profile'), given.texts.get('target')];
  return ok({
    ...(profile === undefined ? {} : { profile }),
    ...(target === undefined ? {} : { target }),
    vars: vars.value,
    environment: environmentFor(folders.workingFolder, folders.root),
    runStartedAt,
    invocationId: newId(),
    fullRefresh: given.switches.get('full-refresh') ?? false,
    // As a window, so that a retry takes its sample from the same time.
    flags: { ...templateFlags(given), ...(sample.value && { sample: sampleText(sample.value) }) },
    ...(sample.value && { sample: sample.value }),
    fuel: AMPLE_FUEL,
  });
}

function sampleOf({ texts }: Arguments, runStartedAt: string): Result<SampleWindow | undefined, Refusal> {
  const text = texts.get('sample');
  if (text === undefined) return ok(undefined);
  const read = readSample(text, Date.parse(runStartedAt));
  if (read.ok) return read;
  const message = `Invalid value for '--sample': ${read.failure}`;
  return err({ message, dbt: { class: 'DbtUsageException', message } });
}

function readVars(text = ''): Result<GivenVars, Refusal> {
  const read = readGivenVars(text);
  if (read.ok) return read;
  const message = `--vars takes a YAML mapping such as '{day: 2024-01-01}', not '${text}'.`;
  return err({ message, dbt: { class: 'DbtUsageException', message: `String '${text}' is not valid YAML` } });
}

/** `flags` of templates, by dbt's names. */
function templateFlags(given: Arguments): Readonly<Record<string, unknown>> {
  const all: (readonly [string, unknown])[] = [...given.switches, ...given.texts, ...given.numbers, ...given.lists];
  const shown = all.filter(([name]) => name !== 'vars' && name !== 'help' && name !== 'version');
  const flags = Object.fromEntries(shown.map(([name, value]) => [name.replaceAll('-', '_'), value]));
  return { ...flags, which: WHICH[given.command ?? ''] ?? given.command };
}

const WHICH: Readonly<Record<string, string>> = {
  ls: 'list',
  'docs generate': 'generate',
  'source freshness': 'freshness',
};
