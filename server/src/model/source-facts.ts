import { same } from '../base/same.ts';
import { Query } from '../db/query.ts';
import { mergeConfig } from '../dbt/config/merge.ts';
import { mergedFreshness } from '../dbt/properties/freshness.ts';
import { nodeConfig } from '../dbt/config/node-config.ts';
import {
  asList,
  asMap,
  asString,
  dataAt,
  emptyMap,
  isMap,
  stringList,
  type Data,
  type DataMap,
  type DataScalar,
} from '../dbt/manifest/data.ts';
import { fqnOf } from '../dbt/manifest/fqn.ts';
import type { NodeConfig, RelationParts, SourceNode, UniqueId } from '../dbt/manifest/node.ts';
import { quotePolicy, relationName } from '../dbt/manifest/relation.ts';
import { columnItems, columnsOf } from '../dbt/properties/columns.ts';
import type { SourceTableEntry } from '../dbt/properties/properties.ts';
import type { Descriptions } from './descriptions.ts';
import type { Declared } from './file-summary.ts';
import type { Inputs } from './inputs.ts';
import type { Structure } from './structure.ts';
import type { Summaries } from './summaries.ts';

/** Layer 2: what properties files say about source tables. */
export class SourceFacts {
  readonly #inputs: Inputs;
  readonly #structure: Structure;
  readonly #summaries: Summaries;
  readonly #descriptions: Descriptions;
  readonly entry: Query<UniqueId, SourceTableEntry | undefined>;
  readonly config: Query<UniqueId, NodeConfig>;
  readonly relation: Query<UniqueId, RelationParts | undefined>;

  constructor(inputs: Inputs, structure: Structure, summaries: Summaries, descriptions: Descriptions) {
    this.#inputs = inputs;
    this.#structure = structure;
    this.#summaries = summaries;
    this.#descriptions = descriptions;
    const { db } = inputs;
    this.entry = new Query(db, 'source-entry', id => this.#entryOf(id), { equals: same });
    this.config = new Query(db, 'source-config', id => this.#configOf(id), { equals: same });
    this.relation = new Query(db, 'source-relation', id => this.#relationOf(id), { equals: same });
  }

  #declared(id: UniqueId): Declared | undefined {
    return this.#inputs.byId.get(id)?.[0];
  }

  /** The table's entry, with what another project overrides of its source, and of itself, laid over it. */
  #entryOf(id: UniqueId): SourceTableEntry | undefined {
    const declared = this.#declared(id);
    if (declared?.at.kind !== 'table') return undefined;
    const entry = this.#summaries.properties.get(declared.file).tables[declared.at.index];
    if (entry === undefined) return undefined;
    const override = this.#overrideOf(entry.sourceName, declared.packageName);
    if (override === undefined) return entry;
    const table = asList(override.get('tables'))?.find(it => asMap(it)?.get('name') === entry.name);
    return {
      ...entry,
      source: overridden(entry.source, override, ['config', 'freshness']),
      table: isMap(table) ? overridden(entry.table, table, ['quoting', 'freshness']) : entry.table,
    };
  }

  /** The source entry of another file that says `overrides:` and the package's name. */
  #overrideOf(sourceName: string, packageName: string): DataMap | undefined {
    for (const { file, index } of this.#inputs.patches.get(`sources:${sourceName}`) ?? []) {
      const data = this.#summaries.properties.get(file).entries[index]?.data;
      if (data?.get('overrides') === packageName) return data;
    }
    return undefined;
  }

