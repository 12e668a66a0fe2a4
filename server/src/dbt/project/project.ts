import type { FileId } from '../../render/rendered.ts';
import {
  asList,
  isList,
  asMap,
  asString,
  dataAt,
  emptyMap,
  isMap,
  stringList,
  textOfKey,
  type Data,
  type DataMap,
} from '../manifest/data.ts';
import type { KeyPath, Mistake, MistakeCode } from '../manifest/mistake.ts';
import { dataRepr } from '../schema/data-repr.ts';
import { projectSchema } from '../schema/project-schema.ts';
import { schemaErrors, schemaMessage } from '../schema/schema.ts';
import { renderData, type RenderText } from './render-data.ts';
import { unreadableVersions, versionMistake } from './required-version.ts';

/** The sections of `dbt_project.yml` that configure resources by path. */
export type ConfigSection =
  | 'models'
  | 'seeds'
  | 'snapshots'
  | 'data_tests'
  | 'unit_tests'
  | 'sources'
  | 'exposures'
  | 'metrics'
  | 'semantic-models'
  | 'saved-queries'
  | 'functions';

/** Where a project looks for its files, relative to its own folder. */
export interface ResourcePaths {
  readonly models: readonly string[];
  readonly seeds: readonly string[];
  readonly snapshots: readonly string[];
  readonly tests: readonly string[];
  readonly analyses: readonly string[];
  readonly macros: readonly string[];
  readonly functions: readonly string[];
  readonly docs: readonly string[];
}

/** A project or package, from its `dbt_project.yml`, with dbt's defaults where it says nothing or nothing usable. */
export interface Project {
  readonly name: string;
  /** Where it lies: '' for the root project, `dbt_packages/lib/` for a package. */
  readonly folder: string;
  readonly file: FileId;
  readonly isRoot: boolean;
  readonly version: string | undefined;
  readonly profile: string | undefined;
  readonly paths: ResourcePaths;
  readonly targetPath: string;
  readonly packagesInstallPath: string;
  readonly cleanTargets: readonly string[];
  readonly quoting: DataMap;
  readonly vars: DataMap;
  /** `dispatch:`: the search order by macro namespace. */
  readonly dispatch: ReadonlyMap<string, readonly string[]>;
  readonly onRunStart: readonly string[];
  readonly onRunEnd: readonly string[];
  readonly configs: ReadonlyMap<ConfigSection, DataMap>;
  /** The same before the Jinja in it was rendered. */
  readonly unrenderedConfigs: ReadonlyMap<ConfigSection, DataMap>;
  /** `undefined` when the key is absent; `null` and '' switch the comment off. */
  readonly queryComment: Data | undefined;
  readonly flags: DataMap;
  readonly requireDbtVersion: readonly string[];
  readonly restrictAccess: boolean;
}

export interface ReadProject {
  readonly project: Project;
  readonly mistakes: readonly Mistake[];
}

export interface ReadProjectOptions {
  /** Whether a version of dbt that the project excludes is a mistake; `--no-version-check` says no. */
  readonly checksVersion?: boolean;
}

/**
 * Reads the data of a `dbt_project.yml`. Whatever is wrong is reported and left at dbt's default, so that the rest of
 * the project still means something.
 */
export function readProject(
  data: Data,
  file: FileId,
  render: RenderText,
  { checksVersion = true }: ReadProjectOptions = {},
): ReadProject {
  const reader = new ProjectReader(file, checksVersion);
  if (!isMap(data)) {
    const { project } = readProject(emptyMap, file, render, { checksVersion });
    return { project, mistakes: [notADictionary(file)] };
  }
  const map = data;
  const rendered = renderData(map, {
    render,
    keeps: keepsUnrendered,
    onProblem: (path, message) => reader.mistake('yaml-jinja', path, message),
  });
  reader.checkKeys(map);
  reader.checkShape(rendered);
  return { project: reader.project(asMap(rendered) ?? emptyMap, map), mistakes: reader.mistakes };
}

