import type { TextRange } from '../../base/text-range.ts';
import type { GroupingSets, OrderBy, Query, SelectItem, Subquery, TableName } from './nodes.ts';

/** Something the grammar demands, right behind the last token before it. Zero-width. */
export interface Missing extends TextRange {
  readonly kind: 'missing';
  /** What belongs here, in words: `column name`. */
  readonly expected: string;
}

/** A stretch of tokens that fit nowhere and were skipped. */
export interface ErrorNode extends TextRange {
  readonly kind: 'error';
}

/** One part of a name. */
export interface Name extends TextRange {
  readonly kind: 'name';
  /** What it names, quotes and their escapes taken off; letters as written. */
  readonly text: string;
  readonly quoted: boolean;
}

export type NamePart = Name | Missing;

export type Expression =
  | ColumnRef
  | Star
  | Literal
  | TypedLiteral
  | Interval
  | Parameter
  | Unary
  | Binary
  | Is
  | In
  | Between
  | Like
  | Case
  | Cast
  | Call
  | Index
  | Field
  | JsonPath
  | Subquery
  | Exists
  | ArrayQuery
  | ArrayLiteral
  | StructLiteral
  | Comprehension
  | Parentheses
  | Row
  | Quantified
  | AtTimeZone
  | Collate
  | Lambda
  | Keyword
  | Missing;

/** `a`, `t.a`, `s.t.a.b`: which parts are table, column and field is for the binder to say. */
export interface ColumnRef extends TextRange {
  readonly kind: 'column';
  readonly parts: readonly NamePart[];
}

/** `*`, `t.*`, and what takes columns out of it or changes them. */
export interface Star extends TextRange {
  readonly kind: 'star';
  /** What stands before the dot: a name, or any other value. */
  readonly qualifier: Expression | undefined;
  readonly modifiers: readonly StarModifier[];
}

export type StarModifier = StarNames | StarReplace | StarRename | StarPattern;

/** EXCEPT or EXCLUDE. */
export interface StarNames extends TextRange {
  readonly kind: 'star-except';
  readonly columns: readonly ColumnRef[];
}

export interface StarReplace extends TextRange {
  readonly kind: 'star-replace';
  readonly items: readonly SelectItem[];
}

export interface StarRename extends TextRange {
  readonly kind: 'star-rename';
  readonly items: readonly SelectItem[];
}

/** `* ilike '%x'`. */
export interface StarPattern extends TextRange {
  readonly kind: 'star-pattern';
  readonly operator: string;
  readonly pattern: Expression;
}

export interface Literal extends TextRange {
  readonly kind: 'literal';
  readonly type: 'null' | 'boolean' | 'number' | 'string' | 'default';
}

/** `date '2024-01-01'`. */
export interface TypedLiteral extends TextRange {
  readonly kind: 'typed-literal';
  readonly type: TypeName;
  readonly value: Literal;
}

export interface Interval extends TextRange {
  readonly kind: 'interval';
  readonly value: Expression;
  /** The unit words: `day`, `year to month`. */
  readonly unit: Keyword | undefined;
}

/** `$1`, `?`, `:name`, `@name`, `$name`, `{name: Type}`. */
export interface Parameter extends TextRange {
  readonly kind: 'parameter';
}

export interface Unary extends TextRange {
  readonly kind: 'unary';
  /** Lower case: `not`, `-`, `prior`. */
  readonly operator: string;
  readonly operand: Expression;
}

export interface Binary extends TextRange {
  readonly kind: 'binary';
  /** Lower case: `and`, `||`, `is not distinct from`. */
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
}

/** `a is not null`, `a isnull`, `a is json object`. */
export interface Is extends TextRange {
  readonly kind: 'is';
  readonly operand: Expression;
  readonly negated: boolean;
  /** Lower case: `null`, `true`, `json`. */
  readonly test: string;
}

export interface In extends TextRange {
  readonly kind: 'in';
  readonly operand: Expression;
  readonly negated: boolean;
  /** A row of values, a subquery, or an array. */
  readonly set: Expression;
}

export interface Between extends TextRange {
  readonly kind: 'between';
  readonly operand: Expression;
  readonly negated: boolean;
  readonly low: Expression;
  readonly high: Expression;
}

export interface Like extends TextRange {
  readonly kind: 'like';
  readonly operand: Expression;
  readonly negated: boolean;
  /** `like`, `ilike`, `similar to`, `rlike`, `regexp`, `glob`. */
  readonly operator: string;
  readonly quantifier: 'any' | 'all' | 'some' | undefined;
  readonly pattern: Expression;
  readonly escape: Expression | undefined;
}

export interface Case extends TextRange {
  readonly kind: 'case';
  readonly operand: Expression | undefined;
  readonly branches: readonly When[];
  readonly otherwise: Expression | undefined;
}

export interface Cast extends TextRange {
  readonly kind: 'cast';
  /** `::`, `cast`, `try_cast`, `safe_cast`. */
  readonly operator: string;
  readonly operand: Expression;
  readonly type: TypeName | Missing;
  readonly format: Expression | undefined;
  readonly skipped: ErrorNode | undefined;
}

/** A function call, or a function that is called by its bare name (`current_date`). */
export interface Call extends TextRange {
  readonly kind: 'call';
  /** What a method is called on: `[1, 2].list_sum()`. */
  readonly receiver: Expression | undefined;
  readonly name: readonly NamePart[];
  readonly distinct: boolean;
  readonly arguments: readonly Argument[];
  readonly orderBy: OrderBy | undefined;
  readonly limit: Expression | undefined;
  /** HAVING MAX / MIN of BigQuery, WHERE inside the parentheses. */
  readonly condition: Expression | undefined;
  readonly nulls: 'ignore' | 'respect' | undefined;
  /** Words at the end of the list that were read as they are: ON OVERFLOW …, RETURNING …, WITH WRAPPER. */
  readonly options: Keyword | undefined;
  readonly skipped: ErrorNode | undefined;
  readonly withinGroup: OrderBy | undefined;
  readonly filter: Expression | undefined;
  readonly over: WindowSpec | NamePart | undefined;
}

