import type { Dice } from './dice.ts';

/** Families of types: values of one can be put where another of it stands. */
export type Family =
  | 'number'
  | 'text'
  | 'date'
  | 'moment'
  | 'boolean'
  | 'zoned'
  | 'span'
  | 'clock'
  | 'numbers'
  | 'texts'
  | 'struct'
  | 'structs'
  | 'map'
  | 'json'
  | 'bytes'
  | 'other';

/** A column that a query can use. */
export interface Column {
  readonly text: string;
  readonly name: string;
  readonly family: Family;
}

/** A query and the names and families of its columns that another query may use. */
export interface Generated {
  readonly sql: string;
  readonly columns: readonly { readonly name: string; readonly family: Family }[];
}

/** What stands behind FROM, and the columns it has. */
export interface Relation {
  readonly sql: string;
  readonly columns: readonly Column[];
}

/** What a rule of a grammar can ask for. Every call makes something new. */
export interface Maker {
  readonly dice: Dice;
  /** Whether nothing may depend on the order in which an engine happens to read rows. */
  readonly isOrdered: boolean;
  /** A name that nothing else in the query has. */
  name(prefix: string): string;
  /** A value of a family over some columns; `depth` says how many layers it may have. */
  value(family: Family, columns: readonly Column[], depth: number): string;
  /** A column of a family, if there is one. */
  column(family: Family, columns: readonly Column[]): string | undefined;
  /** One relation with an alias. */
  relation(): Relation;
  /** Relations with joins between them. */
  from(): Relation;
  /** A whole query. */
  query(): Generated;
}

/** What a rule for values gets: a maker for its operands. */
export interface ValueMaker {
  readonly dice: Dice;
  readonly isOrdered: boolean;
  /** An operand of a family. */
  of(family: Family): string;
  /** A constant of a family. */
  constant(family: Family): string;
  /** A name that nothing else in the query has. */
  name(prefix: string): string;
  /** A relation that does not see the query around it. */
  relation(): Relation;
  column(family: Family, columns: readonly Column[]): string | undefined;
}

export type ValueRule = (it: ValueMaker) => string;

/** What an engine has beside what all engines have. A rule that does not apply answers `undefined`. */
export interface Grammar {
  readonly constants: Partial<Readonly<Record<Family, readonly string[]>>>;
  readonly values: Partial<Readonly<Record<Family, readonly ValueRule[]>>>;
  /** Aggregates, by the family of what they give. */
  readonly aggregates: readonly (readonly [Family, ValueRule])[];
  /** Frames and the like behind a window's ORDER BY. */
  readonly frames: readonly string[];
  /** Relations that stand on their own. */
  readonly relations: readonly ((it: Maker) => Relation | undefined)[];
  /** What can stand behind other relations, `outer`, and may use their columns. */
  readonly joins: readonly ((it: Maker, outer: Relation) => Relation | undefined)[];
  /** Queries of a shape of their own. */
  readonly queries: readonly ((it: Maker) => Generated | undefined)[];
  /** Queries that nothing stands around, so that nobody needs to know their columns. */
  readonly finals: readonly string[];
  /** Set operators. */
  readonly setOperators: readonly string[];
  /** Words of joins. A comma binds less than they do, so that not every engine lets a condition reach over it. */
  readonly joinWords: readonly string[];
  /** Whether joins take any comparison. */
  readonly comparesInJoins: boolean;
}
