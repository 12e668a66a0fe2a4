import { createRequire } from 'node:module';
import { parseSql } from '../../../server/src/syntax/sql/parse.ts';

/** A parser under test: `parse` throws at what it cannot read. */
export interface Parser {
  readonly name: string;
  readonly parse: (sql: string) => unknown;
}

interface NodeSqlParser {
  readonly Parser: new () => { astify(sql: string): unknown };
}

/** PostgreSQL's own parser in WebAssembly, which is loaded once. */
interface LibpgQuery {
  loadModule(): Promise<void>;
  parseSync(sql: string): unknown;
}

interface PgsqlAstParser {
  parse(sql: string): unknown;
}

/** A parser in Rust, in WebAssembly; it says that it failed in its answer. */
interface Polyglot {
  init(): Promise<void>;
  parse(sql: string, dialect: string): { readonly success: boolean; readonly error?: string };
}

const load = createRequire(import.meta.url);

/** Our own parser first, then the others that are installed. */
export async function parsers(): Promise<readonly Parser[]> {
  const nodeSqlParsers = ['postgresql', 'snowflake', 'bigquery'].map(nodeSqlParser);
  return [own, ...nodeSqlParsers, await libpgQuery(), pgsqlAstParser(), await polyglot('postgresql')];
}

const own: Parser = {
  name: 'own postgres',
  parse: sql => {
    const tree = parseSql(sql, 'postgres');
    if (tree.problems.length > 0) throw new Error(tree.problems[0]?.message);
    return tree;
  },
};

function nodeSqlParser(grammar: string): Parser {
  const { Parser } = load(`node-sql-parser/build/${grammar}`) as NodeSqlParser;
  const parser = new Parser();
  return { name: `node-sql-parser ${grammar}`, parse: sql => parser.astify(sql) };
}

async function libpgQuery(): Promise<Parser> {
  const library = load('libpg-query') as LibpgQuery;
  await library.loadModule();
  return { name: 'libpg-query', parse: sql => library.parseSync(sql) };
}

function pgsqlAstParser(): Parser {
  const library = load('pgsql-ast-parser') as PgsqlAstParser;
  return { name: 'pgsql-ast-parser', parse: sql => library.parse(sql) };
}

async function polyglot(dialect: string): Promise<Parser> {
  const library = load('@polyglot-sql/sdk') as Polyglot;
  await library.init();
  const parse = (sql: string): unknown => {
    const answer = library.parse(sql, dialect);
    if (!answer.success) throw new Error(answer.error);
    return answer;
  };
  return { name: `polyglot-sql ${dialect}`, parse };
}

/** Which of some texts a parser reads, and why it does not read the others, by their positions. */
export function readBy(
  { parse }: Parser,
  texts: readonly string[],
): { readonly read: readonly string[]; readonly failures: readonly string[] } {
  const read: string[] = [];
  const failures: string[] = [];
  for (const [at, text] of texts.entries()) {
    try {
      parse(text);
      read.push(text);
    } catch (error) {
      failures.push(`query ${at + 1}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
    }
  }
  return { read, failures };
}
