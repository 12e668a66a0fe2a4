import { bug } from '../../base/bug.ts';
import { err, ok, type Result } from '../../base/result.ts';
import type { Manifest, ResourceType, UniqueId } from '../manifest/node.ts';
import { dependencies, isTest, selectableNodes, type Selectable } from './candidates.ts';
import { nodeTest } from './methods.ts';
import { runtimeRefusal, type Refusal } from './refusal.ts';
import type { StateComparison } from './state-methods.ts';
import type { Criterion, IndirectSelection, SelectionSpec } from './spec.ts';

/** What a selection is made in. */
export interface SelectionContext {
  readonly manifest: Manifest;
  /** The root project's name, for `package:this`. */
  readonly projectName: string;
  /** What `state:`, `result:` and `source_status:` compare with. */
  readonly comparison?: StateComparison | undefined;
}

/**
 * The ids a selection names, in the order of ids, with the tests that come along; or dbt's message about a criterion
 * that cannot be asked. A command takes from these the kinds of nodes it works on.
 */
export function select(spec: SelectionSpec, context: SelectionContext): Result<readonly UniqueId[], Refusal> {
  const selector = new Selector(context);
  const { direct } = selector.select(spec);
  return selector.failure === undefined ? ok([...direct].sort()) : err(selector.failure);
}

/** The ids of the wanted kinds. */
export function ofTypes(
  ids: readonly UniqueId[],
  manifest: Manifest,
  types: ReadonlySet<ResourceType>,
): readonly UniqueId[] {
  const nodes = selectableNodes(manifest);
  return ids.filter(id => {
    const node = nodes.get(id);
    return node !== undefined && types.has(node.resourceType);
  });
}

/** What is selected, and with it the tests that come along once everything they test is selected. */
interface Selected {
  readonly direct: ReadonlySet<UniqueId>;
  readonly indirect: ReadonlySet<UniqueId>;
}

const nothing: Selected = { direct: new Set(), indirect: new Set() };

/** Lives for one selection. */
class Selector {
  failure: Refusal | undefined;
  readonly #context: SelectionContext;
  readonly #nodes: ReadonlyMap<UniqueId, Selectable>;

  constructor(context: SelectionContext) {
    this.#context = context;
    this.#nodes = selectableNodes(context.manifest);
  }

