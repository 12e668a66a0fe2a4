import { md5 } from '../../base/md5.ts';
import { asList, emptyMap, isMap, type Data, type DataMap, type DataScalar } from './data.ts';
import { fields, type Field } from './data-fields.ts';
import { addJson, jsonText, keyTexts } from './json-text.ts';
import { dependsOnCompiled, executableFields, nodeData } from './node-data.ts';
import type { NodeExtras } from './node-extras.ts';
import type { ExecutableNode, MacroNode, Manifest, ManifestNode, UniqueId } from './node.ts';
import type { QuotePolicy } from './relation.ts';

/** What an artifact says about the invocation that wrote it. */
export interface ArtifactFacts {
  readonly dbtVersion: string;
  readonly generatedAt: string;
  readonly invocationId: string;
  readonly startedAt: string;
  /** `DBT_ENV_CUSTOM_ENV_…` of the environment, without that. */
  readonly env: Readonly<Record<string, string>>;
  readonly projectName: string;
  readonly adapterType: string;
  readonly quoting: QuotePolicy;
  /** The macros that every project has. */
  readonly builtinMacros: readonly MacroNode[];
  /** The definitions of `selectors.yml`. */
  readonly selectors: DataMap;
}

/** What compiling added to a node. */
export interface CompiledFacts {
  readonly code: string;
  /** Where the code was written, relative to the project. */
  readonly path: string | undefined;
  readonly ctes: readonly InjectedCte[];
  /** Ids of the macros that its template called then. */
  readonly macros: readonly UniqueId[];
}

/** An ephemeral model that became part of a node: its query as it stands there. */
export interface InjectedCte {
  readonly id: UniqueId;
  readonly sql: string;
}

/**
 * The text of `manifest.json` in the shape of dbt's version 12, in pieces, because a large project's is too large to be
 * held as a whole. Nodes that were compiled carry their code.
 */
export function* manifestText(
  manifest: Manifest,
  extras: NodeExtras,
  facts: ArtifactFacts,
  compiled: ReadonlyMap<UniqueId, CompiledFacts>,
): Generator<string> {
  const each = (nodes: ReadonlyMap<UniqueId, ManifestNode>, type?: string): Entries => nodeEntries(nodes, extras, type);
  const macros = new Map([...facts.builtinMacros.map(it => [it.uniqueId, it] as const), ...manifest.macros]);
  yield `{"metadata": ${jsonText(metadataOf(facts))}`;
  yield* section('nodes', executableEntries(manifest, extras, compiled));
  yield* section('sources', each(manifest.sources));
  yield* section('macros', each(macros));
  yield* section('docs', each(manifest.docs));
  yield* section('exposures', each(manifest.exposures));
  yield* section('metrics', each(manifest.semantic, 'metric'));
  yield* section('groups', each(manifest.groups));
  yield `, "selectors": ${jsonText(facts.selectors)}`;
  yield* section('disabled', disabledEntries(manifest, extras));
  yield* section(
    'parent_map',
    edgeEntries(manifest, id => manifest.parents.get(id)),
  );
  yield* section(
    'child_map',
    edgeEntries(manifest, id => manifest.children.get(id)),
  );
  yield `, "group_map": ${jsonText(groupMap(manifest))}`;
  yield* section('saved_queries', each(manifest.semantic, 'saved_query'));
  yield* section('semantic_models', each(manifest.semantic, 'semantic_model'));
  yield* section('unit_tests', each(manifest.unitTests));
  yield ', "functions": {}}';
}

/** Entries of a mapping: each a key, and what adds the text of its value to others. */
type Entries = Iterable<readonly [UniqueId, (parts: string[]) => void]>;

/** How many parts are put together to a piece: some hundred kilobytes. */
const PARTS = 8192;

/** One mapping of the manifest. */
function* section(name: string, entries: Entries): Generator<string> {
  let parts: string[] = [];
  let separator = `, "${name}": {`;
  for (const [id, add] of entries) {
    parts.push(separator);
    addJson(parts, id);
    parts.push(': ');
    add(parts);
    separator = ', ';
    if (parts.length < PARTS) continue;
    yield parts.join('');
    parts = [];
  }
  parts.push(separator === ', ' ? '}' : `${separator}}`);
  yield parts.join('');
}

/** Adds the text of an entry. The configuration of most nodes is one they share, so its text is made once. */
function addFields(parts: string[], entry: readonly Field[]): void {
  let isFirst = true;
  for (const [key, value = null] of entry) {
    const { first, later } = keyTexts(key);
    parts.push(isFirst ? first : later);
    if (key === 'config' && isMap(value)) parts.push(sharedText(value));
    else addJson(parts, value);
    isFirst = false;
  }
  parts.push('}');
}

const sharedTexts = new WeakMap<DataMap, string>();

function sharedText(data: DataMap): string {
  const known = sharedTexts.get(data);
  if (known !== undefined) return known;
  const text = jsonText(data);
  sharedTexts.set(data, text);
  return text;
}

