import type { Refusal } from '../dbt/selection/refusal.ts';
import { yamlJinjaError } from './yaml-errors.ts';
import { err, ok, type Result } from '../base/result.ts';
import { renderData } from '../dbt/project/render-data.ts';
import { dataOf } from '../dbt/manifest/yaml-data.ts';
import type { Data } from '../dbt/manifest/data.ts';
import type { Compiled } from '../dbt/compile/compiled.ts';
import type { ManifestView } from '../dbt/compile/manifest-view.ts';
import { same } from '../base/same.ts';
import { Query } from '../db/query.ts';
import { emptyMap, type DataMap } from '../dbt/manifest/data.ts';
import type { Manifest, ManifestNode, Places, RelationParts, UniqueId } from '../dbt/manifest/node.ts';
import type { NodeExtras } from '../dbt/manifest/node-extras.ts';
import { templateData } from '../dbt/manifest/template-data.ts';
import { graphData } from '../dbt/manifest/write.ts';
import type { FileId } from '../render/rendered.ts';
import type { JinjaTree } from '../syntax/jinja/parse.ts';
import type { YamlTree } from '../syntax/yaml/tree.ts';
import type {
  CatalogSnapshot,
  Declaration,
  FileRole,
  Lineage,
  ModelDb,
  Names,
  ProjectFacts,
  RenderedNode,
  RenderOptions,
  Use,
} from './db.ts';
import { Descriptions } from './descriptions.ts';
import type { TemplateEngine } from './engine.ts';
import { FileProblems } from './file-problems.ts';
import { Inputs, ONLY } from './inputs.ts';
import { NameTables } from './name-tables.ts';
import { NodeAssembly } from './node-assembly.ts';
import { NodeFacts } from './node-facts.ts';
import { PlaceFinder } from './places.ts';
import type { Problem } from './problems.ts';
import { ProjectGraph } from './project-graph.ts';
import type { ProjectInput, ProjectSettings } from './project-input.ts';
import { ProjectProblems } from './project-problems.ts';
import { ProjectNodeExtras } from './node-extras.ts';
import { ProjectView } from './project-view.ts';
import { compiledPython, isPython } from './python-models.ts';
import { Resolution } from './resolution.ts';
import { SourceFacts } from './source-facts.ts';
import type { BoundStatement, ColumnLineage, NodeColumns, SketchedSql } from './sql-facts.ts';
import { SqlModel } from './sql-model.ts';
import { PROJECT_FILE, Structure } from './structure.ts';
import { Summaries } from './summaries.ts';
import { YamlNodes } from './yaml-nodes.ts';

/** The facade over the queries: brings the name index up to date before each answer, and nothing else. */
export class ProjectModel implements ModelDb {
  readonly #inputs: Inputs;
  readonly #structure: Structure;
  readonly #summaries: Summaries;
  readonly #facts: NodeFacts;
  readonly #sources: SourceFacts;
  readonly #assembly: NodeAssembly;
  readonly #graph: ProjectGraph;
  readonly #tables: NameTables;
  readonly #resolution: Resolution;
  readonly #places: PlaceFinder;
  readonly #problems: FileProblems;
  readonly #projectProblems: ProjectProblems;
  readonly #view: ProjectView;
  readonly #engine: TemplateEngine;
  readonly #compiled: Query<string, Compiled>;
  readonly #described: Query<UniqueId, DataMap>;
  readonly #graphData: Query<typeof ONLY, DataMap>;
  readonly #extras: NodeExtras;
  readonly #sql: SqlModel;