  select(spec: SelectionSpec): Selected {
    switch (spec.kind) {
      case 'everything':
        return { direct: new Set(this.#nodes.keys()), indirect: new Set() };
      case 'criterion':
        return this.#criterion(spec);
      case 'union':
        return this.#combined(spec.parts, union, spec.indirect);
      case 'intersection':
        return this.#combined(spec.parts, intersection, spec.indirect);
      case 'difference':
        return this.#combined([spec.from, spec.without], difference, 'eager');
    }
  }

  /** Puts parts together; tests join whose every parent is there now. */
  #combined(parts: readonly SelectionSpec[], combine: SetOperation, mode: IndirectSelection): Selected {
    const [first = nothing, ...rest] = parts.map(part => this.select(part));
    const direct = rest.reduce((all, part) => combine(all, part.direct), first.direct);
    const reach = ({ direct: own, indirect }: Selected): ReadonlySet<UniqueId> => union(own, indirect);
    const indirect = rest.reduce((all, part) => combine(all, reach(part)), reach(first));
    return { direct: this.#withComplete(direct, indirect, mode), indirect };
  }

  #withComplete(
    direct: ReadonlySet<UniqueId>,
    indirect: ReadonlySet<UniqueId>,
    mode: IndirectSelection,
  ): ReadonlySet<UniqueId> {
    if (mode !== 'cautious' && mode !== 'buildable') return direct;
    const available = mode === 'buildable' ? union(direct, this.#ancestorsOf(direct)) : direct;
    const complete = [...indirect].filter(id => this.#isDataTest(id) && this.#hasParentsIn(id, available));
    return union(direct, new Set(complete));
  }

  #criterion(criterion: Criterion): Selected {
    const { manifest, projectName, comparison } = this.#context;
    const test = nodeTest(criterion, { projectName, comparison, nodes: this.#nodes.values() });
    if (!test.ok) {
      this.failure ??= test.failure;
      return nothing;
    }
    const found = new Set<UniqueId>();
    for (const node of this.#nodes.values()) if (test.value(node)) found.add(node.uniqueId);
    const reached = withNeighbours(found, criterion, manifest);
    return this.#withTests(new Set([...reached].filter(id => this.#nodes.has(id))), criterion.indirect);
  }

  #withTests(selected: ReadonlySet<UniqueId>, mode: IndirectSelection): Selected {
    if (mode === 'empty') return { direct: selected, indirect: new Set() };
    const direct = new Set(selected);
    const indirect = new Set<UniqueId>();
    const available = mode === 'buildable' ? this.#buildable(selected) : selected;
    for (const id of selected) {
      for (const child of this.#context.manifest.children.get(id) ?? []) {
        if (selected.has(child) || !this.#isTest(child)) continue;
        const comesAlong = mode === 'eager' || this.#hasParentsIn(child, available);
        (comesAlong ? direct : indirect).add(child);
      }
    }
    return { direct, indirect };
  }

  /** What is there when the selection has been built: all that is above it, and all sources. */
  #buildable(selected: ReadonlySet<UniqueId>): ReadonlySet<UniqueId> {
    const sources = new Set(this.#context.manifest.sources.keys());
    return union(union(selected, this.#ancestorsOf(selected)), sources);
  }

  #isTest(id: UniqueId): boolean {
    const node = this.#nodes.get(id);
    return node !== undefined && isTest(node);
  }

  #isDataTest(id: UniqueId): boolean {
    return this.#nodes.get(id)?.resourceType === 'test';
  }

  #ancestorsOf(ids: ReadonlySet<UniqueId>): ReadonlySet<UniqueId> {
    return reachable(ids, this.#context.manifest.parents, Infinity);
  }

  #hasParentsIn(id: UniqueId, ids: ReadonlySet<UniqueId>): boolean {
    const node = this.#nodes.get(id) ?? bug('a selected id without a node', { id });
    return dependencies(node).every(parent => ids.has(parent));
  }
}

/** dbt's message about a selector that selectors.yml does not have. */
export function unknownSelector(name: string, known: readonly string[]): Refusal {
  const expected = known.map(it => `'${it}'`).join(', ');
  return runtimeRefusal(`Could not find selector named ${name}, expected one of [${expected}]`);
}

function withNeighbours(found: ReadonlySet<UniqueId>, criterion: Criterion, manifest: Manifest): ReadonlySet<UniqueId> {
  const { parents, children } = manifest;
  if (criterion.childrensParents) {
    const below = union(found, reachable(found, children, Infinity));
    return union(below, reachable(below, parents, Infinity));
  }
  const above = criterion.parents === undefined ? nothing.direct : reachable(found, parents, criterion.parents);
  const below = criterion.children === undefined ? nothing.direct : reachable(found, children, criterion.children);
  return union(found, union(above, below));
}

/** What can be reached along the edges in at most `depth` steps. */
function reachable(
  from: ReadonlySet<UniqueId>,
  edges: ReadonlyMap<UniqueId, readonly UniqueId[]>,
  depth: number,
): ReadonlySet<UniqueId> {
  const found = new Set<UniqueId>();
  let front: readonly UniqueId[] = [...from];
  for (let step = 0; step < depth && front.length > 0; step++) {
    front = front.flatMap(id => edges.get(id) ?? []).filter(id => !found.has(id) && found.add(id));
  }
  return found;
}

type SetOperation = (a: ReadonlySet<UniqueId>, b: ReadonlySet<UniqueId>) => ReadonlySet<UniqueId>;

const union: SetOperation = (a, b) => new Set([...a, ...b]);
const intersection: SetOperation = (a, b) => new Set([...a].filter(id => b.has(id)));
const difference: SetOperation = (a, b) => new Set([...a].filter(id => !b.has(id)));
