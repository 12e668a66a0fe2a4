/** A command of the command line, by dbt's name. */
export interface Command {
  readonly name: string;
  /** One line for the list of all commands. */
  readonly help: string;
  /** Words that follow it, for the help of the command itself. */
  readonly words?: string;
  /** Other names of it. */
  readonly aliases?: readonly string[];
}

/** The commands, in the order of the help. */
export const commands: readonly Command[] = [
  { name: 'build', help: 'Seeds, snapshots, models and their tests, in the order of the graph.' },
  { name: 'run', help: 'Build models.' },
  { name: 'test', help: 'Run data tests and unit tests.' },
  { name: 'seed', help: 'Load the CSV files of the project.' },
  { name: 'snapshot', help: 'Take snapshots.' },
  { name: 'compile', help: 'Render templates to SQL; print the SQL of one node or of --inline.' },
  { name: 'show', help: 'Print the first rows of a node or of --inline.' },
  { name: 'ls', help: 'List nodes.', aliases: ['list'] },
  { name: 'parse', help: 'Read the project and print every problem in it.' },
  { name: 'run-operation', words: 'MACRO', help: 'Run a macro in the warehouse.' },
  { name: 'retry', help: 'Do again what the last run left undone.' },
  { name: 'clone', help: 'Make nodes from where --state built them: clones where the warehouse has them, else views.' },
  { name: 'source freshness', help: 'How old the newest rows of the sources are.' },
  { name: 'docs generate', help: 'Write manifest.json and catalog.json for documentation sites.' },
  { name: 'deps', help: 'Install the packages that packages.yml asks for.' },
  { name: 'init', words: '[NAME]', help: 'Make a new project, or a profile for the one you are in.' },
  { name: 'debug', help: 'Say what is found where, and try the connection.' },
  { name: 'clean', help: 'Remove what commands have written.' },
];

/** The command of a name or an alias. */
export const commandNamed = (name: string): Command | undefined =>
  commands.find(it => it.name === name || it.aliases?.includes(name) === true);

/** First words of commands that have two: `docs`, `source`. */
export const commandGroups: ReadonlySet<string> = new Set(
  commands.flatMap(({ name }) => (name.includes(' ') ? [name.slice(0, name.indexOf(' '))] : [])),
);
