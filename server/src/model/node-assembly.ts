import type { VersionColumn } from '../dbt/properties/versions.ts';
import { same } from '../base/same.ts';
import { Query } from '../db/query.ts';
import {
  asBoolean,
  asList,
  asMap,
  asString,
  dataAt,
  emptyMap,
  isMap,
  stringList,
  type Data,
  type DataMap,
} from '../dbt/manifest/data.ts';
import type {
  ColumnInfo,
  DocNode,
  ExecutableNode,
  MacroNode,
  ManifestNode,
  ModelNode,
  UniqueId,
} from '../dbt/manifest/node.ts';
import { columnItems, columnsOf, type Describe } from '../dbt/properties/columns.ts';
import type { TestTarget } from '../dbt/properties/properties.ts';
import type { Descriptions } from './descriptions.ts';
import type { Declared } from './file-summary.ts';
import type { Inputs } from './inputs.ts';
import type { NodeFacts } from './node-facts.ts';
import type { SourceFacts } from './source-facts.ts';
import type { YamlNodes } from './yaml-nodes.ts';

/** Puts the facts of a resource together into the node that a manifest holds. */
export class NodeAssembly {
  readonly node: Query<UniqueId, ManifestNode | undefined>;
  readonly columns: Query<UniqueId, readonly ColumnInfo[]>;
  readonly description: Query<UniqueId, string>;
  readonly #facts: NodeFacts;
  readonly #sources: SourceFacts;
  readonly #yaml: YamlNodes;
  readonly #descriptions: Descriptions;

  constructor(inputs: Inputs, facts: NodeFacts, sources: SourceFacts, yaml: YamlNodes, descriptions: Descriptions) {
    this.#facts = facts;
    this.#sources = sources;
    this.#yaml = yaml;
    this.#descriptions = descriptions;
    this.node = new Query(inputs.db, 'node', id => this.#nodeOf(id), { equals: same });
    this.columns = new Query(inputs.db, 'declared-columns', id => this.#columnsOf(id), { equals: same });
    this.description = new Query(inputs.db, 'description', id => this.#descriptionOf(id));
  }

  #nodeOf(id: UniqueId): ManifestNode | undefined {
    const declared = this.#facts.declared(id);
    if (declared === undefined) return undefined;
    switch (declared.kind) {
      case 'source':
        return this.#sources.node(id);
      case 'macro':
        return this.#macro(declared);
      case 'doc':
        return this.#doc(declared);
      case 'exposure':
      case 'group':
      case 'unit_test':
      case 'metric':
      case 'semantic_model':
      case 'saved_query':
        return this.#yaml.node(declared);
      case 'model':
      case 'seed':
      case 'snapshot':
      case 'analysis':
      case 'test':
      case 'operation':
      case 'sql_operation':
        return this.#executable(declared, declared.kind);
    }
  }

  #describe(declared: Declared): Describe {
    return this.#descriptions.renderer(declared.packageName);
  }

  #columnsOf(id: UniqueId): readonly ColumnInfo[] {
    const declared = this.#facts.declared(id);
    const patch = declared && this.#facts.patchOf(declared);
    if (declared === undefined || patch === undefined) return NO_COLUMNS;
    const { entry, version } = patch;
    const items =
      version === undefined ? columnItems(entry.data.get('columns')) : lastOfEachName(version.columns(entry.data));
    return columnsOf(items, this.#describe(declared));
  }

  #descriptionOf(id: UniqueId): string {
    const declared = this.#facts.declared(id);
    if (declared === undefined) return '';
    return this.#described(declared, this.#written(declared));
  }

