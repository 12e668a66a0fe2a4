import path from 'node:path';
import { err, ok, type Result } from '../base/result.ts';
import { renderYaml } from '../dbt/context/yaml-context.ts';
import { dataMapOfPlain } from '../dbt/manifest/plain-data.ts';
import { dataOf } from '../dbt/manifest/yaml-data.ts';
import { addPackage, type AddedPackage } from '../dbt/packages/add-package.ts';
import { DBT_VERSION } from '../dbt/project/dbt-version.ts';
import { readProject, type Project } from '../dbt/project/project.ts';
import type { RenderText } from '../dbt/project/render-data.ts';
import { systemClock } from '../host/clock.ts';
import { readText, replaceText } from '../host/files.ts';
import type { ProjectSettings } from '../model/project-input.ts';
import { installPackages, type InstalledPackage, type InstallEvent } from '../packages/install.ts';
import { parseYaml } from '../syntax/yaml/parse.ts';
import type { Arguments } from './arguments.ts';
import { logLine } from './log-event.ts';
import { note, refuse, warn, type Output } from './output.ts';
import { grouped, secondsText } from './run-printer.ts';
import { projectSettings } from './settings.ts';
import { padded } from './text-width.ts';

/** What `deps` works with: it needs a project's folder, and neither a profile nor the project's nodes. */
export interface DepsInvocation {
  readonly arguments: Arguments;
  readonly output: Output;
  readonly root: string;
  readonly signal: AbortSignal;
}

/** `deps`: installs the packages that the project asks for. Answers the exit code. */
export async function depsCommand(invocation: DepsInvocation): Promise<number> {
  const { root, output, arguments: given } = invocation;
  const settings = projectSettings(given, { root, workingFolder: process.cwd() }, systemClock);
  if (!settings.ok) return refuse(output, settings.failure.message);
  const added = addToFile(invocation);
  if (!added.ok) return refuse(output, added.failure);
  const begun = systemClock.elapsed();
  const lockOnly = given.switches.get('lock') ?? false;
  const warnings: string[] = [];
  const installed = await installPackages({
    ...packagesPlace(root, settings.value),
    root,
    environment: { ...process.env, ...settings.value.environment },
    signal: invocation.signal,
    dbtVersion: given.switches.get('version-check') === false ? undefined : DBT_VERSION,
    upgrade: given.switches.get('upgrade') ?? false,
    lockOnly,
    onEvent: event => showEvent(output, event, warnings),
  });
  output.terminal.status([]);
  if (!installed.ok) return refuse(output, installed.failure);
  showInstalled(output, installed.value, { lockOnly, seconds: (systemClock.elapsed() - begun) / 1000 });
  return warnings.length > 0 && given.switches.get('warn-error') === true ? 2 : 0;
}

/** What the project file says about packages. Its Jinja is rendered without a target, which `deps` does not have. */
function packagesPlace(
  root: string,
  settings: ProjectSettings,
): { readonly projectName: string; readonly installPath: string; readonly render: RenderText } {
  const vars = dataMapOfPlain(settings.vars);
  const renderer =
    (kind: 'packages' | 'project'): RenderText =>
    text =>
      renderYaml(text, { kind, vars, target: undefined, facts: settings });
  const data = dataOf(parseYaml(readText(path.join(root, 'dbt_project.yml')) ?? '').root);
  const project: Project = readProject(data, 'dbt_project.yml', renderer('project')).project;
  const installPath = path.resolve(root, project.packagesInstallPath);
  return { projectName: project.name, installPath, render: renderer('packages') };
}

/** `--add-package NAME@VERSION`, from `--source`. */
function addToFile({ root, output, arguments: given }: DepsInvocation): Result<void, string> {
  const wanted = given.texts.get('add-package');
  if (wanted === undefined) return ok(undefined);
  const added = addedPackage(wanted, given.texts.get('source') ?? 'hub');
  if (!added.ok) return added;
  const dependencies = path.join(root, 'dependencies.yml');
  const isInDependencies = /^packages:/m.test(readText(dependencies) ?? '');
  const file = isInDependencies ? dependencies : path.join(root, 'packages.yml');
  const edited = addPackage(readText(file) ?? '', added.value);
  if (edited === undefined) {
    return err(`${path.basename(file)} keeps its packages in one line; write them one below the other first.`);
  }
  replaceText(file, edited.text);
  for (const old of edited.replaced) note(output, `Replaced ${old} in ${path.basename(file)}`);
  note(output, `Added ${wanted} to ${path.basename(file)}`);
  return ok(undefined);
}

function addedPackage(wanted: string, source: string): Result<AddedPackage, string> {
  if (source !== 'hub' && source !== 'git' && source !== 'local') {
    return err(`Invalid value for '--source': '${source}' is not one of 'hub', 'git', 'local'.`);
  }
  // An address of git may hold an @ of its own, and then another before the revision.
  const at = wanted.lastIndexOf('@');
  const isVersion =
    at > 0 && source !== 'local' && !(source === 'git' && wanted.indexOf('@') === at && /^[^/]*@[^/]*:/.test(wanted));
  const [name, version] = isVersion ? [wanted.slice(0, at), wanted.slice(at + 1)] : [wanted, undefined];
  if (version !== undefined || source === 'local') return ok({ source, name, version });
  return err(`Version is required in --add-package when the source is ${source}: --add-package ${name}@VERSION`);
}

function showEvent(output: Output, event: InstallEvent, warnings: string[]): void {
  const { terminal, style, format } = output;
  if (format === 'json' && event.kind !== 'warning') {
    terminal.line(logLine({ name: 'Deps', level: 'info', message: event.kind, data: event }));
    return;
  }
  switch (event.kind) {
    case 'resolving':
      return terminal.status([style.dim(`  choosing versions for ${event.file} …`)]);
    case 'fetching':
      return terminal.status([style.dim(`  fetching ${event.label} …`)]);
    case 'locked':
      return note(output, style.dim(`Wrote ${event.file}`));
    case 'warning':
      warnings.push(event.message);
      return warn(output, event.message);
  }
}

function showInstalled(
  output: Output,
  packages: readonly InstalledPackage[],
  { lockOnly, seconds }: { readonly lockOnly: boolean; readonly seconds: number },
): void {
  const { style } = output;
  if (packages.length === 0) return note(output, lockOnly ? 'The lock file fits.' : 'No packages are asked for.');
  const width = Math.max(...packages.map(it => it.label.length));
  for (const it of packages) {
    const newer =
      it.latest === undefined || it.latest === it.version ? '' : style.yellow(`  ${it.latest} is available`);
    note(output, `  ${style.green('✓')} ${padded(it.label, width)}  ${style.dim(versionOf(it))}${newer}`.trimEnd());
  }
  const what = `${grouped(packages.length)} ${packages.length === 1 ? 'package' : 'packages'}`;
  note(output, `${style.bold(lockOnly ? 'Locked' : 'Installed')} ${what} in ${secondsText(seconds)}`);
}

function versionOf({ kind, version = '' }: InstalledPackage): string {
  if (kind === 'local') return 'linked';
  return kind === 'git' ? version.slice(0, 7) : version;
}
