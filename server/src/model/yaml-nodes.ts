import { asList, asMap, asString, emptyMap, isMap, stringList, type Data, type DataMap } from '../dbt/manifest/data.ts';
import type {
  DependsOn,
  ExposureNode,
  GroupNode,
  NodeConfig,
  RelationParts,
  SemanticNode,
  UniqueId,
  UnitTestGiven,
  UnitTestNode,
  UnitTestRows,
} from '../dbt/manifest/node.ts';
import { seedRows } from '../dbt/manifest/unit-test-rows.ts';
import type { Entry } from '../dbt/properties/properties.ts';
import { rowsFormat, takesRowsOfSeed } from '../dbt/properties/unit-test-mistakes.ts';
import type { Descriptions } from './descriptions.ts';
import type { Declared } from './file-summary.ts';
import type { Inputs } from './inputs.ts';
import { literalCalls, type LiteralCalls } from './literal-calls.ts';
import { identity } from './node-assembly.ts';
import type { NodeFacts } from './node-facts.ts';
import type { Structure } from './structure.ts';

/** The nodes that live in YAML alone: exposures, groups, unit tests, metrics, semantic models, saved queries. */
export class YamlNodes {
  readonly #inputs: Inputs;
  readonly #structure: Structure;
  readonly #facts: NodeFacts;
  readonly #descriptions: Descriptions;

  constructor(inputs: Inputs, structure: Structure, facts: NodeFacts, descriptions: Descriptions) {
    this.#inputs = inputs;
    this.#structure = structure;
    this.#facts = facts;
    this.#descriptions = descriptions;
  }

  node(declared: Declared): ExposureNode | GroupNode | UnitTestNode | SemanticNode | undefined {
    const entry = this.#facts.entryOf(declared);
    if (entry === undefined) return undefined;
    const { kind } = declared;
    if (kind === 'exposure') return this.#exposure(declared, entry);
    if (kind === 'group') return this.#group(declared, entry);
    if (kind === 'unit_test') return this.#unitTest(declared, entry);
    const isSemantic = kind === 'metric' || kind === 'semantic_model' || kind === 'saved_query';
    return isSemantic ? this.#semantic(declared, entry, kind) : undefined;
  }