/** dbt does not say which file it means. */
function notADictionary(file: FileId): Mistake {
  const message = `${file} does not parse to a dictionary`;
  const dbt = { class: 'DbtProjectError', message: `Runtime Error\n  ${message}` };
  return { code: 'project-invalid', message, file, path: [], on: 'value', dbt };
}

const LATER: ReadonlySet<string> = new Set(['on-run-start', 'on-run-end', 'query-comment', 'vars']);
const HOOKS: ReadonlySet<string> = new Set(['pre-hook', 'post-hook', 'pre_hook', 'post_hook']);

/** What dbt renders later than the project file: hooks and the query comment when they run, vars when they are asked for. */
function keepsUnrendered(path: KeyPath): boolean {
  const [section] = path;
  if (typeof section !== 'string') return false;
  if (LATER.has(section)) return true;
  return path.some(part => HOOKS.has(String(part).replace(/^[+ ]+/, '')));
}

const KNOWN_KEYS: ReadonlySet<string> = new Set(
  [
    'name config-version version project-root source-paths model-paths macro-paths data-paths seed-paths test-paths',
    'analysis-paths docs-paths asset-paths function-paths target-path snapshot-paths clean-targets profile log-path',
    'packages-install-path quoting on-run-start on-run-end require-dbt-version dispatch models seeds snapshots analyses',
    'sources tests data_tests unit_tests metrics semantic-models saved-queries exposures functions vars packages',
    'query-comment restrict-access dbt-cloud flags',
  ].flatMap(line => line.split(' ')),
);

const SECTIONS: readonly (readonly [ConfigSection, readonly string[]])[] = [
  ['models', ['models']],
  ['seeds', ['seeds']],
  ['snapshots', ['snapshots']],
  ['data_tests', ['tests', 'data_tests']],
  ['unit_tests', ['unit_tests']],
  ['sources', ['sources']],
  ['exposures', ['exposures']],
  ['metrics', ['metrics']],
  ['semantic-models', ['semantic-models']],
  ['saved-queries', ['saved-queries']],
  ['functions', ['functions']],
];

/** Lives for one file and collects its mistakes. */
class ProjectReader {
  readonly mistakes: Mistake[] = [];
  readonly #file: FileId;
  readonly #checksVersion: boolean;

  constructor(file: FileId, checksVersion: boolean) {
    this.#file = file;
    this.#checksVersion = checksVersion;
  }

