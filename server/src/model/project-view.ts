import { same } from '../base/same.ts';
import { Query } from '../db/query.ts';
import type { Compiled } from '../dbt/compile/compiled.ts';
import type {
  InvocationFacts,
  MacroText,
  MacroView,
  ManifestView,
  NodeView,
  Resolved,
  SourceView,
} from '../dbt/compile/manifest-view.ts';
import { builtinPackages } from '../dbt/macros/library.ts';
import { asMap, emptyMap, type Data, type DataMap } from '../dbt/manifest/data.ts';
import type {
  ColumnInfo,
  DependsOn,
  NodeConfig,
  RefCall,
  RelationParts,
  SourceCall,
  TestMetadata,
  UniqueId,
  UnitTestNode,
} from '../dbt/manifest/node.ts';
import { notFoundMessage } from '../dbt/manifest/resolve.ts';
import { relationName } from '../dbt/manifest/relation.ts';
import type { Origin } from '../render/rendered.ts';
import { stringList } from '../dbt/manifest/data.ts';
import { dataOfPlain } from '../dbt/manifest/plain-data.ts';
import type { Declared } from './file-summary.ts';
import { ONLY, type Inputs } from './inputs.ts';
import type { NodeAssembly } from './node-assembly.ts';
import type { NodeFacts } from './node-facts.ts';
import type { SourceFacts } from './source-facts.ts';
import type { Structure } from './structure.ts';
import type { Summaries } from './summaries.ts';
import { templateOrigin } from './templates.ts';

/** What the view draws on. */
export interface ViewParts {
  readonly inputs: Inputs;
  readonly structure: Structure;
  readonly summaries: Summaries;
  readonly facts: NodeFacts;
  readonly sources: SourceFacts;
  readonly assembly: NodeAssembly;
  readonly compiled: (uniqueId: UniqueId) => Compiled;
  readonly describe: (uniqueId: UniqueId) => DataMap;
  readonly graph: () => DataMap;
}

/** The view of the project that templates render against. Each answer is a tracked read, as narrow as can be. */
export class ProjectView implements ManifestView {
  readonly #parts: ViewParts;
  readonly #macros: Query<typeof ONLY, readonly MacroView[]>;
  readonly #macroText: Query<UniqueId, MacroText>;
  readonly #nodes = new Map<UniqueId, NodeView>();
  readonly #sources = new Map<UniqueId, SourceView>();

  constructor(parts: ViewParts) {
    this.#parts = parts;
    const { inputs } = parts;
    const headers = (): readonly MacroView[] => (inputs.macros.get(ONLY) ?? []).map(macroHeader);
    this.#macros = new Query(inputs.db, 'macro-headers', headers, { equals: same });
    this.#macroText = new Query(inputs.db, 'macro-text', id => this.#textOfMacro(id), { equals: same });
  }

  get projectName(): string {
    return this.#parts.structure.rootProject().name;
  }

  get adapterType(): string {
    return this.#parts.structure.adapterType();
  }

  get target(): DataMap {
    return this.#parts.structure.chosenTarget()?.shown ?? emptyMap;
  }

  get facts(): InvocationFacts {
    return this.#parts.inputs.currentSettings;
  }

  get quoting(): DataMap {
    return this.#parts.structure.rootProject().quoting;
  }

  get macros(): readonly MacroView[] {
    return this.#macros.get(ONLY);
  }

  macroText(uniqueId: UniqueId): MacroText {
    return this.#macroText.get(uniqueId);
  }

  get packageVersions(): ReadonlyMap<string, string | undefined> {
    const { projects } = this.#parts.structure.packages.get(ONLY);
    return new Map(projects.map(({ name, version }) => [name, version]));
  }

