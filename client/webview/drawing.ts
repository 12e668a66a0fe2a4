import type { ColumnLineage, LineageGraph, LineageNode, LineageNodeKind } from '../../server/src/protocol.ts';

/** What the graph view draws: boxes, perhaps with a row for each column that matters, and what joins them. */
export interface Drawing {
  readonly boxes: readonly Box[];
  readonly edges: readonly DrawnEdge[];
  /** The box in the middle. */
  readonly selected: string | null;
}

export interface Box {
  readonly id: string;
  readonly name: string;
  readonly detail: string;
  readonly description: string | null;
  readonly kind: LineageNodeKind;
  readonly rows: readonly BoxRow[];
}

export interface BoxRow {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly title: string;
  readonly isFocus: boolean;
}

/** An edge between boxes, or between rows of them. Its kind decides how it looks. */
export interface DrawnEdge {
  readonly from: string;
  readonly to: string;
  readonly fromRow: string | undefined;
  readonly toRow: string | undefined;
  readonly kind: string;
}

/** The graph of nodes as a drawing. */
export function drawingOfNodes({ nodes, edges }: LineageGraph, selected: string | null): Drawing {
  return {
    boxes: nodes.map(it => boxOf(it, [])),
    edges: edges.map(({ from, to, kind }) => ({ from, to, fromRow: undefined, toRow: undefined, kind })),
    selected,
  };
}

/**
 * The lineage of a column as a drawing: a box for each node, a row for each of its columns that takes part. Columns that
 * only decide about rows are left out unless they are asked for.
 */
export function drawingOfColumns(lineage: ColumnLineage, { withRows }: { readonly withRows: boolean }): Drawing {
  const edges = lineage.edges.filter(it => withRows || VALUE_KINDS.has(it.kind));
  const joined = new Set([lineage.focus, ...edges.flatMap(it => [it.from, it.to])]);
  const columns = lineage.columns.filter(it => joined.has(it.id));
  const nodeOf = new Map(columns.map(it => [it.id, it.node.id]));
  const nodes = new Map(columns.map(it => [it.node.id, it.node]));
  const boxes = [...nodes.values()].map(node => {
    const rows = columns.filter(it => it.node.id === node.id).map(it => rowOf(it, it.id === lineage.focus));
    return boxOf(node, rows);
  });
  const drawn = edges.flatMap(({ from, to, kind }) => {
    const ends = { from: nodeOf.get(from), to: nodeOf.get(to) };
    if (ends.from === undefined || ends.to === undefined) return [];
    return [{ from: ends.from, to: ends.to, fromRow: from, toRow: to, kind }];
  });
  return { boxes, edges: drawn, selected: nodeOf.get(lineage.focus) ?? null };
}

const VALUE_KINDS: ReadonlySet<string> = new Set(['copied', 'transformed', 'aggregated']);

function boxOf(node: LineageNode, rows: readonly BoxRow[]): Box {
  const { id, name, kind, description } = node;
  return { id, name, kind, description, detail: detailOf(node), rows };
}

function rowOf(column: ColumnLineage['columns'][number], isFocus: boolean): BoxRow {
  const { id, name, type, typeSource, description } = column;
  const facts = [type === null ? name : `${name} ${type}`, typeSource, description].filter(it => it !== null);
  return { id, name, type: type ?? '', title: facts.join('\n\n'), isFocus };
}

function detailOf(node: LineageNode): string {
  const kind = node.kind === 'model' ? (node.materialized ?? 'model') : node.kind.replace('-', ' ');
  return node.package === null ? kind : `${kind} · ${node.package}`;
}
