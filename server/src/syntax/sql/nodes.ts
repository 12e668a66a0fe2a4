import type { TextRange } from '../../base/text-range.ts';
import type {
  Argument,
  ErrorNode,
  Expression,
  Keyword,
  Missing,
  NamePart,
  Parameter,
  Part,
  StarNames,
  TypeName,
  WindowSpec,
} from './expression-nodes.ts';

/**
 * Nodes of a SQL tree: plain values with absolute ranges, without parents. The children of a node lie inside it, in
 * the order of the text, and apart from each other. A field that the text does not fill is `undefined`; a part that
 * the grammar demands and the text lacks is a zero-width `missing` node; what nothing could read is an `error` node.
 */
export type SqlNode =
  Script | Statement | QueryNode | FromNode | ClauseNode | Expression | Argument | Part | Missing | ErrorNode;

/** The whole text. */
export interface Script extends TextRange {
  readonly kind: 'script';
  readonly statements: readonly Statement[];
}

/** What a statement does, as far as anyone here needs to tell. */
export type StatementClass =
  'query' | 'change' | 'definition' | 'access' | 'transaction' | 'session' | 'explain' | 'call' | 'other';

/** One statement, without its semicolon. Only queries are read; the others are known by their first words. */
export interface Statement extends TextRange {
  readonly kind: 'statement';
  readonly class: StatementClass;
  /** The words that start it, lower case: `select`, `create table`, `with` for CTEs before a change. */
  readonly verb: string;
  /** The query of a `query` or `explain`. */
  readonly query: Query | undefined;
  readonly skipped: ErrorNode | undefined;
}

// Queries.

export type QueryNode = Query | QueryBody | With | Cte | SelectItem | PipeStep;

/** A query with what surrounds it: CTEs before, sorting and limits behind, pipe steps last. */
export interface Query extends TextRange {
  readonly kind: 'query';
  readonly with: With | undefined;
  readonly body: QueryBody;
  /** The name of rows or of a bracketed query that stand alone. */
  readonly alias: TableAlias | undefined;
  /** Clauses behind the body: `order-by`, `limit`, `offset`, `fetch`, `locking`, `sort-by` and the like, and what was skipped. */
  readonly tail: readonly TailClause[];
  readonly pipes: readonly PipeStep[];
}

export type QueryBody = Select | SetOperation | Values | Subquery | TableQuery | PivotStatement | Describe | Missing;

export interface With extends TextRange {
  readonly kind: 'with';
  readonly recursive: boolean;
  readonly ctes: readonly Cte[];
}

export interface Cte extends TextRange {
  readonly kind: 'cte';
  readonly name: NamePart;
  readonly columns: readonly NamePart[];
  readonly materialized: boolean | undefined;
  /** An expression in dialects that name scalars in WITH. */
  readonly query: Subquery | Expression;
  /** The columns that SEARCH and CYCLE give it besides. */
  readonly added: readonly NamePart[];
  readonly skipped: ErrorNode | undefined;
}

/** SELECT … or, in dialects that begin with it, FROM …; then `items` may be empty and stands for `*`. */
export interface Select extends TextRange {
  readonly kind: 'select';
  /** Whether the text says SELECT. Without it the query is all columns of its FROM. */
  readonly explicit: boolean;
  readonly distinct: boolean;
  readonly distinctOn: readonly Expression[];
  readonly top: Expression | undefined;
  /** BigQuery's SELECT AS STRUCT / AS VALUE. */
  readonly as: 'struct' | 'value' | undefined;
  readonly items: readonly (SelectItem | Missing)[];
  readonly into: TableName | Parameter | Missing | undefined;
  readonly from: From | undefined;
  /** WHERE, GROUP BY, HAVING, QUALIFY, WINDOW … in the order of the text, and what was skipped among them. */
  readonly clauses: readonly SelectClause[];
}

export interface SelectItem extends TextRange {
  readonly kind: 'select-item';
  readonly value: Expression;
  readonly alias: NamePart | undefined;
  /** Names for several outputs: `stack(…) as (a, b)`. */
  readonly aliases: readonly NamePart[];
  readonly skipped: ErrorNode | undefined;
}

export interface SetOperation extends TextRange {
  readonly kind: 'set-operation';
  readonly operator: 'union' | 'intersect' | 'except';
  readonly all: boolean;
  readonly byName: boolean;
  readonly left: QueryBody;
  readonly right: QueryBody;
}

export interface Values extends TextRange {
  readonly kind: 'values';
  readonly rows: readonly Expression[];
}

/** A query in parentheses, wherever one may stand. */
export interface Subquery extends TextRange {
  readonly kind: 'subquery';
  readonly query: Query;
  readonly skipped: ErrorNode | undefined;
}

/** `table t`. */
export interface TableQuery extends TextRange {
  readonly kind: 'table-query';
  readonly table: TableName | Missing;
}

