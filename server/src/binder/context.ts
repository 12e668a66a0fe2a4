import type { Offset } from '../base/text-range.ts';
import type { DialectName } from '../syntax/sql/dialect.ts';
import type { ColumnRef, NamePart } from '../syntax/sql/expression-nodes.ts';
import { nameKey } from '../syntax/sql/name-key.ts';
import type { Cte, Query, SqlNode, TableName, WindowDefinition } from '../syntax/sql/nodes.ts';
import type { Catalog, KnownRelation } from './catalog.ts';
import type { Value } from './evaluate.ts';
import type { SqlMeaningProblem } from './problem.ts';
import type { BoundColumn, Rows } from './rows.ts';
import type { Reference, Scope } from './scope.ts';
import type { Sources } from './sources.ts';

/** A CTE that can be seen, and those behind it: the nearest first. */
export interface CteScope {
  readonly key: string;
  readonly cte: Cte;
  readonly rows: Rows;
  readonly next: CteScope | undefined;
}

/** What a table name of the text turned out to be. */
export type TableMeaning =
  | { readonly kind: 'cte'; readonly cte: Cte; readonly rows: Rows }
  | { readonly kind: 'known'; readonly relation: KnownRelation }
  | { readonly kind: 'path' }
  | { readonly kind: 'unknown' };

/** The part of a query in which a place lies; it decides which aliases of the select list are seen. */
export type Clause = 'select' | 'from' | 'where' | 'group' | 'having' | 'qualify' | 'window' | 'order' | 'limit';

/** A stretch of text in which names have the same meaning. Later and smaller ones win. */
export interface RecordedPlace {
  readonly start: Offset;
  readonly end: Offset;
  readonly place: Place;
}

/** What binding carries along: the questions it may ask, and the answers it collects. */
export interface BindContext {
  readonly dialect: DialectName;
  readonly text: string;
  readonly catalog: Catalog;
  readonly sources: Sources;
  readonly references: Map<ColumnRef, Reference>;
  readonly tables: Map<TableName, TableMeaning>;
  readonly places: RecordedPlace[];
  /** By code and place, so that what is bound twice is reported once. */
  readonly problems: Map<string, SqlMeaningProblem>;
  /** Every CTE, and those that something reads. */
  readonly ctes: Set<Cte>;
  readonly usedCtes: Set<Cte>;
  readonly reportsStars: boolean;
  /** How many values the one lies within that is looked at now. */
  depth: number;
  readonly bindValue: (place: Place, node: SqlNode) => Value;
  /** Binds a query inside `place`, which correlated names are looked up in. */
  readonly bindQuery: (place: Place, query: Query) => Rows;
}

/** A place in a query: what can be named there. */
export interface Place {
  readonly context: BindContext;
  readonly scope: Scope;
  readonly ctes: CteScope | undefined;
  readonly clause: Clause;
  /** The windows that the WINDOW clause here names, by lower-case name. */
  readonly windows: ReadonlyMap<string, WindowDefinition> | undefined;
  /** The column that DuckDB's COLUMNS(…) stands for now. */
  readonly spread?: BoundColumn | undefined;
  /** Whether this place is inside the arguments of an aggregate, or of a window function. */
  readonly inside: 'aggregate' | 'window' | undefined;
}

/** Adds a problem, once. */
export function report({ problems }: BindContext, problem: SqlMeaningProblem): void {
  problems.set(`${problem.code} ${problem.range.start} ${problem.range.end}`, problem);
}

/** The key of a name at a place; empty when it is missing. */
export const keyOf = ({ context }: Place, part: NamePart | undefined): string =>
  part?.kind === 'name' ? nameKey(part, context.dialect) : '';

/** The keys of the parts that are there. */
export const keysOf = ({ context }: Place, parts: readonly NamePart[]): readonly string[] =>
  parts.filter(it => it.kind === 'name').map(it => nameKey(it, context.dialect));
