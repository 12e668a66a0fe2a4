import type { Cursor } from './cursor.ts';
import type { ErrorNode } from './expression-nodes.ts';
import type { Query, Statement, StatementClass } from './nodes.ts';
import { startsQuery } from './query-start.ts';
import { words } from './words.ts';

/** The statements of a text, cut at semicolons. */
export function statements(p: Cursor): readonly Statement[] {
  const list: Statement[] = [];
  p.repeat(() => {
    p.repeat(() => p.accept(';'));
    if (p.isEnd()) return false;
    list.push(statement(p));
    return true;
  });
  return list;
}

function statement(p: Cursor): Statement {
  const { start } = p.current;
  const verb = p.is('(') ? 'select' : p.word();
  if (mayHoldBlocks(p)) {
    const end = p.endOfBlocks();
    if (end !== undefined) return blockStatement(p, end);
  }
  if (isProcedureCall(p)) return otherStatement(p, 'call', statementVerb(p));
  const isChange = p.is('with') && changesData(p);
  if (isChange) return otherStatement(p, 'change', 'with');
  if (p.is('from') && insertsFrom(p)) return otherStatement(p, 'change', 'from');
  if (startsQuery(p) || p.is('from')) return queryStatement(p, 'query', verb);
  if (p.is('explain')) return explain(p);
  const known = CLASSES.get(verb);
  if (known !== undefined) return otherStatement(p, known, statementVerb(p));
  if (verb === '' || p.kind() !== 'name') return queryStatement(p, 'query', 'select');
  p.reportUnexpected();
  const { end } = otherStatement(p, 'other', verb);
  return {
    kind: 'statement',
    class: 'other',
    verb,
    query: undefined,
    skipped: { kind: 'error', start, end },
    start,
    end,
  };
}

const MAKERS = words('create alter define with');
const BLOCK_STARTS = words('begin declare if while for loop repeat case create alter define');

/** Whether the statement here can be one that holds others; most cannot. */
const mayHoldBlocks = (p: Cursor): boolean =>
  p.isOneOf(BLOCK_STARTS) || (p.kind() === 'name' && p.word(1) === ':') || isProcedureCall(p);

/** Snowflake's `with name as procedure …`, which is called at once. */
const isProcedureCall = (p: Cursor): boolean => p.is('with') && p.word(2) === 'as' && p.word(3) === 'procedure';

/** A statement with others inside, up to its own semicolon. */
function blockStatement(p: Cursor, end: number): Statement {
  const { start } = p.current;
  const isLabelled = p.word(1) === ':';
  const first = p.word(isLabelled ? 2 : 0);
  const of = MAKERS.has(first) ? (CLASSES.get(first) ?? 'call') : 'other';
  const verb = MAKERS.has(first) ? statementVerb(p) : first;
  p.skipTo(() => p.index >= end);
  return { kind: 'statement', class: of, verb, query: undefined, skipped: undefined, ...p.rangeFrom(start) };
}

function queryStatement(p: Cursor, of: StatementClass, verb: string): Statement {
  const { start } = p.current;
  const query: Query = p.rules.query(p);
  const skipped = leftovers(p);
  return { kind: 'statement', class: of, verb, query, skipped, ...p.rangeFrom(Math.min(start, query.start)) };
}

function leftovers(p: Cursor): ErrorNode | undefined {
  if (p.isEnd() || p.is(';')) return undefined;
  p.reportUnexpected();
  return p.skipTo(() => p.is(';'));
}

const CLASSES: ReadonlyMap<string, StatementClass> = new Map<string, StatementClass>([
  ...classed('change', 'insert update delete merge truncate copy replace upsert load unload export import put get'),
  ...classed(
    'definition',
    'create alter drop rename comment refresh undrop vacuum analyze analyse optimize cache uncache msck define apply',
  ),
  ...classed('definition', 'convert restore generate security'),
  ...classed('access', 'grant revoke deny reassign'),
  ...classed('transaction', 'begin commit rollback start end abort savepoint release'),
  ...classed(
    'session',
    'set unset reset use declare attach detach install force pragma show describe desc summarize checkpoint',
  ),
  ...classed('session', 'add clear listen notify unlisten'),
  ...classed('call', 'call execute exec do prepare deallocate fetch close open kill list ls remove rm'),
  ...classed(
    'other',
    'if while for loop repeat case break continue leave iterate return raise let exception assert lock unlock reindex cluster discard',
  ),
]);

function classed(of: StatementClass, words: string): [string, StatementClass][] {
  return words.split(' ').map(it => [it, of]);
}

/** Words that say more about a statement than its first one: what is created, dropped or altered. */
const OBJECT_WORDS: ReadonlySet<string> = words(
  'table view schema database function procedure macro index sequence type role user stage stream task warehouse model extension policy trigger into from transaction',
);

/** `create table` of `create or replace temporary table`. */
function statementVerb(p: Cursor): string {
  const verb = p.word();
  for (let n = 1; n < 6 && p.kind(n) === 'name'; n++) {
    if (OBJECT_WORDS.has(p.word(n))) return `${verb} ${p.word(n)}`;
  }
  return verb;
}

const CHANGES: ReadonlySet<string> = new Set(['insert', 'update', 'delete', 'merge']);

/** Whether the WITH here leads to a change: the first word behind its CTEs tells. */
function changesData(p: Cursor): boolean {
  for (let n = 1; p.kind(n) !== 'end' && p.word(n) !== ';'; n++) {
    n = p.word(n) === '(' ? (p.distanceToCloser(n) ?? n) : n;
    const next = p.word(n + 1);
    if (p.word(n) === ')' && CHANGES.has(next)) return true;
    if (p.word(n) === ')' && next === 'select') return false;
  }
  return false;
}

/** Spark's `from t insert into a select … insert into b select …`. */
function insertsFrom(p: Cursor): boolean {
  for (let n = 1; p.kind(n) !== 'end' && p.word(n) !== ';'; n++) {
    n = p.word(n) === '(' ? (p.distanceToCloser(n) ?? n) : n;
    if (p.word(n) === 'select') return false;
    if (p.word(n) === 'insert' && (p.word(n + 1) === 'into' || p.word(n + 1) === 'overwrite')) return true;
  }
  return false;
}

/** Everything up to the semicolon, unread. */
function otherStatement(p: Cursor, of: StatementClass, verb: string): Statement {
  const { start } = p.current;
  p.skipTo(() => p.is(';'));
  return { kind: 'statement', class: of, verb, query: undefined, skipped: undefined, start, end: p.endFrom(start) };
}

const UNEXPLAINED: ReadonlySet<StatementClass | undefined> = new Set<StatementClass | undefined>([undefined, 'other']);

/** Whether a statement begins here that is no query; ANALYZE is an option, and FOR is one of the words before. */
const isExplained = (p: Cursor): boolean => !UNEXPLAINED.has(CLASSES.get(p.word())) && !p.is('analyze');

/** `explain analyze select …`: the query is read. */
function explain(p: Cursor): Statement {
  const { start } = p.advance();
  p.repeat(() => {
    if (startsQuery(p) || p.is(';') || p.isEnd() || isExplained(p)) return false;
    if (p.is('(')) p.advanceBy((p.distanceToCloser() ?? 0) + 1);
    else p.advance();
    return true;
  });
  if (!startsQuery(p)) return { ...otherStatement(p, 'explain', 'explain'), start };
  return { ...queryStatement(p, 'explain', 'explain'), start };
}