  mistake(code: MistakeCode, path: KeyPath, message: string, on: 'key' | 'value' = 'value'): void {
    this.mistakes.push({ code, message, file: this.#file, path, on });
  }

  checkKeys(map: DataMap): void {
    const unknown = [...map.keys()]
      .map(textOfKey)
      .filter(key => !KNOWN_KEYS.has(key))
      .toSorted();
    const verb = unknown.length === 1 ? 'was' : 'were';
    const message = `Additional properties are not allowed (${unknown.map(it => `'${it}'`).join(', ')} ${verb} unexpected)`;
    for (const key of unknown) this.mistake('project-unknown-key', [key], message, 'key');
    for (const [section, keys] of SECTIONS) {
      for (const key of keys) this.#checkFolderKeys(section, asMap(map.get(key)), [key]);
    }
  }

  // YAML reads a folder called `off` or `on` as a boolean, where dbt itself falls over.
  #checkFolderKeys(section: ConfigSection, map: DataMap | undefined, path: KeyPath): void {
    for (const [key, value] of map ?? []) {
      if (typeof key === 'string') {
        if (!key.startsWith('+')) this.#checkFolderKeys(section, asMap(value), [...path, key]);
        continue;
      }
      const spelled = textOfKey(key);
      const message = `this key of '${section}' is read as the ${typeof key} ${spelled}, not as text; put it in quotes`;
      this.mistake('project-folder-key', [...path, spelled], message, 'key');
    }
  }

  project(map: DataMap, unrendered: DataMap): Project {
    const folder = this.#file.slice(0, this.#file.lastIndexOf('/') + 1);
    const paths = this.#paths(map);
    const targetPath = this.#string(map, 'target-path') ?? 'target';
    return {
      name: this.#name(map),
      folder,
      file: this.#file,
      isRoot: folder === '',
      version: map.has('version') ? scalarText(map.get('version')) : undefined,
      profile: this.#string(map, 'profile'),
      paths,
      targetPath,
      packagesInstallPath: trimmed(this.#string(map, 'packages-install-path') ?? 'dbt_packages'),
      cleanTargets: map.has('clean-targets') ? this.#strings(map, 'clean-targets') : [targetPath],
      quoting: this.#map(map, 'quoting'),
      vars: this.#map(map, 'vars'),
      dispatch: this.#dispatch(map),
      onRunStart: this.#strings(map, 'on-run-start'),
      onRunEnd: this.#strings(map, 'on-run-end'),
      configs: this.#configs(map),
      unrenderedConfigs: configSections(key => asMap(unrendered.get(key)) ?? emptyMap),
      queryComment: map.get('query-comment'),
      flags: this.#map(map, 'flags'),
      requireDbtVersion: this.#requirements(map),
      restrictAccess: map.get('restrict-access') === true,
    };
  }

  /** What dbt's schema of the file forbids; a section without anything in it is as good as none. */
  checkShape(rendered: Data): void {
    const filled = new Map([...(asMap(rendered) ?? emptyMap)].filter(([, value]) => value !== null));
    for (const error of schemaErrors(projectSchema, filled)) {
      this.mistake('project-shape', error.path, schemaMessage(error));
    }
    for (const entry of asList(filled.get('dispatch')) ?? []) {
      const isWhole = asString(dataAt(entry, 'macro_namespace')) !== undefined && isList(dataAt(entry, 'search_order'));
      const message = `at path []: Invalid project dispatch config: ${dataRepr(entry)}`;
      if (isMap(entry) && !isWhole) this.mistake('project-shape', ['dispatch'], message);
    }
    const name = asString(filled.get('name')) ?? '';
    if (RESERVED_NAMES.has(name)) {
      this.mistake('project-shape', ['name'], `at path []: Invalid project name: ${name} is a reserved word`);
    }
    const number = filled.get('version');
    if (typeof number === 'number') {
      const message = `at path ['version']: '${number}' is not valid under any of the given schemas`;
      this.mistake('project-number', ['version'], message);
    }
    const version = filled.get('config-version') ?? 2;
    if (typeof version === 'number' && version !== 2) {
      const message = `Got an unexpected project version=${version}, expected 2`;
      this.mistake('project-version', ['config-version'], message);
    }
    if (filled.has('tests') && filled.has('data_tests')) {
      const message = "at path []: Invalid project config: cannot have both 'tests' and 'data_tests' defined";
      this.mistake('project-shape', ['tests'], message, 'key');
    }
    for (const [older, key] of RENAMED) {
      if (!filled.has(older) || !filled.has(key)) continue;
      const message = `${older} and ${key} cannot both be defined. The \`${older}\` config has been deprecated in favor of \`${key}\`. Please update your \`dbt_project.yml\` configuration to reflect this change.`;
      this.mistake('project-invalid', [older], message, 'key');
    }
  }

  #name(map: DataMap): string {
    const name = map.get('name');
    if (name === undefined) this.mistake('project-invalid', [], 'Required "name" field not present in project');
    return asString(name) ?? '';
  }

  #requirements(map: DataMap): readonly string[] {
    const requirements = this.#strings(map, 'require-dbt-version');
    for (const text of unreadableVersions(requirements)) {
      this.mistake('project-invalid', ['require-dbt-version'], `"${text}" is not a valid semantic version.`);
    }
    const name = asString(map.get('name')) ?? '';
    const message = this.#checksVersion ? versionMistake({ name, requirements }) : undefined;
    if (message !== undefined) this.mistake('project-invalid', ['require-dbt-version'], message);
    return requirements;
  }

