import { nearest } from '../base/nearest.ts';
import { err, ok, type Result } from '../base/result.ts';
import { commandGroups, commandNamed, commands } from './commands.ts';
import { flagNamed, flags, takes, type Flag } from './flags.ts';

/** A command line, read. */
export interface Arguments {
  /** As it was typed; both words of a command that has two. */
  readonly command: string | undefined;
  /** The words after the command, such as the macro of `run-operation`. */
  readonly words: readonly string[];
  readonly switches: ReadonlyMap<string, boolean>;
  readonly texts: ReadonlyMap<string, string>;
  readonly numbers: ReadonlyMap<string, number>;
  readonly lists: ReadonlyMap<string, readonly string[]>;
  /** The names of flags as they were typed, without dashes: `-m` and `--select` are one flag and two names. */
  readonly typed: ReadonlySet<string>;
}

/** The values of flags that nobody gave on the command line or in the environment, by dbt's names with underscores. */
export type ProjectFlags = ReadonlyMap<string, boolean | number | string>;

/**
 * Reads the words after the program's name, and dbt's environment variables (`DBT_TARGET`, `DBT_FULL_REFRESH` …) for
 * flags that are not among them. The failure is a sentence for a person.
 */
export function readArguments(
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): Result<Arguments, string> {
  const reader = new ArgumentReader(words);
  const failure = reader.read() ?? reader.readEnvironment(environment) ?? reader.contradiction();
  return failure === undefined ? ok(reader.arguments()) : err(failure);
}

/** The command line with the project's own `flags:` for what neither it nor the environment says. */
export function withProjectFlags(given: Arguments, project: ProjectFlags): Result<Arguments, string> {
  const reader = new ArgumentReader([], given);
  const failure = reader.readProject(project);
  return failure === undefined ? ok(reader.arguments()) : err(failure);
}

/** Lives for one command line. */
class ArgumentReader {
  readonly #words: readonly string[];
  #at = 0;
  #command: string | undefined;
  readonly #rest: string[] = [];
  readonly #switches: Map<string, boolean>;
  readonly #texts: Map<string, string>;
  readonly #numbers: Map<string, number>;
  readonly #lists: Map<string, readonly string[]>;
  readonly #typed: Set<string>;

  constructor(words: readonly string[], start?: Arguments) {
    this.#words = words;
    this.#command = start?.command;
    this.#rest.push(...(start?.words ?? []));
    this.#switches = new Map(start?.switches);
    this.#texts = new Map(start?.texts);
    this.#numbers = new Map(start?.numbers);
    this.#lists = new Map(start?.lists);
    this.#typed = new Set(start?.typed);
  }

  arguments(): Arguments {
    return {
      command: this.#command,
      words: this.#rest,
      switches: this.#switches,
      texts: this.#texts,
      numbers: this.#numbers,
      lists: this.#lists,
      typed: this.#typed,
    };
  }

  /** Reads all words; answers what is wrong with the first that cannot be understood. */
  read(): string | undefined {
    while (this.#at < this.#words.length) {
      const word = this.#words[this.#at++] ?? '';
      const failure = isFlag(word) ? this.#flag(word) : this.#word(word);
      if (failure !== undefined) return failure;
    }
    return this.#misplaced();
  }

