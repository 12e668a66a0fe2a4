import {
  asMap,
  asString,
  emptyMap,
  isMap,
  textOfKey,
  type Data,
  type DataMap,
  type DataScalar,
} from '../manifest/data.ts';
import type { KeyPath, Mistake, MistakeCode } from '../manifest/mistake.ts';
import { renderData, type RenderText } from './render-data.ts';

/** The chosen target of a profile, as templates see it. It holds no secret. */
export interface Target {
  readonly profileName: string;
  readonly name: string;
  readonly adapterType: string;
  readonly database: string | undefined;
  readonly schema: string;
  readonly threads: number;
  /** What `target` shows. */
  readonly shown: DataMap;
}

export interface ReadTarget {
  readonly target: Target | undefined;
  /** The profile's targets, whichever is chosen. */
  readonly targetNames: readonly string[];
  readonly mistakes: readonly Mistake[];
}

export interface TargetChoice {
  /** `--profile`, else the project's own. */
  readonly profileName: string;
  /** `--target`, else the profile's. */
  readonly targetName: string | undefined;
  readonly threads: number | undefined;
  /** The project's root, from which relative database files are counted. */
  readonly file: string;
}

/** Reads the chosen target out of the data of a `profiles.yml`. Only that target's values are rendered, as dbt does. */
export function readTarget(data: Data, choice: TargetChoice, render: RenderText): ReadTarget {
  const reader = new ProfileReader(choice, render);
  const { target, targetNames } = reader.read(asMap(data) ?? emptyMap);
  return { target, targetNames, mistakes: reader.mistakes };
}

/**
 * All values of the chosen target, secrets included, under the names that connections use (`database`, `schema`,
 * `password`). For opening connections only: nothing that the core remembers may hold them.
 */
export function readCredentials(
  data: Data,
  choice: TargetChoice,
  render: RenderText,
): { readonly values: DataMap | undefined; readonly mistakes: readonly Mistake[] } {
  const reader = new ProfileReader(choice, render);
  const { values } = reader.read(asMap(data) ?? emptyMap);
  return { values, mistakes: reader.mistakes };
}

/** Lives for one reading and collects its mistakes. */
class ProfileReader {
  readonly mistakes: Mistake[] = [];
  readonly #choice: TargetChoice;
  readonly #render: RenderText;

  constructor(choice: TargetChoice, render: RenderText) {
    this.#choice = choice;
    this.#render = render;
  }

