import type { PackedRows } from '../base/packed-rows.ts';
import type { Cell, InsertTarget, ResultColumn, StatementResult } from '../base/statement.ts';
import type { Result } from '../base/result.ts';
import type { CostEstimate, Credentials, Statement, WarehouseFailure } from './warehouse.ts';

/** What the parent asks of the warehouse process, by method. Ids of sessions and streams are made by the process. */
export interface WarehouseMethods {
  /** Says which warehouse this process is for; the first request, and sent once. */
  readonly configure: { readonly params: WarehouseTarget; readonly result: undefined };
  readonly openSession: { readonly params: undefined; readonly result: number };
  readonly execute: {
    readonly params: { readonly session: number; readonly sql: string; readonly fetch: boolean };
    readonly result: StatementResult;
  };
  /** A failure of a statement is among the answers. */
  readonly executeAll: {
    readonly params: { readonly session: number; readonly statements: readonly Statement[] };
    readonly result: readonly Result<StatementResult, WarehouseFailure>[];
  };
  readonly insertRows: {
    readonly params: { readonly session: number; readonly target: InsertTarget; readonly rows: PackedRows };
    readonly result: number;
  };
  readonly query: {
    readonly params: { readonly session: number; readonly sql: string; readonly pageSize: number };
    /** The first page comes along, so that showing it takes one round trip. */
    readonly result: {
      readonly stream: number;
      readonly columns: readonly ResultColumn[];
      readonly first: readonly (readonly Cell[])[] | undefined;
    };
  };
  readonly estimate: {
    readonly params: { readonly session: number; readonly sql: string };
    readonly result: CostEstimate | undefined;
  };
  readonly nextPage: {
    readonly params: { readonly stream: number };
    readonly result: readonly (readonly Cell[])[] | undefined;
  };
  readonly closeStream: { readonly params: { readonly stream: number }; readonly result: undefined };
  readonly closeSession: { readonly params: { readonly session: number }; readonly result: undefined };
  readonly close: { readonly params: undefined; readonly result: undefined };
}

/** Which warehouse: the target's credentials, and the folder that relative paths in them start from. */
export interface WarehouseTarget {
  readonly credentials: Credentials;
  readonly projectRoot: string;
}

export type WarehouseMethod = keyof WarehouseMethods;
export type ParamsOf<M extends WarehouseMethod> = WarehouseMethods[M]['params'];
export type AnswerOf<M extends WarehouseMethod> = Result<WarehouseMethods[M]['result'], WarehouseFailure>;

/** One request; a union, so that a switch over `method` knows its `params`. */
export type WarehouseRequest = {
  readonly [M in WarehouseMethod]: {
    readonly kind: 'request';
    readonly id: number;
    readonly method: M;
    readonly params: ParamsOf<M>;
  };
}[WarehouseMethod];

/** From the parent to the process. `cancel` stops the request of that id; it is answered all the same. */
export type ToWarehouse = WarehouseRequest | { readonly kind: 'cancel'; readonly id: number };

/** From the process to the parent: the answer to one request. */
export interface FromWarehouse {
  readonly id: number;
  readonly answer: AnswerOf<WarehouseMethod>;
}
