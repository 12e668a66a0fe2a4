import { createHash } from 'node:crypto';
import path from 'node:path';
import { err, ok, type Result } from '../base/result.ts';
import { hashedText, lockedHash, lockText } from '../dbt/packages/package-lock.ts';
import type { PackageSpec } from '../dbt/packages/package-spec.ts';
import type { RenderText } from '../dbt/project/render-data.ts';
import { exists, makeFolder, remove, replaceFolder, replaceText } from '../host/files.ts';
import { webClient } from '../host/http.ts';
import { redact } from '../host/log.ts';
import { PackageSource, type PinnedPackage, type SourceSettings } from './package-source.ts';
import { resolveLocked, resolvePackages } from './resolve.ts';
import { readYaml, renderedSpecs, wantedPackages } from './wanted-packages.ts';

/** What to install, and how. */
export interface InstallOptions {
  /** The project's folder, absolute. */
  readonly root: string;
  readonly projectName: string;
  /** Where packages go, absolute. */
  readonly installPath: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly render: RenderText;
  /** The version of dbt that packages have to work with; `undefined` when that is not to be checked. */
  readonly dbtVersion: string | undefined;
  /** Chooses versions anew although the lock file fits. */
  readonly upgrade: boolean;
  /** Writes the lock file and installs nothing. */
  readonly lockOnly: boolean;
  readonly onEvent: (event: InstallEvent) => void;
}

/** What happens on the way. */
export type InstallEvent =
  | { readonly kind: 'resolving'; readonly file: string }
  | { readonly kind: 'locked'; readonly file: string; readonly nPackages: number }
  | { readonly kind: 'fetching'; readonly label: string; readonly nLeft: number }
  | { readonly kind: 'warning'; readonly message: string };

/** A package as it was installed. */
export type InstalledPackage = Omit<PinnedPackage, 'putAt' | 'packages' | 'lock'>;

/**
 * Installs the packages of a project as its lock file says, writing the lock file first when there is none that fits.
 * Everything is fetched beside the old folder, which is replaced in one step at the end: a failure leaves what was
 * installed as it was. The failure is a text for a person and shows no secret.
 */
export async function installPackages(options: InstallOptions): Promise<Result<readonly InstalledPackage[], string>> {
  const { installPath, environment, signal } = options;
  const staging = path.join(path.dirname(installPath), `.${path.basename(installPath)}.${process.pid}.partial`);
  const web = webClient({ environment, signal });
  try {
    makeFolder(path.join(staging, 'downloads'));
    const source = new PackageSource(sourceSettings(options, web, path.join(staging, 'downloads')));
    const installed = await lockAndInstall(options, source, path.join(staging, 'packages'));
    if (signal.aborted) return err('Cancelled; nothing has changed.');
    return installed.ok ? installed : err(redact(installed.failure, secretsIn(environment)));
  } finally {
    remove(staging);
    await web.close();
  }
}

const DEFAULT_HUB = 'https://hub.getdbt.com/';

function sourceSettings(options: InstallOptions, web: SourceSettings['web'], downloads: string): SourceSettings {
  const { environment, onEvent } = options;
  const hub = environment['DBT_PACKAGE_HUB_URL'];
  return {
    ...options,
    web,
    hubUrl: `${(hub === undefined || hub === '' ? DEFAULT_HUB : hub).replace(/\/+$/, '')}/`,
    downloads,
    onWarning: message => onEvent({ kind: 'warning', message: redact(message, secretsIn(environment)) }),
  };
}

/** Values that dbt's convention keeps out of everything that is shown or written. */
function secretsIn(environment: InstallOptions['environment']): readonly string[] {
  return Object.entries(environment).flatMap(([name, value]) =>
    name.startsWith('DBT_ENV_SECRET') && value !== undefined ? [value] : [],
  );
}

async function lockAndInstall(
  options: InstallOptions,
  source: PackageSource,
  target: string,
): Promise<Result<readonly InstalledPackage[], string>> {
  const { root, render, projectName, lockOnly } = options;
  const wanted = wantedPackages(root, render);
  if (!wanted.ok) return wanted;
  const { specs, file } = wanted.value;
  if (specs.length === 0) return nothingWanted(options);
  const hash = createHash('sha1').update(hashedText(specs)).digest('hex');
  const lockFile = path.join(root, LOCK_FILE);
  const lock = readYaml(lockFile);
  if (!lock.ok) return lock;
  if (options.upgrade || lockedHash(lock.value) !== hash) {
    options.onEvent({ kind: 'resolving', file });
    const resolved = await resolvePackages(specs, source, projectName);
    if (!resolved.ok) return resolved;
    if (options.signal.aborted) return err('cancelled');
    replaceText(
      lockFile,
      lockText(
        resolved.value.map(it => it.lock),
        hash,
      ),
    );
    options.onEvent({ kind: 'locked', file: LOCK_FILE, nPackages: resolved.value.length });
    return lockOnly ? ok(resolved.value) : putAll(options, resolved.value, target);
  }
  if (lockOnly) return ok([]);
  const locked = renderedSpecs(lock.value, LOCK_FILE, render);
  if (!locked.ok) return locked;
  return putLocked(options, locked.value, source, target);
}

const LOCK_FILE = 'package-lock.yml';

/** Packages that an earlier installation left are removed; what somebody put there by hand is not. */
function nothingWanted({ root, installPath }: InstallOptions): Result<readonly InstalledPackage[], string> {
  if (exists(path.join(root, LOCK_FILE))) remove(installPath);
  return ok([]);
}

async function putLocked(
  options: InstallOptions,
  specs: readonly PackageSpec[],
  source: PackageSource,
  target: string,
): Promise<Result<readonly InstalledPackage[], string>> {
  const pinned = await resolveLocked(specs, source, options.projectName);
  return pinned.ok ? putAll(options, pinned.value, target) : pinned;
}

/** Fetches packages a few at a time, and puts all of them in place once every one is there. */
async function putAll(
  { installPath, signal, onEvent }: InstallOptions,
  packages: readonly PinnedPackage[],
  target: string,
): Promise<Result<readonly InstalledPackage[], string>> {
  makeFolder(target);
  const left = [...packages];
  const failures: string[] = [];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined && failures.length === 0; next = left.shift()) {
      onEvent({ kind: 'fetching', label: next.label, nLeft: left.length });
      const put = await next.putAt(path.join(target, next.project));
      if (!put.ok) failures.push(put.failure);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  const [failure] = failures;
  if (failure !== undefined) return err(failure);
  if (signal.aborted) return err('cancelled');
  replaceFolder(target, installPath);
  return ok(packages);
}

const AT_A_TIME = 4;
