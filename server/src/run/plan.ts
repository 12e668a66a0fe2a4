import type { ExecutableNode, Manifest, ResourceType, UniqueId, UnitTestNode } from '../dbt/manifest/node.ts';

/** The commands that work on nodes. */
export type RunCommand = 'compile' | 'run' | 'build' | 'test' | 'seed' | 'snapshot' | 'clone';

/** The nodes of a command and what each waits for. */
export interface Plan {
  /** In an order in which they could run one after the other. */
  readonly nodes: readonly PlannedNode[];
  /** The planned nodes that must have ended well before this one starts. */
  readonly waitsFor: ReadonlyMap<UniqueId, ReadonlySet<UniqueId>>;
}

/** A node a command works on, with what a person wants to read about it. */
export interface PlannedNode {
  readonly id: UniqueId;
  readonly name: string;
  readonly resourceType: ResourceType;
  /** `view`, `table` …; `undefined` for tests. */
  readonly materialized: string | undefined;
  /** The relation as the warehouse writes it; `undefined` for what has none. */
  readonly relation: string | undefined;
  readonly file: string;
}

/** The kinds of nodes that each command works on. */
export const commandTypes: Readonly<Record<RunCommand, ReadonlySet<ResourceType>>> = {
  compile: new Set(['model', 'seed', 'snapshot', 'test', 'analysis', 'operation', 'sql_operation']),
  run: new Set(['model']),
  build: new Set(['model', 'seed', 'snapshot', 'test', 'unit_test']),
  test: new Set(['test', 'unit_test']),
  seed: new Set(['seed']),
  snapshot: new Set(['snapshot']),
  clone: new Set(['model', 'seed', 'snapshot']),
};

/** What to do for the selected ids: ephemeral models drop out, since they live inside of what uses them. */
export function planRun(command: RunCommand, selected: readonly UniqueId[], manifest: Manifest): Plan {
  const nodes = selected.flatMap(id => workOf(id, command, manifest));
  const planned = new Set(nodes.map(node => node.uniqueId));
  const waitsFor = new Map<UniqueId, Set<UniqueId>>();
  for (const id of planned) waitsFor.set(id, WITHOUT_ORDER.has(command) ? new Set() : upstream(id, planned, manifest));
  if (command === 'build') addTestEdges(waitsFor, nodes, manifest);
  return { nodes: inOrder(nodes, waitsFor).map(describe), waitsFor };
}

/** How many nodes of a plan may come to run side by side: the most that stand equally far from its beginning. */
export function widthOf({ nodes, waitsFor }: Plan): number {
  const levels = new Map<UniqueId, number>();
  const widths: number[] = [];
  for (const { id } of nodes) {
    const above = [...(waitsFor.get(id) ?? [])].map(it => (levels.get(it) ?? -1) + 1);
    const level = above.reduce((most, it) => Math.max(most, it), 0);
    levels.set(id, level);
    widths[level] = (widths[level] ?? 0) + 1;
  }
  return widths.reduce((most, it) => Math.max(most, it), 0);
}

/** Commands whose nodes do not need one another. */
const WITHOUT_ORDER: ReadonlySet<RunCommand> = new Set(['test', 'clone']);

function workOf(id: UniqueId, command: RunCommand, manifest: Manifest): readonly (ExecutableNode | UnitTestNode)[] {
  const node = manifest.nodes.get(id) ?? manifest.unitTests.get(id);
  if (node === undefined || !commandTypes[command].has(node.resourceType)) return [];
  return node.config.get('materialized') === 'ephemeral' ? [] : [node];
}

/** The nearest planned nodes above, through whatever is not planned. */
function upstream(id: UniqueId, planned: ReadonlySet<UniqueId>, manifest: Manifest): Set<UniqueId> {
  const found = new Set<UniqueId>();
  const seen = new Set<UniqueId>();
  const open = [...(manifest.parents.get(id) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    if (planned.has(next)) found.add(next);
    else open.push(...(manifest.parents.get(next) ?? []));
  }
  return found;
}

/**
 * In a build a model waits for the tests of everything above it, and for its own unit tests, which themselves need
 * only what the model needs.
 */
function addTestEdges(
  waitsFor: Map<UniqueId, Set<UniqueId>>,
  nodes: readonly (ExecutableNode | UnitTestNode)[],
  manifest: Manifest,
): void {
  const works = nodes.filter(node => node.resourceType !== 'test' && node.resourceType !== 'unit_test');
  const planned = new Set(works.map(node => node.uniqueId));
  for (const node of nodes) {
    if (node.resourceType === 'unit_test') addUnitTest(waitsFor, node);
    if (node.resourceType !== 'test') continue;
    for (const below of belowAll(node.dependsOn.nodes, manifest)) {
      if (planned.has(below)) waitsFor.get(below)?.add(node.uniqueId);
    }
  }
}

function addUnitTest(waitsFor: Map<UniqueId, Set<UniqueId>>, test: UnitTestNode): void {
  const tested = test.testedNode === undefined ? undefined : waitsFor.get(test.testedNode);
  if (tested === undefined) return;
  waitsFor.set(test.uniqueId, new Set([...tested].filter(id => !id.startsWith('unit_test.'))));
  tested.add(test.uniqueId);
}

/** The nodes that lie below every one of these. */
function belowAll(ids: readonly UniqueId[], manifest: Manifest): readonly UniqueId[] {
  const [first, ...rest] = ids.map(id => descendants(id, manifest));
  if (first === undefined) return [];
  return [...first].filter(id => rest.every(set => set.has(id)));
}

function descendants(id: UniqueId, manifest: Manifest): ReadonlySet<UniqueId> {
  const found = new Set<UniqueId>();
  const open = [...(manifest.children.get(id) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    open.push(...(manifest.children.get(next) ?? []));
  }
  return found;
}

/** Each node after what it waits for; nodes of a cycle keep their place at the end, for the scheduler never starts them. */
function inOrder<N extends { readonly uniqueId: UniqueId }>(
  nodes: readonly N[],
  waitsFor: ReadonlyMap<UniqueId, ReadonlySet<UniqueId>>,
): readonly N[] {
  const done = new Set<UniqueId>();
  const ordered: N[] = [];
  let rest = nodes;
  while (rest.length > 0) {
    const ready = rest.filter(node => [...(waitsFor.get(node.uniqueId) ?? [])].every(id => done.has(id)));
    if (ready.length === 0) return [...ordered, ...rest];
    for (const node of ready) done.add(node.uniqueId);
    ordered.push(...ready);
    rest = rest.filter(node => !done.has(node.uniqueId));
  }
  return ordered;
}

function describe(node: ExecutableNode | UnitTestNode): PlannedNode {
  const isTest = node.resourceType === 'test' || node.resourceType === 'unit_test';
  const materialized = node.config.get('materialized');
  return {
    id: node.uniqueId,
    name: node.name,
    resourceType: node.resourceType,
    materialized: !isTest && typeof materialized === 'string' ? materialized : undefined,
    relation: 'relation' in node && !isTest ? node.relation.relationName : undefined,
    file: node.file,
  };
}