  constructor(input: ProjectInput, engine: TemplateEngine) {
    const inputs = new Inputs(input);
    const structure = new Structure(inputs, engine);
    const summaries = new Summaries(inputs, structure);
    const descriptions = new Descriptions(inputs, structure, summaries);
    const sources = new SourceFacts(inputs, structure, summaries, descriptions);
    const facts = new NodeFacts(inputs, structure, summaries, sources, engine);
    const yaml = new YamlNodes(inputs, structure, facts, descriptions);
    const assembly = new NodeAssembly(inputs, facts, sources, yaml, descriptions);
    this.#inputs = inputs;
    this.#structure = structure;
    this.#summaries = summaries;
    this.#facts = facts;
    this.#sources = sources;
    this.#assembly = assembly;
    this.#engine = engine;
    this.#graph = new ProjectGraph(inputs, summaries, facts, assembly);
    this.#tables = new NameTables(inputs, structure, engine);
    this.#resolution = new Resolution(inputs, structure, summaries, facts, descriptions, this.#tables);
    this.#places = new PlaceFinder(inputs, structure, summaries, facts);
    this.#compiled = new Query(inputs.db, 'rendered', key => this.#compile(key), {
      equals: same,
      onCycle: cyclicRender,
    });
    this.#described = new Query(inputs.db, 'described', id => this.#describe(id), { equals: same });
    this.#graphData = new Query(inputs.db, 'graph', () => graphData(this.#graph.manifest.get(ONLY), this.#extras));
    this.#view = new ProjectView({
      inputs,
      structure,
      summaries,
      facts,
      sources,
      assembly,
      compiled: id => this.#compiled.get(id),
      describe: id => this.#described.get(id),
      graph: () => this.#graphData.get(ONLY),
    });
    this.#extras = new ProjectNodeExtras({
      inputs,
      structure,
      summaries,
      facts,
      sources,
      descriptions,
      engine,
      view: this.#view,
    });
    facts.useViews({
      view: this.#view,
      parseNode: id => this.#view.parseNode(id),
      namingNode: id => this.#view.namingNode(id),
      hookNode: (id, code) => this.#view.hookNode(id, code),
    });
    const compiled = (id: UniqueId): Compiled => this.#compiled.get(id);
    this.#sql = new SqlModel({ inputs, structure, facts, sources, assembly, compiled });
    const problemParts = {
      inputs,
      structure,
      summaries,
      facts,
      assembly,
      descriptions,
      tables: this.#tables,
      resolution: this.#resolution,
      places: this.#places,
      yamlNodes: yaml,
      sql: this.#sql,
      compiled,
    };
    this.#problems = new FileProblems(problemParts);
    this.#projectProblems = new ProjectProblems(problemParts);
  }

  get revision(): number {
    return this.#inputs.db.revision;
  }

  setFile(file: FileId, text: string | undefined): void {
    this.#inputs.setFile(file, text);
    this.#summaries.touch(file);
  }

  setStandIn(file: FileId, text: string | undefined): void {
    this.#inputs.standIns.set(file, text);
  }

  setSettings(settings: ProjectSettings): void {
    this.#inputs.settings.set(ONLY, settings);
  }

  setProfiles(profiles: ProjectInput['profiles']): void {
    this.#inputs.profiles.set(ONLY, profiles);
  }

  setCatalog(catalog: CatalogSnapshot | undefined): void {
    this.#inputs.catalog.set(ONLY, catalog);
  }

  text(file: FileId): string | undefined {
    return this.#inputs.text.get(file);
  }

  indexSome(nFiles: number): boolean {
    return this.#summaries.syncSome(nFiles);
  }

  files(): readonly FileId[] {
    this.#inputs.publishFiles();
    return this.#inputs.files.get(ONLY) ?? [];
  }

  fileRole(file: FileId): FileRole | undefined {
    this.#summaries.sync();
    const special = SPECIAL_FILES.get(file);
    if (special !== undefined) return special;
    return this.#structure.places.get(file)[0]?.role.role;
  }

  syntax(file: FileId): JinjaTree | undefined {
    return this.#inputs.text.get(file) === undefined ? undefined : this.#summaries.jinja.get(file);
  }

  yaml(file: FileId): YamlTree | undefined {
    return this.#inputs.text.get(file) === undefined ? undefined : this.#structure.yaml.get(file);
  }

  selectors(): Result<Data, Refusal> {
    const tree = this.yaml('selectors.yml');
    if (tree === undefined) return ok(null);
    const problems: string[] = [];
    const data = renderData(dataOf(tree.root), {
      render: this.#structure.renderer('project'),
      keeps: () => false,
      onProblem: (_, message) => problems.push(message),
    });
    const [problem] = problems;
    return problem === undefined ? ok(data) : err({ message: problem, dbt: yamlJinjaError(problem) });
  }

  project(): ProjectFacts {
    this.#summaries.sync();
    const { project, mistakes } = this.#structure.root.get(ONLY);
    const { target, targetNames } = this.#structure.target.get(ONLY);
    const isMissing = mistakes.some(({ code }) => code === 'project-missing');
    return {
      name: isMissing ? undefined : project.name,
      adapterType: target?.adapterType,
      targetName: target?.name,
      profileName: target?.profileName ?? this.#inputs.currentSettings.profile ?? project.profile,
      targetNames,
      target: target?.shown ?? emptyMap,
      threads: target?.threads ?? 1,
      packages: this.#structure.packages.get(ONLY).projects.map(({ name, folder }) => ({ name, root: folder })),
      vars: this.#structure.vars.get(project.name),
      targetPath: project.targetPath,
    };
  }

  names(): Names {
    this.#summaries.sync();
    return this.#tables.names.get(ONLY);
  }

  ids(): readonly UniqueId[] {
    this.#summaries.sync();
    return this.#inputs.ids.get(ONLY) ?? [];
  }

  nodesOfFile(file: FileId): readonly UniqueId[] {
    this.#summaries.sync();
    return this.#summaries.index.declaredBy(file).map(({ uniqueId }) => uniqueId);
  }

  patchedBy(file: FileId): readonly UniqueId[] {
    this.#summaries.sync();
    return this.#problems.patchedBy(file);
  }

  node(uniqueId: UniqueId): ManifestNode | undefined {
    this.#summaries.sync();
    return this.#assembly.node.get(uniqueId);
  }

  places(uniqueId: UniqueId): Places | undefined {
    this.#summaries.sync();
    return this.#places.placesOf(uniqueId);
  }

  manifest(): Manifest {
    this.#summaries.sync();
    return this.#graph.manifest.get(ONLY);
  }

  view(): ManifestView {
    this.#summaries.sync();
    return this.#view;
  }

  extras(): NodeExtras {
    this.#summaries.sync();
    return this.#extras;
  }

  rendered(uniqueId: UniqueId, options: RenderOptions): RenderedNode | undefined {
    this.#summaries.sync();
    const declared = this.#facts.declared(uniqueId);
    if (declared === undefined || !RENDERED.has(declared.kind)) return undefined;
    if (options.mode === 'parse') {
      const { rendered } = this.#facts.parseRender(uniqueId);
      return {
        uniqueId,
        rendered,
        ephemerals: [],
        macros: [],
        dependsOn: this.#facts.dependsOn.get(uniqueId).nodes,
        guessed: false,
      };
    }
    const key = compileKey(uniqueId, options.incremental);
    const isPassing = options.once === true && !this.#compiled.isKnown(key);
    const compiled = isPassing ? this.#compile(key) : this.#compiled.get(key);
    const { ephemerals, macros, nodes, guessed } = compiled;
    return { uniqueId, rendered: compiled, ephemerals, macros, dependsOn: nodes, guessed };
  }

  relation(uniqueId: UniqueId): RelationParts | undefined {
    this.#summaries.sync();
    const isSource = this.#facts.declared(uniqueId)?.kind === 'source';
    return isSource ? this.#sources.relation.get(uniqueId) : this.#facts.relation.get(uniqueId);
  }

  uses(file: FileId): readonly Use[] {
    this.#summaries.sync();
    return this.#summaries.uses.get(file);
  }

  resolve(file: FileId, use: Use): readonly Declaration[] {
    this.#summaries.sync();
    return this.#resolution.resolve(file, use);
  }

  usesOf(declaration: Declaration): readonly { readonly file: FileId; readonly use: Use }[] {
    this.#summaries.sync();
    return this.#resolution.usesOf(declaration);
  }

  prepareColumns(uniqueId: UniqueId, nNodes: number): boolean {
    this.#summaries.sync();
    return this.#sql.prepareSome(uniqueId, nNodes);
  }

  statement(uniqueId: UniqueId): BoundStatement | undefined {
    this.#summaries.sync();
    this.#sql.prepare(uniqueId);
    return this.#sql.bound.get(uniqueId);
  }

  sketch(uniqueId: UniqueId, text: SketchedSql): BoundStatement | undefined {
    this.#summaries.sync();
    return this.#sql.sketch(uniqueId, text);
  }

  columns(uniqueId: UniqueId): NodeColumns {
    this.#summaries.sync();
    this.#sql.prepare(uniqueId);
    return this.#sql.columns.get(uniqueId);
  }

  columnLineage(uniqueId: UniqueId): ColumnLineage {
    this.#summaries.sync();
    this.#sql.prepare(uniqueId);
    return this.#sql.lineage.get(uniqueId);
  }

  lineage(): Lineage {
    this.#summaries.sync();
    return this.#graph.lineage.get(ONLY);
  }

  problems(file: FileId): readonly Problem[] {
    this.#summaries.sync();
    return this.#problems.problems.get(file);
  }

  parseProblems(file: FileId): readonly Problem[] {
    this.#summaries.sync();
    return this.#problems.parseProblems.get(file);
  }

  projectProblems(): readonly Problem[] {
    this.#summaries.sync();
    return this.#projectProblems.problems.get(ONLY);
  }

  takeExecutedQueries(): readonly string[] {
    return this.#inputs.db.takeExecuted();
  }

  #compile(key: string): Compiled {
    const [uniqueId = '', incremental] = key.split('|');
    const node = this.#view.node(uniqueId);
    if (node === undefined) return cyclicRender();
    const { file = '' } = this.#facts.declared(uniqueId) ?? {};
    if (isPython(file)) {
      const start = this.#view.templateOrigin(uniqueId)?.start ?? 0;
      const { refs, sources } = this.#facts.captured.get(uniqueId);
      const { nodes } = this.#facts.dependsOn.get(uniqueId);
      return compiledPython({ file, code: node.rawCode, start, refs, sources, nodes });
    }
    return this.#engine.compile(
      this.#view,
      node,
      incremental === undefined ? {} : { incremental: incremental === 'yes' },
    );
  }

  #describe(id: UniqueId): DataMap {
    const node = this.#assembly.node.get(id);
    return node === undefined ? emptyMap : templateData(node, this.#extras);
  }
}

const compileKey = (uniqueId: UniqueId, incremental: boolean | undefined): string =>
  incremental === undefined ? uniqueId : `${uniqueId}|${incremental ? 'yes' : 'no'}`;

/** A model that is part of itself has no text; the cycle is reported where its refs stand. */
function cyclicRender(): Compiled {
  return {
    text: '',
    segments: [],
    problem: undefined,
    own: { text: '', segments: [] },
    ephemerals: [],
    refs: [],
    sources: [],
    nodes: [],
    macros: [],
    guessed: false,
    asksCommand: false,
  };
}

const RENDERED: ReadonlySet<string> = new Set([
  'model',
  'seed',
  'snapshot',
  'test',
  'analysis',
  'operation',
  'sql_operation',
]);

const SPECIAL_FILES: ReadonlyMap<FileId, FileRole> = new Map<FileId, FileRole>([
  [PROJECT_FILE, 'project'],
  ['packages.yml', 'packages'],
  ['dependencies.yml', 'dependencies'],
  ['selectors.yml', 'selectors'],
]);
