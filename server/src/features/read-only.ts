import { lexiconOf, type DialectName } from '../syntax/sql/dialect.ts';
import type { StatementReader } from '../syntax/sql/independent-parser.ts';
import { parseSql } from '../syntax/sql/parse.ts';
import { scanSql, type SqlToken } from '../syntax/sql/tokens.ts';
import { descendants } from '../syntax/sql/visit.ts';
import { writesWhenCalled } from './writing-functions.ts';

/**
 * Why a text may not be run as a preview, in words for the user, or `undefined` when it is one query and nothing more.
 * Three locks: a scan of the words, which knows few beginnings and refuses the others; our parser; and an independent
 * one. Whatever any of them takes for more than one query is refused. Below all, the warehouse opens a read-only
 * transaction where it can.
 */
export function refusal(sql: string, dialect: DialectName, readStatements: StatementReader): string | undefined {
  const words = scanSql(sql, lexiconOf(dialect)).filter(isMeaningful);
  return ownRefusal(sql, dialect, words) ?? parsedRefusal(sql, dialect) ?? secondRefusal(readStatements(sql, dialect));
}

const isMeaningful = (token: SqlToken): boolean => token.kind !== 'space' && token.kind !== 'comment';

/** What a query may begin with. `from` begins one in DuckDB; `(` begins a set operation or a bracketed query. */
const QUERY_STARTS = new Set([
  'select',
  'with',
  'from',
  'values',
  'table',
  '(',
  'pivot',
  'unpivot',
  'describe',
  'summarize',
  'show',
  'explain',
]);

/** Words that change data or structure wherever they stand as a statement of their own, also inside a CTE. */
const WRITING_WORDS = new Set([
  'insert',
  'update',
  'delete',
  'merge',
  'truncate',
  'drop',
  'alter',
  'create',
  'grant',
  'revoke',
  'copy',
  'call',
  'vacuum',
  'attach',
  'detach',
  'install',
  'load',
  'set',
  'export',
  'import',
  'execute',
  'refresh',
  'replace',
  'unload',
]);

/** Whether a text begins as a query that the warehouse plans, and not as a statement that only shows something. */
export function isPlanned(sql: string, dialect: DialectName): boolean {
  const first = scanSql(sql, lexiconOf(dialect)).find(isMeaningful);
  const word = first && sql.slice(first.start, first.end).toLowerCase();
  return word !== undefined && QUERY_STARTS.has(word) && !SHOWING_VERBS.has(word);
}

function ownRefusal(sql: string, dialect: DialectName, tokens: readonly SqlToken[]): string | undefined {
  const words = tokens.map(it => sql.slice(it.start, it.end).toLowerCase());
  const first = words[0];
  if (first === undefined) return 'There is no query to preview.';
  const end = words.indexOf(';');
  if (end >= 0 && words.slice(end).some(it => it !== ';')) return SEVERAL;
  if (!QUERY_STARTS.has(first)) return `A preview runs queries only, and this text begins with '${first}'.`;
  const writing = words.find((word, idx) => writes(words, tokens, idx, word));
  if (writing !== undefined) return `A preview runs queries only, and this one contains '${writing}'.`;
  const called = tokens.map((_, idx) => calledAt(words, tokens, idx, dialect)).find(it => it !== undefined);
  if (called !== undefined) return `A preview only reads, and '${called}' does more.`;
  return SELECT_INTO.has(dialect) && selectsInto(words, tokens) ? MAKES_TABLE : undefined;
}

const MAKES_TABLE = "A preview runs queries only, and 'select … into' makes a table.";

/**
 * A writing word begins a statement after `(` (a data-changing CTE) or behind the CTEs of a `with`, or is what `explain
 * analyze` would really run. Elsewhere the same letters are a name: `set` in `… as set`, `load` as a column.
 */
function writes(words: readonly string[], tokens: readonly SqlToken[], idx: number, word: string): boolean {
  if (tokens[idx]?.kind !== 'name' || !WRITING_WORDS.has(word)) return false;
  const before = words[idx - 1];
  const after = tokens[idx + 1];
  const beginsStatement = before === '(' || before === ')' || words[0] === 'explain';
  // A column or a function of that name is followed by punctuation; a statement goes on with a word.
  return (
    beginsStatement &&
    after !== undefined &&
    (after.kind === 'name' || after.kind === 'quoted-name' || after.kind === 'string')
  );
}

/** The function that is called at a token, with what stands before its dots, when it does more than read. */
function calledAt(
  words: readonly string[],
  tokens: readonly SqlToken[],
  idx: number,
  dialect: DialectName,
): string | undefined {
  if (!isName(tokens[idx])) return undefined;
  let first = idx;
  while (words[first - 1] === '.' && isName(tokens[first - 2])) first -= 2;
  const name = words
    .slice(first, idx + 1)
    .map(unquoted)
    .join('');
  // Snowflake's sequences are read like a column: each look takes a number.
  if (dialect === 'snowflake' && first < idx && words[idx] === 'nextval') return name;
  return words[idx + 1] === '(' && writesWhenCalled(name, dialect) ? name : undefined;
}

const isName = (token: SqlToken | undefined): boolean => token?.kind === 'name' || token?.kind === 'quoted-name';

const unquoted = (word: string): string => word.replace(/^["`](.*)["`]$/s, '$1');

/** What our parser recognises: several statements, one that is no query, a query that makes a table. */
function parsedRefusal(sql: string, dialect: DialectName): string | undefined {
  const { root } = parseSql(sql, dialect);
  if (root.statements.length > 1) return SEVERAL;
  const other = root.statements.find(it => it.query === undefined && !SHOWING_VERBS.has(it.verb));
  if (other !== undefined) return `A preview runs queries only, and this is '${other.verb}'.`;
  const makesTable = [...descendants(root)].some(it => it.kind === 'select' && it.into !== undefined);
  return makesTable && SELECT_INTO.has(dialect) ? MAKES_TABLE : undefined;
}

/** Statements that show something and are no queries in every dialect. */
const SHOWING_VERBS = new Set(['show', 'describe', 'desc', 'summarize', 'explain']);

/** The dialects where `select … into x` makes a table; elsewhere `into` belongs to other clauses. */
const SELECT_INTO: ReadonlySet<DialectName> = new Set(['postgres', 'redshift']);

function selectsInto(words: readonly string[], tokens: readonly SqlToken[]): boolean {
  return words.some((word, idx) => {
    if (word !== 'into' || tokens[idx]?.kind !== 'name') return false;
    const after = tokens[idx + 1];
    return (
      words[idx - 1] !== 'as' && words[idx - 1] !== '.' && (after?.kind === 'name' || after?.kind === 'quoted-name')
    );
  });
}

function secondRefusal(kinds: readonly string[] | undefined): string | undefined {
  const writing = kinds?.find(it => !READING_KINDS.has(it));
  if (writing !== undefined) return `A preview runs queries only, and this has a statement of kind '${writing}'.`;
  return kinds !== undefined && kinds.length > 1 ? SEVERAL : undefined;
}

const READING_KINDS = new Set(['select', 'union', 'show', 'desc', 'describe', 'explain']);

const SEVERAL = 'A preview runs one query; this text has several statements.';
