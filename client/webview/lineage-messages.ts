import type { ColumnLineage, LineageGraph } from '../../server/src/protocol.ts';

/** What the graph panel is told: the graph to draw, and which node to mark; or the lineage of a column. */
export type ToLineagePage =
  | { readonly kind: 'graph'; readonly graph: LineageGraph; readonly selected: string | null }
  | { readonly kind: 'columns'; readonly lineage: ColumnLineage }
  | { readonly kind: 'none'; readonly message: string };

/** What the graph panel asks for. */
export type FromLineagePage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'open'; readonly id: string }
  | { readonly kind: 'around'; readonly id: string }
  | { readonly kind: 'open-column'; readonly id: string }
  | { readonly kind: 'around-column'; readonly id: string }
  | { readonly kind: 'depth'; readonly depth: number | null };
