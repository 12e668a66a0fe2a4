import type { Offset, TextRange } from '../../base/text-range.ts';

/**
 * The syntax tree of a template. Nodes are plain readonly values with absolute offsets; the tokens between and around
 * them (delimiters, trim markers, whitespace, comments inside tags) stand in the tree's token table.
 */
export type JinjaNode = Statement | Expression | Helper;

/** A node of the body of a template or of a block statement. */
export type Statement =
  | Text
  | Comment
  | Output
  | If
  | For
  | Set
  | SetBlock
  | With
  | Macro
  | CallBlock
  | FilterBlock
  | Do
  | LoopControl
  | Block
  | Autoescape
  | Print
  | Include
  | Import
  | FromImport
  | Extends
  | UnknownTag;

export type Expression =
  | Name
  | NamespaceRef
  | StringLiteral
  | NumberLiteral
  | Constant
  | ListLiteral
  | TupleLiteral
  | DictLiteral
  | GetAttribute
  | GetItem
  | Slice
  | Call
  | Filter
  | Test
  | Unary
  | Binary
  | Compare
  | Concat
  | Conditional
  | Missing;

/** Nodes that are neither: parts of statements and expressions. */
export type Helper = Pair | Keyword | Branch | Parameter | Tag;

export interface NodeBase extends TextRange {
  readonly kind: string;
}

/** Literal text that reaches the output, trimmed whitespace excluded. `raw` for the content of a raw block. */
export interface Text extends NodeBase {
  readonly kind: 'text';
}

/** `{# … #}` in the body of a template. */
export interface Comment extends NodeBase {
  readonly kind: 'comment';
}

/** `{{ … }}`. */
export interface Output extends NodeBase {
  readonly kind: 'output';
  readonly expression: Expression;
  /** The whitespace-free range between the delimiters' inner sides; empty when nothing stands there. */
  readonly closed: boolean;
}

/** One `{% … %}`: its name and whether its end was found. */
export interface Tag extends NodeBase {
  readonly kind: 'tag';
  readonly name: string;
  readonly nameRange: TextRange;
  readonly closed: boolean;
}

interface StatementBase extends NodeBase {
  /** The statement's own tags in order: opening, middle ones, closing. A missing closing tag is simply absent. */
  readonly tags: readonly Tag[];
  /** The offset whose line Python reports for the statement. */
  readonly at: Offset;
}

interface BodyStatement extends StatementBase {
  readonly body: readonly Statement[];
}

/** One `if` or `elif` with its body. */
export interface Branch extends NodeBase {
  readonly kind: 'branch';
  readonly at: Offset;
  readonly test: Expression;
  readonly body: readonly Statement[];
}

export interface If extends StatementBase {
  readonly kind: 'if';
  readonly branches: readonly Branch[];
  readonly otherwise: readonly Statement[] | undefined;
}

export interface For extends BodyStatement {
  readonly kind: 'for';
  readonly target: Expression;
  readonly iterable: Expression;
  readonly filter: Expression | undefined;
  readonly recursive: boolean;
  readonly otherwise: readonly Statement[] | undefined;
}

export interface Set extends StatementBase {
  readonly kind: 'set';
  readonly target: Expression;
  readonly value: Expression;
}

export interface SetBlock extends BodyStatement {
  readonly kind: 'set-block';
  readonly target: Expression;
  /** The innermost filter has no operand. */
  readonly filter: Filter | undefined;
}

export interface With extends BodyStatement {
  readonly kind: 'with';
  readonly targets: readonly Expression[];
  readonly values: readonly Expression[];
}

/** The tags that define something callable; `snapshot` and `data_test` only where whole files are parsed. */
export type MacroTag = 'macro' | 'test' | 'materialization' | 'docs' | 'snapshot' | 'data_test';

export interface Macro extends BodyStatement {
  readonly kind: 'macro';
  readonly tag: MacroTag;
  /** The name as written. */
  readonly name: string;
  readonly nameRange: TextRange;
  /** The name dbt stores it under: `dbt_macro__x`, `dbt_macro__test_x`, `dbt_docs__x` … */
  readonly fullName: string;
  readonly parameters: readonly Parameter[];
  /** `adapter=` of a materialization. */
  readonly adapter: string | undefined;
  /** Whether any parameter has a type annotation. */
  readonly typed: boolean;
}

/** One parameter of a macro or call block. */
export interface Parameter extends NodeBase {
  readonly kind: 'parameter';
  readonly name: string;
  readonly nameRange: TextRange;
  readonly type: string | undefined;
  readonly default: Expression | undefined;
}

export interface CallBlock extends BodyStatement {
  readonly kind: 'call-block';
  readonly parameters: readonly Parameter[];
  readonly call: Call | Missing;
}

export interface FilterBlock extends BodyStatement {
  readonly kind: 'filter-block';
  readonly filter: Filter | Missing;
}

export interface Do extends StatementBase {
  readonly kind: 'do';
  readonly expression: Expression;
}

export interface LoopControl extends StatementBase {
  readonly kind: 'break' | 'continue';
}

export interface Block extends BodyStatement {
  readonly kind: 'block';
  readonly name: string;
  readonly nameRange: TextRange;
  readonly scoped: boolean;
  readonly required: boolean;
}