function* nodeEntries(
  nodes: ReadonlyMap<UniqueId, ManifestNode>,
  extras: NodeExtras,
  type: string | undefined,
): Entries {
  for (const [id, data] of nodesData(nodes, extras, type)) yield [id, parts => addJson(parts, data)];
}

function* nodesData(
  nodes: ReadonlyMap<UniqueId, ManifestNode>,
  extras: NodeExtras,
  type: string | undefined,
): Generator<readonly [UniqueId, DataMap]> {
  for (const [id, node] of nodes) {
    if (type === undefined || node.resourceType === type) yield [id, nodeData(node, extras)];
  }
}

function* executableEntries(
  { nodes }: Manifest,
  extras: NodeExtras,
  compiled: ReadonlyMap<UniqueId, CompiledFacts>,
): Entries {
  for (const [id, node] of nodes) {
    // A seed has no template, and no code even after it was loaded.
    const facts = node.resourceType === 'seed' ? undefined : compiled.get(id);
    const parsed = executableFields(node, extras);
    const entry = facts === undefined ? parsed : withCompiled(parsed, facts, node);
    yield [id, parts => addFields(parts, entry)];
  }
}

function* disabledEntries({ disabled }: Manifest, extras: NodeExtras): Entries {
  for (const [id, node] of disabled) yield [id, parts => addJson(parts, [nodeData(node, extras)])];
}

/** The neighbours of everything in the graph. */
function* edgeEntries(
  { nodes, sources, exposures, semantic, unitTests }: Manifest,
  neighbours: (id: UniqueId) => readonly UniqueId[] | undefined,
): Entries {
  for (const part of [nodes, sources, exposures, semantic, unitTests]) {
    for (const id of part.keys()) yield [id, parts => addJson(parts, (neighbours(id) ?? []).toSorted())];
  }
}

function metadataOf(facts: ArtifactFacts): DataMap {
  const { database, schema, identifier } = facts.quoting;
  return fields(
    ['dbt_schema_version', 'https://schemas.getdbt.com/dbt/manifest/v12.json'],
    ['dbt_version', facts.dbtVersion],
    ['generated_at', facts.generatedAt],
    ['invocation_id', facts.invocationId],
    ['invocation_started_at', facts.startedAt],
    ['env', new Map(Object.entries(facts.env))],
    ['project_name', facts.projectName],
    ['project_id', md5(facts.projectName)],
    ['user_id', null],
    ['send_anonymous_usage_stats', false],
    ['adapter_type', facts.adapterType],
    ['quoting', fields(['database', database], ['schema', schema], ['identifier', identifier], ['column', null])],
    ['run_started_at', facts.startedAt.replace(/Z$/, '+00:00')],
  );
}

/** The `graph` variable of templates: dbt's nodes by kind. */
export function graphData(manifest: Manifest, extras: NodeExtras): DataMap {
  const dataOf = (nodes: ReadonlyMap<UniqueId, ManifestNode>, type?: string): DataMap =>
    new Map(nodesData(nodes, extras, type));
  return fields(
    ['exposures', dataOf(manifest.exposures)],
    ['functions', emptyMap],
    ['groups', dataOf(manifest.groups)],
    ['metrics', dataOf(manifest.semantic, 'metric')],
    ['nodes', dataOf(manifest.nodes)],
    ['sources', dataOf(manifest.sources)],
    ['semantic_models', dataOf(manifest.semantic, 'semantic_model')],
    ['saved_queries', dataOf(manifest.semantic, 'saved_query')],
  );
}

/** Only once a node is compiled does dbt know all the macros it uses. */
function withCompiled(parsed: readonly Field[], compiled: CompiledFacts, node: ExecutableNode): readonly Field[] {
  const entry: Field[] = [];
  for (const field of parsed) {
    if (field[0] === 'depends_on') entry.push(['depends_on', dependsOnCompiled(node, compiled.macros)]);
    else if (field[0] === 'compiled_path') entry.push(...compiledFields(compiled));
    else entry.push(field);
  }
  return entry;
}

function compiledFields({ path, code, ctes }: CompiledFacts): readonly Field[] {
  return [
    ['compiled_path', path],
    ['compiled', true],
    ['compiled_code', code],
    ['extra_ctes_injected', true],
    ['extra_ctes', ctes.map(({ id, sql }) => fields(['id', id], ['sql', sql]))],
  ];
}

function groupMap(manifest: Manifest): DataMap {
  const groups = new Map<DataScalar, Data>([...manifest.groups.values()].map(group => [group.name, []]));
  for (const node of [...manifest.nodes.values(), ...manifest.semantic.values()]) {
    const group = 'group' in node ? node.group : node.config.get('group');
    const members = typeof group === 'string' ? asList(groups.get(group)) : undefined;
    if (typeof group === 'string' && members !== undefined) groups.set(group, [...members, node.uniqueId]);
  }
  return groups;
}