  #describe(declared: Declared, data: DataMap): string {
    return this.#descriptions.renderer(declared.packageName)(asString(data.get('description')) ?? '');
  }

  #exposure(declared: Declared, entry: Entry): ExposureNode {
    const { data } = entry;
    const fqn = this.#facts.fqn(declared);
    const config = this.#facts.config.get(declared.uniqueId);
    const calls = literalCalls(stringList(data.get('depends_on')));
    return {
      resourceType: 'exposure',
      ...identity(declared),
      fqn,
      type: asString(data.get('type')) ?? '',
      label: asString(data.get('label')),
      owner: asMap(data.get('owner')) ?? emptyMap,
      description: this.#describe(declared, data),
      maturity: asString(data.get('maturity')),
      url: asString(data.get('url')),
      config,
      ...commonOf(config),
      ...calls,
      metrics: [],
      dependsOn: this.#dependsOn(declared, calls),
    };
  }

  #group(declared: Declared, { data }: Entry): GroupNode {
    const owner = asMap(data.get('owner')) ?? emptyMap;
    const config = this.#facts.config.get(declared.uniqueId);
    const description = this.#describe(declared, data);
    return { resourceType: 'group', ...identity(declared), owner, description, config };
  }

  #unitTest(declared: Declared, entry: Entry): UnitTestNode {
    const { data } = entry;
    const model = asString(data.get('model')) ?? '';
    const fqn = this.#facts.fqn(declared);
    const config = this.#facts.config.get(declared.uniqueId);
    const tested = this.testedNode(declared, model);
    const overrides = asMap(data.get('overrides')) ?? emptyMap;
    return {
      resourceType: 'unit_test',
      ...identity(declared),
      fqn,
      model,
      testedNode: tested,
      schema: tested === undefined ? undefined : this.#facts.relation.get(tested)?.schema,
      version: declared.version,
      versions: asMap(data.get('versions')),
      given: (asList(data.get('given')) ?? []).filter(isMap).map(given => this.#given(declared, given)),
      expect: this.#rows(declared, asMap(data.get('expect')) ?? emptyMap),
      overrides: {
        macros: asMap(overrides.get('macros')) ?? emptyMap,
        vars: asMap(overrides.get('vars')) ?? emptyMap,
        envVars: asMap(overrides.get('env_vars')) ?? emptyMap,
      },
      description: asString(data.get('description')) ?? '',
      config,
      ...commonOf(config),
      dependsOn: { nodes: tested === undefined ? [] : [tested], macros: [] },
    };
  }

  testedNode(declared: Declared, model: string): UniqueId | undefined {
    const answer = this.#facts.resolveRef(
      { package: undefined, name: model, version: declared.version },
      declared.packageName,
    );
    return answer.kind === 'found' ? answer.uniqueId : undefined;
  }

  #given(declared: Declared, given: DataMap): UnitTestGiven {
    const input = asString(given.get('input')) ?? '';
    const seed = takesRowsOfSeed(given) ? this.seedOfInput(declared, input) : undefined;
    if (seed === undefined) return { input, ...this.#rows(declared, given) };
    const rows = seedRows(this.#inputs.text.get(seed.file) ?? '');
    return { input, format: 'dict', rows, fixture: undefined };
  }

  /** The seed that an input of a unit test names, in the package that it names or else in the unit test's own. */
  seedOfInput({ packageName }: Declared, input: string): Declared | undefined {
    const [ref] = literalCalls([input]).refs;
    if (ref === undefined) return undefined;
    const seed = { package: ref.package ?? packageName, name: ref.name, version: undefined };
    const answer = this.#facts.resolveRef(seed, packageName);
    const declared = answer.kind === 'found' ? this.#facts.declared(answer.uniqueId) : undefined;
    return declared?.kind === 'seed' ? declared : undefined;
  }

  #rows(declared: Declared, data: DataMap): UnitTestRows {
    const fixture = asString(data.get('fixture'));
    const format = rowsFormat(data);
    const rows = fixture === undefined ? data.get('rows') : this.fixtureText(declared, fixture, format)?.trim();
    if (typeof rows === 'string') return { format, rows, fixture };
    return { format, rows: asList(rows) ?? [], fixture };
  }

  /** The text of a fixture file, which a unit test names without folder and extension. */
  fixtureText({ packageName }: Declared, fixture: string, format: string): string | undefined {
    const project = this.#structure.projectNamed(packageName);
    const ending = `/${fixture}.${format}`;
    const files = this.#inputs.files.get('only') ?? [];
    const isFixture = (file: string): boolean =>
      file.endsWith(ending) &&
      project.paths.tests.some(tests => file.startsWith(`${project.folder}${tests}/fixtures/`));
    const file = files.find(isFixture);
    return file === undefined ? undefined : this.#inputs.text.get(file)?.trim();
  }

  #semantic(declared: Declared, entry: Entry, resourceType: SemanticNode['resourceType']): SemanticNode {
    const { data } = entry;
    const fqn = this.#facts.fqn(declared);
    const config = this.#facts.config.get(declared.uniqueId);
    const model = asString(data.get('model'));
    const calls = literalCalls(model === undefined ? [] : [model]);
    const nodes = this.#semanticParents(declared, data, resourceType, calls);
    return {
      resourceType,
      ...identity(declared),
      fqn,
      data,
      refs: calls.refs,
      relation: this.#relationOf(resourceType, nodes),
      description: this.#describe(declared, data),
      config,
      enabled: config.get('enabled') !== false,
      dependsOn: { nodes, macros: [] },
    };
  }

  #semanticParents(
    declared: Declared,
    data: DataMap,
    resourceType: SemanticNode['resourceType'],
    calls: LiteralCalls,
  ): readonly UniqueId[] {
    if (resourceType === 'metric') return this.#metricParents(data);
    if (resourceType === 'semantic_model') return this.#dependsOn(declared, calls).nodes;
    const names = stringList(asMap(data.get('query_params'))?.get('metrics'));
    return names.flatMap(name => this.#inputs.declared.get(`metric:${name}`)?.[0]?.uniqueId ?? []);
  }

  /** Where a semantic model's rows live; the target's own place for what a saved query exports. */
  #relationOf(resourceType: SemanticNode['resourceType'], [model]: readonly UniqueId[]): RelationParts | undefined {
    if (resourceType === 'semantic_model') return model === undefined ? undefined : this.#facts.relation.get(model);
    const target = this.#structure.chosenTarget();
    if (resourceType === 'metric' || target === undefined) return undefined;
    const { database, schema } = target;
    const quote = { database: true, schema: true, identifier: true };
    return { database, schema, identifier: '', quote, relationName: undefined };
  }

  /** A metric depends on the semantic models of its measures, and on the metrics it is made of. */
  #metricParents(data: DataMap): readonly UniqueId[] {
    const params = asMap(data.get('type_params')) ?? emptyMap;
    const conversion = asMap(params.get('conversion_type_params'));
    const measures = [params.get('measure'), conversion?.get('base_measure'), conversion?.get('conversion_measure')];
    const metrics = [params.get('numerator'), params.get('denominator'), ...(asList(params.get('metrics')) ?? [])];
    const found = [
      ...namesIn(measures).flatMap(name => this.semanticModelsWith(name)),
      ...namesIn(metrics).flatMap(name => this.#inputs.declared.get(`metric:${name}`)?.[0]?.uniqueId ?? []),
    ];
    return [...new Set(found)];
  }

  /** The semantic models that have a measure of a name. */
  semanticModelsWith(measure: string): readonly UniqueId[] {
    const ids = (this.#inputs.ids.get('only') ?? []).filter(id => id.startsWith('semantic_model.'));
    return ids.filter(id => {
      const declared = this.#facts.declared(id);
      const entry = declared && this.#facts.entryOf(declared);
      const measures = (asList(entry?.data.get('measures')) ?? []).filter(isMap);
      return measures.some(it => it.get('name') === measure);
    });
  }

  #dependsOn(declared: Declared, { refs, sources }: LiteralCalls): DependsOn {
    const nodes = refs.map(ref => this.#facts.resolveRef(ref, declared.packageName));
    const models = nodes.flatMap(it => (it.kind === 'found' ? [it.uniqueId] : []));
    const tables = sources.map(source => this.#facts.resolveSource(source));
    const found = tables.flatMap(it => (it?.enabled === true ? [it.uniqueId] : []));
    return { nodes: [...new Set([...found, ...models])], macros: [] };
  }
}

function commonOf(config: NodeConfig) {
  const meta = asMap(config.get('meta')) ?? emptyMap;
  return { enabled: config.get('enabled') !== false, tags: stringList(config.get('tags')), meta };
}

/** The names of measures or metrics, which may stand alone or with what else is wanted of them. */
const namesIn = (items: readonly (Data | undefined)[]): readonly string[] =>
  items.flatMap(item => asString(item) ?? asString(asMap(item)?.get('name')) ?? []);
