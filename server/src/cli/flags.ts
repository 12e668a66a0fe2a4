/** How a flag takes its value. `many` takes every word up to the next flag, as dbt's selection flags do. */
export type FlagKind = 'switch' | 'text' | 'number' | 'many';

/** One flag of the command line, by dbt's name. */
export interface Flag {
  readonly name: string;
  readonly kind: FlagKind;
  readonly aliases?: readonly string[];
  /** For the help; a flag without is accepted because scripts written for dbt pass it, and changes nothing here. */
  readonly help?: string;
  /** What the value is called in the help. */
  readonly value?: string;
  readonly choices?: readonly string[];
  /** The commands that take it; all of them when absent. */
  readonly commands?: readonly string[];
  /** The environment variable that sets it: by rule `DBT_` and its name; `undefined` for flags that have none. */
  readonly variable: string | undefined;
}

const RUNNING = ['build', 'run', 'test', 'seed', 'snapshot', 'retry', 'clone', 'source freshness'];
const SELECTING = [...RUNNING.filter(it => it !== 'retry'), 'compile', 'show', 'ls', 'docs generate'];
const RESOURCE_TYPES =
  'metric semantic_model saved_query source analysis function model test unit_test exposure snapshot seed default all'.split(
    ' ',
  );
const RESOURCES = ['build', 'test', 'ls', 'clone'];

/** A flag as it is listed here: `none` has no variable, and without a word the variable goes by the rule. */
type Row = Omit<Flag, 'variable'> & { readonly variable?: 'none' | `DBT_${string}` };

