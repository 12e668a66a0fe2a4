import { same } from '../base/same.ts';
import { Query } from '../db/query.ts';
import type {
  DocNode,
  ExecutableNode,
  ExposureNode,
  GroupNode,
  MacroNode,
  Manifest,
  ManifestNode,
  SemanticNode,
  SourceNode,
  UniqueId,
  UnitTestNode,
} from '../dbt/manifest/node.ts';
import type { Lineage, LineageEdge } from './db.ts';
import type { Declared } from './file-summary.ts';
import { ONLY, type Inputs } from './inputs.ts';
import type { NodeAssembly } from './node-assembly.ts';
import type { NodeFacts } from './node-facts.ts';
import type { Summaries } from './summaries.ts';

/** Answers about the project as a whole: its manifest, its edges, its cycles. */
export class ProjectGraph {
  readonly manifest: Query<typeof ONLY, Manifest>;
  readonly lineage: Query<typeof ONLY, Lineage>;
  /** The ids of each cycle of models, in the order in which they depend on each other. */
  readonly cycles: Query<typeof ONLY, readonly (readonly UniqueId[])[]>;
  readonly #inputs: Inputs;
  readonly #summaries: Summaries;
  readonly #facts: NodeFacts;
  readonly #assembly: NodeAssembly;

  constructor(inputs: Inputs, summaries: Summaries, facts: NodeFacts, assembly: NodeAssembly) {
    this.#inputs = inputs;
    this.#summaries = summaries;
    this.#facts = facts;
    this.#assembly = assembly;
    this.manifest = new Query(inputs.db, 'manifest', () => this.#buildManifest());
    this.lineage = new Query(inputs.db, 'lineage', () => this.#buildLineage(), { equals: same });
    this.cycles = new Query(inputs.db, 'cycles', () => cyclesOf(this.lineage.get(ONLY)), { equals: same });
  }

  #buildManifest(): Manifest {
    const parts = new ManifestParts();
    for (const id of this.#inputs.ids.get(ONLY) ?? []) {
      const node = this.#assembly.node.get(id);
      if (node !== undefined) parts.add(node);
      for (const off of this.#facts.switchedOff(id)) {
        const other = this.#assembly.node.get(off);
        if (other !== undefined) parts.add({ ...other, uniqueId: id });
      }
    }
    return parts.finish();
  }

  #buildLineage(): Lineage {
    const edges: LineageEdge[] = [];
    for (const id of this.#inputs.ids.get(ONLY) ?? []) {
      const declared = this.#facts.declared(id);
      if (declared === undefined || !LINKED.has(declared.kind) || !this.#facts.enabled(id)) continue;
      const rendered = new Set(this.#parentsOf(declared));
      const syntactic = new Set(this.#literalParents(declared));
      for (const from of new Set([...rendered, ...syntactic])) {
        edges.push({ from, to: id, syntactic: syntactic.has(from), rendered: rendered.has(from) });
      }
    }
    return { edges, ...adjacency(edges) };
  }

  #parentsOf(declared: Declared): readonly UniqueId[] {
    const node = IN_YAML.has(declared.kind) ? this.#assembly.node.get(declared.uniqueId) : undefined;
    if (node === undefined) return this.#facts.dependsOn.get(declared.uniqueId).nodes;
    return 'dependsOn' in node ? node.dependsOn.nodes : [];
  }

  /** What the literal refs of a node's own file mean; for files with several nodes the render alone can tell. */
  #literalParents(declared: Declared): readonly UniqueId[] {
    if (declared.at.kind !== 'file') return [];
    return this.#summaries.uses.get(declared.file).flatMap(use => {
      if (use.kind === 'source') {
        const source = this.#facts.resolveSource(use);
        return source?.enabled === true ? [source.uniqueId] : [];
      }
      const answer = use.kind === 'ref' ? this.#facts.resolveRef(use, declared.packageName) : undefined;
      return answer?.kind === 'found' ? [answer.uniqueId] : [];
    });
  }
}

const IN_YAML: ReadonlySet<string> = new Set(['exposure', 'unit_test', 'metric', 'semantic_model', 'saved_query']);
const LINKED: ReadonlySet<string> = new Set(['model', 'seed', 'snapshot', 'analysis', 'test', 'operation', ...IN_YAML]);

/** Parents and children by id; a node without any has no entry. */
function adjacency(edges: readonly LineageEdge[]): Pick<Lineage, 'parents' | 'children'> {
  const parents = new Map<UniqueId, UniqueId[]>();
  const children = new Map<UniqueId, UniqueId[]>();
  for (const { from, to } of edges) {
    parents.set(to, [...(parents.get(to) ?? []), from]);
    children.set(from, [...(children.get(from) ?? []), to]);
  }
  return { parents, children };
}