  #paths(map: DataMap): ResourcePaths {
    const list = (key: string, fallback: string, olderKey = key): readonly string[] => {
      const used = map.has(key) ? key : olderKey;
      return map.has(used) ? this.#strings(map, used).map(trimmed) : [fallback];
    };
    const models = list('model-paths', 'models', 'source-paths');
    const seeds = list('seed-paths', 'seeds', 'data-paths');
    const snapshots = list('snapshot-paths', 'snapshots');
    const analyses = list('analysis-paths', 'analyses');
    const macros = list('macro-paths', 'macros');
    const functions = list('function-paths', 'functions');
    const everywhere = [...models, ...seeds, ...snapshots, ...analyses, ...macros, ...functions];
    const docs = map.has('docs-paths') ? this.#strings(map, 'docs-paths').map(trimmed) : everywhere;
    return { models, seeds, snapshots, analyses, macros, functions, docs, tests: list('test-paths', 'tests') };
  }

  #dispatch(map: DataMap): ReadonlyMap<string, readonly string[]> {
    const orders = new Map<string, readonly string[]>();
    const entries = map.get('dispatch');
    for (const entry of Array.isArray(entries) ? (entries as readonly Data[]) : []) {
      const namespace = asString(dataAt(entry, 'macro_namespace'));
      const order = dataAt(entry, 'search_order');
      if (namespace !== undefined && Array.isArray(order)) orders.set(namespace, stringList(order));
    }
    return orders;
  }

  #configs(map: DataMap): ReadonlyMap<ConfigSection, DataMap> {
    return configSections(key => this.#map(map, key));
  }

  #map(map: DataMap, key: string): DataMap {
    const value = map.get(key);
    return asMap(value) ?? emptyMap;
  }

  #string(map: DataMap, key: string): string | undefined {
    const value = map.get(key);
    if (value === undefined || value === null || typeof value === 'string') return value ?? undefined;
    this.mistake('project-invalid', [key], `'${key}' is not a text`);
    return undefined;
  }

  #strings(map: DataMap, key: string): readonly string[] {
    const value = map.get(key);
    if (value === undefined || value === null) return [];
    const strings = stringList(value);
    const nExpected = Array.isArray(value) ? value.length : 1;
    if (strings.length !== nExpected) this.mistake('project-invalid', [key], `'${key}' is not a list of texts`);
    return strings;
  }
}

/** The sections that configure resources, under whichever of their names they stand. */
function configSections(mapAt: (key: string) => DataMap): ReadonlyMap<ConfigSection, DataMap> {
  const configs = new Map<ConfigSection, DataMap>();
  for (const [section, keys] of SECTIONS) {
    const [first, second] = keys.map(mapAt).filter(it => it.size > 0);
    if (first !== undefined) configs.set(section, second === undefined ? first : new Map([...first, ...second]));
  }
  return configs;
}

/** Names that templates know something else by. */
const RESERVED_NAMES: ReadonlySet<string> = new Set(
  [
    '_sql_results adapter api column config context database env env_var exceptions execute flags fromjson fromyaml',
    'graph invocation_id load_agate_table load_result log model modules post_hooks pre_hooks ref render return',
    'run_started_at schema source sql sql_now store_result store_raw_result target this tojson toyaml',
    'try_or_compiler_error var write',
  ].flatMap(line => line.split(' ')),
);

/** Keys that were renamed, and their names since. */
const RENAMED: readonly (readonly [string, string])[] = [
  ['source-paths', 'model-paths'],
  ['data-paths', 'seed-paths'],
];

const trimmed = (path: string): string => path.replace(/^\.\//, '').replace(/\/+$/, '');

function scalarText(data: Data | undefined): string | undefined {
  if (data === undefined || data === null || typeof data === 'object') return undefined;
  return String(data);
}
