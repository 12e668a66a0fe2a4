import { asMap, emptyMap, isMap, type Data, type DataMap, type DataScalar } from '../manifest/data.ts';
import type { ResourceType } from '../manifest/node.ts';
import type { ConfigSection, Project } from '../project/project.ts';

/** The section of `dbt_project.yml` that configures resources of a type. */
export function sectionOf(type: ResourceType): ConfigSection | undefined {
  return SECTIONS.get(type);
}

// Analyses, operations and groups have no section of their own: dbt looks among the models.
const SECTIONS: ReadonlyMap<ResourceType, ConfigSection> = new Map<ResourceType, ConfigSection>([
  ['model', 'models'],
  ['analysis', 'models'],
  ['operation', 'models'],
  ['sql_operation', 'models'],
  ['group', 'models'],
  ['seed', 'seeds'],
  ['snapshot', 'snapshots'],
  ['test', 'data_tests'],
  ['unit_test', 'unit_tests'],
  ['source', 'sources'],
  ['exposure', 'exposures'],
  ['metric', 'metrics'],
  ['semantic_model', 'semantic-models'],
  ['saved_query', 'saved-queries'],
]);

/** What a project's file says about a resource, from the section's top level down the path of its fqn. */
export function projectLevels(project: Project, type: ResourceType, fqn: readonly string[]): readonly DataMap[] {
  return levelsOf(project.configs, type, fqn);
}

/** The same with the file's texts as written, their Jinja not rendered. */
export function unrenderedLevels(project: Project, type: ResourceType, fqn: readonly string[]): readonly DataMap[] {
  return levelsOf(project.unrenderedConfigs, type, fqn);
}

function levelsOf(configs: Project['configs'], type: ResourceType, fqn: readonly string[]): readonly DataMap[] {
  const section = sectionOf(type);
  const root = section === undefined ? undefined : configs.get(section);
  if (root === undefined) return [];
  const levels = [configsOf(root)];
  let at: DataMap | undefined = root;
  for (const part of fqn) {
    at = asMap(at.get(part));
    if (at === undefined) break;
    levels.push(configsOf(at));
  }
  return levels.filter(level => level.size > 0);
}

/** The configs among a level's keys: those with `+`, and without it whatever cannot be a folder. One value per level. */
function configsOf(level: DataMap): DataMap {
  const known = knownConfigs.get(level);
  if (known !== undefined) return known;
  const configs = configsIn(level);
  knownConfigs.set(level, configs);
  return configs;
}

/** Every node below a folder asks for the folder's. */
const knownConfigs = new WeakMap<DataMap, DataMap>();

function configsIn(level: DataMap): DataMap {
  const configs = new Map<DataScalar, Data>();
  for (const [key, value] of level) {
    if (typeof key !== 'string') continue;
    if (key.startsWith('+')) configs.set(key.slice(1).trim(), value);
    else if (!isMap(value)) configs.set(key, value);
  }
  return configs.size === 0 ? emptyMap : configs;
}

/** A path of folders in a section of `dbt_project.yml`, such as `models.shop.staging`, that carries configs. */
export interface ConfigPath {
  readonly section: ConfigSection;
  readonly path: readonly string[];
  /** The section's key as written (`tests` or `data_tests`). */
  readonly keys: readonly string[];
}

/** All paths below the sections that configure something, for finding those that configure nothing. */
export function configPaths(project: Project): readonly ConfigPath[] {
  const found: ConfigPath[] = [];
  for (const [section, root] of project.configs) collectPaths(found, section, root, []);
  return found;
}

function collectPaths(found: ConfigPath[], section: ConfigSection, level: DataMap, path: readonly string[]): void {
  if (path.length > 0 && configsOf(level).size > 0) found.push({ section, path, keys: [section, ...path] });
  for (const [key, value] of level) {
    if (typeof key !== 'string' || key.startsWith('+') || !isMap(value)) continue;
    collectPaths(found, section, value, [...path, key]);
  }
}
