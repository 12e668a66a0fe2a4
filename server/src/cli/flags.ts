/** How a flag takes its value. `many` takes every word up to the next flag, as dbt's selection flags do. */
export type FlagKind = 'switch' | 'text' | 'number' | 'many';

/** One flag of the command line, by dbt's name. */
export interface Flag {
  readonly name: string;
  readonly kind: FlagKind;
  readonly aliases?: readonly string[];
  /** For the help; a flag without is accepted because scripts written for dbt pass it, and changes nothing here. */
  readonly help?: string;
  readonly choices?: readonly string[];
}

/** The flags that do something, in the order of the help. */
const working: readonly Flag[] = [
  {
    name: 'select',
    kind: 'many',
    aliases: ['s', 'm', 'models', 'model'],
    help: 'Nodes to work on: names, `+x+`, `tag:…`, `path:…` …',
  },
  { name: 'exclude', kind: 'many', help: 'Nodes to leave out.' },
  { name: 'selector', kind: 'text', help: 'A selector of selectors.yml.' },
  { name: 'resource-type', kind: 'many', aliases: ['resource-types'], help: 'Only nodes of these kinds.' },
  {
    name: 'exclude-resource-type',
    kind: 'many',
    aliases: ['exclude-resource-types'],
    help: 'No nodes of these kinds.',
  },
  {
    name: 'indirect-selection',
    kind: 'text',
    choices: ['eager', 'cautious', 'buildable', 'empty'],
    help: 'Which tests come along with what is selected.',
  },
  { name: 'inline', kind: 'text', help: 'A template to compile or show instead of a node.' },
  { name: 'limit', kind: 'number', help: 'How many rows to show; -1 shows all. (default: 5)' },
  { name: 'output', kind: 'text', help: 'show: table, json or csv. ls: name, path, selector or json.' },
  { name: 'output-keys', kind: 'many', help: 'ls --output json: the keys to print.' },
  { name: 'args', kind: 'text', help: "run-operation: the macro's arguments, as YAML." },
  { name: 'full-refresh', kind: 'switch', aliases: ['f'], help: 'Build incremental models and seeds anew.' },
  { name: 'empty', kind: 'switch', help: 'Build with no rows, to check that everything fits.' },
  { name: 'store-failures', kind: 'switch', help: 'Keep the rows that fail a test in the warehouse.' },
  { name: 'fail-fast', kind: 'switch', aliases: ['x'], help: 'Stop at the first failure.' },
  { name: 'threads', kind: 'number', help: 'How many nodes to work on side by side.' },
  { name: 'vars', kind: 'text', help: "Variables, as YAML: '{day: 2024-01-01}'." },
  { name: 'target', kind: 'text', aliases: ['t'], help: "A target of the profile; without it the profile's own." },
  { name: 'profile', kind: 'text', help: 'A profile of profiles.yml.' },
  { name: 'project-dir', kind: 'text', help: 'The folder of dbt_project.yml.' },
  { name: 'profiles-dir', kind: 'text', help: 'The folder of profiles.yml.' },
  { name: 'target-path', kind: 'text', help: 'Where artifacts are written.' },
  { name: 'log-format', kind: 'text', choices: ['default', 'text', 'debug', 'json'], help: 'json: one event a line.' },
  { name: 'quiet', kind: 'switch', aliases: ['q'], help: 'Print only results and failures.' },
  { name: 'use-colors', kind: 'switch', help: 'Colours, also where the output is no terminal.' },
  { name: 'write-json', kind: 'switch', help: 'Write artifacts. (default: yes)' },
  { name: 'warn-error', kind: 'switch', help: 'Take warnings of tests for failures.' },
  { name: 'debug', kind: 'switch', aliases: ['d'], help: 'Print what the program does.' },
  { name: 'version', kind: 'switch', aliases: ['v', 'V'], help: 'Print the version.' },
  { name: 'help', kind: 'switch', aliases: ['h'], help: 'Print this help.' },
];

const inertSwitches = [
  'partial-parse static-parser version-check populate-cache cache-selected-only send-anonymous-usage-stats introspect',
  'print macro-debugging use-colors-file log-cache-events show-resource-report single-threaded use-fast-test-edges show',
].flatMap(line => line.split(' '));

const inertTexts = 'log-path log-level log-level-file log-format-file printer-width log-file-max-bytes'.split(' ');

/** Every flag that is understood. */
export const flags: readonly Flag[] = [
  ...working,
  ...inertSwitches.map((name): Flag => ({ name, kind: 'switch' })),
  ...inertTexts.map((name): Flag => ({ name, kind: 'text' })),
];
