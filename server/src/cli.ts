import { readArguments, type Arguments } from './cli/arguments.ts';
import { cleanCommand } from './cli/clean-command.ts';
import { compileCommand } from './cli/compile-command.ts';
import { debugCommand } from './cli/debug-command.ts';
import { commands, helpText } from './cli/help.ts';
import { listCommand } from './cli/list-command.ts';
import { complain, standardOutput, type Output } from './cli/output.ts';
import { parseCommand } from './cli/parse-command.ts';
import { operationCommand } from './cli/operation-command.ts';
import { openProject, type Invocation } from './cli/project.ts';
import { runCommand } from './cli/run-command.ts';
import { showCommand } from './cli/show-command.ts';
import { version } from './cli/version.ts';

/** The composition root of the command line. */
async function main(): Promise<number> {
  const environment = process.env;
  const set = Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  const read = readArguments(process.argv.slice(2), Object.fromEntries(set));
  const given = read.ok ? read.value : NO_ARGUMENTS;
  const output = standardOutput(given, environment);
  if (!read.ok) return refused(output, read.failure);
  if (given.switches.get('version') === true) return said(output, `sluice ${version}`);
  if (given.command === undefined || given.switches.get('help') === true) return said(output, helpText(output.style));
  const command = Object.hasOwn(COMMANDS, given.command) ? COMMANDS[given.command] : undefined;
  if (command === undefined) {
    return refused(
      output,
      `No such command '${given.command}'. There are: ${commands.map(([name]) => name).join(', ')}.`,
    );
  }
  if (given.words.length > 0 && given.command !== 'run-operation') {
    return refused(output, `Got unexpected extra argument (${given.words.join(' ')})`);
  }
  const project = openProject(given, output, interruptSignal());
  return project.ok ? command(project.value) : refused(output, project.failure);
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

const COMMANDS: Readonly<Record<string, (invocation: Invocation) => Promise<number> | number>> = {
  build: it => runCommand(it, 'build'),
  run: it => runCommand(it, 'run'),
  test: it => runCommand(it, 'test'),
  seed: it => runCommand(it, 'seed'),
  snapshot: it => runCommand(it, 'snapshot'),
  compile: compileCommand,
  show: showCommand,
  ls: listCommand,
  list: listCommand,
  parse: parseCommand,
  'run-operation': operationCommand,
  debug: debugCommand,
  clean: cleanCommand,
};

function said(output: Output, text: string): number {
  output.terminal.line(text);
  return 0;
}

function refused(output: Output, message: string): number {
  complain(output, message);
  return 2;
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