export interface Autoescape extends BodyStatement {
  readonly kind: 'autoescape';
  readonly value: Expression;
}

export interface Print extends StatementBase {
  readonly kind: 'print';
  readonly items: readonly Expression[];
}

export interface Include extends StatementBase {
  readonly kind: 'include';
  readonly template: Expression;
  readonly ignoreMissing: boolean;
}

export interface Import extends StatementBase {
  readonly kind: 'import';
  readonly template: Expression;
  readonly name: string;
}

export interface FromImport extends StatementBase {
  readonly kind: 'from';
  readonly template: Expression;
  readonly names: readonly { readonly name: string; readonly alias: string }[];
}

export interface Extends extends StatementBase {
  readonly kind: 'extends';
  readonly template: Expression;
}

/** A tag that is no statement here: an unknown name, a closing tag without its opening one. */
export interface UnknownTag extends StatementBase {
  readonly kind: 'unknown';
}

interface ExpressionBase extends NodeBase {
  /** The offset whose line Python reports for the expression. */
  readonly at: Offset;
}

export interface Name extends ExpressionBase {
  readonly kind: 'name';
  readonly name: string;
}

/** `ns.attribute` as the target of `set`. */
export interface NamespaceRef extends ExpressionBase {
  readonly kind: 'namespace-ref';
  readonly name: string;
  readonly attribute: string;
}

export interface StringLiteral extends ExpressionBase {
  readonly kind: 'string';
  readonly value: string;
  /** The source range whose characters are exactly `value`; `undefined` with escapes, CRs or several pieces. */
  readonly verbatim: TextRange | undefined;
  /** Each quoted piece without its quotes; adjacent literals are one value. */
  readonly pieces: readonly TextRange[];
  /** Whether the closing quote of the last piece is there. */
  readonly closed: boolean;
}

export interface NumberLiteral extends ExpressionBase {
  readonly kind: 'number';
  readonly value: number | bigint;
  readonly float: boolean;
}

export interface Constant extends ExpressionBase {
  readonly kind: 'constant';
  readonly value: true | false | null;
}

export interface ListLiteral extends ExpressionBase {
  readonly kind: 'list';
  readonly items: readonly Expression[];
}

export interface TupleLiteral extends ExpressionBase {
  readonly kind: 'tuple';
  readonly items: readonly Expression[];
}

export interface DictLiteral extends ExpressionBase {
  readonly kind: 'dict';
  readonly pairs: readonly Pair[];
}

export interface Pair extends NodeBase {
  readonly kind: 'pair';
  readonly key: Expression;
  readonly value: Expression;
}

export interface GetAttribute extends ExpressionBase {
  readonly kind: 'attribute';
  readonly object: Expression;
  readonly name: string;
  /** Empty, right after the dot, when the name is missing. */
  readonly nameRange: TextRange;
}

export interface GetItem extends ExpressionBase {
  readonly kind: 'item';
  readonly object: Expression;
  readonly index: Expression;
}

export interface Slice extends ExpressionBase {
  readonly kind: 'slice';
  readonly lower: Expression | undefined;
  readonly upper: Expression | undefined;
  readonly step: Expression | undefined;
}

/** `name=value` in a call. */
export interface Keyword extends NodeBase {
  readonly kind: 'keyword';
  readonly name: string;
  readonly nameRange: TextRange;
  readonly value: Expression;
}

/** What stands between the parentheses of a call, filter or test. */
export interface Arguments {
  readonly positional: readonly Expression[];
  readonly named: readonly Keyword[];
  readonly star: Expression | undefined;
  readonly doubleStar: Expression | undefined;
}

export interface Call extends ExpressionBase, Arguments {
  readonly kind: 'call';
  readonly callee: Expression;
  /** From `(` to `)`, or to where the arguments break off. */
  readonly argumentsRange: TextRange;
}

export interface Filter extends ExpressionBase, Arguments {
  readonly kind: 'filter';
  /** Absent for the first filter of a filter block or set block. */
  readonly operand: Expression | undefined;
  readonly name: string;
  readonly nameRange: TextRange;
}

export interface Test extends ExpressionBase, Arguments {
  readonly kind: 'test';
  readonly operand: Expression;
  readonly name: string;
  readonly nameRange: TextRange;
}

export interface Unary extends ExpressionBase {
  readonly kind: 'unary';
  readonly operator: '-' | '+' | 'not';
  readonly operand: Expression;
}

export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**' | 'and' | 'or';

export interface Binary extends ExpressionBase {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in';

/** A chain: `a < b <= c` has two operands after the first. */
export interface Compare extends ExpressionBase {
  readonly kind: 'compare';
  readonly first: Expression;
  readonly rest: readonly { readonly operator: CompareOperator; readonly operand: Expression }[];
}

export interface Concat extends ExpressionBase {
  readonly kind: 'concat';
  readonly items: readonly Expression[];
}

export interface Conditional extends ExpressionBase {
  readonly kind: 'conditional';
  readonly test: Expression;
  readonly consequent: Expression;
  readonly otherwise: Expression | undefined;
}

/** Where an expression should be and is not; zero-width. */
export interface Missing extends ExpressionBase {
  readonly kind: 'missing';
}