/** DuckDB's PIVOT and UNPIVOT as statements. */
export interface PivotStatement extends TextRange {
  readonly kind: 'pivot-statement';
  readonly direction: 'pivot' | 'unpivot';
  readonly source: FromItem;
  readonly on: readonly PivotColumn[];
  readonly using: readonly (SelectItem | Missing)[];
  readonly groupBy: readonly Expression[];
  /** UNPIVOT … INTO NAME n VALUE v, …. */
  readonly intoName: NamePart | undefined;
  readonly intoValues: readonly NamePart[];
}

/** DESCRIBE, SUMMARIZE or SHOW of a query or table, where that is a query. */
export interface Describe extends TextRange {
  readonly kind: 'describe';
  readonly target: Query | TableName | Missing | undefined;
}

/** `|> operator …`. */
export interface PipeStep extends TextRange {
  readonly kind: 'pipe-step';
  /** Its first words, lower case: `where`, `extend`, `left join`, `union`. */
  readonly operator: string;
  readonly items: readonly (SelectItem | Missing)[];
  readonly groupBy: readonly (SelectItem | Missing)[];
  readonly condition: Expression | undefined;
  readonly alias: NamePart | undefined;
  /** The joined relations, the operands of a set operation, or the clause that has the operator's name. */
  readonly parts: readonly PipePart[];
}

/** What a pipe step may hold besides items. A `join` among them has a `missing` left side: its input is the step before. */
export type PipePart = FromItem | QueryBody | SelectClause | TailClause | Pivot | Unpivot | With | Expression;

// Clauses.

export type ClauseNode = From | SelectClause | TailClause | OrderItem | WindowDefinition;

export interface From extends TextRange {
  readonly kind: 'from';
  readonly items: readonly FromItem[];
}

export type SelectClause = Condition | GroupBy | WindowClause | ConnectBy | Sample | StarNames | ErrorNode;

/** A clause that is a condition. */
export interface Condition extends TextRange {
  readonly kind: 'where' | 'having' | 'qualify' | 'start-with';
  readonly condition: Expression;
}

export interface GroupBy extends TextRange {
  readonly kind: 'group-by';
  /** GROUP BY ALL. */
  readonly all: boolean;
  readonly items: readonly GroupItem[];
  /** WITH ROLLUP, WITH CUBE behind the list. */
  readonly modifier: 'rollup' | 'cube' | 'totals' | undefined;
}

export type GroupItem = Expression | GroupingSets;

/** GROUPING SETS, ROLLUP or CUBE. */
export interface GroupingSets extends TextRange {
  readonly kind: 'grouping-sets';
  readonly type: 'sets' | 'rollup' | 'cube';
  readonly items: readonly GroupItem[];
  readonly skipped: ErrorNode | undefined;
}

export interface WindowClause extends TextRange {
  readonly kind: 'window';
  readonly definitions: readonly WindowDefinition[];
}

export interface WindowDefinition extends TextRange {
  readonly kind: 'window-definition';
  readonly name: NamePart;
  readonly window: WindowSpec | NamePart;
}

export interface ConnectBy extends TextRange {
  readonly kind: 'connect-by';
  readonly condition: Expression;
}

export type TailClause = OrderBy | Limit | Locking | Sample | Condition | WindowClause | ErrorNode;

/** ORDER BY, and Spark's SORT BY, CLUSTER BY and DISTRIBUTE BY. */
export interface OrderBy extends TextRange {
  readonly kind: 'order-by' | 'sort-by' | 'cluster-by' | 'distribute-by';
  /** ORDER BY ALL. */
  readonly all: boolean;
  readonly items: readonly OrderItem[];
}

export interface OrderItem extends TextRange {
  readonly kind: 'order-item';
  readonly value: Expression;
  readonly direction: 'asc' | 'desc' | undefined;
  readonly nulls: 'first' | 'last' | undefined;
}

export interface Limit extends TextRange {
  readonly kind: 'limit' | 'offset' | 'fetch';
  /** `undefined` in LIMIT ALL and FETCH FIRST ROW ONLY. */
  readonly count: Expression | undefined;
  /** The first number of LIMIT 5, 10 is the offset. */
  readonly offset: Expression | undefined;
}

export interface Locking extends TextRange {
  readonly kind: 'locking';
}

// Relations.

export type FromNode =
  | FromItem
  | TableSource
  | TableAlias
  | AliasColumn
  | RelationModifier
  | WithOffset
  | PivotIn
  | PivotColumn
  | PivotAggregate
  | PivotValue;

export type FromItem = Relation | Join | LateralView | Missing | ErrorNode;

/** One source of rows with the name it goes by. */
export interface Relation extends TextRange {
  readonly kind: 'relation';
  readonly lateral: boolean;
  readonly source: TableSource;
  readonly alias: TableAlias | undefined;
  readonly ordinality: boolean;
  readonly offset: WithOffset | undefined;
  readonly modifiers: readonly RelationModifier[];
}

export type TableSource =
  | TableName
  | Subquery
  | Values
  | FromParentheses
  | TableFunction
  | UnpivotObject
  | Pivot
  | Unpivot
  | MatchRecognize
  | Missing;

/** A table, view or CTE by name, a file by its path, a stage, or a path into a nested column (`t.items`). */
export interface TableName extends TextRange {
  readonly kind: 'table-name';
  readonly parts: readonly NamePart[];
}

