import { close, open } from './brackets.ts';
import type { Cursor } from './cursor.ts';
import type { Expression, NamePart } from './expression-nodes.ts';
import { nameHere, namesInParentheses, dottedName } from './names.ts';
import type { Cte, Describe, PipeStep, Query, QueryBody, SetOperation, Subquery, Values, With } from './nodes.ts';
import { pipeStep } from './pipes.ts';
import { pivotStatement } from './pivot-statements.ts';
import { startsQuery } from './query-start.ts';
import { select } from './select.ts';
import { alias } from './relation-suffixes.ts';
import { endsQuery, queryTail } from './tail.ts';
import { SET_OPERATORS } from './words.ts';

/** A query up to what ends it: a closing bracket, a semicolon or the end of the text. */
export function query(p: Cursor): Query {
  const { start } = p.current;
  const isDeepEnough = p.enter();
  const withClause = isDeepEnough && p.is('with') ? ctes(p) : undefined;
  const body = isDeepEnough ? queryBody(p) : p.blank('query');
  p.leave();
  const name = isAliased(body) ? alias(p) : undefined;
  const tail = queryTail(p);
  const pipes: PipeStep[] = [];
  p.repeat(() => {
    if (!p.is('|>') || !p.has('pipes')) return false;
    pipes.push(pipeStep(p, PIPE_RULES));
    return true;
  });
  return {
    kind: 'query',
    with: withClause,
    body,
    alias: name,
    tail,
    pipes,
    ...p.rangeFrom(Math.min(start, body.start)),
  };
}

/** Some engines name rows and bracketed queries that stand alone. */
const isAliased = (body: QueryBody): boolean => body.kind === 'values' || body.kind === 'subquery';

/** A query in parentheses; the parenthesis stands here. */
export function subquery(p: Cursor): Subquery {
  const { start } = p.current;
  const opened = open(p);
  const inner = p.rules.query(p);
  const skipped = close(p, opened, ')');
  return { kind: 'subquery', query: inner, skipped, start, end: p.endFrom(start) };
}

// WITH.

/** The CTEs of a WITH clause; the word stands here. */
function ctes(p: Cursor): With {
  const { start } = p.advance();
  if (p.is('function') && p.isName(1)) return functions(p, start);
  const recursive = p.is('recursive') && p.word(1) !== 'as' && p.word(1) !== '(' ? p.accept('recursive') : false;
  const list = p.list(
    () => cte(p),
    () => p.is('|>') && p.has('pipes'),
  );
  return { kind: 'with', recursive, ctes: list, start, end: p.endFrom(start) };
}

/** Trino's functions of one query: passed over, up to the query or the CTEs behind them. */
function functions(p: Cursor, start: number): With {
  p.skipTo(() => p.is('select') || (p.is('with') && p.word(1) !== '(' && p.word(1) !== 'function'));
  const more = p.is('with') ? ctes(p) : undefined;
  return { kind: 'with', recursive: more?.recursive ?? false, ctes: more?.ctes ?? [], start, end: p.endFrom(start) };
}

function cte(p: Cursor): Cte {
  const name = startsScalar(p) ? scalarCte(p) : cteName(p);
  if (name.kind === 'cte') return name;
  const columns = p.opensQuery() ? [] : namesInParentheses(p, 'column name');
  if (p.is('using', 'key')) skipOver(p, 2);
  // Spark and Snowflake let AS out.
  const hasAs = p.accept('as') || (p.has('optional-as') && p.is('(')) || p.expect('as');
  const materialized = materialization(p);
  const inner: Cte['query'] = changesData(p) ? change(p) : p.is('(') ? subquery(p) : scalarOrMissing(p, hasAs);
  const added: NamePart[] = [];
  p.repeat(() => {
    if (!p.is('search') && !p.is('cycle')) return false;
    added.push(...searchClause(p));
    return true;
  });
  return {
    kind: 'cte',
    name,
    columns,
    materialized,
    query: inner,
    added,
    skipped: undefined,
    start: name.start,
    end: p.endFrom(name.start),
  };
}

/** DuckDB takes a string for a name. */
const cteName = (p: Cursor): NamePart => (p.kind() === 'string' ? p.name(p.advance()) : nameHere(p, 'name of the CTE'));

const CHANGES: ReadonlySet<string> = new Set(['insert', 'update', 'delete', 'merge']);

const changesData = (p: Cursor): boolean => p.is('(') && CHANGES.has(p.word(1)) && p.isName(2);

/** `with gone as (delete from t returning *)`: delimited, not read. */
function change(p: Cursor): Expression {
  const { start } = p.current;
  p.advanceBy((p.distanceToCloser() ?? 0) + 1);
  return { kind: 'keyword', words: '', start, end: p.endFrom(start) };
}

/** A value under a name, as some engines have it: `with (select 1) as x`, `with 5 as x`. */
function startsScalar(p: Cursor): boolean {
  if (p.kind() === 'string') return !(p.word(1) === 'as' && p.opensQuery(2));
  return p.is('(') || p.kind() === 'number';
}

function scalarCte(p: Cursor): Cte {
  const value = p.rules.expression(p, 0);
  p.expect('as');
  const name = nameHere(p, 'name of the CTE');
  const range = p.rangeFrom(value.start);
  return {
    kind: 'cte',
    name,
    columns: [],
    materialized: undefined,
    query: value,
    added: [],
    skipped: undefined,
    ...range,
  };
}