/** The flags that do something, in the order of the help. */
const working: readonly Row[] = [
  {
    name: 'select',
    kind: 'many',
    aliases: ['s', 'm', 'models', 'model'],
    value: 'NODES',
    help: 'Nodes to work on: names, +x+, tag:…, path:… and dbt’s other methods.',
    commands: SELECTING,
    variable: 'none',
  },
  { name: 'exclude', kind: 'many', value: 'NODES', help: 'Nodes to leave out.', commands: SELECTING, variable: 'none' },
  {
    name: 'selector',
    kind: 'text',
    value: 'NAME',
    help: 'A selector of selectors.yml.',
    commands: SELECTING,
    variable: 'none',
  },
  {
    name: 'resource-type',
    kind: 'many',
    aliases: ['resource-types'],
    value: 'KINDS',
    choices: RESOURCE_TYPES,
    help: 'Only nodes of these kinds.',
    commands: RESOURCES,
    variable: 'DBT_RESOURCE_TYPES',
  },
  {
    name: 'exclude-resource-type',
    kind: 'many',
    aliases: ['exclude-resource-types'],
    value: 'KINDS',
    choices: RESOURCE_TYPES,
    help: 'No nodes of these kinds.',
    commands: RESOURCES,
    variable: 'DBT_EXCLUDE_RESOURCE_TYPES',
  },
  {
    name: 'inline',
    kind: 'text',
    value: 'TEMPLATE',
    help: 'A template to take instead of a node.',
    commands: ['compile', 'show'],
    variable: 'none',
  },
  {
    name: 'inline-direct',
    kind: 'text',
    value: 'SQL',
    help: 'SQL to send as it is, without reading it as a template.',
    commands: ['show'],
    variable: 'none',
  },
  {
    name: 'introspect',
    kind: 'switch',
    help: 'Ask the warehouse where templates do; --no-introspect never connects. (default: yes)',
    commands: ['compile', 'show'],
  },
  {
    name: 'limit',
    kind: 'number',
    help: 'How many rows to show; -1 shows all. (default: 5)',
    commands: ['show'],
    variable: 'none',
  },
  {
    name: 'output',
    kind: 'text',
    aliases: ['o'],
    value: 'FORMAT',
    help: 'ls: selector, name, path or json. show: table, json or csv. compile: text or json.',
    commands: ['ls', 'show', 'compile', 'source freshness'],
    variable: 'none',
  },
  {
    name: 'output-keys',
    kind: 'many',
    value: 'KEYS',
    help: 'With --output json: the keys to print, nested ones with dots.',
    commands: ['ls'],
    variable: 'none',
  },
  {
    name: 'args',
    kind: 'text',
    value: 'YAML',
    help: "The macro's arguments: '{name: value}'.",
    commands: ['run-operation'],
    variable: 'none',
  },
  {
    name: 'lock',
    kind: 'switch',
    help: 'Write package-lock.yml and install nothing.',
    commands: ['deps'],
    variable: 'none',
  },
  {
    name: 'upgrade',
    kind: 'switch',
    help: 'Choose the newest versions that are allowed.',
    commands: ['deps'],
    variable: 'none',
  },
  {
    name: 'add-package',
    kind: 'text',
    value: 'NAME@VERSION',
    help: 'Add a package to packages.yml first.',
    commands: ['deps'],
    variable: 'none',
  },
  {
    name: 'source',
    kind: 'text',
    value: 'KIND',
    choices: ['hub', 'git', 'local'],
    help: 'Where --add-package takes it from: hub, git or local. (default: hub)',
    commands: ['deps'],
    variable: 'none',
  },
  {
    name: 'skip-profile-setup',
    kind: 'switch',
    help: 'Make no profile.',
    commands: ['init'],
    variable: 'none',
  },
  {
    name: 'config-dir',
    kind: 'switch',
    help: 'Print where profiles.yml is, and no more.',
    commands: ['debug'],
    variable: 'none',
  },
  {
    name: 'connection',
    kind: 'switch',
    help: 'Try the connection, and no more.',
    commands: ['debug'],
    variable: 'none',
  },
  {
    name: 'clean-project-files-only',
    kind: 'switch',
    help: 'Remove nothing outside of the project. (default: yes)',
    commands: ['clean'],
  },
  {
    name: 'compile',
    kind: 'switch',
    help: 'Compile the nodes as well. (default: yes)',
    commands: ['docs generate'],
    variable: 'none',
  },
  {
    name: 'empty-catalog',
    kind: 'switch',
    help: 'Ask the warehouse nothing.',
    commands: ['docs generate'],
    variable: 'none',
  },
  { name: 'static', kind: 'switch', commands: ['docs generate'], variable: 'none' },
  {
    name: 'full-refresh',
    kind: 'switch',
    aliases: ['f'],
    help: 'Build incremental models and seeds anew.',
    commands: ['build', 'run', 'seed', 'compile', 'show', 'clone', 'retry'],
  },
  {
    name: 'empty',
    kind: 'switch',
    help: 'Build with no rows, to check that everything fits.',
    commands: ['build', 'run', 'snapshot', 'compile'],
  },
  {
    name: 'event-time-start',
    kind: 'text',
    value: 'TIME',
    help: 'Microbatch models: from this time on.',
    commands: ['build', 'run'],
  },
  {
    name: 'event-time-end',
    kind: 'text',
    value: 'TIME',
    help: 'Microbatch models: up to this time.',
    commands: ['build', 'run'],
  },
  {
    name: 'sample',
    kind: 'text',
    value: 'WINDOW',
    help: "Read only the events of a time: '3 days', or '{start: 2024-09-15, end: 2024-09-18}'.",
    commands: ['build', 'run'],
  },
  {
    name: 'store-failures',
    kind: 'switch',
    help: 'Keep the rows that fail a test in the warehouse.',
    commands: ['build', 'test'],
  },
  {
    name: 'show',
    kind: 'switch',
    help: 'Print the first rows of the seeds that were loaded.',
    commands: ['build', 'seed'],
    variable: 'none',
  },
  { name: 'threads', kind: 'number', help: 'How many nodes to work on side by side.', variable: 'none' },
  { name: 'vars', kind: 'text', value: 'YAML', help: "Variables: '{day: 2024-01-01}'.", variable: 'none' },
  {
    name: 'target',
    kind: 'text',
    aliases: ['t'],
    value: 'NAME',
    help: "A target of the profile; without it the profile's own.",
  },
  { name: 'profile', kind: 'text', value: 'NAME', help: 'A profile of profiles.yml.' },
  { name: 'project-dir', kind: 'text', value: 'FOLDER', help: 'The folder of dbt_project.yml.' },
  // It is part of the search for profiles, where `.env` counts as well.
  { name: 'profiles-dir', kind: 'text', value: 'FOLDER', help: 'The folder of profiles.yml.', variable: 'none' },
  { name: 'target-path', kind: 'text', value: 'FOLDER', help: 'Where artifacts are written.' },
  {
    name: 'indirect-selection',
    kind: 'text',
    value: 'HOW',
    choices: ['eager', 'cautious', 'buildable', 'empty'],
    help: 'Which tests come along: eager, cautious, buildable or empty. (default: eager)',
  },
  { name: 'state', kind: 'text', value: 'FOLDER', help: 'Artifacts of another run, to compare with and to defer to.' },
  { name: 'defer', kind: 'switch', help: 'Take what is not selected from where --state built it.' },
  { name: 'favor-state', kind: 'switch', help: 'With --defer: also what is built here already.' },
  {
    name: 'defer-state',
    kind: 'text',
    value: 'FOLDER',
    help: 'Artifacts to defer to, if others than those of --state.',
  },
  { name: 'fail-fast', kind: 'switch', aliases: ['x'], help: 'Stop at the first failure.' },
  { name: 'warn-error', kind: 'switch', help: 'Take warnings for errors.' },
  {
    name: 'warn-error-options',
    kind: 'text',
    value: 'YAML',
    help: "Which ones: '{error: all, warn: […], silence: […]}'.",
  },
  { name: 'version-check', kind: 'switch', help: 'Hold require-dbt-version against packages. (default: yes)' },
  { name: 'write-json', kind: 'switch', help: 'Write artifacts. (default: yes)' },
  {
    name: 'log-format',
    kind: 'text',
    value: 'FORMAT',
    choices: ['default', 'text', 'debug', 'json'],
    help: 'json prints one event a line, for programs.',
  },
  {
    name: 'log-level',
    kind: 'text',
    value: 'LEVEL',
    choices: ['debug', 'info', 'warn', 'error', 'none'],
    help: 'error and none print results and failures alone.',
  },
  { name: 'quiet', kind: 'switch', aliases: ['q'], help: 'Print results and failures alone.' },
  { name: 'print', kind: 'switch', help: 'Print what templates print(). (default: yes)' },
  { name: 'use-colors', kind: 'switch', help: 'Colours, also where the output is no terminal.' },
  { name: 'debug', kind: 'switch', aliases: ['d'], help: 'Print what the program does.' },
  { name: 'version', kind: 'switch', aliases: ['v', 'V'], help: 'Print the version.', variable: 'none' },
  { name: 'help', kind: 'switch', aliases: ['h'], help: 'Print this help.', variable: 'none' },
];

