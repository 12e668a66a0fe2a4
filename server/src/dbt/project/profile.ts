import {
  asList,
  asMap,
  asString,
  emptyMap,
  isList,
  isMap,
  textOfKey,
  type Data,
  type DataMap,
  type DataScalar,
} from '../manifest/data.ts';
import type { KeyPath, Mistake, MistakeCode } from '../manifest/mistake.ts';
import { dataText } from '../schema/data-repr.ts';
import { credentialMistakes, doubledKeys, unknownAdapter } from './credential-mistakes.ts';
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
  if (!isMap(data) || data.size === 0) {
    return { target: undefined, targetNames: [], mistakes: [noProfiles(data, choice.file)] };
  }
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

/** A profiles file without any profile. */
function noProfiles(data: Data, file: string): Mistake {
  const isEmpty = data === null || isMap(data);
  const message = isEmpty ? 'profiles.yml is empty' : 'profiles.yml is no mapping of names to profiles';
  const place = file.startsWith('/') || file.includes(':') ? file : `{root}/${file}`;
  const report = `Runtime Error\n  \n  dbt encountered an error while trying to read your profiles.yml file.\n  \n  The profiles.yml file at ${place} is empty`;
  const attribute = `'${isList(data) ? 'list' : 'str'}' object has no attribute 'get'`;
  const dbt = isEmpty ? { class: 'DbtProfileError', message: report } : { class: 'AttributeError', message: attribute };
  return { code: 'profile-invalid', message, file, path: [], on: 'value', dbt };
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
    const outputs = asMap(profile)?.get('outputs') ?? null;
    if (outputs === null) {
      const lack = `outputs not specified in profile '${profileName}'`;
      const isEmpty = profile === null || (isMap(profile) && profile.size === 0);
      this.#mistake(
        'profile-invalid',
        [profileName],
        isEmpty ? `Profile ${profileName} in profiles.yml is empty` : lack,
      );
      return { target: undefined, values: undefined, targetNames: [] };
    }
    const targetNames = isMap(outputs) ? [...outputs.keys()].map(textOfKey) : (asList(outputs) ?? []).map(dataText);
    const name = this.#targetName(asMap(profile) ?? emptyMap);
    const output = asMap(outputs)?.get(name);
    if (output !== undefined) return { ...this.#target(name, output), targetNames };
    const known = targetNames.map(it => ` - ${it}`).join('\n');
    const message = `The profile '${profileName}' does not have a target named '${name}'. The valid target names for this profile are:\n${known}`;
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
    const { profileName } = this.#choice;
    const nothing = { target: undefined, values: undefined };
    if (!isMap(output)) {
      this.#mistake(
        'target-missing',
        path,
        `output '${name}' of profile '${profileName}' is misconfigured in profiles.yml`,
      );
      return nothing;
    }
    const values = asMap(this.#rendered(output, path)) ?? emptyMap;
    const adapterType = asString(values.get('type'));
    if (adapterType === undefined) {
      const message = `required field "type" not found in profile ${profileName} and target ${name}`;
      this.#mistake('profile-invalid', path, message);
      return nothing;
    }
    const canonical = canonicalKeys(adapterType, values);
    this.#credentials(adapterType, { values, canonical, path, name });
    const database = databaseOf(adapterType, canonical);
    const schema = asString(canonical.get('schema')) ?? DEFAULT_SCHEMAS.get(adapterType);
    if (schema === undefined) {
      if (this.mistakes.length === 0) this.#invalid(path, name, "'schema' is a required property");
      return nothing;
    }
    const threads = this.#choice.threads ?? numberOf(canonical.get('threads')) ?? 1;
    const shown = shownTarget(canonical, { profileName, name, adapterType, database, schema, threads });
    const target = { profileName, name, adapterType, database, schema, threads, shown };
    return { target, values: canonical };
  }

  /** What the adapter refuses of a target whose texts could be rendered. */
  #credentials(adapterType: string, { values, canonical, path, name }: WrittenTarget): void {
    if (this.mistakes.length > 0) return;
    const unknown = unknownAdapter(adapterType, ADAPTER_TYPES);
    const doubled = doubledKeys(values, ALIASES.get(adapterType) ?? new Map());
    const early = unknown === undefined ? doubled : [unknown];
    const found = early.length > 0 ? early : credentialMistakes(adapterType, canonical);
    for (const { key, message } of found) {
      const spelled = [...values.keys()].map(textOfKey);
      const written = spelled.find(it => it === key) ?? spelled.find(it => canonicalKey(adapterType, it) === key);
      this.#invalid(written === undefined ? path : [...path, written], name, message);
    }
  }

  #invalid(path: KeyPath, target: string, what: string): void {
    const told = what.replaceAll('\n', '\n  ');
    const message = `Credentials in profile "${this.#choice.profileName}", target "${target}" invalid: ${told}`;
    this.#mistake('profile-invalid', path, message);
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

interface WrittenTarget {
  readonly values: DataMap;
  readonly canonical: DataMap;
  readonly path: KeyPath;
  readonly name: string;
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

/** The adapters that Sluice knows. */
const ADAPTER_TYPES: readonly string[] = [...ALIASES.keys(), 'duckdb', 'snowflake'];

const DEFAULT_SCHEMAS: ReadonlyMap<string, string> = new Map([['duckdb', 'main']]);

const canonicalKey = (adapterType: string, key: string): string => ALIASES.get(adapterType)?.get(key) ?? key;

function canonicalKeys(adapterType: string, values: DataMap): DataMap {
  const canonical = new Map<DataScalar, Data>();
  for (const [key, value] of values) canonical.set(canonicalKey(adapterType, textOfKey(key)), value);
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
