import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { DBT_VERSION } from '../dbt/project/dbt-version.ts';
import { profileFolders } from '../host/profiles.ts';
import { credentialsOf, type PlainCredentials } from '../model/credentials.ts';
import type { DepsInvocation } from './deps-command.ts';
import { refuse, type Output } from './output.ts';
import { missingProject, openProject, type Invocation } from './project.ts';
import { readingProblems, stopsDbt } from './problems.ts';
import { secondsText } from './run-printer.ts';
import { version } from './version.ts';
import { warehouseOf } from './warehouse.ts';

/** `debug`: what was found where, and whether the warehouse answers. Answers the exit code. */
export async function debugCommand({ arguments: given, output, root, signal }: DepsInvocation): Promise<number> {
  const project = openProject(given, output, signal);
  if (!project.ok) return refuse(output, missingProject(root));
  const invocation = project.value;
  if (given.switches.get('config-dir') === true) {
    output.terminal.line(invocation.input.profiles?.file ?? path.join(searched(invocation)[0] ?? '', 'profiles.yml'));
    return 0;
  }
  const checks = new Checks(output);
  if (given.switches.get('connection') !== true) {
    aboutProgram(checks);
    aboutProject(checks, invocation);
  }
  const credentials = credentialsOf(invocation.input);
  if (credentials.ok) aboutTarget(checks, invocation, credentials.value);
  else checks.failed('target', credentials.failure.message);
  if (credentials.ok) await aboutConnection(checks, invocation);
  return checks.verdict();
}

/** Prints facts in a column and counts what is not as it should be. Lives for one command. */
class Checks {
  readonly #output: Output;
  #nFailed = 0;

  constructor(output: Output) {
    this.#output = output;
  }

  fact(key: string, value: string): void {
    this.#output.terminal.line(`  ${this.#output.style.dim(key.padEnd(KEY_WIDTH))} ${value}`.trimEnd());
  }

  good(key: string, value: string): void {
    this.fact(key, `${this.#output.style.green('✓')} ${value}`);
  }

  failed(key: string, why: string): void {
    this.#nFailed++;
    const [first = '', ...rest] = why.split('\n');
    this.fact(key, `${this.#output.style.red('✗')} ${first}`);
    for (const line of rest) this.fact('', `  ${line}`);
  }

  verdict(): number {
    const { terminal, style } = this.#output;
    const failed = `${this.#nFailed} ${this.#nFailed === 1 ? 'check' : 'checks'} failed`;
    terminal.line('');
    terminal.line(this.#nFailed === 0 ? style.green('All checks passed') : style.red(failed));
    return this.#nFailed === 0 ? 0 : 1;
  }
}

const KEY_WIDTH = 12;

function aboutProgram(checks: Checks): void {
  checks.fact('sluice', `${version}, as dbt ${DBT_VERSION}`);
  checks.fact('node', `${process.version} on ${process.platform} ${process.arch}`);
  checks.fact('git', gitVersion() ?? 'not found; only packages from git repositories need it');
}

function gitVersion(): string | undefined {
  try {
    return execFileSync('git', ['--version'], { encoding: 'utf8', stdio: 'pipe' }).trim().replace('git version ', '');
  } catch {
    // There is none, which is no mistake.
    return undefined;
  }
}

function aboutProject(checks: Checks, invocation: Invocation): void {
  const { db, root, input } = invocation;
  const { name = 'without a name', packages } = db.project();
  const nErrors = readingProblems(invocation).filter(stopsDbt).length;
  const file = path.join(root, 'dbt_project.yml');
  const errors = `${nErrors} ${nErrors === 1 ? 'error' : 'errors'}; sluice parse shows them.`;
  if (nErrors === 0) checks.good('project', `${name} in ${file}`);
  else checks.failed('project', `${name} in ${file}\n${errors}`);
  const installed = packages.filter(it => it.root !== '').map(it => it.name);
  checks.fact('packages', installed.join(', ') || 'none');
  if (input.profiles === undefined) checks.failed('profiles', `no profiles.yml in ${searched(invocation).join(', ')}`);
  else checks.good('profiles', input.profiles.file);
}

function aboutTarget(checks: Checks, { db }: Invocation, credentials: PlainCredentials): void {
  const { profileName = '', targetName = '', threads } = db.project();
  checks.good('target', `${targetName} of the profile ${profileName}`);
  checks.fact('adapter', credentials.type);
  checks.fact('threads', String(threads));
  for (const key of SHOWN) {
    const value = credentials[key];
    if (typeof value === 'string' || typeof value === 'number') checks.fact(key, String(value));
  }
}

/** What tells one connection from another and is no secret. */
const SHOWN =
  'path host port user account project database catalog schema dataset warehouse role http_path method location'.split(
    ' ',
  );

async function aboutConnection(checks: Checks, invocation: Invocation): Promise<void> {
  const { clock, signal, output } = invocation;
  const warehouse = warehouseOf(invocation);
  if (!warehouse.ok) return checks.failed('connection', warehouse.failure);
  output.terminal.status([output.style.dim('  connecting …')]);
  const begun = clock.elapsed();
  const session = await warehouse.value.session();
  const answer = session.ok ? await session.value.execute('select 1 as id', { fetch: true, signal }) : session;
  await warehouse.value.close();
  output.terminal.status([]);
  if (!answer.ok) return checks.failed('connection', answer.failure.message);
  return checks.good('connection', `answers in ${secondsText((clock.elapsed() - begun) / 1000)}`);
}

function searched({ arguments: given, input, root }: Invocation): readonly string[] {
  return profileFolders({
    profilesDir: given.texts.get('profiles-dir'),
    environment: input.settings.environment,
    workingFolder: process.cwd(),
    projectRoot: root,
  });
}
