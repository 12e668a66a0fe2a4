import { flags, type Flag } from './flags.ts';
import { version } from './version.ts';
import type { Style } from './style.ts';

/** The commands, in the order of the help. */
export const commands: readonly (readonly [name: string, help: string])[] = [
  ['build', 'Seeds, snapshots, models and their tests, in the order of the graph.'],
  ['run', 'Build models.'],
  ['test', 'Run data tests and unit tests.'],
  ['seed', 'Load the CSV files of the project.'],
  ['snapshot', 'Take snapshots.'],
  ['compile', 'Render templates to SQL; print the SQL of one node or of --inline.'],
  ['show', 'Print the first rows of a node or of --inline.'],
  ['ls', 'List nodes.'],
  ['parse', 'Read the project and print every problem in it.'],
  ['run-operation', 'Run a macro: run-operation NAME --args YAML.'],
  ['debug', 'Say what is found where, and try the connection.'],
  ['clean', 'Remove what commands have written.'],
];

/** The text of `--help`. */
export function helpText(style: Style): string {
  const shown = flags.filter(flag => flag.help !== undefined);
  const width = Math.max(...shown.map(flag => flagText(flag).length));
  return [
    `${style.bold('sluice')} ${version}: builds, tests and queries SQL models in dbt's project format.`,
    '',
    'Usage: sluice COMMAND [FLAGS]',
    '',
    style.bold('Commands'),
    ...commands.map(([name, help]) => `  ${style.cyan(name.padEnd(13))} ${help}`),
    '',
    style.bold('Flags'),
    ...shown.map(flag => `  ${style.cyan(flagText(flag).padEnd(width))}  ${flag.help ?? ''}`),
    '',
    "Other flags of dbt's are accepted and change nothing. Exit codes: 0 all is well, 1 something failed, 2 nothing ran.",
  ].join('\n');
}

const VALUES: Readonly<Record<Flag['kind'], string>> = { switch: '', text: ' TEXT', number: ' N', many: ' TEXT…' };

function flagText({ name, kind, aliases = [] }: Flag): string {
  const short = aliases.find(alias => alias.length === 1);
  return `${short === undefined ? '    ' : `-${short}, `}--${name}${VALUES[kind]}`;
}