/** Lives while a manifest is put together. */
class ManifestParts {
  readonly #nodes = new Map<UniqueId, ExecutableNode>();
  readonly #sources = new Map<UniqueId, SourceNode>();
  readonly #exposures = new Map<UniqueId, ExposureNode>();
  readonly #unitTests = new Map<UniqueId, UnitTestNode>();
  readonly #semantic = new Map<UniqueId, SemanticNode>();
  readonly #groups = new Map<UniqueId, GroupNode>();
  readonly #macros = new Map<UniqueId, MacroNode>();
  readonly #docs = new Map<UniqueId, DocNode>();
  readonly #disabled = new Map<UniqueId, ManifestNode>();

  add(node: ManifestNode): void {
    // A test of something that is not there stays among the nodes, switched off, as dbt leaves it.
    const isSwitchedOff = 'enabled' in node && !node.enabled && !(node.resourceType === 'test' && node.lacksTarget);
    if (isSwitchedOff) {
      this.#disabled.set(node.uniqueId, node);
      return;
    }
    switch (node.resourceType) {
      case 'source':
        this.#sources.set(node.uniqueId, node);
        break;
      case 'exposure':
        this.#exposures.set(node.uniqueId, node);
        break;
      case 'unit_test':
        this.#unitTests.set(node.uniqueId, node);
        break;
      case 'metric':
      case 'semantic_model':
      case 'saved_query':
        this.#semantic.set(node.uniqueId, node);
        break;
      case 'group':
        this.#groups.set(node.uniqueId, node);
        break;
      case 'macro':
        this.#macros.set(node.uniqueId, node);
        break;
      case 'doc':
        this.#docs.set(node.uniqueId, node);
        break;
      case 'model':
      case 'seed':
      case 'snapshot':
      case 'test':
      case 'analysis':
      case 'operation':
      case 'sql_operation':
        this.#nodes.set(node.uniqueId, node);
        break;
    }
  }

  finish(): Manifest {
    this.#disableOrphans();
    const parents = new Map<UniqueId, readonly UniqueId[]>();
    const children = new Map<UniqueId, UniqueId[]>();
    for (const id of [...this.#nodes.keys(), ...this.#sources.keys()]) children.set(id, []);
    const linked = [
      ...this.#nodes.values(),
      ...this.#exposures.values(),
      ...this.#unitTests.values(),
      ...this.#semantic.values(),
    ];
    for (const source of this.#sources.keys()) parents.set(source, []);
    for (const node of linked) {
      parents.set(node.uniqueId, node.dependsOn.nodes);
      for (const parent of node.dependsOn.nodes) children.set(parent, [...(children.get(parent) ?? []), node.uniqueId]);
    }
    return {
      nodes: this.#nodes,
      sources: this.#sources,
      exposures: this.#exposures,
      unitTests: this.#unitTests,
      semantic: this.#semantic,
      groups: this.#groups,
      macros: this.#macros,
      docs: this.#docs,
      disabled: this.#disabled,
      parents,
      children,
    };
  }

  /** A unit test of a disabled model is disabled with it. */
  #disableOrphans(): void {
    for (const node of this.#unitTests.values()) {
      if (node.testedNode !== undefined) continue;
      this.#unitTests.delete(node.uniqueId);
      this.#disabled.set(node.uniqueId, node);
    }
  }
}

/** The strongly connected parts of the graph with more than one node, and nodes that depend on themselves. */
function cyclesOf({ edges, parents }: Lineage): readonly (readonly UniqueId[])[] {
  const found: UniqueId[][] = [];
  const state = new Map<UniqueId, 'open' | 'done'>();
  for (const { to } of edges) if (state.get(to) === undefined) findCycle(to, parents, state, found);
  return found;
}

function findCycle(
  start: UniqueId,
  parents: Lineage['parents'],
  state: Map<UniqueId, 'open' | 'done'>,
  found: UniqueId[][],
): void {
  const path: { readonly id: UniqueId; next: number }[] = [{ id: start, next: 0 }];
  state.set(start, 'open');
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    const parent = parents.get(top.id)?.[top.next];
    top.next += 1;
    if (parent === undefined) {
      state.set(top.id, 'done');
      path.pop();
    } else if (state.get(parent) === 'open') {
      const from = path.findIndex(({ id }) => id === parent);
      found.push(path.slice(from).map(({ id }) => id));
    } else if (state.get(parent) === undefined) {
      state.set(parent, 'open');
      path.push({ id: parent, next: 0 });
    }
  }
}
