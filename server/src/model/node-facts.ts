import { same } from '../base/same.ts';
import { Query } from '../db/query.ts';
import { defaultConfig } from '../dbt/config/defaults.ts';
import { invalidConfigs } from '../dbt/config/invalid-config.ts';
import { nodeConfig, type ConfigSubject } from '../dbt/config/node-config.ts';
import { asList, asString, emptyMap, isMap, stringList, type Data, type DataMap } from '../dbt/manifest/data.ts';
import { defaultNames, isNamingMacro } from '../dbt/manifest/default-names.ts';
import { fqnOf, snapshotFqn } from '../dbt/manifest/fqn.ts';
import type { DependsOn, NodeConfig, RefCall, RelationParts, SourceCall, UniqueId } from '../dbt/manifest/node.ts';
import { storesFailures } from '../dbt/compile/stored-failures.ts';
import { relationName, type QuotePolicy } from '../dbt/manifest/relation.ts';
import { resolveRef, type RefAnswer, type RefCandidate } from '../dbt/manifest/resolve.ts';
import { columnItems } from '../dbt/properties/columns.ts';
import {
  entryConfig,
  exposureConfig,
  patchConfig,
  versionConfig,
  type PatchConfig,
} from '../dbt/properties/patch-config.ts';
import type { Entry, GenericTest, PatchSection } from '../dbt/properties/properties.ts';
import { latestVersion, versionsOf, type ModelVersion } from '../dbt/properties/versions.ts';
import type { Project } from '../dbt/project/project.ts';
import { withBeginTime } from '../dbt/microbatch/settings.ts';
import type { ManifestView, NodeView } from '../dbt/compile/manifest-view.ts';
import type { CapturedNode, CapturedRender, CustomNames, RelationNames, TemplateEngine } from './engine.ts';
import type { Declared } from './file-summary.ts';
import { ONLY, type Inputs } from './inputs.ts';
import { literalCalls, type LiteralCalls } from './literal-calls.ts';
import { literalTemplatesHold } from './literal-template.ts';
import { patchKey } from './name-index.ts';
import { capturePlainTest, plainTestsHold } from './plain-tests.ts';
import type { SourceFacts } from './source-facts.ts';
import type { Structure } from './structure.ts';
import type { Summaries } from './summaries.ts';
import { capturePython, isPython } from './python-models.ts';
import { projectQuoting } from './summaries.ts';
import { rawCodeOf, samePath, templateOrigin } from './templates.ts';

/** What a properties file says about a resource: its entry, and for a version of a model that version's own part. */
export interface PatchOfNode {
  readonly file: string;
  readonly entry: Entry;
  readonly version: ModelVersion | undefined;
}

/** Where templates come from while the facts of nodes are found: set once, after the view over these facts exists. */
export interface ViewSource {
  readonly view: ManifestView;
  /** The node as it is before its own template was read. */
  readonly parseNode: (uniqueId: UniqueId) => NodeView;
  /** The node once it is configured and before it is named. */
  readonly namingNode: (uniqueId: UniqueId) => NodeView;
  /** The node with the text of its hooks for a template. */
  readonly hookNode: (uniqueId: UniqueId, code: string) => NodeView;
}

/** Layer 2: the facts of nodes that have a template or rows, each a query of its own, so that readers depend on little. */
export class NodeFacts {
  readonly #inputs: Inputs;
  readonly #structure: Structure;
  readonly #summaries: Summaries;
  readonly #engine: TemplateEngine;
  readonly #sources: SourceFacts;
  #views: ViewSource | undefined;
  /** A test as its YAML declares it, apart from what else that file says. */
  readonly #namesFollowDefaults: Query<typeof ONLY, boolean>;
  readonly #tests: Query<UniqueId, GenericTest | undefined>;
  readonly #plainTestsHold: Query<typeof ONLY, boolean>;
  readonly #literalsHold: Query<typeof ONLY, boolean>;
  /** One value for all nodes that say nothing of their own. */
  readonly #projectQuoting: Query<typeof ONLY, QuotePolicy>;

