import { commands, type Command } from './commands.ts';
import { flags, takes, type Flag } from './flags.ts';
import type { Style } from './style.ts';
import { textWidth, wrapped } from './text-width.ts';
import { version } from './version.ts';

/** How help is laid out. */
export interface HelpLayout {
  readonly style: Style;
  /** Columns to fill; longer texts go on below where they began. */
  readonly width: number;
}

/** The text of `--help` without a command: what there is. */
export function helpText(layout: HelpLayout): string {
  const { style } = layout;
  const general = flags.filter(flag => flag.commands === undefined && flag.help !== undefined);
  return [
    `${style.bold('sluice')} ${version}: builds, tests and queries SQL models in dbt's project format.`,
    '',
    'Usage: sluice COMMAND [FLAGS]',
    '',
    style.bold('Commands'),
    ...rows(
      commands.map(({ name, help }) => [name, help]),
      layout,
    ),
    '',
    style.bold('Flags of all commands'),
    ...rows(general.map(rowOf), layout),
    '',
    ...wrapped("sluice COMMAND --help shows the command's own flags. " + CLOSING, layout.width),
  ].join('\n');
}

/** The text of `COMMAND --help`: what it does, its own flags, and the names of the flags that all commands have. */
export function commandHelp(command: Command, layout: HelpLayout): string {
  const { style, width } = layout;
  const own = flags.filter(flag => flag.commands !== undefined && takes(command.name, flag) && flag.help !== undefined);
  const general = flags.filter(flag => flag.commands === undefined && flag.help !== undefined);
  const words = command.words === undefined ? '' : ` ${command.words}`;
  return [
    `Usage: sluice ${style.bold(command.name)}${words} [FLAGS]`,
    '',
    ...wrapped(command.help, width),
    ...(own.length === 0
      ? []
      : [
          '',
          style.bold('Flags'),
          ...rows(
            own.map(flag => initRow(command, flag)),
            layout,
          ),
        ]),
    '',
    style.bold('Flags of all commands'),
    ...wrapped(general.map(flag => `--${flag.name}`).join(' '), width - 2).map(line => `  ${style.cyan(line)}`),
    '',
    ...wrapped(`sluice --help explains them. ${CLOSING}`, width),
  ].join('\n');
}

const CLOSING =
  "Each flag is also read from dbt's environment variable (DBT_TARGET …). Exit codes: 0 all is well, 1 something failed, 2 nothing ran.";

type Row = readonly [label: string, help: string];

const rowOf = (flag: Flag): Row => [flagText(flag), flag.help ?? ''];

/** `init` has a short form of its own. */
const initRow = (command: Command, flag: Flag): Row =>
  command.name === 'init' && flag.name === 'skip-profile-setup' ? [`-s, --${flag.name}`, flag.help ?? ''] : rowOf(flag);

function flagText({ name, kind, value, aliases = [] }: Flag): string {
  const short = aliases.find(alias => alias.length === 1);
  const argument = kind === 'switch' ? '' : kind === 'number' ? ' N' : ` ${value ?? 'TEXT'}`;
  return `${short === undefined ? '    ' : `-${short}, `}--${name}${argument}`;
}

/** Labels in a column and texts beside them; on narrow terminals the texts go below. */
function rows(entries: readonly Row[], { style, width }: HelpLayout): readonly string[] {
  const widest = Math.max(...entries.map(([label]) => textWidth(label)));
  const room = width - widest - 4;
  if (room < LEAST_TEXT) {
    return entries.flatMap(([label, help]) => [
      `  ${style.cyan(label.trimStart())}`,
      ...wrapped(help, width - 6).map(line => `      ${line}`),
    ]);
  }
  return entries.flatMap(([label, help]) => {
    const [first = '', ...rest] = wrapped(help, room);
    const head = `  ${style.cyan(label)}${' '.repeat(widest - textWidth(label))}  ${first}`;
    return [head, ...rest.map(line => `${' '.repeat(widest + 4)}${line}`)];
  });
}

const LEAST_TEXT = 24;