  readEnvironment(environment: Readonly<Record<string, string>>): string | undefined {
    for (const flag of flags) {
      const { variable } = flag;
      if (variable === undefined || this.#isSet(flag)) continue;
      const found = [variable.replace(/^DBT_/, 'DBT_ENGINE_'), variable].find(it => (environment[it] ?? '') !== '');
      const failure = found === undefined ? undefined : this.#setText(flag, environment[found] ?? '', found);
      if (failure !== undefined) return failure;
    }
    // What it was called before dbt 1.5.
    const noPrint = environment['DBT_NO_PRINT'] ?? '';
    if (noPrint !== '' && !this.#switches.has('print')) this.#switches.set('print', !isYes(noPrint));
    return undefined;
  }

  readProject(project: ProjectFlags): string | undefined {
    for (const [name, value] of project) {
      const flag = flagNamed(name, this.#command);
      if (flag === undefined || this.#isSet(flag) || !IN_PROJECTS.has(flag.name)) continue;
      const failure = this.#setText(flag, String(value), `flags.${name} in dbt_project.yml`);
      if (failure !== undefined) return failure;
    }
    return undefined;
  }

  /** Two flags that cannot both be meant. */
  contradiction(): string | undefined {
    const pairs = [
      ['inline', 'select'],
      ['inline', 'selector'],
      ['warn-error', 'warn-error-options'],
    ] as const;
    const both = pairs.find(pair => pair.every(name => this.#hasValue(name)));
    return both === undefined ? undefined : `--${both[0]} and --${both[1]} cannot be given together.`;
  }

  #word(word: string): string | undefined {
    if (this.#command === undefined) {
      const second = this.#words[this.#at];
      const isGroup = commandGroups.has(word) && second !== undefined && !isFlag(second);
      if (isGroup) this.#at++;
      this.#command = isGroup ? `${word} ${second}` : word;
    } else {
      this.#rest.push(word);
    }
    return undefined;
  }

  #flag(word: string): string | undefined {
    const [name, given] = splitAtEquals(word.replace(/^--?/, ''));
    const negated = word.startsWith('--no-') ? flagNamed(name.slice(3), this.#command) : undefined;
    if (negated?.kind === 'switch') {
      this.#typed.add(name.slice(3));
      this.#switches.set(negated.name, false);
      return undefined;
    }
    const flag = flagNamed(name, this.#command);
    if (flag === undefined) return this.#unknown(word);
    this.#typed.add(name);
    if (flag.kind === 'switch') {
      if (given !== undefined) return `Option '--${flag.name}' does not take a value.`;
      this.#switches.set(flag.name, true);
      return undefined;
    }
    if (flag.kind === 'many') return this.#many(flag, given);
    const value = given ?? this.#words[this.#at++];
    return value === undefined ? `Option '--${flag.name}' requires an argument.` : this.#set(flag, value);
  }

  #unknown(word: string): string {
    const typed = word.replace(/=.*$/s, '');
    const command = canonical(this.#command);
    const names = flags
      .filter(flag => takes(command, flag))
      .flatMap(flag => [flag.name, ...(flag.kind === 'switch' ? [`no-${flag.name}`] : [])]);
    const near = typed.startsWith('--') ? nearest(typed.slice(2), names) : undefined;
    return `No such option: ${typed}${near === undefined ? '' : `. Did you mean --${near}?`}`;
  }

  /** A flag that the command, once it is known, does not take. */
  #misplaced(): string | undefined {
    const command = canonical(this.#command);
    if (command === undefined) return undefined;
    for (const name of this.#typed) {
      const flag = flagNamed(name, command);
      if (flag === undefined || takes(command, flag)) continue;
      const takers = commands.filter(it => takes(it.name, flag)).map(it => it.name);
      const typed = name.length === 1 ? `-${name}` : `--${name}`;
      return `No such option: ${typed}. '${command}' does not take it; ${listed(takers)}.`;
    }
    return undefined;
  }

  #many(flag: Flag, given: string | undefined): string | undefined {
    const values = given === undefined ? [] : [given];
    while (given === undefined && this.#at < this.#words.length && !isFlag(this.#words[this.#at] ?? '')) {
      values.push(this.#words[this.#at++] ?? '');
    }
    if (values.length === 0) return `Option '--${flag.name}' requires an argument.`;
    const refused = values.flatMap(it => refusedChoice(flag, it) ?? [])[0];
    if (refused !== undefined) return refused;
    this.#lists.set(flag.name, [...(this.#lists.get(flag.name) ?? []), ...values]);
    return undefined;
  }

  /** Sets a flag from a text that says yes or no for switches; `from` is where it comes from. */
  #setText(flag: Flag, value: string, from: string): string | undefined {
    if (flag.kind !== 'switch') {
      const failure = this.#set(flag, flag.kind === 'many' ? value.trim() : value);
      return failure === undefined ? undefined : `${from}: ${failure}`;
    }
    if (!isYes(value) && !/^(?:0|false|f|no|n|off)$/i.test(value)) {
      return `${from}: '${value}' is not a valid boolean.`;
    }
    this.#switches.set(flag.name, isYes(value));
    return undefined;
  }

  #set(flag: Flag, value: string): string | undefined {
    const refused = refusedChoice(flag, value);
    if (refused !== undefined) return refused;
    const choice = flag.choices?.find(it => it === value.toLowerCase());
    if (flag.kind === 'many') this.#lists.set(flag.name, value.split(/\s+/));
    if (flag.kind === 'text') this.#texts.set(flag.name, choice ?? value);
    if (flag.kind !== 'number') return undefined;
    if (!/^-?\d+$/.test(value)) return `Invalid value for '--${flag.name}': '${value}' is not a valid integer.`;
    this.#numbers.set(flag.name, Number(value));
    return undefined;
  }

  #isSet({ name }: Flag): boolean {
    return this.#hasValue(name);
  }

  #hasValue(name: string): boolean {
    return [this.#switches, this.#texts, this.#numbers, this.#lists].some(it => it.has(name));
  }
}

const isYes = (value: string): boolean => /^(?:1|true|t|yes|y|on)$/i.test(value);

/** The flags that dbt also reads from `flags:` in `dbt_project.yml`. */
const IN_PROJECTS: ReadonlySet<string> = new Set(
  [
    'cache-selected-only debug fail-fast indirect-selection log-format log-format-file log-level log-level-file',
    'partial-parse populate-cache printer-width send-anonymous-usage-stats static-parser use-colors use-colors-file',
    'use-experimental-parser version-check warn-error warn-error-options write-json',
  ].flatMap(line => line.split(' ')),
);

/** A lone dash and negative numbers are values. */
const isFlag = (word: string): boolean => /^--?[A-Za-z]/.test(word);

/** The command's own name where an alias was typed; `undefined` for a word that is no command. */
const canonical = (command: string | undefined): string | undefined =>
  command === undefined ? undefined : commandNamed(command)?.name;

function listed(takers: readonly string[]): string {
  const last = takers.at(-1) ?? '';
  return takers.length < 2 ? `${last || 'no other command'} does` : `${takers.slice(0, -1).join(', ')} and ${last} do`;
}

function splitAtEquals(text: string): readonly [string, string | undefined] {
  const at = text.indexOf('=');
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/** Why a flag does not take a value, when there are only some that it takes. */
function refusedChoice({ name, kind, choices }: Flag, value: string): string | undefined {
  if (choices === undefined) return undefined;
  const words = kind === 'many' ? value.split(/\s+/) : [value];
  const wrong = words.find(it => !choices.includes(it.toLowerCase()));
  if (wrong === undefined) return undefined;
  return `Invalid value for '--${name}': '${wrong}' is not one of ${choices.map(it => `'${it}'`).join(', ')}.`;
}
