/** What a layout needs to know of an edge. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
}

/** A node's place: its column (the longest way from a start) and its row within the column. */
export interface NodePlace {
  readonly id: string;
  readonly column: number;
  readonly row: number;
}

/**
 * Puts the nodes of a graph into columns so that edges lead to the right, and orders each column so that few edges
 * cross. Edges that close a cycle are left out of the layout. The same graph always looks the same.
 */
export function layout(ids: readonly string[], edges: readonly GraphEdge[]): readonly NodePlace[] {
  const forward = withoutCycles(ids, edges);
  const columns = columnsOf(ids, forward);
  const ordered = withFewCrossings(columns, forward);
  return ordered.flatMap((column, index) =>
    centred(column, ordered).map(({ id, row }) => ({ id, column: index, row })),
  );
}

interface Forward {
  readonly children: ReadonlyMap<string, readonly string[]>;
  readonly parents: ReadonlyMap<string, readonly string[]>;
  /** Every node after all of its parents. */
  readonly order: readonly string[];
}

/** Walks depth first without recursion, because chains may be thousands long. */
function withoutCycles(ids: readonly string[], edges: readonly GraphEdge[]): Forward {
  const known = new Set(ids);
  const all = grouped(edges.filter(it => known.has(it.from) && known.has(it.to) && it.from !== it.to));
  const state = new Map<string, 'open' | 'done'>();
  const kept: GraphEdge[] = [];
  const finished: string[] = [];
  for (const start of ids) {
    if (state.has(start)) continue;
    const stack = [{ id: start, next: 0 }];
    state.set(start, 'open');
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const child = all.get(top.id)?.[top.next++];
      if (child === undefined) {
        state.set(top.id, 'done');
        finished.push(top.id);
        stack.pop();
      } else if (state.get(child) !== 'open') {
        kept.push({ from: top.id, to: child });
        if (!state.has(child)) {
          state.set(child, 'open');
          stack.push({ id: child, next: 0 });
        }
      }
    }
  }
  return {
    children: grouped(kept),
    parents: grouped(kept.map(({ from, to }) => ({ from: to, to: from }))),
    order: finished.reverse(),
  };
}

function grouped(edges: readonly GraphEdge[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const { from, to } of edges) {
    const group = groups.get(from);
    if (group === undefined) groups.set(from, [to]);
    else if (!group.includes(to)) group.push(to);
  }
  return groups;
}

/** The longest way from a start decides the column; a start then moves right, up to its nearest child. */
function columnsOf(ids: readonly string[], graph: Forward): readonly (readonly string[])[] {
  const columnOf = new Map<string, number>();
  for (const id of graph.order) {
    const before = (graph.parents.get(id) ?? []).map(it => columnOf.get(it) ?? 0);
    columnOf.set(id, before.length === 0 ? 0 : Math.max(...before) + 1);
  }
  for (const id of graph.order.toReversed()) {
    const after = (graph.children.get(id) ?? []).map(it => columnOf.get(it) ?? 0);
    const isStart = (graph.parents.get(id) ?? []).length === 0;
    if (isStart && after.length > 0) columnOf.set(id, Math.min(...after) - 1);
  }
  const columns: string[][] = [];
  for (const id of ids) (columns[columnOf.get(id) ?? 0] ??= []).push(id);
  return [...columns].map(it => it ?? []);
}

/** A few sweeps in both directions, each ordering a column by the middle of its neighbours in the one before. */
function withFewCrossings(columns: readonly (readonly string[])[], graph: Forward): readonly (readonly string[])[] {
  let ordered = columns;
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const isForward = sweep % 2 === 0;
    const neighbours = isForward ? graph.parents : graph.children;
    const rows = new Map(ordered.flatMap(column => column.map((id, row) => [id, row] as const)));
    const sequence = isForward ? ordered.keys() : [...ordered.keys()].reverse();
    const next = [...ordered];
    for (const index of sequence) {
      const column = sortedByMiddle(next[index] ?? [], neighbours, rows);
      column.forEach((id, row) => rows.set(id, row));
      next[index] = column;
    }
    ordered = next;
  }
  return ordered;
}

const SWEEPS = 8;

function sortedByMiddle(
  column: readonly string[],
  neighbours: ReadonlyMap<string, readonly string[]>,
  rows: ReadonlyMap<string, number>,
): readonly string[] {
  const middle = new Map(
    column.map((id, row) => {
      const around = (neighbours.get(id) ?? []).map(it => rows.get(it) ?? 0);
      // A node without neighbours there stays where it is.
      return [id, around.length === 0 ? row : around.reduce((sum, it) => sum + it, 0) / around.length] as const;
    }),
  );
  return column.toSorted((a, b) => (middle.get(a) ?? 0) - (middle.get(b) ?? 0));
}

/** Short columns stand in the middle of the longest one. */
function centred(
  column: readonly string[],
  all: readonly (readonly string[])[],
): readonly { readonly id: string; readonly row: number }[] {
  const longest = all.reduce((most, it) => Math.max(most, it.length), 0);
  const offset = (longest - column.length) / 2;
  return column.map((id, row) => ({ id, row: row + offset }));
}
