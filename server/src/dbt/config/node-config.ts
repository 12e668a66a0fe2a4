import { emptyMap, textOfKey, type DataMap } from '../manifest/data.ts';
import type { NodeConfig, ResourceType } from '../manifest/node.ts';
import type { Project } from '../project/project.ts';
import { defaultConfig } from './defaults.ts';
import { mergeConfig } from './merge.ts';
import { projectLevels } from './project-levels.ts';

/** Who is configured, and what its own places say about it. */
export interface ConfigSubject {
  readonly type: ResourceType;
  readonly fqn: readonly string[];
  /** The project or package the resource belongs to. */
  readonly project: Project;
  readonly root: Project;
  /** `config:` of its properties YAML. */
  readonly properties?: DataMap;
  /** `config()` of its own file. */
  readonly inFile?: DataMap;
}

/**
 * The final configuration of a resource. From weak to strong: dbt's defaults, its project's paths, its properties,
 * its own file; and over all that the root project's paths for a resource of a package.
 */
export function nodeConfig(subject: ConfigSubject): NodeConfig {
  const { type, fqn, project, root, properties, inFile } = subject;
  const merge = type === 'exposure' ? replaceConfig : mergeConfig;
  const below = projectLevels(project, type, fqn).reduce(
    type === 'exposure' ? replaceConfig : sharedMerge,
    defaultConfig(type),
  );
  const own = merge(merge(below, properties ?? emptyMap), inFile ?? emptyMap);
  const config = project.isRoot ? own : projectLevels(root, type, fqn).reduce(merge, own);
  return type === 'test' ? withStoreFailures(config) : config;
}

/** Of exposures, tags and meta of one level replace those of another like any key. */
function replaceConfig(base: NodeConfig, level: DataMap): NodeConfig {
  return new Map([...base, ...[...level].map(([key, value]) => [textOfKey(key), value] as const)]);
}

/** What the project's paths make of a default is one value for all nodes of a folder, most of which say nothing more. */
function sharedMerge(base: NodeConfig, level: DataMap): NodeConfig {
  const merges = merged.get(base) ?? new WeakMap<DataMap, NodeConfig>();
  merged.set(base, merges);
  const known = merges.get(level);
  if (known !== undefined) return known;
  const config = mergeConfig(base, level);
  merges.set(level, config);
  return config;
}

const merged = new WeakMap<NodeConfig, WeakMap<DataMap, NodeConfig>>();

/** How failures are stored decides whether they are; without a word on how, they go into a table. */
function withStoreFailures(config: NodeConfig): NodeConfig {
  const how = config.get('store_failures_as') ?? null;
  const whether = config.get('store_failures') ?? null;
  if (how !== null) return new Map(config).set('store_failures', how !== 'ephemeral');
  if (whether === null) return config;
  return new Map(config).set('store_failures_as', whether === true ? 'table' : 'ephemeral');
}