function scalarOrMissing(p: Cursor, hasAs: boolean): Expression {
  if (hasAs && !startsQuery(p)) return p.rules.expression(p, 0);
  p.reportMissing(['(']);
  return p.blank('query');
}

function materialization(p: Cursor): boolean | undefined {
  if (p.acceptAll('not', 'materialized')) return false;
  return p.accept('materialized') ? true : undefined;
}

function skipOver(p: Cursor, words: number): void {
  p.advanceBy(words);
  if (p.is('(')) p.advanceBy((p.distanceToCloser() ?? 0) + 1);
}

/** `search depth first by a, b set c`, `cycle a, b set c to 'y' default 'n' using d`: the columns they add. */
function searchClause(p: Cursor): readonly NamePart[] {
  p.skipTo(() => p.is('set') || p.is('select') || p.is(')') || p.is(';'));
  const added: NamePart[] = [];
  if (p.accept('set')) added.push(nameHere(p, 'column name'));
  if (p.accept('to')) p.rules.expression(p, 0);
  if (p.accept('default')) p.rules.expression(p, 0);
  if (p.accept('using')) added.push(nameHere(p, 'column name'));
  return added;
}

// Set operations.

function queryBody(p: Cursor): QueryBody {
  return unions(p, 'any');
}

/** INTERSECT binds tighter than UNION and EXCEPT. */
function unions(p: Cursor, level: 'any' | 'intersect'): QueryBody {
  let left = level === 'any' ? unions(p, 'intersect') : setOperand(p);
  p.repeat(() => {
    const width = operatorWidth(p);
    const isIntersect = p.word(width - 1) === 'intersect';
    if (width === 0 || isIntersect !== (level === 'intersect')) return false;
    left = setOperation(p, left, width);
    return true;
  });
  return left;
}

/** How many words lead up to and include the operator between two queries: `left outer union` has three; 0 for none. */
function operatorWidth(p: Cursor): number {
  if (p.isOneOf(SET_OPERATORS)) return 1;
  if (!p.is('left') && !p.is('full') && !p.is('inner')) return 0;
  if (SET_OPERATORS.has(p.word(1))) return 2;
  return p.word(1) === 'outer' && SET_OPERATORS.has(p.word(2)) ? 3 : 0;
}

function setOperation(p: Cursor, left: QueryBody, width: number): SetOperation {
  p.advanceBy(width - 1);
  const { word } = p.advance();
  const operator = word === 'union' || word === 'intersect' ? word : 'except';
  const all = p.accept('all');
  if (!all) p.accept('distinct');
  // Only columns that match by name can be missing on a side.
  const byName = nameMatching(p) || width > 1;
  const right = operator === 'intersect' ? setOperand(p) : unions(p, 'intersect');
  return { kind: 'set-operation', operator, all, byName, left, right, start: left.start, end: p.endFrom(left.start) };
}

/** BY NAME, CORRESPONDING and what may narrow them to some columns. */
function nameMatching(p: Cursor): boolean {
  p.accept('strict');
  const isByName = p.acceptAll('by', 'name') || p.accept('corresponding');
  if (isByName && (p.is('on', '(') || p.is('by', '('))) skipOver(p, 1);
  return isByName;
}

/** One operand of a set operation. */
function setOperand(p: Cursor): QueryBody {
  switch (p.word()) {
    case 'select':
      return select(p);
    case '(':
      return subquery(p);
    case 'from':
      return p.has('from-first') ? select(p) : p.missing('query');
    case 'values':
      return values(p);
    case 'table':
      return tableQuery(p);
    case 'with':
      return nestedWith(p);
    case 'pivot':
    case 'unpivot':
    case 'pivot_wider':
      return p.has('query-statements') ? pivotStatement(p) : p.missing('query');
    case 'describe':
    case 'summarize':
    case 'show':
    case 'desc':
      return p.has('query-statements') ? describe(p) : p.missing('query');
    default:
      return p.missing('query');
  }
}

/** WITH behind a set operator belongs to the operand alone; it is read as if it stood in parentheses. */
function nestedWith(p: Cursor): QueryBody {
  const inner = p.rules.query(p);
  return { kind: 'subquery', query: inner, skipped: undefined, start: inner.start, end: inner.end };
}

const PIPE_RULES = { setOperand, ctes, nameMatching, operatorWidth };

/** `values (1, 2), (3, 4)`, in some dialects also `values 1, 2`. */
export function values(p: Cursor): Values {
  const { start } = p.advance();
  const rows = p.list(
    () => row(p),
    () => p.has('trailing-commas') && endsQuery(p),
  );
  return { kind: 'values', rows, start, end: p.endFrom(start) };
}

function row(p: Cursor): Expression {
  if (!p.is('(') && !p.has('bare-values') && p.kind() !== 'name') return p.missing('(');
  return p.rules.expression(p, 0);
}

function tableQuery(p: Cursor): QueryBody {
  const { start } = p.advance();
  const table = dottedName(p) ?? p.missing('table name');
  return { kind: 'table-query', table, start, end: p.endFrom(start) };
}

function describe(p: Cursor): Describe {
  const { start } = p.advance();
  const target = describeTarget(p);
  return { kind: 'describe', target, start, end: p.endFrom(start) };
}

function describeTarget(p: Cursor): Describe['target'] {
  if (startsQuery(p)) return p.rules.query(p);
  p.acceptAll('all', 'tables');
  if (p.isEnd() || p.is(')') || p.is(';')) return undefined;
  const target = dottedName(p) ?? p.missing('table name');
  // `show tables from a_schema`.
  if (p.accept('from')) dottedName(p);
  return target;
}