/** Relations in parentheses: `(a join b on …)`. */
export interface FromParentheses extends TextRange {
  readonly kind: 'from-parentheses';
  readonly items: readonly FromItem[];
  readonly skipped: ErrorNode | undefined;
}

/** A function, ROWS FROM, TABLE(…) or any other expression that gives rows. */
export interface TableFunction extends TextRange {
  readonly kind: 'table-function';
  readonly calls: readonly Argument[];
}

/** Redshift's `unpivot object as value at name`. */
export interface UnpivotObject extends TextRange {
  readonly kind: 'unpivot-object';
  readonly object: Expression;
  readonly value: NamePart | undefined;
  readonly name: NamePart | undefined;
}

export interface TableAlias extends TextRange {
  readonly kind: 'table-alias';
  /** `undefined` in `… as (a int, b text)`. */
  readonly name: NamePart | undefined;
  readonly columns: readonly AliasColumn[];
}

export interface AliasColumn extends TextRange {
  readonly kind: 'alias-column';
  readonly name: NamePart;
  readonly type: TypeName | Missing | undefined;
}

/** BigQuery's WITH OFFSET, Redshift's AT: the name of an element's position. */
export interface WithOffset extends TextRange {
  readonly kind: 'with-offset';
  readonly alias: NamePart | undefined;
}

export type RelationModifier = Sample | TimeTravel | TableHint;

/** TABLESAMPLE, SAMPLE, USING SAMPLE. */
export interface Sample extends TextRange {
  readonly kind: 'sample';
}

/** The version or time at which a table is read. */
export interface TimeTravel extends TextRange {
  readonly kind: 'time-travel';
  readonly at: readonly Argument[];
}

/** Words in parentheses that tell how a table is read. */
export interface TableHint extends TextRange {
  readonly kind: 'table-hint';
}

export type JoinType = 'inner' | 'left' | 'right' | 'full' | 'cross' | 'semi' | 'anti' | 'positional';

export interface Join extends TextRange {
  readonly kind: 'join';
  readonly type: JoinType;
  readonly natural: boolean;
  readonly asof: boolean;
  /** CROSS APPLY and OUTER APPLY: the right side sees the left. */
  readonly apply: boolean;
  readonly left: FromItem;
  /** What was skipped between the left side and the words of the join. */
  readonly skipped: ErrorNode | undefined;
  readonly right: FromItem;
  /** Snowflake's MATCH_CONDITION. */
  readonly match: Expression | undefined;
  readonly on: Expression | undefined;
  readonly using: readonly NamePart[];
}

/** Spark's LATERAL VIEW, with the relations before it. */
export interface LateralView extends TextRange {
  readonly kind: 'lateral-view';
  readonly input: FromItem;
  readonly outer: boolean;
  readonly call: Expression;
  readonly name: NamePart | undefined;
  readonly columns: readonly NamePart[];
}

/** `input pivot (aggregates for column in (values))`. */
export interface Pivot extends TextRange {
  readonly kind: 'pivot';
  /** `undefined` in a pipe step, whose input is the step before. */
  readonly input: FromItem | undefined;
  readonly aggregates: readonly PivotAggregate[];
  readonly columns: readonly PivotIn[];
  readonly groupBy: readonly Expression[];
  readonly skipped: ErrorNode | undefined;
}

export interface PivotAggregate extends TextRange {
  readonly kind: 'pivot-aggregate';
  readonly value: Expression;
  readonly alias: NamePart | undefined;
}

/** `column in (values)`. */
export interface PivotIn extends TextRange {
  readonly kind: 'pivot-in';
  readonly column: Expression;
  readonly values: readonly PivotValue[];
  /** IN (ANY) and IN (SELECT …): the values are not in the text. */
  readonly dynamic: Subquery | OrderBy | Keyword | Expression | undefined;
}

export interface PivotValue extends TextRange {
  readonly kind: 'pivot-value';
  readonly value: Expression;
  readonly alias: Expression | undefined;
}

/** One column of a DuckDB pivot statement, as `column in (values)` where the values are listed. */
export interface PivotColumn extends TextRange {
  readonly kind: 'pivot-column';
  readonly value: Expression;
  readonly alias: NamePart | undefined;
}

/** `input unpivot (value for name in (columns))`. */
export interface Unpivot extends TextRange {
  readonly kind: 'unpivot';
  readonly input: FromItem | undefined;
  readonly includeNulls: boolean;
  /** A column, or a row of columns. */
  readonly value: Expression;
  readonly name: Expression;
  readonly columns: readonly PivotValue[];
  readonly skipped: ErrorNode | undefined;
}

/** MATCH_RECOGNIZE (…): what it gives is read; the pattern and its conditions are kept. */
export interface MatchRecognize extends TextRange {
  readonly kind: 'match-recognize';
  readonly input: FromItem;
  readonly partitionBy: readonly Expression[];
  /** `undefined` when the brackets do not end. */
  readonly measures: readonly SelectItem[] | undefined;
  /** ALL ROWS PER MATCH. */
  readonly allRows: boolean;
}