  #described(declared: Declared, written: string): string {
    return written === '' ? '' : this.#describe(declared)(written);
  }

  #written(declared: Declared): string {
    const patch = this.#facts.patchOf(declared);
    return (
      this.#facts.genericTest(declared)?.description ??
      asString(patch?.version?.data.get('description')) ??
      asString(patch?.entry.data.get('description')) ??
      ''
    );
  }

  #executable(declared: Declared, kind: ExecutableNode['resourceType']): ExecutableNode | undefined {
    const { uniqueId } = declared;
    const relation = this.#facts.relation.get(uniqueId);
    if (relation === undefined) return undefined;
    const ownConfig = this.#facts.config.get(uniqueId);
    const isOn = ownConfig.get('enabled') !== false;
    const isSwitchedOff = kind === 'test' && isOn && !this.#facts.resolvesAll(declared);
    const config = isSwitchedOff ? new Map(ownConfig).set('enabled', false) : ownConfig;
    const constraints = kind === 'model' ? this.#facts.constraintRefs(uniqueId) : undefined;
    const captured = kind === 'seed' ? undefined : this.#facts.captured.get(uniqueId);
    const attached = this.#facts.testedNode(declared);
    const written = this.#written(declared);
    // Most nodes are generic tests, whose few words need no answers of their own beside the node's.
    const isGeneric = declared.at.kind === 'generic-test';
    // Without a spread, which is slow for objects of this size: there is one for each node of the project.
    const base = {
      uniqueId,
      name: declared.name,
      packageName: declared.packageName,
      file: declared.file,
      path: pathOf(declared),
      originalPath: declared.originalPath,
      fqn: this.#facts.fqn(declared),
      rawCode: isGeneric ? this.#facts.rawCodeOf(declared) : this.#facts.rawCode.get(uniqueId),
      language: declared.file.endsWith('.py') ? ('python' as const) : ('sql' as const),
      config,
      configCall: captured?.config ?? emptyMap,
      enabled: config.get('enabled') !== false,
      database: relation.database,
      schema: relation.schema,
      alias: relation.identifier,
      relation,
      description: isGeneric ? this.#described(declared, written) : this.description.get(uniqueId),
      written,
      columns: isGeneric ? NO_COLUMNS : this.columns.get(uniqueId),
      tags: this.#tags(declared, config),
      meta: asMap(config.get('meta')) ?? emptyMap,
      group: asString(config.get('group')) ?? (attached && asString(this.#facts.config.get(attached).get('group'))),
      docs: docsOf(config),
      patchFile: this.#facts.patchOf(declared)?.file,
      refs: joined(captured?.refs, constraints?.refs),
      sources: joined(captured?.sources, constraints?.sources),
      metrics: [],
      dependsOn: this.#facts.dependsOn.get(uniqueId),
    };
    switch (kind) {
      case 'model':
        return Object.assign(base, { resourceType: 'model' as const }, this.#modelParts(declared, config));
      case 'seed':
      case 'snapshot':
      case 'analysis':
        return Object.assign(base, { resourceType: kind });
      case 'test': {
        const test = this.#facts.genericTest(declared);
        const about = { testMetadata: test?.metadata, columnName: test?.columnName, attachedNode: attached };
        const fileKeyName = test && fileKeyOf(test.target);
        const parts = { ...about, fileKeyName, lacksTarget: isSwitchedOff };
        return Object.assign(base, { resourceType: 'test' as const }, parts);
      }
      case 'operation':
      case 'sql_operation':
        return Object.assign(base, { resourceType: kind, index: declared.at.kind === 'hook' ? declared.at.index : 0 });
    }
  }

  /**
   * The tags by which a node is selected, each once: a hook's is its kind, a test has those of its column besides its
   * own. dbt gathers them while it reads: first a file's own, then what the properties add.
   */
  #tags(declared: Declared, config: ReadonlyMap<string, Data>): readonly string[] {
    if (declared.at.kind === 'hook') return [String(declared.at.path[0])];
    const own = stringList(config.get('tags'));
    if (own.length === 0 && declared.at.kind !== 'generic-test') return own;
    return [...new Set([...this.#firstTags(declared), ...own])];
  }

  #firstTags(declared: Declared): readonly string[] {
    const test = this.#facts.genericTest(declared);
    if (test !== undefined) return [...test.tags, ...stringList(test.config.get('tags'))].toSorted();
    return this.#facts.unpatchedTags(declared);
  }

  #modelParts(declared: Declared, config: ReadonlyMap<string, Data>) {
    const patch = this.#facts.patch.get(declared.uniqueId);
    const data = patch?.entry.data ?? emptyMap;
    const own = patch?.version?.data ?? emptyMap;
    const access = asString(config.get('access'));
    const date = own.get('deprecation_date') ?? data.get('deprecation_date');
    return {
      access: access === 'private' || access === 'public' ? access : 'protected',
      version: declared.version,
      latestVersion: this.#facts.latestVersionOf(declared.uniqueId),
      deprecationDate: isTimestamp(date) ? date.text : asString(date),
      constraints: asList(own.get('constraints') ?? data.get('constraints')) ?? [],
      timeSpine: asMap(own.get('time_spine') ?? data.get('time_spine')),
    } satisfies Partial<ModelNode>;
  }

  #macro(declared: Declared): MacroNode {
    const block = declared.at.kind === 'block' ? declared.at.block : undefined;
    const patch = this.#facts.patch.get(declared.uniqueId);
    const data = patch?.entry.data ?? emptyMap;
    const describe = this.#describe(declared);
    const config = asMap(data.get('config')) ?? emptyMap;
    return {
      resourceType: 'macro',
      ...identity(declared),
      path: declared.originalPath,
      block: block?.block ?? 'macro',
      parameters: block?.parameters ?? [],
      description: describe(asString(data.get('description')) ?? ''),
      arguments: argumentsOf(data, describe),
      meta: asMap(config.get('meta')) ?? asMap(data.get('meta')) ?? emptyMap,
      docs: docsOf(new Map([['docs', config.get('docs') ?? data.get('docs') ?? null]])),
      patchFile: patch?.file,
    };
  }

  #doc(declared: Declared): DocNode {
    const contents = this.#descriptions.docContents.get(declared.uniqueId);
    return { resourceType: 'doc', ...identity(declared), contents };
  }
}

