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
  /** `selectors.yml`, for `selector:name`. */
  readonly selectors: ReadonlyMap<string, SelectionSpec>;
  /** What `state:`, `result:` and `source_status:` compare with. */
  readonly comparison?: StateComparison | undefined;
}

/**
 * The ids a selection names, in the order of ids, with the tests that come along; or dbt's message about a criterion
 * that cannot be asked. A command takes from these the kinds of nodes it works on.
 */
export function select(spec: SelectionSpec, context: SelectionContext): Result<readonly UniqueId[], Refusal> {
  const selector = new Selector(context);
  const selected = selector.select(spec);
  if (selector.failure !== undefined) return err(selector.failure);
  const ids = new Set([...selected.direct, ...selector.testsOfAll(selected)]);
  return ok([...ids].sort());
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

/** What is selected, and tests that come along once everything they test is selected. */
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
  readonly #open: string[] = [];

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
        return spec.parts.map(part => this.select(part)).reduce(combined(union), nothing);
      case 'intersection':
        return this.#intersection(spec.parts);
      case 'difference': {
        const without = this.select(spec.without);
        return combined(difference)(this.select(spec.from), without);
      }
    }
  }

  /** Tests whose every parent is selected. */
  testsOfAll({ direct, indirect }: Selected): readonly UniqueId[] {
    return [...indirect].filter(id => this.#dependencies(id).every(parent => direct.has(parent)));
  }

  #intersection(parts: readonly SelectionSpec[]): Selected {
    const [first = nothing, ...rest] = parts.map(part => this.select(part));
    return rest.reduce(combined(intersection), first);
  }

  #criterion(criterion: Criterion): Selected {
    if (criterion.method === 'selector') return this.#named(criterion);
    const { manifest, projectName, comparison } = this.#context;
    const test = nodeTest(criterion.method, criterion.methodArguments, criterion.value, { projectName, comparison });
    if (!test.ok) {
      this.failure ??= test.failure;
      return nothing;
    }
    const found = new Set<UniqueId>();
    for (const node of this.#nodes.values()) if (test.value(node)) found.add(node.uniqueId);
    const reached = withNeighbours(found, criterion, manifest);
    return this.#withTests(new Set([...reached].filter(id => this.#nodes.has(id))), criterion.indirect);
  }

  /** What another selector of selectors.yml selects, and from there along the graph. */
  #named(criterion: Criterion): Selected {
    const { selectors, manifest } = this.#context;
    const spec = selectors.get(criterion.value);
    if (spec === undefined || this.#open.includes(criterion.value)) {
      this.failure ??= unknownSelector(criterion.value, [...selectors.keys()]);
      return nothing;
    }
    this.#open.push(criterion.value);
    const selected = this.select(spec);
    this.#open.pop();
    const isPlain = criterion.parents === undefined && criterion.children === undefined && !criterion.childrensParents;
    if (isPlain) return selected;
    return this.#withTests(withNeighbours(selected.direct, criterion, manifest), criterion.indirect);
  }

  #withTests(selected: ReadonlySet<UniqueId>, mode: IndirectSelection): Selected {
    if (mode === 'empty') return { direct: selected, indirect: new Set() };
    const direct = new Set(selected);
    const indirect = new Set<UniqueId>();
    const available = mode === 'buildable' ? union(selected, this.#ancestorsOf(selected)) : selected;
    for (const id of selected) {
      for (const child of this.#context.manifest.children.get(id) ?? []) {
        if (selected.has(child) || !this.#isTest(child)) continue;
        const comesAlong = mode === 'eager' || this.#dependencies(child).every(parent => available.has(parent));
        (comesAlong ? direct : indirect).add(child);
      }
    }
    return { direct, indirect };
  }

  #isTest(id: UniqueId): boolean {
    const node = this.#nodes.get(id);
    return node !== undefined && isTest(node);
  }

  #ancestorsOf(ids: ReadonlySet<UniqueId>): ReadonlySet<UniqueId> {
    return reachable(ids, this.#context.manifest.parents, Infinity);
  }

  #dependencies(id: UniqueId): readonly UniqueId[] {
    return dependencies(this.#nodes.get(id) ?? bug('a selected id without a node', { id }));
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

/** The operation on both halves of two selections. */
function combined(operation: SetOperation): (a: Selected, b: Selected) => Selected {
  return (a, b) => ({ direct: operation(a.direct, b.direct), indirect: operation(a.indirect, b.indirect) });
}
