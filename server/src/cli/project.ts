import path from 'node:path';
import { err, ok, type Result } from '../base/result.ts';
import { systemClock, type Clock } from '../host/clock.ts';
import { findProfiles } from '../host/profiles.ts';
import { createModelDb } from '../model/create-db.ts';
import type { ModelDb } from '../model/db.ts';
import type { Deferral } from '../dbt/compile/manifest-view.ts';
import type { ProjectInput, ProjectSettings } from '../model/project-input.ts';
import { isProject, readProjectFiles } from '../run/project-files.ts';
import type { Arguments } from './arguments.ts';
import { invocationId } from './log-event.ts';
import type { Output } from './output.ts';
import { deferralOf } from './previous-state.ts';
import { projectRoot, projectSettings } from './settings.ts';
import { warnErrors } from './warn-errors.ts';

/** A command at work on a project. */
export interface Invocation {
  readonly arguments: Arguments;
  readonly output: Output;
  readonly clock: Clock;
  readonly root: string;
  readonly input: ProjectInput;
  readonly db: ModelDb;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/** Reads the project that the command line means; the failure says why there is none. */
export function openProject(given: Arguments, output: Output, signal: AbortSignal): Result<Invocation, string> {
  const workingFolder = process.cwd();
  const root = projectRoot(given, workingFolder);
  if (!isProject(root)) {
    return err(missingProject(root));
  }
  const warnings = warnErrors(given);
  if (!warnings.ok) return warnings;
  const settings = projectSettings(given, { root, workingFolder }, systemClock);
  if (!settings.ok) return err(settings.failure.message);
  const deferral = deferralOf(given, root);
  if (!deferral.ok) return err(deferral.failure.message);
  const profilesDir = given.texts.get('profiles-dir');
  const { environment } = settings.value;
  const profiles = findProfiles({ profilesDir, environment, workingFolder, projectRoot: root });
  const input: ProjectInput = {
    root,
    files: readProjectFiles(root),
    profiles,
    settings: withDeferral({ ...settings.value, invocationId }, deferral.value),
  };
  return ok({ arguments: given, output, clock: systemClock, root, input, db: createModelDb(input), signal });
}

/** The settings with where other nodes were built. */
export const withDeferral = (settings: ProjectSettings, deferral: Deferral | undefined): ProjectSettings =>
  deferral === undefined ? settings : { ...settings, deferral };

/** Why there is nothing to work on. */
export const missingProject = (root: string): string =>
  `No dbt_project.yml found at ${path.join(root, 'dbt_project.yml')}. Go to your project, or name it with --project-dir.`;

/** The folder that artifacts go to: `--target-path`, else the project's. */
export function targetFolder({ arguments: given, root, db }: Invocation): string {
  return path.resolve(root, given.texts.get('target-path') ?? db.project().targetPath);
}
