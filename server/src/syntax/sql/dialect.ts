/** The dialects of SQL that Sluice knows, by the names used in settings and documents. */
export type DialectName = 'duckdb' | 'postgres' | 'redshift' | 'snowflake' | 'bigquery' | 'databricks' | 'trino';

/** What a dialect's scanner has to know. Data only: one scanner serves them all. */
export interface Lexicon {
  readonly name: DialectName;
  /** Whether `"x"` names something (standard SQL) or is a string (BigQuery, Spark). */
  readonly doubleQuotes: 'identifier' | 'string';
  /** Whether `` `x` `` names something. */
  readonly backticks: boolean;
  /** Whether a backslash escapes the next character in every `'…'` string. Without it `E'…'` still does where `escapePrefix` says. */
  readonly backslashEscapes: boolean;
  /** Letters that may stand straight before a quote and belong to the string, lower case: `e`, `r`, `b`, `rb` … */
  readonly stringPrefixes: readonly string[];
  /** Prefixes whose strings take backslash escapes although plain strings do not. */
  readonly escapePrefixes: readonly string[];
  /** Prefixes whose strings a backslash cannot keep open. (BigQuery's raw strings keep the backslash, but `r'\''` still goes on.) */
  readonly rawPrefixes: readonly string[];
  readonly tripleQuotes: boolean;
  /** `$$…$$`, and with `tagged` also `$tag$…$tag$`. */
  readonly dollarQuotes: 'none' | 'plain' | 'tagged';
  readonly nestedComments: boolean;
  /** What starts a comment that ends with its line. */
  readonly lineComments: readonly string[];
  /** Characters beside letters, digits and `_` that may continue an unquoted name. */
  readonly nameExtras: string;
  /** Whether any run of operator characters is an operator, as PostgreSQL has it. */
  readonly customOperators: boolean;
  /** Letters that may follow a number straight away (`1L`, `1.5BD`), lower case. */
  readonly numberSuffixes: readonly string[];
  /** Whether `0x` is a value without digits behind it: no bytes, in the Trino of blockchains. */
  readonly emptyHex: boolean;
}

const standard: Lexicon = {
  name: 'postgres',
  doubleQuotes: 'identifier',
  backticks: false,
  backslashEscapes: false,
  stringPrefixes: ['e', 'b', 'x', 'n', 'u&'],
  escapePrefixes: ['e'],
  rawPrefixes: [],
  tripleQuotes: false,
  dollarQuotes: 'tagged',
  nestedComments: true,
  lineComments: ['--'],
  nameExtras: '$',
  customOperators: true,
  numberSuffixes: [],
  emptyHex: false,
};

const lexicons: Readonly<Record<DialectName, Lexicon>> = {
  postgres: standard,
  duckdb: { ...standard, name: 'duckdb', stringPrefixes: ['e', 'x', 'b'] },
  redshift: { ...standard, name: 'redshift', backslashEscapes: true, nameExtras: '$#' },
  snowflake: {
    ...standard,
    name: 'snowflake',
    customOperators: false,
    backslashEscapes: true,
    stringPrefixes: ['x'],
    escapePrefixes: [],
    dollarQuotes: 'plain',
    nestedComments: false,
    lineComments: ['--', '//'],
  },
  bigquery: {
    ...standard,
    name: 'bigquery',
    customOperators: false,
    doubleQuotes: 'string',
    backticks: true,
    backslashEscapes: true,
    stringPrefixes: ['rb', 'br', 'r', 'b'],
    escapePrefixes: [],
    tripleQuotes: true,
    dollarQuotes: 'none',
    nestedComments: false,
    lineComments: ['--', '#'],
    nameExtras: '',
  },
  databricks: {
    ...standard,
    name: 'databricks',
    customOperators: false,
    doubleQuotes: 'string',
    backticks: true,
    backslashEscapes: true,
    stringPrefixes: ['r', 'x'],
    escapePrefixes: [],
    rawPrefixes: ['r'],
    dollarQuotes: 'none',
    nameExtras: '',
    numberSuffixes: ['bd', 'l', 's', 'y', 'f', 'd'],
  },
  trino: {
    ...standard,
    name: 'trino',
    customOperators: false,
    stringPrefixes: ['u&', 'x'],
    escapePrefixes: [],
    dollarQuotes: 'none',
    nestedComments: false,
    nameExtras: '@',
    emptyHex: true,
  },
};

/** The lexicon of a dialect. */
export const lexiconOf = (name: DialectName): Lexicon => lexicons[name];

/** The dialect that an adapter of `profiles.yml` speaks; what is close enough for editing where it speaks none of ours. */
export const dialectOfAdapter = (adapterType: string): DialectName => knownDialect(adapterType) ?? 'postgres';

/** The dialect that an adapter speaks, or `undefined` where it is none of ours, so that no text of it can be judged. */
export function knownDialect(adapterType: string): DialectName | undefined {
  return adapterType in lexicons ? (adapterType as DialectName) : SAME_ENGINE.get(adapterType);
}

/** Adapters of engines that are, or were made to be spoken to like, one of the seven. */
const SAME_ENGINE: ReadonlyMap<string, DialectName> = new Map([
  ['spark', 'databricks'],
  ['glue', 'databricks'],
  ['fabricspark', 'databricks'],
  ['athena', 'trino'],
  ['greenplum', 'postgres'],
  ['materialize', 'postgres'],
  ['risingwave', 'postgres'],
]);