  read(profiles: DataMap): ReadValues {
    const { profileName } = this.#choice;
    const profile = profiles.get(profileName);
    if (profile === undefined) {
      this.#mistake('profile-missing', [], `Could not find profile named '${profileName}'`);
      return { target: undefined, values: undefined, targetNames: [] };
    }
    const outputs = asMap(asMap(profile)?.get('outputs'));
    if (outputs === undefined || outputs.size === 0) {
      this.#mistake('profile-invalid', [profileName], `outputs not specified in profile '${profileName}'`);
      return { target: undefined, values: undefined, targetNames: [] };
    }
    const targetNames = [...outputs.keys()].map(textOfKey);
    const name = this.#targetName(asMap(profile) ?? emptyMap);
    const output = outputs.get(name);
    if (output !== undefined) return { ...this.#target(name, output), targetNames };
    const known = targetNames.map(it => `\n - ${it}`).join('');
    const message = `The profile '${profileName}' does not have a target named '${name}'. The valid target names for this profile are:${known}`;
    this.#mistake('target-missing', [profileName], message);
    return { target: undefined, values: undefined, targetNames };
  }

  #targetName(profile: DataMap): string {
    if (this.#choice.targetName !== undefined) return this.#choice.targetName;
    const path = [this.#choice.profileName, 'target'];
    return asString(this.#rendered(profile.get('target') ?? 'default', path)) ?? 'default';
  }

  #target(name: string, output: Data): Pick<ReadValues, 'target' | 'values'> {
    const path = [this.#choice.profileName, 'outputs', name];
    const values = asMap(this.#rendered(output, path));
    const adapterType = asString(values?.get('type'));
    if (values === undefined || adapterType === undefined) {
      this.#mistake(
        'profile-invalid',
        path,
        `required field "type" not found in profile ${this.#choice.profileName} and target ${name}`,
      );
      return { target: undefined, values: undefined };
    }
    const canonical = canonicalKeys(adapterType, values);
    const database = databaseOf(adapterType, canonical);
    const schema = asString(canonical.get('schema')) ?? DEFAULT_SCHEMAS.get(adapterType);
    if (schema === undefined) {
      this.#mistake('profile-invalid', path, `at path []: 'schema' is a required property`);
      return { target: undefined, values: undefined };
    }
    const threads = this.#choice.threads ?? numberOf(canonical.get('threads')) ?? 1;
    const { profileName } = this.#choice;
    const shown = shownTarget(canonical, { profileName, name, adapterType, database, schema, threads });
    const target = { profileName, name, adapterType, database, schema, threads, shown };
    return { target, values: canonical };
  }

  #rendered(data: Data, path: KeyPath): Data {
    return renderData(
      data,
      {
        render: this.#render,
        keeps: () => false,
        onProblem: (at, message) => this.#mistake('yaml-jinja', at, message),
      },
      path,
    );
  }

  #mistake(code: MistakeCode, path: KeyPath, message: string): void {
    this.mistakes.push({ code, message, file: this.#choice.file, path, on: 'value' });
  }
}

interface ReadValues {
  readonly target: Target | undefined;
  /** Secrets included. */
  readonly values: DataMap | undefined;
  readonly targetNames: readonly string[];
}

const numberOf = (data: Data | undefined): number | undefined => (typeof data === 'number' ? data : undefined);

/** Other names that dbt's adapters take for `database` and `schema`. */
const ALIASES: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  [
    'postgres',
    new Map([
      ['dbname', 'database'],
      ['pass', 'password'],
    ]),
  ],
  [
    'redshift',
    new Map([
      ['dbname', 'database'],
      ['pass', 'password'],
    ]),
  ],
  [
    'bigquery',
    new Map([
      ['project', 'database'],
      ['dataset', 'schema'],
      ['target_project', 'target_database'],
      ['target_dataset', 'target_schema'],
    ]),
  ],
  [
    'databricks',
    new Map([
      ['catalog', 'database'],
      ['target_catalog', 'target_database'],
    ]),
  ],
  ['spark', new Map([])],
  ['trino', new Map([['catalog', 'database']])],
]);

const DEFAULT_SCHEMAS: ReadonlyMap<string, string> = new Map([['duckdb', 'main']]);

function canonicalKeys(adapterType: string, values: DataMap): DataMap {
  const aliases = ALIASES.get(adapterType);
  const canonical = new Map<DataScalar, Data>();
  for (const [key, value] of values) canonical.set(aliases?.get(textOfKey(key)) ?? key, value);
  return canonical;
}

function databaseOf(adapterType: string, values: DataMap): string | undefined {
  const database = asString(values.get('database'));
  if (database !== undefined) return database;
  if (adapterType === 'duckdb') return duckdbName(asString(values.get('path')) ?? ':memory:');
  return adapterType === 'databricks' ? 'hive_metastore' : undefined;
}

/** DuckDB calls a database after its file; dbt does the same. */
function duckdbName(path: string): string {
  if (path === ':memory:') return 'memory';
  const file = path.replace(/^md:/, '').replace(/\?.*$/, '').split(/[/\\]/).at(-1) ?? path;
  return file.replace(/\.[^.]*$/, '');
}

const SECRET = /pass|token|secret|key|credential|^pat$|^sslcert$/i;

/** dbt's order: the connection's own keys, then what every target has. Nothing that could be a secret is shown. */
function shownTarget(values: DataMap, target: Omit<Target, 'shown'>): DataMap {
  const shown = new Map<DataScalar, Data>();
  for (const [key, value] of values) {
    const name = textOfKey(key);
    if (isMap(value) || SECRET.test(name)) continue;
    shown.set(key, value);
  }
  shown.set('database', target.database ?? null);
  if (ALIASES.get(target.adapterType)?.has('dbname') === true) shown.set('dbname', target.database ?? null);
  if (target.adapterType === 'bigquery') shown.set('project', target.database ?? null).set('dataset', target.schema);
  shown.set('schema', target.schema);
  shown.set('type', target.adapterType);
  shown.set('threads', target.threads);
  shown.set('name', target.name);
  shown.set('target_name', target.name);
  shown.set('profile_name', target.profileName);
  return shown;
}
