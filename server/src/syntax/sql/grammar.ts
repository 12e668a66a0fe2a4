import { lexiconOf, type DialectName, type Lexicon } from './dialect.ts';

/** What the grammar of a dialect has that others lack; where one is missing, the text means something else or nothing. */
export type Feature =
  /** A query may begin with FROM. */
  | 'from-first'
  /** `|>` steps. */
  | 'pipes'
  /** A comma may stand behind the last select item. */
  | 'trailing-comma'
  /** A comma may stand behind the last element of every list. */
  | 'trailing-commas'
  /** A comma may stand behind the last relation. */
  | 'trailing-from-comma'
  /** SELECT without items. */
  | 'empty-select'
  | 'qualify'
  /** `base:path` reaches into a document. */
  | 'json-colon'
  /** `:name` is a parameter. */
  | 'colon-parameters'
  /** `x -> x + 1` is a function. */
  | 'arrow-lambdas'
  /** `name: value` names a select item or a relation. */
  | 'prefix-aliases'
  | 'lateral-view'
  /** Names of tables may hold dashes. */
  | 'dashed-names'
  /** `@stage/path` is a relation. */
  | 'stages'
  /** `$2` is the second column. */
  | 'numbered-columns'
  /** PIVOT, UNPIVOT, DESCRIBE, SUMMARIZE and SHOW are queries. */
  | 'query-statements'
  /** Relations may be nested columns, unpivoted by UNPIVOT … AT. */
  | 'object-unpivot'
  /** Any run of operator characters is an operator. */
  | 'custom-operators'
  /** Strings that follow each other are one. */
  | 'adjacent-strings'
  /** A row of one needs no parentheses in VALUES. */
  | 'bare-values'
  /** INTERVAL is no name, so any value may follow it. */
  | 'reserved-interval'
  /** TOP before the items. */
  | 'top'
  /** Blocks, loops and branches are statements of their own. */
  | 'scripting'
  /** A CTE needs no AS. */
  | 'optional-as'
  /** DECLARE begins a block, and what it declares ends with semicolons. */
  | 'declare-sections';

/** A dialect, for the parser. */
export interface Grammar {
  readonly name: DialectName;
  readonly lexicon: Lexicon;
  readonly features: ReadonlySet<Feature>;
  /** How tightly each operator binds; a higher number binds tighter. */
  readonly levels: ReadonlyMap<string, number>;
}

/** How tightly the constructs bind that all dialects share. Operators of one's own are in `Grammar.levels`. */
export const LEVEL = {
  or: 1,
  xor: 2,
  and: 3,
  not: 4,
  is: 5,
  comparison: 6,
  /** BETWEEN, IN, LIKE. */
  range: 7,
  /** Operators that the standard does not know. */
  other: 8,
  bitOr: 8.1,
  bitXor: 8.2,
  bitAnd: 8.3,
  shift: 8.4,
  concatenation: 9,
  additive: 10,
  multiplicative: 11,
  power: 12,
  zone: 13,
  collation: 14,
} as const;

const every = (level: number, operators: string): [string, number][] => operators.split(' ').map(it => [it, level]);

const standardLevels: readonly [string, number][] = [
  ...every(LEVEL.or, 'or'),
  ...every(LEVEL.xor, 'xor'),
  ...every(LEVEL.and, 'and'),
  ...every(LEVEL.comparison, '= == <> != < > <= >= <=> ^='),
  ...every(LEVEL.other, '-> ->> #> #>> @> <@ && ~ ~* !~ !~* ~~ ~~* !~~ !~~* <-> #- @@ ^@ ?| ?& & | # << >> ||'),
  ...every(LEVEL.additive, '+ -'),
  ...every(LEVEL.multiplicative, '* / % // div mod'),
  ...every(LEVEL.power, '^ **'),
];

/** C's order of the operators on bits, `^` being one of them. */
const bitLevels: readonly [string, number][] = [
  ...every(LEVEL.bitOr, '|'),
  ...every(LEVEL.bitXor, '^'),
  ...every(LEVEL.bitAnd, '&'),
  ...every(LEVEL.shift, '<< >> >>>'),
];

function grammar(name: DialectName, features: readonly Feature[], levels: readonly [string, number][] = []): Grammar {
  return {
    name,
    lexicon: lexiconOf(name),
    features: new Set(features),
    levels: new Map([...standardLevels, ...levels]),
  };
}

const grammars: Readonly<Record<DialectName, Grammar>> = {
  postgres: grammar('postgres', ['empty-select', 'custom-operators', 'colon-parameters'], every(LEVEL.other, '?')),
  redshift: grammar(
    'redshift',
    ['qualify', 'custom-operators', 'object-unpivot', 'colon-parameters', 'top'],
    every(LEVEL.other, '?'),
  ),
  duckdb: grammar('duckdb', [
    'from-first',
    'trailing-comma',
    'trailing-commas',
    'qualify',
    'arrow-lambdas',
    'prefix-aliases',
    'query-statements',
    'custom-operators',
  ]),
  snowflake: grammar(
    'snowflake',
    [
      'trailing-comma',
      'trailing-from-comma',
      'qualify',
      'json-colon',
      'colon-parameters',
      'arrow-lambdas',
      'stages',
      'numbered-columns',
      'top',
      'scripting',
      'declare-sections',
      'optional-as',
    ],
    every(LEVEL.additive, '||'),
  ),
  bigquery: grammar(
    'bigquery',
    [
      'from-first',
      'pipes',
      'trailing-comma',
      'qualify',
      'dashed-names',
      'arrow-lambdas',
      'adjacent-strings',
      'reserved-interval',
      'scripting',
    ],
    [...bitLevels, ...every(LEVEL.multiplicative, '||')],
  ),
  databricks: grammar(
    'databricks',
    [
      'from-first',
      'pipes',
      'trailing-comma',
      'qualify',
      'json-colon',
      'colon-parameters',
      'arrow-lambdas',
      'lateral-view',
      'adjacent-strings',
      'bare-values',
      'scripting',
      'optional-as',
    ],
    [...bitLevels, ...every(LEVEL.additive, '||')],
  ),
  trino: grammar('trino', ['arrow-lambdas', 'bare-values'], every(LEVEL.concatenation, '||')),
};

/** The grammar of a dialect. */
export const grammarOf = (name: DialectName): Grammar => grammars[name];
