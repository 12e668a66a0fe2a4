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

const load = createRequire(import.meta.url);

/** Our own parser first, then the others that are installed. */
export function parsers(): readonly Parser[] {
  return [own, ...['postgresql', 'snowflake', 'bigquery'].map(nodeSqlParser)];
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

/** Which of some texts a parser reads. */
export function readBy({ parse }: Parser, texts: readonly string[]): readonly string[] {
  return texts.filter(it => {
    try {
      parse(it);
      return true;
    } catch {
      return false;
    }
  });
}
