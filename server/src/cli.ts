import { nearest } from './base/nearest.ts';
import type { Result } from './base/result.ts';
import { readArguments, withProjectFlags, type Arguments } from './cli/arguments.ts';
import { cleanCommand } from './cli/clean-command.ts';
import { commandNamed, commands } from './cli/commands.ts';
import { compileCommand } from './cli/compile-command.ts';
import { debugCommand } from './cli/debug-command.ts';
import type { DepsInvocation } from './cli/deps-command.ts';
import { docsCommand } from './cli/docs-command.ts';
import { freshnessCommand } from './cli/freshness-command.ts';
import { commandHelp, helpText } from './cli/help.ts';
import { initCommand } from './cli/init-command.ts';
import { listCommand } from './cli/list-command.ts';
import { refuse, standardOutput, type Output } from './cli/output.ts';
import { parseCommand, parseUnchanged } from './cli/parse-command.ts';
import { operationCommand } from './cli/operation-command.ts';
import { missingProject, openProject, type Invocation } from './cli/project.ts';
import { projectFlags } from './cli/project-flags.ts';
import { retryCommand } from './cli/retry-command.ts';
import { runCommand } from './cli/run-command.ts';
import { projectRoot } from './cli/settings.ts';
import { showCommand } from './cli/show-command.ts';
import { version } from './cli/version.ts';
import { systemClock } from './host/clock.ts';
import { DBT_VERSION } from './dbt/project/dbt-version.ts';
import { isProject } from './run/project-files.ts';

/** The composition root of the command line. */
async function main(): Promise<number> {
  const environment = process.env;
  const set = Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  const read = withProject(readArguments(process.argv.slice(2), Object.fromEntries(set)));
  const given = read.ok ? read.value : NO_ARGUMENTS;
  const output = standardOutput(given, environment);
  if (!read.ok) return refuse(output, read.failure);
  if (given.switches.get('version') === true) return said(output, `sluice ${version}, as dbt ${DBT_VERSION}`);
  const asksHelp = given.switches.get('help') === true;
  const layout = { style: output.style, width: output.terminal.width };
  if (given.command === undefined) return said(output, helpText(layout));
  const command = commandNamed(given.command);
  if (command === undefined) return refuse(output, unknownCommand(given.command));
  if (asksHelp) return said(output, commandHelp(command, layout));
  if (given.words.length > 0 && command.words === undefined) {
    return refuse(output, `Got unexpected extra argument (${given.words.join(' ')})`);
  }
  return start(command.name, given, output);
}

/** Adds the flags that the project itself sets, which are the last to count. */
function withProject(read: Result<Arguments, string>): Result<Arguments, string> {
  if (!read.ok || read.value.command === undefined) return read;
  return withProjectFlags(read.value, projectFlags(projectRoot(read.value, process.cwd())));
}

function start(name: string, given: Arguments, output: Output): Promise<number> | number {
  const signal = interruptSignal();
  const root = projectRoot(given, process.cwd());
  const inFolder = FOLDER_COMMANDS.get(name);
  if (inFolder !== undefined) return inFolder({ arguments: given, output, root, signal });
  const inProject = PROJECT_COMMANDS.get(name);
  if (inProject === undefined) return refuse(output, unknownCommand(name));
  if (name === 'parse' && parseUnchanged(given, output, systemClock)) return 0;
  const project = openProject(given, output, signal);
  return project.ok ? inProject(project.value) : refuse(output, project.failure);
}

const NO_ARGUMENTS: Arguments = {
  command: undefined,
  words: [],
  switches: new Map(),
  texts: new Map(),
  numbers: new Map(),
  lists: new Map(),
  typed: new Set(),
};

type Work<T> = (invocation: T) => Promise<number> | number;

/** Commands that do not need the project to be read, and may be what makes it readable. */
const FOLDER_COMMANDS: ReadonlyMap<string, Work<DepsInvocation>> = new Map([
  ['deps', deps],
  ['init', initCommand],
  ['debug', debugCommand],
]);

const PROJECT_COMMANDS: ReadonlyMap<string, Work<Invocation>> = new Map<string, Work<Invocation>>([
  ['build', it => runCommand(it, 'build')],
  ['run', it => runCommand(it, 'run')],
  ['test', it => runCommand(it, 'test')],
  ['seed', it => runCommand(it, 'seed')],
  ['snapshot', it => runCommand(it, 'snapshot')],
  ['compile', compileCommand],
  ['show', showCommand],
  ['ls', listCommand],
  ['parse', parseCommand],
  ['run-operation', operationCommand],
  ['clone', it => runCommand(it, 'clone')],
  ['retry', retryCommand],
  ['source freshness', freshnessCommand],
  ['docs generate', docsCommand],
  ['clean', cleanCommand],
]);

/** What speaks to the network is loaded when it is needed: it would double the time of every other start. */
async function deps(invocation: DepsInvocation): Promise<number> {
  if (!isProject(invocation.root)) return refuse(invocation.output, missingProject(invocation.root));
  const { depsCommand } = await import('./cli/deps-command.ts');
  return depsCommand(invocation);
}

function said(output: Output, text: string): number {
  output.terminal.line(text);
  return 0;
}

function unknownCommand(name: string): string {
  const names = commands.map(it => it.name);
  const near = nearest(name, names);
  const hint = near === undefined ? `There are: ${names.join(', ')}.` : `Did you mean '${near}'?`;
  return `No such command '${name}'. ${hint}`;
}

/** Aborted by the first Ctrl-C, which lets statements be cancelled in the warehouse; the second ends the program at once. */
function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  process.on('SIGINT', () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  });
  return controller.signal;
}

void main().then(code => {
  process.exitCode = code;
});
