import type { DialectName } from './dialect.ts';

/**
 * A second, independent reading of SQL: the kinds of its statements in the order of the text (`select`, `insert` …),
 * those inside CTEs included and `select … into` as `select into`. `undefined` when it cannot read the text: that it
 * refuses means little, what it recognises means a lot.
 */
export type StatementReader = (sql: string, dialect: DialectName) => readonly string[] | undefined;

/** One grammar of node-sql-parser, such as the module `node-sql-parser/build/snowflake`. */
export interface SqlGrammar {
  readonly Parser: new () => { astify(sql: string): unknown };
}

/** Loads a grammar by node-sql-parser's name for it. Called once per grammar, when first needed. */
export type GrammarLoader = (grammar: string) => SqlGrammar;

/** The nearest grammar of node-sql-parser for each dialect; it has none for DuckDB, and its Hive one fails on too much. */
export const GRAMMARS: Readonly<Record<DialectName, string | undefined>> = {
  duckdb: 'postgresql',
  postgres: 'postgresql',
  redshift: 'redshift',
  snowflake: 'snowflake',
  bigquery: 'bigquery',
  databricks: undefined,
  trino: 'trino',
};

/** A `StatementReader` over node-sql-parser. */
export function statementReader(load: GrammarLoader): StatementReader {
  const parsers = new Map<string, { astify(sql: string): unknown }>();
  return (sql, dialect) => {
    const grammar = GRAMMARS[dialect];
    if (grammar === undefined) return undefined;
    const parser = parsers.get(grammar) ?? new (load(grammar).Parser)();
    parsers.set(grammar, parser);
    return kindsOf(astOf(parser, sql));
  };
}

/** The parser throws on whatever it cannot read, its own slips included; both mean that it has no opinion. */
function astOf(parser: { astify(sql: string): unknown }, sql: string): unknown {
  try {
    return parser.astify(sql);
  } catch {
    return undefined;
  }
}

function kindsOf(ast: unknown): readonly string[] | undefined {
  if (ast === undefined || ast === null) return undefined;
  return (Array.isArray(ast) ? ast : [ast]).flatMap(statementKinds);
}

/** The fields of node-sql-parser's tree that tell kinds apart; everything else is left alone. */
interface StatementAst {
  readonly type?: string;
  readonly ast?: StatementAst;
  readonly into?: { readonly expr?: unknown } | null;
  readonly with?: readonly { readonly stmt?: StatementAst }[] | null;
}

function statementKinds(statement: StatementAst | null | undefined): readonly string[] {
  const own = statement?.ast ?? statement;
  if (own?.type === undefined) return [];
  const inCtes = (own.with ?? []).flatMap(it => statementKinds(it.stmt)).filter(it => it !== 'select');
  const kind = own.into?.expr === undefined || own.into.expr === null ? own.type : `${own.type} into`;
  return [kind, ...inCtes];
}