  readonly rawCode: Query<UniqueId, string>;
  readonly patch: Query<UniqueId, PatchOfNode | undefined>;
  readonly captured: Query<UniqueId, CapturedNode>;
  /** What the hooks of a node use, which dbt reads along with the node. */
  readonly hookCaptured: Query<UniqueId, CapturedNode | undefined>;
  readonly config: Query<UniqueId, NodeConfig>;
  readonly names: Query<UniqueId, RelationNames>;
  readonly relation: Query<UniqueId, RelationParts | undefined>;
  readonly #links: Query<UniqueId, Links>;
  readonly #nearCycle: Query<UniqueId, boolean>;
  /** Which of the files that share a unique id are switched on, by their places in the list of declarations. */
  readonly #switchedOn: Query<UniqueId, readonly number[]>;

  constructor(
    inputs: Inputs,
    structure: Structure,
    summaries: Summaries,
    sources: SourceFacts,
    engine: TemplateEngine,
  ) {
    this.#sources = sources;
    this.#inputs = inputs;
    this.#structure = structure;
    this.#summaries = summaries;
    this.#engine = engine;
    const { db } = inputs;
    this.#tests = new Query(db, 'generic-test', id => this.#testOf(id), { equals: same });
    this.rawCode = new Query(db, 'raw-code', id => this.#rawCode(id));
    this.patch = new Query(db, 'patch', id => this.#patchOf(id), { equals: samePatch });
    this.captured = new Query(db, 'captured', id => this.#capture(id), { equals: same });
    this.hookCaptured = new Query(db, 'hook-captured', id => this.#captureHooks(id), { equals: same });
    this.config = new Query(db, 'config', id => this.#configOf(id), { equals: same });
    this.names = new Query(db, 'names', id => this.#namesOf(id), { equals: same });
    this.#plainTestsHold = new Query(db, 'plain-tests-hold', () => this.#testsAreBuiltin());
    this.#literalsHold = new Query(db, 'literals-hold', () => this.#callsAreBuiltin());
    this.#projectQuoting = new Query(db, 'project-quoting', () => projectQuoting(structure), { equals: same });
    this.#namesFollowDefaults = new Query(db, 'names-follow-defaults', () => this.#followsDefaults());
    this.relation = new Query(db, 'relation', id => this.#relationOf(id), { equals: same });
    this.#links = new Query(db, 'depends-on', id => this.#linksOf(id), { equals: same });
    const isNear = (id: UniqueId): boolean => this.#nearCycle.get(id);
    this.#nearCycle = new Query(db, 'near-cycle', id => this.dependsOn.get(id).nodes.some(isNear), {
      onCycle: () => true,
    });
    this.#switchedOn = new Query(db, 'switched-on', id => this.#enabledPlaces(id), { equals: same });
  }

  readonly dependsOn = { get: (id: UniqueId): DependsOn => this.#links.get(id).dependsOn };

  useViews(views: ViewSource): void {
    this.#views = views;
  }

  /** The declaration that a unique id stands for: of several files, the one that is switched on. */
  declared(id: UniqueId): Declared | undefined {
    const all = this.#inputs.byId.get(id);
    if (all !== undefined && all.length > 0) return isShared(all) ? all[this.#switchedOn.get(id)[0] ?? 0] : all[0];
    const [shared = '', place] = id.split(AMONG);
    const declared = place === undefined ? undefined : this.#inputs.byId.get(shared)?.[Number(place)];
    return declared && { ...declared, uniqueId: id };
  }

  /** All declarations of one unique id that count; more than one is a mistake. Packages switch on one file an adapter. */
  declarations(id: UniqueId): readonly Declared[] {
    const all = this.#inputs.byId.get(id) ?? [];
    return isShared(all) ? this.#switchedOn.get(id).flatMap(place => all[place] ?? []) : all;
  }

  /** Of the files that share a unique id which is switched on, those that are switched off, each by an id of its own. */
  switchedOff(id: UniqueId): readonly UniqueId[] {
    const all = this.#inputs.byId.get(id) ?? [];
    const on = isShared(all) ? this.#switchedOn.get(id) : [];
    if (on.length === 0) return [];
    return [...all.keys()].filter(place => !on.includes(place)).map(place => `${id}${AMONG}${place}`);
  }

  #enabledPlaces(id: UniqueId): readonly number[] {
    const places = [...(this.#inputs.byId.get(id) ?? []).keys()];
    return places.filter(place => this.enabled(`${id}${AMONG}${place}`));
  }

  projectOf(declared: Declared): Project {
    return this.#structure.projectNamed(declared.packageName);
  }

  genericTest(declared: Declared): GenericTest | undefined {
    return declared.at.kind === 'generic-test' ? this.#tests.get(declared.uniqueId) : undefined;
  }

  #testOf(id: UniqueId): GenericTest | undefined {
    const declared = this.declared(id);
    if (declared?.at.kind !== 'generic-test') return undefined;
    return this.#summaries.properties.get(declared.file).tests[declared.at.index];
  }

  /** The entry of a resource that a properties file declares. */
  entryOf({ at, file }: Declared): Entry | undefined {
    if (at.kind !== 'entry') return undefined;
    return this.#summaries.properties.get(file).entries.find(it => samePath(it.path, at.path));
  }

  fqn(declared: Declared): readonly string[] {
    const { kind, packageName, path, name, version, originalPath, at } = declared;
    if (kind === 'snapshot' && at.kind === 'block') return snapshotFqn(packageName, path, name);
    if (kind === 'unit_test') return [...fqnOf(packageName, path, declared.uniqueId.split('.')[2] ?? ''), name];
    if (at.kind === 'generic-test') return fqnOf(packageName, originalPath.split('/').slice(1).join('/'), name);
    return fqnOf(packageName, path, name, version);
  }

  enabled(id: UniqueId): boolean {
    return this.config.get(id).get('enabled') !== false;
  }

  /** The configuration before the properties and the file itself have had their say, as templates see it while parsing. */
  parseConfig(declared: Declared): NodeConfig {
    return nodeConfig(this.#subject(declared));
  }

  #subject(declared: Declared): ConfigSubject {
    return {
      type: declared.kind,
      fqn: this.fqn(declared),
      project: this.projectOf(declared),
      root: this.#structure.rootProject(),
    };
  }

  /** The tags before the properties have had their say; empty where these bring no tags. */
  unpatchedTags(declared: Declared): readonly string[] {
    if (declared.at.kind === 'entry' || this.#patchConfigOf(declared)?.config.get('tags') === undefined) return [];
    return stringList(nodeConfig({ ...this.#subject(declared), inFile: this.#inFileConfig(declared) }).get('tags'));
  }

  patchConfig(id: UniqueId): PatchConfig | undefined {
    const declared = this.declared(id);
    return declared && this.#patchConfigOf(declared);
  }

  #patchConfigOf(declared: Declared): PatchConfig | undefined {
    const patch = this.patchOf(declared);
    if (patch === undefined) return undefined;
    const { entry, version } = patch;
    return version === undefined ? patchConfig(entry.data) : versionConfig(entry.data, version.data);
  }

  resolveRef(ref: RefCall, nodePackage: string): RefAnswer {
    const root = this.#structure.rootProject();
    const declared = this.#inputs.declared.get(`ref:${ref.name}`) ?? [];
    const distinct = declared.length < 2 ? declared : [...new Map(declared.map(it => [it.uniqueId, it])).values()];
    const candidates = distinct.map(it => this.#candidate(it));
    return resolveRef(ref, candidates, {
      rootPackage: root.name,
      nodePackage,
      prefersNodePackage: root.flags.get('require_ref_prefers_node_package_to_root') === true,
    });
  }

  /** The source a `source()` means, and whether it is switched off. */
  resolveSource({ source, table }: SourceCall): { readonly uniqueId: UniqueId; readonly enabled: boolean } | undefined {
    const declared = this.#inputs.declared.get(`source:${source}.${table}`) ?? [];
    const found = declared.map(({ uniqueId }) => ({ uniqueId, enabled: this.enabled(uniqueId) }));
    return found.find(it => it.enabled) ?? found[0];
  }

  /** The node that a generic test's YAML stands below, if there is one. */
  testedNode(declared: Declared): UniqueId | undefined {
    const target = this.genericTest(declared)?.target;
    if (target?.kind !== 'node') return undefined;
    const answer = this.resolveRef(
      { package: undefined, name: target.name, version: target.version },
      declared.packageName,
    );
    return answer.kind === 'found' || answer.kind === 'disabled' ? answer.uniqueId : undefined;
  }

  isEphemeral(id: UniqueId): boolean {
    return this.config.get(id).get('materialized') === 'ephemeral';
  }

  /** How names are quoted: as the root project says. dbt keeps the `quoting` of a node's configuration and ignores it. */
  quoting(): QuotePolicy {
    return this.#projectQuoting.get(ONLY);
  }

  #candidate(declared: Declared): RefCandidate {
    const { uniqueId, packageName, version } = declared;
    const isLatest = version !== undefined && String(this.latestVersionOf(uniqueId)) === String(version);
    return { uniqueId, packageName, version, isLatest, enabled: this.enabled(uniqueId) };
  }

  latestVersionOf(id: UniqueId): string | number | undefined {
    const patch = this.patch.get(id);
    return patch?.version === undefined ? undefined : latestVersion(patch.entry.data);
  }

  #rawCode(id: UniqueId): string {
    const declared = this.declared(id);
    return declared === undefined ? '' : this.rawCodeOf(declared);
  }

  /** What `rawCode` answers, for those who ask once. */
  rawCodeOf(declared: Declared): string {
    return rawCodeOf(declared, this.genericTest(declared), this.#inputs, this.#summaries);
  }

  /** What a properties file says of a resource. Nothing describes a generic test but its own declaration. */
  patchOf({ uniqueId, at }: Declared): PatchOfNode | undefined {
    return at.kind === 'generic-test' ? undefined : this.patch.get(uniqueId);
  }

  #patchOf(id: UniqueId): PatchOfNode | undefined {
    const declared = this.declared(id);
    const section = declared === undefined ? undefined : PATCHED_BY.get(declared.kind);
    if (declared === undefined || section === undefined) return undefined;
    const refs = this.#inputs.patches.get(patchKey({ section, name: declared.name })) ?? [];
    const ref = refs.find(it => it.packageName === declared.packageName);
    if (ref === undefined) return undefined;
    const entry = this.#summaries.properties.get(ref.file).entries[ref.index];
    if (entry === undefined) return undefined;
    const version = versionsOf(entry.data).find(({ v }) => String(v) === String(declared.version));
    return { file: ref.file, entry, version };
  }

  #capture(id: UniqueId): CapturedNode {
    const declared = this.declared(id);
    if (declared !== undefined && isPython(declared.file)) {
      const start = templateOrigin(declared, this.#inputs, this.#summaries)?.start ?? 0;
      return capturePython(declared.file, this.rawCode.get(id), start);
    }
    return (declared && this.#captureUnrendered(declared)) ?? withoutText(this.parseRender(id));
  }

  #captureUnrendered(declared: Declared): CapturedNode | undefined {
    const test = this.genericTest(declared);
    if (test !== undefined) return this.#plainTestsHold.get(ONLY) ? capturePlainTest(test) : undefined;
    const isFile = declared.at.kind === 'file' && declared.kind !== 'seed';
    return isFile && this.#literalsHold.get(ONLY) ? this.#summaries.literals.get(declared.file) : undefined;
  }

  /** The render by which dbt learns what a node uses and configures. */
  parseRender(id: UniqueId): CapturedRender {
    const views = this.#views;
    return views === undefined ? NOTHING : this.#engine.capture(views.view, views.parseNode(id));
  }

  #captureHooks(id: UniqueId): CapturedNode | undefined {
    const config = this.config.get(id);
    const hooks = ['pre-hook', 'post-hook'].flatMap(key => asList(config.get(key)) ?? []);
    const views = this.#views;
    if (hooks.length === 0 || views === undefined) return undefined;
    const texts = hooks.map(hook => (isMap(hook) ? (asString(hook.get('sql')) ?? '') : ''));
    return withoutText(this.#engine.capture(views.view, views.hookNode(id, texts.join('\n'))));
  }

  #configOf(id: UniqueId): NodeConfig {
    const declared = this.declared(id);
    if (declared === undefined) return new Map();
    if (declared.kind === 'source') return this.#sources.config.get(id);
    const test = this.genericTest(declared);
    const entry = declared.at.kind === 'entry' ? this.entryOf(declared) : undefined;
    const written =
      test?.config ??
      (entry === undefined ? this.#patchConfigOf(declared)?.config : entryConfig(declared, entry.data)) ??
      emptyMap;
    const properties = isPython(declared.file) ? withPythonDefault(written) : written;
    // What the YAML says of a generic test is also in the test's text, as a call of `config` behind that of its macro.
    const inFile = this.isUnreadTest(declared) ? emptyMap : this.#inFileConfig(declared);
    const config = nodeConfig({ ...this.#subject(declared), properties, inFile });
    const invalid = invalidConfigs(declared.kind, config);
    if (invalid.length === 0) return finishedConfig(declared, config, entry);
    const defaults = defaultConfig(declared.kind);
    return new Map([...config, ...invalid.map(({ key }) => [key, defaults.get(key) ?? null] as const)]);
  }

  /** dbt does not render its own `unique` and `not_null` while it reads the project: they fail when they are compiled. */
  isUnreadTest(declared: Declared): boolean {
    const metadata = this.genericTest(declared)?.metadata;
    if (metadata === undefined || metadata.namespace !== undefined) return false;
    if (metadata.name !== 'unique' && metadata.name !== 'not_null') return false;
    return this.#inputs.declared.get(`macro:test_${metadata.name}`) === undefined;
  }

  /** Whether dbt meets the macro of a test only when it compiles the test: what is wrong with it is no mistake before. */
  isReadLate(declared: Declared): boolean {
    return this.isUnreadTest(declared) || this.#isHiddenTest(declared);
  }

  /**
   * While dbt reads a test it sees no macros but those that the test's name without its namespace leads to: one of its own
   * package or of the project hides that of the namespace.
   */
  #isHiddenTest(declared: Declared): boolean {
    const metadata = this.genericTest(declared)?.metadata;
    if (metadata?.namespace === undefined) return false;
    const macros = this.#inputs.declared.get(`macro:test_${metadata.name}`) ?? [];
    const packages = [declared.packageName, this.#structure.rootProject().name];
    const nearest = packages.find(name => macros.some(it => it.packageName === name));
    return nearest !== undefined && nearest !== metadata.namespace;
  }

  #inFileConfig(declared: Declared): DataMap {
    return TEMPLATED.has(declared.kind) && declared.at.kind !== 'entry'
      ? this.captured.get(declared.uniqueId).config
      : emptyMap;
  }

  #namesOf(id: UniqueId): RelationNames {
    const config = this.config.get(id);
    const views = this.#views;
    const declared = this.declared(id);
    if (views === undefined || declared === undefined) return NO_NAMES;
    const snapshot = declared.kind === 'snapshot';
    const targetSchema = snapshot ? asString(config.get('target_schema')) : undefined;
    const targetDatabase = snapshot ? asString(config.get('target_database')) : undefined;
    const custom = {
      database: asString(config.get('database')),
      schema: asString(config.get('schema')),
      alias: asString(config.get('alias')),
    };
    const { database, schema, alias, problem } = this.#namesFollowDefaults.get(ONLY)
      ? this.#defaultNames(declared, custom)
      : this.#engine.relationNames(views.view, views.namingNode(id), custom);
    return { database: targetDatabase ?? database, schema: targetSchema ?? schema, alias, problem };
  }

  #defaultNames({ name, version }: Declared, custom: CustomNames): RelationNames {
    const { database, schema = '' } = this.#structure.chosenTarget() ?? {};
    return { ...defaultNames({ name, version, custom, target: { database, schema } }), problem: undefined };
  }

  /** Whether neither the project, a package nor the adapter has a say in how nodes are named. */
  #followsDefaults(): boolean {
    const builtin = this.#engine.builtinMacros(this.#structure.adapterType());
    const own = this.#inputs.macros.get(ONLY) ?? [];
    const special = builtin.filter(({ packageName, name }) => packageName !== 'dbt' && isNamingMacro(name));
    return special.length === 0 && !own.some(({ name }) => isNamingMacro(name));
  }

  #callsAreBuiltin(): boolean {
    const builtin = this.#engine.builtinMacros(this.#structure.adapterType());
    return literalTemplatesHold([...builtin, ...(this.#inputs.macros.get(ONLY) ?? [])], this.#packageNames());
  }

  #packageNames(): readonly string[] {
    return this.#structure.packages.get(ONLY).projects.map(({ name }) => name);
  }

  #testsAreBuiltin(): boolean {
    const builtin = this.#engine.builtinMacros(this.#structure.adapterType());
    const packageNames = this.#packageNames();
    return plainTestsHold(this.#inputs.macros.get(ONLY) ?? [], builtin, packageNames);
  }

  #relationOf(id: UniqueId): RelationParts | undefined {
    const declared = this.declared(id);
    if (declared === undefined) return undefined;
    const { database, schema, alias } = this.names.get(id);
    const quote = this.quoting();
    // Without a spread, which gives each of the many relations a shape of its own.
    if (!this.#hasRelation(declared)) return { database, schema, identifier: alias, quote, relationName: undefined };
    const name = relationName(this.#structure.adapterType(), { database, schema, identifier: alias, quote });
    return { database, schema, identifier: alias, quote, relationName: name };
  }

  #hasRelation(declared: Declared): boolean {
    if (declared.kind === 'test') {
      return storesFailures(this.config.get(declared.uniqueId), this.#inputs.currentSettings.flags);
    }
    return RELATIONAL.has(declared.kind) && !this.isEphemeral(declared.uniqueId);
  }

  /** Whether everything a node refers to is there and enabled; a test of which that is not true is switched off. */
  resolvesAll({ uniqueId }: Declared): boolean {
    return this.#links.get(uniqueId).resolvesAll;
  }

  #linksOf(id: UniqueId): Links {
    const declared = this.declared(id);
    if (declared === undefined || !TEMPLATED.has(declared.kind)) return NO_LINKS;
    const own = this.captured.get(id);
    const constraints = declared.kind === 'model' ? this.constraintRefs(id) : undefined;
    const hooks = declared.kind === 'test' ? undefined : this.hookCaptured.get(id);
    const callers: readonly LiteralCalls[] = [own, constraints, hooks].filter(it => it !== undefined);
    const nodes = new Set<UniqueId>();
    let resolvesAll = true;
    for (const caller of callers) {
      for (const source of caller.sources) {
        const answer = this.resolveSource(source);
        if (answer?.enabled === true) nodes.add(answer.uniqueId);
        else if (caller === own) resolvesAll = false;
      }
    }
    // dbt resolves the sources of all nodes before it turns to their refs.
    for (const caller of callers) {
      for (const ref of caller.refs) {
        const answer = this.resolveRef(ref, declared.packageName);
        if (answer.kind === 'found') nodes.add(answer.uniqueId);
        else if (caller === own) resolvesAll = false;
      }
    }
    const macros = hooks === undefined ? own.macros : [...new Set([...own.macros, ...hooks.macros])];
    return { dependsOn: { nodes: [...nodes], macros }, resolvesAll };
  }

  /** Whether a node is part of a cycle, or comes after one. Goes up the graph without recursion. */
  isNearCycle(id: UniqueId): boolean {
    const path: UniqueId[] = [id];
    const seen = new Set(path);
    for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
      const next = this.#nearCycle.isKnown(at)
        ? undefined
        : this.dependsOn.get(at).nodes.find(parent => !seen.has(parent) && !this.#nearCycle.isKnown(parent));
      if (next === undefined) {
        this.#nearCycle.get(at);
        path.pop();
      } else path.push(next);
      if (next !== undefined) seen.add(next);
    }
    return this.#nearCycle.get(id);
  }

  /** Foreign keys of the properties name the models they point to. */
  constraintRefs(id: UniqueId): LiteralCalls {
    const patch = this.patch.get(id);
    if (patch === undefined) return NO_CALLS;
    const own = [patch.entry.data, ...(patch.version === undefined ? [] : [patch.version.data])];
    const holders = own.flatMap(data => [data, ...columnItems(data.get('columns'))]);
    const constraints = holders.flatMap(data => asList(data.get('constraints')) ?? NOT_LISTED).filter(isMap);
    if (constraints.length === 0) return NO_CALLS;
    return literalCalls(constraints.flatMap(constraint => asString(constraint.get('to')) ?? []));
  }
}

/** What dbt makes of a configuration once it is merged. */
function finishedConfig({ kind }: Declared, config: NodeConfig, entry: Entry | undefined): NodeConfig {
  if (kind === 'exposure' && entry !== undefined) return exposureConfig(config, entry.data);
  return kind === 'model' ? withBeginTime(config) : config;
}

/** A Python model is a table unless its properties or its own code say otherwise. */
const withPythonDefault = (properties: DataMap): DataMap =>
  properties.has('materialized') ? properties : new Map([...properties, ['materialized', 'table'] as const]);

/** Between a unique id and the place among the declarations that share it: an id for each of them. */
const AMONG = '\u0000';

/** Whether several files stand for one node. Everything else that is declared twice is a mistake at once. */
const isShared = (all: readonly Declared[]): boolean =>
  all.length > 1 && all.every(({ kind, at }) => IN_FILES.has(kind) && at.kind === 'file');

const IN_FILES: ReadonlySet<string> = new Set(['model', 'seed', 'analysis']);

/** What a node depends on, and whether all that its own text refers to is there. */
interface Links {
  readonly dependsOn: DependsOn;
  readonly resolvesAll: boolean;
}

const NO_CALLS: LiteralCalls = { refs: [], sources: [] };
const NOT_LISTED: readonly Data[] = [];

const NO_LINKS: Links = { dependsOn: { nodes: [], macros: [] }, resolvesAll: true };

/** The text of a parse render is of no use: what it saw is. */
function withoutText({ rendered, refs, sources, config, macros }: CapturedRender): CapturedNode {
  return { problem: rendered.problem, refs, sources, config, macros };
}

const NOTHING: CapturedRender = {
  rendered: { text: '', segments: [], problem: undefined },
  refs: [],
  sources: [],
  config: emptyMap,
  macros: [],
};

const NO_NAMES: RelationNames = { database: undefined, schema: '', alias: '', problem: undefined };

const PATCHED_BY: ReadonlyMap<string, PatchSection> = new Map<string, PatchSection>([
  ['model', 'models'],
  ['seed', 'seeds'],
  ['snapshot', 'snapshots'],
  ['analysis', 'analyses'],
  ['macro', 'macros'],
  ['test', 'data_tests'],
]);

const TEMPLATED: ReadonlySet<string> = new Set(['model', 'snapshot', 'analysis', 'test', 'operation', 'sql_operation']);
const RELATIONAL: ReadonlySet<string> = new Set(['model', 'seed', 'snapshot']);

const samePatch = (a: PatchOfNode | undefined, b: PatchOfNode | undefined): boolean =>
  a?.file === b?.file && same(a?.entry, b?.entry) && same(a?.version?.v, b?.version?.v);