  #configOf(id: UniqueId): NodeConfig {
    const declared = this.#declared(id);
    const entry = this.entry.get(id);
    if (declared === undefined || entry === undefined) return new Map();
    const base = nodeConfig({
      type: 'source',
      fqn: this.#fqn(declared, entry),
      project: this.#structure.projectNamed(declared.packageName),
      root: this.#structure.rootProject(),
    });
    const { source, table } = entry;
    const ownTags = [source, table].flatMap(it => [
      ...stringList(it.get('tags')),
      ...stringList(configOf(it).get('tags')),
    ]);
    const meta = [source, table].flatMap(it => [
      ...(asMap(it.get('meta')) ?? []),
      ...(asMap(configOf(it).get('meta')) ?? []),
    ]);
    const config = new Map(mergeConfig(mergeConfig(base, moved(source)), moved(table)));
    // What the YAML says of tags replaces what the project's paths say, even when it says nothing.
    const metaBelow = asMap(base.get('meta')) ?? emptyMap;
    const levels = [source, table].flatMap(it => [it.get('freshness'), configOf(it).get('freshness')]);
    const freshness = mergedFreshness(levels);
    if (freshness !== undefined) config.set('freshness', freshness);
    return config.set('tags', [...new Set(ownTags)].toSorted()).set('meta', new Map([...metaBelow, ...meta]));
  }

  #fqn(declared: Declared, entry: SourceTableEntry): readonly string[] {
    return [...fqnOf(declared.packageName, declared.path, entry.sourceName), entry.name];
  }

  #relationOf(id: UniqueId): RelationParts | undefined {
    const entry = this.entry.get(id);
    if (entry === undefined) return undefined;
    const { source, table, sourceName, name } = entry;
    const target = this.#structure.chosenTarget();
    const adapterType = this.#structure.adapterType();
    const parts = {
      database: asString(source.get('database')) ?? asString(source.get('catalog')) ?? target?.database,
      schema: asString(source.get('schema')) ?? sourceName,
      identifier: asString(table.get('identifier')) ?? name,
      quote: quotePolicy(
        adapterType,
        this.#structure.rootProject().quoting,
        mapAt(source, 'quoting'),
        mapAt(table, 'quoting'),
      ),
    };
    return { ...parts, relationName: relationName(adapterType, parts) };
  }

  node(id: UniqueId): SourceNode | undefined {
    const declared = this.#declared(id);
    const entry = this.entry.get(id);
    const relation = this.relation.get(id);
    if (declared === undefined || entry === undefined || relation === undefined) return undefined;
    const { source, table } = entry;
    const config = this.config.get(id);
    const describe = this.#descriptions.renderer(declared.packageName);
    const { uniqueId, name, packageName, file, originalPath } = declared;
    return {
      resourceType: 'source',
      uniqueId,
      name,
      packageName,
      file,
      path: originalPath,
      originalPath,
      fqn: this.#fqn(declared, entry),
      sourceName: entry.sourceName,
      sourceDescription: describe(asString(source.get('description')) ?? ''),
      loader: asString(table.get('loader')) ?? asString(source.get('loader')) ?? '',
      identifier: relation.identifier,
      database: relation.database,
      schema: relation.schema,
      relation,
      quoting: new Map([...mapAt(source, 'quoting'), ...mapAt(table, 'quoting')]),
      loadedAtField: asString(config.get('loaded_at_field')),
      loadedAtQuery: asString(config.get('loaded_at_query')),
      freshness: config.get('freshness') === null ? null : (asMap(config.get('freshness')) ?? emptyMap),
      external: asMap(table.get('external')),
      config,
      enabled: config.get('enabled') !== false,
      description: describe(asString(table.get('description')) ?? ''),
      written: asString(table.get('description')) ?? '',
      unrendered: this.#unrendered(declared, entry),
      columns: columnsOf(columnItems(table.get('columns')), describe),
      tags: stringList(config.get('tags')),
      meta: asMap(config.get('meta')) ?? emptyMap,
      sourceMeta: asMap(configOf(source).get('meta')) ?? mapAt(source, 'meta'),
      patchFile: undefined,
    };
  }

  /** Where the rows live as the file itself has it: other targets and vars change what this renders to, not this. */
  #unrendered({ file }: Declared, { sourcePath }: SourceTableEntry): SourceNode['unrendered'] {
    let at: Data | undefined = this.#structure.yamlData.get(file);
    for (const part of sourcePath) at = typeof part === 'number' ? asList(at)?.[part] : asMap(at)?.get(part);
    return { database: asString(dataAt(at, 'database')), schema: asString(dataAt(at, 'schema')) };
  }
}

const mapAt = (data: DataMap, key: string): DataMap => asMap(data.get(key)) ?? emptyMap;
const configOf = (data: DataMap): DataMap => mapAt(data, 'config');

const MOVED: readonly string[] = ['loaded_at_field', 'loaded_at_query', 'event_time', 'enabled'];
/** What is put together from all places that say it. */
const MERGED: ReadonlySet<DataScalar> = new Set(['tags', 'meta', 'freshness']);

/** What an entry configures, whether it says so in `config` or at its top. */
function moved(data: DataMap): DataMap {
  const config = new Map<DataScalar, Data>([...configOf(data)].filter(([key]) => !MERGED.has(key)));
  for (const key of MOVED) if (data.has(key) && !config.has(key)) config.set(key, data.get(key) ?? null);
  return config;
}

/**
 * An override replaces keys one by one and as wholes. `always` are the keys that it replaces even when it does not say
 * them, because dbt gives them a value of their own. A list of tables is none of its business.
 */
function overridden(base: DataMap, over: DataMap, always: readonly string[]): DataMap {
  const merged = new Map<DataScalar, Data>(base);
  for (const key of always) merged.delete(key);
  for (const [key, value] of over) {
    if (key === 'overrides' || key === 'tables' || key === 'name') continue;
    if (value !== null || key === 'freshness') merged.set(key, value);
  }
  return merged;
}
