import type { GridColumn, MoreRows, ResultRest, RowPage } from '../../server/src/protocol.ts';

/** What the panel of rows is told. */
export type ToResultsPage =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly title: string; readonly elapsedSeconds: number }
  | RowsMessage
  | ({ readonly kind: 'page' } & MoreRows)
  | {
      readonly kind: 'failed';
      readonly title: string;
      readonly message: string;
      readonly hasPlace: boolean;
      readonly hasSql: boolean;
    }
  | { readonly kind: 'cancelled'; readonly title: string }
  /** A query that was to be confirmed first; `message` says why. */
  | { readonly kind: 'not-run'; readonly title: string; readonly message: string };

/** A new result with its first page. */
export interface RowsMessage {
  readonly kind: 'rows';
  readonly title: string;
  readonly columns: readonly GridColumn[];
  readonly page: RowPage;
  readonly total: number;
  readonly rest: ResultRest;
  readonly seconds: number;
}

/** A rectangle of cells; all four numbers are inclusive indices. */
export interface CellRange {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** What the panel of rows asks for. */
export type FromResultsPage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'need-rows'; readonly first: number; readonly count: number }
  | { readonly kind: 'copy'; readonly range: CellRange; readonly withNames: boolean }
  | { readonly kind: 'save-csv' }
  | { readonly kind: 'run-again' }
  | { readonly kind: 'build-upstream' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'open-place' }
  | { readonly kind: 'show-sql' };