  dispatchOrder(namespace: string): readonly string[] | undefined {
    const { structure } = this.#parts;
    const { name: root, dispatch } = structure.rootProject();
    const order = dispatch.get(namespace);
    if (order !== undefined) return order;
    const isInstalled = structure.packages.get(ONLY).projects.some(({ name }) => name === namespace);
    return isInstalled || builtinPackages(this.adapterType).includes(namespace) ? [root, namespace] : undefined;
  }

  varsOf(packageName: string): DataMap {
    return this.#parts.structure.vars.get(packageName);
  }

  get commandLineVars(): DataMap {
    return this.#parts.structure.commandLineVars();
  }

  node(uniqueId: UniqueId): NodeView | undefined {
    const known = this.#nodes.get(uniqueId);
    const declared = this.#parts.facts.declared(uniqueId);
    if (declared === undefined) return undefined;
    if (known !== undefined) return known;
    const node = new LazyNode(this.#parts, declared);
    this.#nodes.set(uniqueId, node);
    return node;
  }

  /** The node as dbt has it while it parses: configured by the project's paths alone, with the target's own schema. */
  parseNode(uniqueId: UniqueId): NodeView {
    const { facts } = this.#parts;
    return new ParsedNode(this.#parts, uniqueId, declared => facts.parseConfig(declared));
  }

  /** The node as the naming macros see it: fully configured, not yet named. */
  namingNode(uniqueId: UniqueId): NodeView {
    return new ParsedNode(this.#parts, uniqueId, () => this.#parts.facts.config.get(uniqueId));
  }

  /** The node with other code: its hooks. */
  hookNode(uniqueId: UniqueId, code: string): NodeView {
    return new HookNode(this.#parts, uniqueId, code);
  }

  unitTest(uniqueId: UniqueId): UnitTestNode | undefined {
    const node = this.#parts.assembly.node.get(uniqueId);
    return node?.resourceType === 'unit_test' ? node : undefined;
  }

  templateOrigin(uniqueId: UniqueId): Origin | undefined {
    const { facts, inputs, summaries } = this.#parts;
    const declared = facts.declared(uniqueId);
    return declared && templateOrigin(declared, inputs, summaries);
  }

  resolveRef(ref: RefCall, from: NodeView): Resolved<NodeView> {
    const answer = this.#parts.facts.resolveRef(ref, from.packageName);
    if (answer.kind === 'ambiguous') {
      return { kind: 'unresolved', code: 'ambiguous-ref', message: ambiguousMessage(ref, answer.uniqueIds) };
    }
    const node = answer.kind === 'found' ? this.node(answer.uniqueId) : undefined;
    if (node !== undefined) return { kind: 'found', node };
    const disabled = answer.kind === 'disabled';
    const message = notFoundMessage(from, { kind: 'ref', ref }, disabled);
    return { kind: 'unresolved', code: disabled ? 'disabled-model' : 'unknown-model', message };
  }

  resolveSource(source: SourceCall, from: NodeView): Resolved<SourceView> {
    const answer = this.#parts.facts.resolveSource(source);
    const node = answer?.enabled === true ? this.#source(answer.uniqueId) : undefined;
    if (node !== undefined) return { kind: 'found', node };
    const disabled = answer !== undefined;
    const message = notFoundMessage(from, { kind: 'source', name: `${source.source}.${source.table}` }, disabled);
    return { kind: 'unresolved', code: disabled ? 'disabled-source' : 'unknown-source', message };
  }

  seedText(uniqueId: UniqueId): string {
    const { facts, inputs } = this.#parts;
    const declared = facts.declared(uniqueId);
    return declared?.kind === 'seed' ? (inputs.text.get(declared.file) ?? '') : '';
  }

  compiled(uniqueId: UniqueId): Compiled {
    return this.#parts.compiled(uniqueId);
  }

  describe(uniqueId: UniqueId): DataMap {
    return this.#parts.describe(uniqueId);
  }

  graph(): DataMap {
    return this.#parts.graph();
  }

  get selectedResources(): readonly UniqueId[] {
    return stringList(dataOfPlain(this.#parts.inputs.currentSettings.flags['selected_resources']));
  }

  #source(uniqueId: UniqueId): SourceView | undefined {
    const known = this.#sources.get(uniqueId);
    if (known !== undefined) return known;
    const declared = this.#parts.facts.declared(uniqueId);
    if (declared === undefined) return undefined;
    const source = new LazySource(this.#parts, declared);
    this.#sources.set(uniqueId, source);
    return source;
  }

  #textOfMacro(uniqueId: UniqueId): MacroText {
    const { facts, inputs, summaries } = this.#parts;
    const declared = facts.declared(uniqueId);
    if (declared?.at.kind !== 'block') return { fileText: '', range: { start: 0, end: 0 } };
    const block = summaries.blocks.get(declared.file).blocks[declared.at.index];
    const { start = 0, end = 0 } = block?.full ?? {};
    return { fileText: inputs.text.get(declared.file) ?? '', range: { start, end } };
  }
}

function macroHeader({ uniqueId, name, packageName, file, originalPath, at }: Declared): MacroView {
  const languages = at.kind === 'block' ? at.block?.supportedLanguages : undefined;
  const header = { uniqueId, name, packageName, file, originalPath };
  return languages === undefined ? header : { ...header, supportedLanguages: languages };
}

function ambiguousMessage({ name }: RefCall, ids: readonly UniqueId[]): string {
  const found = ids.map(id => `'${id}'`).join(', ');
  const packages = ids.map(id => `'${id.split('.')[1] ?? ''}'`).join(' or ');
  return `When referencing '${name}', dbt found nodes in multiple packages: ${found}\nTo fix this, use two-argument 'ref', with the package name first: ${packages}`;
}

/** A node whose every property is a read of its own. */
class LazyNode implements NodeView {
  readonly #parts: ViewParts;
  readonly uniqueId: UniqueId;

  constructor(parts: ViewParts, { uniqueId }: Declared) {
    this.#parts = parts;
    this.uniqueId = uniqueId;
  }

  get #declared(): Declared | undefined {
    return this.#parts.facts.declared(this.uniqueId);
  }
  get resourceType(): string {
    return this.#declared?.kind ?? 'model';
  }
  get name(): string {
    return this.#declared?.name ?? '';
  }
  get packageName(): string {
    return this.#declared?.packageName ?? '';
  }
  get originalPath(): string {
    return this.#declared?.originalPath ?? '';
  }
  get path(): string {
    return this.#declared?.path ?? '';
  }
  get fqn(): readonly string[] {
    const declared = this.#declared;
    return declared === undefined ? [] : this.#parts.facts.fqn(declared);
  }
  get rawCode(): string {
    return this.#parts.facts.rawCode.get(this.uniqueId);
  }
  get language(): string {
    return this.#declared?.file.endsWith('.py') === true ? 'python' : 'sql';
  }
  get version(): string | number | undefined {
    return this.#declared?.version;
  }
  get config(): NodeConfig {
    return this.#parts.facts.config.get(this.uniqueId);
  }
  get relation(): RelationParts {
    return this.#parts.facts.relation.get(this.uniqueId) ?? NO_RELATION;
  }
  get database(): string | undefined {
    return this.relation.database;
  }
  get schema(): string {
    return this.relation.schema;
  }
  get alias(): string {
    return this.relation.identifier;
  }
  get dependsOn(): DependsOn {
    return this.#parts.facts.dependsOn.get(this.uniqueId);
  }
  get columns(): readonly ColumnInfo[] {
    return this.#parts.assembly.columns.get(this.uniqueId);
  }
  get description(): string {
    return this.#parts.assembly.description.get(this.uniqueId);
  }
  get testMetadata(): TestMetadata | undefined {
    const declared = this.#declared;
    return declared && this.#parts.facts.genericTest(declared)?.metadata;
  }
}

const NO_RELATION: RelationParts = {
  database: undefined,
  schema: '',
  identifier: '',
  quote: { database: true, schema: true, identifier: true },
  relationName: undefined,
};

/** A node before its own template and properties have been read. */
class ParsedNode extends LazyNode {
  readonly #parts: ViewParts;
  readonly #declared: Declared | undefined;

  readonly #config: (declared: Declared) => NodeConfig;

  constructor(parts: ViewParts, uniqueId: UniqueId, config: (declared: Declared) => NodeConfig) {
    const declared = parts.facts.declared(uniqueId);
    super(parts, declared ?? UNDECLARED);
    this.#parts = parts;
    this.#config = config;
    this.#declared = declared;
  }

  override get config(): NodeConfig {
    return this.#declared === undefined ? new Map() : this.#config(this.#declared);
  }
  get parsed(): DataMap {
    const { config } = this;
    const declared = this.#declared ?? UNDECLARED;
    const { kind, name, path, originalPath, packageName, uniqueId, version = null } = declared;
    return new Map<string, Data>([
      ['database', this.database ?? null],
      ['schema', this.schema],
      ['name', name],
      ['resource_type', kind],
      ['package_name', packageName],
      ['path', path],
      ['original_file_path', originalPath],
      ['unique_id', uniqueId],
      ['fqn', this.#parts.facts.fqn(declared)],
      ['alias', this.alias],
      ['config', new Map(config)],
      ['tags', config.get('tags') ?? []],
      ['meta', config.get('meta') ?? emptyMap],
      ['group', config.get('group') ?? null],
      ['raw_code', this.rawCode],
      ['language', this.language],
      ['version', version],
    ]);
  }
  override get relation(): RelationParts {
    const target = this.#parts.structure.chosenTarget();
    const { database, schema = '' } = target ?? {};
    const parts = { database, schema, identifier: this.name, quote: NO_RELATION.quote };
    return { ...parts, relationName: relationName(this.#parts.structure.adapterType(), parts) };
  }
  override get dependsOn(): DependsOn {
    return { nodes: [], macros: [] };
  }
  override get columns(): readonly ColumnInfo[] {
    return [];
  }
  override get description(): string {
    return '';
  }
}

class HookNode extends ParsedNode {
  readonly #code: string;

  constructor(parts: ViewParts, uniqueId: UniqueId, code: string) {
    super(parts, uniqueId, () => parts.facts.config.get(uniqueId));
    this.#code = code;
  }

  override get rawCode(): string {
    return this.#code;
  }
}

const UNDECLARED: Declared = {
  kind: 'model',
  name: '',
  uniqueId: '',
  packageName: '',
  file: '',
  path: '',
  originalPath: '',
  at: { kind: 'file' },
};

class LazySource implements SourceView {
  readonly #parts: ViewParts;
  readonly uniqueId: UniqueId;
  readonly name: string;
  readonly sourceName: string;
  readonly packageName: string;

  constructor(parts: ViewParts, { uniqueId, name, packageName }: Declared) {
    this.#parts = parts;
    this.uniqueId = uniqueId;
    this.name = name;
    this.packageName = packageName;
    this.sourceName = uniqueId.slice(`source.${packageName}.`.length, -(name.length + 1));
  }

  get relation(): RelationParts {
    return this.#parts.sources.relation.get(this.uniqueId) ?? NO_RELATION;
  }

  get config(): NodeConfig {
    return this.#parts.sources.config.get(this.uniqueId);
  }

  get columns(): readonly ColumnInfo[] {
    return this.#parts.sources.node(this.uniqueId)?.columns ?? [];
  }

  get quoting(): DataMap {
    const entry = this.#parts.sources.entry.get(this.uniqueId);
    const own = (data: DataMap | undefined): DataMap => asMap(data?.get('quoting')) ?? emptyMap;
    return new Map([...own(entry?.source), ...own(entry?.table)]);
  }
}
