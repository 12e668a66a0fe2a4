import type { TextRange } from '../../base/text-range.ts';
import { argument } from './arguments.ts';
import { Cursor, type Rules, type SqlProblem } from './cursor.ts';
import type { DialectName } from './dialect.ts';
import { expression } from './expressions.ts';
import { fromItem } from './from.ts';
import { grammarOf } from './grammar.ts';
import { lexemes } from './lexemes.ts';
import type { Script } from './nodes.ts';
import { startsQueryAt } from './query-start.ts';
import { query, subquery } from './query.ts';
import { selectItem } from './select.ts';
import { statements } from './statements.ts';
import { orderBy } from './tail.ts';
import { scanSql, type SqlToken } from './tokens.ts';

export type { SqlProblem } from './cursor.ts';

/** A parsed text. */
export interface SqlTree {
  readonly text: string;
  readonly dialect: DialectName;
  /** Every token, blanks and comments included; they tile the text. */
  readonly tokens: readonly SqlToken[];
  readonly root: Script;
  /** In the order of the text. A problem says what this parser cannot read, which is not always wrong. */
  readonly problems: readonly SqlProblem[];
}

const RULES: Rules = { expression, argument, query, subquery, fromItem, selectItem, orderBy };

/**
 * Parses SQL of a dialect. Never fails: what is missing is a `missing` node, what fits nowhere an `error` node, both
 * with a problem, and everything around them is read as if they were not there. Queries are read to the last name;
 * other statements are told apart. Time is linear in the length of the text.
 */
export function parseSql(text: string, dialect: DialectName): SqlTree {
  const grammar = grammarOf(dialect);
  const tokens = scanSql(text, grammar.lexicon);
  const p = new Cursor(text, grammar, lexemes(tokens, startsQueryAt(grammar)), RULES);
  const root: Script = { kind: 'script', statements: statements(p), start: 0, end: text.length };
  return { text, dialect, tokens, root, problems: inOrder([...tokenProblems(text, tokens), ...p.problems]) };
}

/** What the scanner could not make sense of. */
function tokenProblems(text: string, tokens: readonly SqlToken[]): readonly SqlProblem[] {
  return tokens.filter(it => it.kind === 'error').map(it => problemOfToken(text, it));
}

function problemOfToken(text: string, range: TextRange): SqlProblem {
  const first = text.charAt(range.start);
  const message = UNENDED.get(first) ?? `unexpected '${first}'`;
  return { message, range: { start: range.start, end: range.end }, expected: [] };
}

const UNENDED: ReadonlyMap<string, string> = new Map([
  ["'", 'this string has no end'],
  ['"', 'this quoted name has no end'],
  ['`', 'this quoted name has no end'],
  ['/', 'this comment has no end'],
  ['$', 'this string has no end'],
]);

const inOrder = (problems: readonly SqlProblem[]): readonly SqlProblem[] =>
  problems.toSorted((a, b) => a.range.start - b.range.start);
