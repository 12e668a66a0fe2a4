import { err, ok, type Result } from '../base/result.ts';
import { flags, type Flag } from './flags.ts';

/** A command line, read. */
export interface Arguments {
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

/**
 * Reads the words after the program's name, and dbt's environment variables (`DBT_TARGET`, `DBT_FULL_REFRESH` …) for
 * flags that are not among them. The failure is a sentence for a person.
 */
export function readArguments(
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
): Result<Arguments, string> {
  const reader = new ArgumentReader(words);
  const failure = reader.read() ?? reader.readEnvironment(environment);
  return failure === undefined ? ok(reader.arguments()) : err(failure);
}

/** Lives for one command line. */
class ArgumentReader {
  readonly #words: readonly string[];
  #at = 0;
  readonly #commands: string[] = [];
  readonly #switches = new Map<string, boolean>();
  readonly #texts = new Map<string, string>();
  readonly #numbers = new Map<string, number>();
  readonly #lists = new Map<string, readonly string[]>();
  readonly #typed = new Set<string>();

  constructor(words: readonly string[]) {
    this.#words = words;
  }

  arguments(): Arguments {
    return {
      command: this.#commands[0],
      words: this.#commands.slice(1),
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
      if (!isFlag(word)) {
        this.#commands.push(word);
        continue;
      }
      const failure = this.#flag(word);
      if (failure !== undefined) return failure;
    }
    return undefined;
  }

  readEnvironment(environment: Readonly<Record<string, string>>): string | undefined {
    for (const flag of flags) {
      const value = environment[`DBT_${flag.name.replaceAll('-', '_').toUpperCase()}`];
      if (value === undefined || value === '' || this.#isSet(flag) || !FROM_ENVIRONMENT.has(flag.name)) continue;
      const failure = flag.kind === 'switch' ? this.#setSwitch(flag, value) : this.#set(flag, value);
      if (failure !== undefined) return failure;
    }
    return undefined;
  }

  #flag(word: string): string | undefined {
    const [name, given] = splitAtEquals(word.replace(/^--?/, ''));
    const negated = word.startsWith('--no-') ? flagNamed(name.slice(3)) : undefined;
    if (negated?.kind === 'switch') {
      this.#switches.set(negated.name, false);
      return undefined;
    }
    const flag = flagNamed(name);
    if (flag === undefined) return `No such option: ${word}`;
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

  #many(flag: Flag, given: string | undefined): string | undefined {
    const values = given === undefined ? [] : [given];
    while (given === undefined && this.#at < this.#words.length && !isFlag(this.#words[this.#at] ?? '')) {
      values.push(this.#words[this.#at++] ?? '');
    }
    if (values.length === 0) return `Option '--${flag.name}' requires an argument.`;
    this.#lists.set(flag.name, [...(this.#lists.get(flag.name) ?? []), ...values]);
    return undefined;
  }

  #set(flag: Flag, value: string): string | undefined {
    if (flag.choices !== undefined && !flag.choices.includes(value)) {
      return `Invalid value for '--${flag.name}': '${value}' is not one of ${flag.choices.map(it => `'${it}'`).join(', ')}.`;
    }
    if (flag.kind === 'many') this.#lists.set(flag.name, [value]);
    if (flag.kind === 'text') this.#texts.set(flag.name, value);
    if (flag.kind !== 'number') return undefined;
    if (!/^-?\d+$/.test(value)) return `Invalid value for '--${flag.name}': '${value}' is not a valid integer.`;
    this.#numbers.set(flag.name, Number(value));
    return undefined;
  }

  #setSwitch(flag: Flag, value: string): string | undefined {
    const isOn = /^(?:1|true|t|yes|y|on)$/i.test(value);
    if (!isOn && !/^(?:0|false|f|no|n|off)$/i.test(value)) {
      return `Invalid value for the environment variable of '--${flag.name}': '${value}' is not a valid boolean.`;
    }
    this.#switches.set(flag.name, isOn);
    return undefined;
  }

  #isSet({ name }: Flag): boolean {
    return [this.#switches, this.#texts, this.#numbers, this.#lists].some(it => it.has(name));
  }
}

/** The flags that dbt also reads from the environment. `DBT_PROFILES_DIR` is part of the search for profiles. */
const FROM_ENVIRONMENT: ReadonlySet<string> = new Set(
  [
    'project-dir target profile target-path indirect-selection log-format threads full-refresh fail-fast',
    'store-failures quiet use-colors write-json warn-error debug empty',
  ].flatMap(line => line.split(' ')),
);

/** A lone dash and negative numbers are values. */
const isFlag = (word: string): boolean => /^--?[A-Za-z]/.test(word);

const byName: ReadonlyMap<string, Flag> = new Map(
  flags.flatMap(flag => [flag.name, ...(flag.aliases ?? [])].map(name => [name, flag] as const)),
);

const flagNamed = (name: string): Flag | undefined => byName.get(name.replaceAll('_', '-'));

function splitAtEquals(text: string): readonly [string, string | undefined] {
  const at = text.indexOf('=');
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
