import { lexiconOf, type DialectName } from '../syntax/sql/dialect.ts';
import type { StatementReader } from '../syntax/sql/independent-parser.ts';
import { scanSql, type SqlToken } from '../syntax/sql/tokens.ts';

/**
 * Why a text may not be run as a preview, in words for the user, or `undefined` when it is one query and nothing more.
 * Two locks: our own scan, which knows few statement kinds and refuses the others, and an independent parser, whose
 * recognition of anything but one query refuses too. Below both, the warehouse opens a read-only transaction where it can.
 */
export function refusal(sql: string, dialect: DialectName, readStatements: StatementReader): string | undefined {
  const words = scanSql(sql, lexiconOf(dialect)).filter(isMeaningful);
  return ownRefusal(sql, dialect, words) ?? secondRefusal(readStatements(sql, dialect));
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
]);

function ownRefusal(sql: string, dialect: DialectName, tokens: readonly SqlToken[]): string | undefined {
  const words = tokens.map(it => sql.slice(it.start, it.end).toLowerCase());
  const first = words[0];
  if (first === undefined) return 'There is no query to preview.';
  const end = words.indexOf(';');
  if (end >= 0 && words.slice(end).some(it => it !== ';')) return SEVERAL;
  if (!QUERY_STARTS.has(first)) return `A preview runs queries only, and this text begins with '${first}'.`;
  const writing = words.find((word, idx) => writes(words, tokens, idx, word));
  if (writing !== undefined) return `A preview runs queries only, and this one contains '${writing}'.`;
  return SELECT_INTO.has(dialect) && selectsInto(words, tokens)
    ? "A preview runs queries only, and 'select … into' makes a table."
    : undefined;
}

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