const inertSwitches = [
  'partial-parse static-parser populate-cache cache-selected-only send-anonymous-usage-stats macro-debugging',
  'use-colors-file log-cache-events show-resource-report single-threaded use-fast-test-edges use-experimental-parser',
  'show-all-deprecations export-saved-queries include-saved-query partial-parse-file-diff inject-ephemeral-ctes',
  'upload-to-artifacts-ingest-api browser',
].flatMap(line => line.split(' '));

const inertTexts = [
  'log-path log-level-file log-format-file printer-width log-file-max-bytes sqlparse host port',
  'partial-parse-file-path',
].flatMap(line => line.split(' '));

/** Every flag that is understood. */
export const flags: readonly Flag[] = [
  ...working,
  ...inertSwitches.map((name): Row => ({ name, kind: 'switch' })),
  { name: 'record-timing-info', kind: 'text' as const, aliases: ['r'] },
  ...inertTexts.map((name): Row => ({ name, kind: 'text' })),
].map(row => ({ ...row, variable: row.variable === 'none' ? undefined : (row.variable ?? variableOf(row.name)) }));

function variableOf(name: string): string {
  return `DBT_${name.replaceAll('-', '_').toUpperCase()}`;
}

/** Whether a command takes a flag. Before the command is known every flag may still be meant. */
export const takes = (command: string | undefined, flag: Flag): boolean =>
  command === undefined || flag.commands === undefined || flag.commands.includes(command);

const byName: ReadonlyMap<string, Flag> = new Map(
  flags.flatMap(flag => [flag.name, ...(flag.aliases ?? [])].map(name => [name, flag] as const)),
);

/** The flag that a name means to a command: `-s` selects nodes, except for `init`. Underscores count as dashes. */
export function flagNamed(name: string, command: string | undefined): Flag | undefined {
  if (name === 's' && command === 'init') return byName.get('skip-profile-setup');
  return byName.get(name.replaceAll('_', '-'));
}