export type Argument = Expression | NamedArgument | AliasedArgument | TypedArgument | Query | TableName | Pair;

/** `name => value`, `name := value`, `name = value` where that names. */
export interface NamedArgument extends TextRange {
  readonly kind: 'named-argument';
  readonly name: Name;
  readonly value: Argument;
}

/** `value as name` inside a call: struct fields. */
export interface AliasedArgument extends TextRange {
  readonly kind: 'aliased-argument';
  readonly value: Expression;
  readonly alias: NamePart;
}

/** `value as type` inside a call that converts. */
export interface TypedArgument extends TextRange {
  readonly kind: 'typed-argument';
  readonly value: Expression;
  readonly type: TypeName | Missing;
}

/** `key: value` or `key value v` in objects and maps. */
export interface Pair extends TextRange {
  readonly kind: 'pair';
  readonly key: Expression | Name;
  readonly value: Expression;
}

export interface Index extends TextRange {
  readonly kind: 'index';
  readonly base: Expression;
  readonly index: readonly (Expression | Slice)[];
}

/** `a.b` where `a` is no name. */
export interface Field extends TextRange {
  readonly kind: 'field';
  readonly base: Expression;
  readonly name: NamePart;
}

/** `base:a.b[0]`. */
export interface JsonPath extends TextRange {
  readonly kind: 'json-path';
  readonly base: Expression;
  readonly steps: readonly (NamePart | Expression)[];
}

export interface Exists extends TextRange {
  readonly kind: 'exists';
  readonly query: Subquery;
}

/** `array(select …)`, `map(select …)`. */
export interface ArrayQuery extends TextRange {
  readonly kind: 'array-query';
  readonly query: Subquery;
}

export interface ArrayLiteral extends TextRange {
  readonly kind: 'array';
  readonly type: TypeName | undefined;
  readonly elements: readonly Argument[];
  readonly skipped: ErrorNode | undefined;
}

/** `{'a': 1}`, `map {…}`; `* ` and spreads stand among the entries as they are. */
export interface StructLiteral extends TextRange {
  readonly kind: 'struct';
  readonly entries: readonly (Pair | Expression)[];
  readonly skipped: ErrorNode | undefined;
}

/** `[value for name in source if filter]`. */
export interface Comprehension extends TextRange {
  readonly kind: 'comprehension';
  readonly value: Argument;
  readonly names: readonly NamePart[];
  readonly source: Expression;
  readonly filter: Expression | undefined;
  readonly skipped: ErrorNode | undefined;
}

export interface Parentheses extends TextRange {
  readonly kind: 'parentheses';
  readonly value: Argument;
  readonly skipped: ErrorNode | undefined;
}

/** `(a, b)`, and the lists of IN. */
export interface Row extends TextRange {
  readonly kind: 'row';
  readonly elements: readonly Argument[];
  readonly skipped: ErrorNode | undefined;
}

/** `any (…)`, `all (…)` behind an operator. */
export interface Quantified extends TextRange {
  readonly kind: 'quantified';
  readonly quantifier: 'any' | 'all' | 'some';
  readonly set: Expression;
}

export interface AtTimeZone extends TextRange {
  readonly kind: 'at-time-zone';
  readonly operand: Expression;
  /** `undefined` in AT LOCAL. */
  readonly zone: Expression | undefined;
}

export interface Collate extends TextRange {
  readonly kind: 'collate';
  readonly operand: Expression;
  readonly collation: TableName | Expression;
}

export interface Lambda extends TextRange {
  readonly kind: 'lambda';
  readonly parameters: readonly NamePart[];
  readonly body: Expression;
}

/** Words that stand where a value could but name none: units, TRIM's BOTH, JSON options. */
export interface Keyword extends TextRange {
  readonly kind: 'keyword';
  /** Lower case, one blank between words; empty for options that are kept as they are. */
  readonly words: string;
}

// Parts of expressions.

export type Part = Name | When | Slice | TypeName | TypeField | WindowSpec | Frame | StarModifier | GroupingSets;

export interface When extends TextRange {
  readonly kind: 'when';
  readonly condition: Expression;
  readonly result: Expression;
}

/** `[low:high:step]`. */
export interface Slice extends TextRange {
  readonly kind: 'slice';
  readonly bounds: readonly Expression[];
}

export interface TypeName extends TextRange {
  readonly kind: 'type';
  /** Lower case, one blank between words, without arguments: `timestamp with time zone`, `struct`, `numeric`. */
  readonly name: string;
  /** Numbers in parentheses, element types, fields. */
  readonly arguments: readonly (Literal | TypeName | TypeField | Missing)[];
  /** How many `[]` or ARRAY follow. */
  readonly dimensions: number;
}

/** A field of a struct type. */
export interface TypeField extends TextRange {
  readonly kind: 'type-field';
  readonly name: NamePart;
  readonly type: TypeName | Missing;
}

export interface WindowSpec extends TextRange {
  readonly kind: 'window-spec';
  readonly base: Name | undefined;
  readonly partitionBy: readonly Expression[];
  readonly orderBy: OrderBy | undefined;
  readonly frame: Frame | undefined;
  readonly skipped: ErrorNode | undefined;
}

export interface Frame extends TextRange {
  readonly kind: 'frame';
  readonly unit: 'rows' | 'range' | 'groups';
  /** The offsets that are expressions: `3` in `3 preceding`. */
  readonly bounds: readonly Expression[];
}
