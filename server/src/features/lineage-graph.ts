import type { UniqueId } from '../dbt/manifest/node.ts';
import type { LineageEdge, ModelDb } from '../model/db.ts';
import type { LineageItem } from './lineage-neighbours.ts';
import { lineageItem } from './lineage-neighbours.ts';

/** Which part of the graph: so many steps around a node, or all of it when `around` is `undefined`. */
export interface LineageGraphOptions {
  readonly around: UniqueId | undefined;
  readonly upstream: number;
  readonly downstream: number;
}

/** Nodes, sorted by id, and the edges between them. Tests are not drawn: each would hang on its model and lead nowhere. */
export interface LineageGraph {
  readonly items: readonly LineageItem[];
  readonly edges: readonly LineageEdge[];
}

/** The graph around a node, or that of the whole project; `undefined` when there is no such node. */
export function lineageGraph(db: ModelDb, options: LineageGraphOptions): LineageGraph | undefined {
  const lineage = db.lineage();
  const { around } = options;
  if (around !== undefined && db.node(around) === undefined) return undefined;
  const ids =
    around === undefined
      ? new Set(lineage.edges.flatMap(it => [it.from, it.to]))
      : new Set([
          ...reached(around, lineage.parents, options.upstream),
          ...reached(around, lineage.children, options.downstream),
        ]);
  const items = [...ids].sort().flatMap(it => lineageItem(db, it) ?? []);
  const shown = new Set(items.filter(it => !isTest(it)).map(it => it.uniqueId));
  return {
    items: items.filter(it => shown.has(it.uniqueId)),
    edges: lineage.edges.filter(it => shown.has(it.from) && shown.has(it.to)),
  };
}

/** The nodes that can be reached from one in at most so many steps, itself included. */
function reached(
  from: UniqueId,
  next: ReadonlyMap<UniqueId, readonly UniqueId[]>,
  steps: number,
): ReadonlySet<UniqueId> {
  const found = new Set([from]);
  let border: readonly UniqueId[] = [from];
  for (let step = 0; step < steps && border.length > 0; step++) {
    border = border.flatMap(it => next.get(it) ?? []).filter(it => !found.has(it));
    for (const it of border) found.add(it);
  }
  return found;
}

const isTest = (item: LineageItem): boolean =>
  item.node.resourceType === 'test' || item.node.resourceType === 'unit_test';
