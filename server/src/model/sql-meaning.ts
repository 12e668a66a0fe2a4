import { outputOf } from '../binder/bind.ts';
import { functionInfo, functionsOf, type FunctionInfo } from '../binder/functions.ts';
import { meaningAt, type Meaning } from '../binder/meaning-at.ts';
import type { Rows } from '../binder/rows.ts';
import { scopeAt, type VisibleScope } from '../binder/scope-at.ts';
import { typeText } from '../binder/type-names.ts';
import { spellingsOf } from '../binder/type-spellings.ts';
import type { SqlType } from '../binder/types.ts';
import type { Offset } from '../base/text-range.ts';
import type { DialectName } from '../syntax/sql/dialect.ts';
import type { BoundStatement } from './sql-facts.ts';

/** The columns a statement gives; `undefined` when it is no query. */
export const outputColumns = ({ binding }: BoundStatement): Rows | undefined => outputOf(binding);

/** What can be named at a place of a statement, and what kind of thing is expected there. */
export const visibleAt = ({ binding }: BoundStatement, offset: Offset): VisibleScope | undefined =>
  scopeAt(binding, offset);

/** What the word at a place of a statement means. */
export const wordMeaning = ({ binding }: BoundStatement, offset: Offset): Meaning | undefined =>
  meaningAt(binding, offset);

/** A type as the dialect spells it; `undefined` for one that is not known. */
export const typeName = (type: SqlType | undefined, dialect: DialectName): string | undefined =>
  typeText(type, dialect);

/** The functions of a dialect that Sluice knows. */
export const dialectFunctions = (dialect: DialectName): Iterable<FunctionInfo> => functionsOf(dialect);

/** What is known of a function. */
export const dialectFunction = (name: string, dialect: DialectName): FunctionInfo | undefined =>
  functionInfo(name, dialect);

/** The names of the types of a dialect, as it shows them. */
export const dialectTypes = (dialect: DialectName): readonly string[] => [
  ...new Set(spellingsOf(dialect).texts.values()),
];