const NO_COLUMNS: readonly ColumnInfo[] = [];

/** A version's own column takes the place of the model's of that name. */
const lastOfEachName = (columns: readonly VersionColumn[]): readonly DataMap[] => [
  ...new Map(columns.map(({ data }) => [data.get('name'), data] as const)).values(),
];

/** Two lists in one, which mostly is the first as it stands. */
function joined<T>(first: readonly T[] = [], second: readonly T[] = []): readonly T[] {
  return second.length === 0 ? first : [...first, ...second];
}

/** A snapshot that YAML declares lies, for dbt, in a file of its own below the properties file. */
const pathOf = ({ kind, at, path, name }: Declared): string =>
  kind === 'snapshot' && at.kind === 'entry' ? `${path}/${name}.sql` : path;

const fileKeyOf = (target: TestTarget): string =>
  target.kind === 'source' ? `sources.${target.source}` : `${target.section}.${target.name}`;

/** What a node takes over from its declaration. */
export function identity({ uniqueId, name, packageName, file, path, originalPath }: Declared) {
  return { uniqueId, name, packageName, file, path, originalPath };
}

function docsOf(config: ReadonlyMap<string, Data>) {
  const docs = config.get('docs');
  return { show: asBoolean(dataAt(docs, 'show')) ?? true, nodeColor: asString(dataAt(docs, 'node_color')) };
}

const isTimestamp = (data: Data | undefined): data is Extract<Data, { readonly text: string }> =>
  typeof data === 'object' && data !== null && 'text' in data;

function argumentsOf(data: DataMap, describe: Describe): MacroNode['arguments'] {
  return (asList(data.get('arguments')) ?? []).filter(isMap).map(argument => ({
    name: asString(argument.get('name')) ?? '',
    type: asString(argument.get('type')),
    description: describe(asString(argument.get('description')) ?? ''),
  }));
}
