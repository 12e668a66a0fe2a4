import { format, type FormatOptionsWithLanguage, type SqlLanguage } from 'sql-formatter';
import type { TextRange } from '../base/text-range.ts';
import type { ModelDb } from '../model/db.ts';
import type { FileId } from '../render/rendered.ts';
import { parseJinja } from '../syntax/jinja/parse.ts';
import { dialectOfAdapter, lexiconOf, type DialectName } from '../syntax/sql/dialect.ts';
import { scanSql } from '../syntax/sql/tokens.ts';
import { jinjaRanges, type JinjaRange } from './jinja-ranges.ts';

export interface FormatOptions {
  readonly tabSize: number;
  readonly insertSpaces: boolean;
}

/** A stretch of the text and what is to stand there instead. */
export interface FormatEdit {
  readonly range: TextRange;
  readonly newText: string;
}

/** The changes of white space that lay a text out, or why nothing may be changed. */
export type FormatEdits =
  | { readonly kind: 'edits'; readonly edits: readonly FormatEdit[] }
  | { readonly kind: 'refused'; readonly reason: string };

/** `refused` says why nothing may be changed; the user's text stays as it is. */
export type FormatAnswer =
  { readonly kind: 'formatted'; readonly text: string } | { readonly kind: 'refused'; readonly reason: string };

/**
 * Lays out a model's SQL with its Jinja untouched, in the dialect of the project's target: only the white space between
 * tokens changes, so that cursors and marks stay where they are. With a selection, only what lies inside it.
 */
export function formatDocument(
  db: ModelDb,
  file: FileId,
  options: FormatOptions,
  selection: TextRange = EVERYTHING,
): FormatEdits {
  const text = db.text(file);
  const tree = db.syntax(file);
  if (text === undefined || tree === undefined) return refused('This file is not part of the project.');
  if (!LAID_OUT.has(db.fileRole(file) ?? '')) return refused(NO_STATEMENTS);
  if (tree.problems.length > 0) return refused('The Jinja of this file has a mistake; mend it first.');
  const dialect = dialectOfAdapter(db.project().adapterType ?? 'duckdb');
  const answer = formatEdits(text, jinjaRanges(tree.tokens), dialect, options);
  if (answer.kind === 'refused') return answer;
  const isChosen = ({ range }: FormatEdit): boolean => selection.start <= range.start && range.end <= selection.end;
  return { kind: 'edits', edits: answer.edits.filter(isChosen) };
}

/** The changes that lay out a template's SQL. */
export function formatEdits(
  text: string,
  jinja: readonly JinjaRange[],
  dialect: DialectName,
  options: FormatOptions,
): FormatEdits {
  const answer = formatTemplate(text, jinja, dialect, options);
  if (answer.kind === 'refused') return answer;
  const edits = differences(text, answer.text, dialect, jinja);
  return edits === undefined ? refused(CHANGED) : { kind: 'edits', edits };
}

const EVERYTHING: TextRange = { start: 0, end: Number.POSITIVE_INFINITY };

const NO_STATEMENTS = 'Only models, tests, analyses and snapshots are laid out.';

/** A file of macros is Jinja first: what looks like SQL in it is rarely a whole statement. */
const LAID_OUT: ReadonlySet<string> = new Set(['model', 'test', 'analysis', 'snapshot', 'scratch']);

/** What differs between two texts of the same tokens: the gaps between these. `undefined` when the tokens do differ. */
function differences(
  before: string,
  after: string,
  dialect: DialectName,
  jinja: readonly TextRange[],
): readonly FormatEdit[] | undefined {
  const old = wordsOf(before, dialect, jinja);
  const laidOut = wordsOf(after, dialect, jinjaRanges(parseJinja(after).tokens));
  if (old.length !== laidOut.length) return undefined;
  const edits: FormatEdit[] = [];
  let oldEnd = 0;
  let newEnd = 0;
  for (const [at, word] of [...old, { start: before.length, end: before.length }].entries()) {
    const same = laidOut[at] ?? { start: after.length, end: after.length };
    const gap = { start: oldEnd, end: word.start };
    const newText = after.slice(newEnd, same.start);
    if (before.slice(gap.start, gap.end) !== newText) edits.push({ range: gap, newText });
    oldEnd = word.start + before.slice(word.start, word.end).trimEnd().length;
    newEnd = same.start + after.slice(same.start, same.end).trimEnd().length;
  }
  return edits;
}

const wordsOf = (text: string, dialect: DialectName, jinja: readonly TextRange[]): readonly TextRange[] =>
  scanSql(text, lexiconOf(dialect), jinja).filter(it => it.kind !== 'space');

/**
 * Lays out a template's SQL. What comes before the first SQL (config, sets, comments) is left alone; an expression or
 * an inline tag keeps the characters it is glued to; a tag on a line of its own stays on one. The answer has exactly
 * the tokens of the question, in their order and glued alike, or it is refused.
 */
export function formatTemplate(
  text: string,
  jinja: readonly JinjaRange[],
  dialect: DialectName,
  options: FormatOptions,
): FormatAnswer {
  const start = firstSql(text, dialect, jinja);
  if (start === undefined) return { kind: 'formatted', text };
  const masked = mask(text, start, jinja, longComments(text, start, dialect, jinja));
  const body = text.slice(start);
  const before = fingerprint(
    body,
    dialect,
    jinja.filter(it => it.start >= start).map(it => shifted(it, -start)),
  );
  let isRead = false;
  for (const language of [LANGUAGES[dialect], ...NEIGHBOURS]) {
    const laidOut = layOut(masked.sql, language, options);
    if (laidOut === undefined) continue;
    isRead = true;
    const { restored, ranges } = unmask(laidOut, masked.pieces);
    if (fingerprint(restored, dialect, ranges) !== before) continue;
    return { kind: 'formatted', text: `${text.slice(0, start)}${restored}${text.endsWith('\n') ? '\n' : ''}` };
  }
  return refused(isRead ? CHANGED : UNREAD);
}

const UNREAD = 'This SQL could not be read well enough to lay it out.';
const CHANGED = 'Laying out this SQL would have changed its meaning.';

const refused = (reason: string): { readonly kind: 'refused'; readonly reason: string } => ({
  kind: 'refused',
  reason,
});

const shifted = (range: TextRange, by: number): TextRange => ({ start: range.start + by, end: range.end + by });

/** Where the SQL begins, after tags and comments that stand before it. */
function firstSql(text: string, dialect: DialectName, jinja: readonly JinjaRange[]): number | undefined {
  const outside = new Set(['space', 'opaque', 'comment']);
  return scanSql(text, lexiconOf(dialect), jinja).find(it => !outside.has(it.kind))?.start;
}

interface Masked {
  readonly sql: string;
  /** What each placeholder stands for. */
  readonly pieces: ReadonlyMap<string, Piece>;
}

interface Piece {
  readonly text: string;
  /** The Jinja inside `text`. */
  readonly ranges: readonly TextRange[];
}

/** Comments of several lines, whose inside is nobody's to lay out. */
function longComments(
  text: string,
  start: number,
  dialect: DialectName,
  jinja: readonly JinjaRange[],
): readonly TextRange[] {
  const tokens = scanSql(text, lexiconOf(dialect), jinja);
  return tokens.filter(it => it.kind === 'comment' && it.start >= start && isLong(text.slice(it.start, it.end)));
}

const isLong = (comment: string): boolean => comment.startsWith('/*') && comment.includes('\n');

/**
 * Replaces each tag, with the word characters glued to it, by a name that no SQL holds; a tag alone on its line, and a
 * long comment, by a short comment.
 */
function mask(text: string, start: number, jinja: readonly JinjaRange[], comments: readonly TextRange[]): Masked {
  const stem = freeStem(text);
  const pieces = new Map<string, Piece>();
  const isCommented = (it: TextRange): boolean =>
    comments.some(other => other.start <= it.start && it.end <= other.end);
  const tags = gluedGroups(
    text,
    start,
    jinja.filter(it => !isCommented(it)),
  );
  const commented = comments.map(it => {
    return {
      start: it.start,
      end: it.end,
      ranges: jinja.filter(other => it.start <= other.start && other.end <= it.end),
    };
  });
  let sql = '';
  let at = start;
  for (const group of [...tags, ...commented].toSorted((a, b) => a.start - b.start)) {
    const isComment = text.startsWith('/*', group.start);
    const isTag = group.ranges.every(it => it.kind !== 'expression');
    const isLine = (isComment || isTag) && isAloneOnItsLines(text, group);
    const name = `${stem}${pieces.size}${stem}`;
    const placeholder = isLine ? `--${name}` : isComment ? `/*${name}*/` : name;
    sql += text.slice(at, group.start) + placeholder;
    const ranges = group.ranges.map(it => shifted(it, -group.start));
    pieces.set(placeholder, { text: text.slice(group.start, group.end), ranges });
    at = group.end;
  }
  return { sql: sql + text.slice(at), pieces };
}

/** A word that occurs nowhere in the text. */
function freeStem(text: string): string {
  let stem = 'jinja_';
  while (text.includes(stem)) stem += '_';
  return stem;
}

interface Group extends TextRange {
  readonly ranges: readonly JinjaRange[];
}

function gluedGroups(text: string, start: number, jinja: readonly JinjaRange[]): readonly Group[] {
  const groups: Group[] = [];
  for (const range of jinja.filter(it => it.start >= start)) {
    const last = groups.at(-1);
    // A comma between two tags (`{% if not loop.last %},{% endif %}`) belongs to them: it must not break the line.
    if (last !== undefined && /^[\w,]*$/.test(text.slice(last.end, range.start))) {
      groups[groups.length - 1] = {
        start: last.start,
        end: endOfWord(text, range.end),
        ranges: [...last.ranges, range],
      };
    } else {
      const word = /\w*$/.exec(text.slice(start, range.start))?.[0] ?? '';
      groups.push({ start: range.start - word.length, end: endOfWord(text, range.end), ranges: [range] });
    }
  }
  return groups;
}

function endOfWord(text: string, from: number): number {
  return from + (/^\w*/.exec(text.slice(from))?.[0].length ?? 0);
}

function isAloneOnItsLines(text: string, { start, end }: TextRange): boolean {
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const newline = text.indexOf('\n', end);
  const after = text.slice(end, newline < 0 ? text.length : newline);
  return before.trim() === '' && after.trim() === '';
}

const LANGUAGES: Readonly<Record<DialectName, SqlLanguage>> = {
  duckdb: 'duckdb',
  postgres: 'postgresql',
  redshift: 'redshift',
  snowflake: 'snowflake',
  bigquery: 'bigquery',
  databricks: 'spark',
  trino: 'trino',
};

/** Languages that know operators and brackets which sql-formatter's own for a dialect may lack. */
const NEIGHBOURS: readonly SqlLanguage[] = ['snowflake', 'duckdb'];

/** sql-formatter throws on SQL that it cannot read; that is an answer, not an accident. */
function layOut(sql: string, language: SqlLanguage, { tabSize, insertSpaces }: FormatOptions): string | undefined {
  const options: FormatOptionsWithLanguage = {
    language,
    tabWidth: tabSize,
    useTabs: !insertSpaces,
    keywordCase: 'preserve',
    linesBetweenQueries: 1,
  };
  try {
    return format(sql, options);
  } catch {
    return undefined;
  }
}

function unmask(
  laidOut: string,
  pieces: ReadonlyMap<string, Piece>,
): { restored: string; ranges: readonly TextRange[] } {
  const ranges: TextRange[] = [];
  let restored = '';
  let at = 0;
  for (const [placeholder, piece] of pieces) {
    const found = laidOut.indexOf(placeholder, at);
    if (found < 0) break;
    restored += laidOut.slice(at, found);
    ranges.push(...piece.ranges.map(it => shifted(it, restored.length)));
    restored += piece.text;
    at = found + placeholder.length;
  }
  return { restored: restored + laidOut.slice(at), ranges };
}

/** Every token but space, and for each piece of Jinja whether its neighbours are glued to it. */
function fingerprint(text: string, dialect: DialectName, jinja: readonly TextRange[]): string {
  const tokens = scanSql(text, lexiconOf(dialect), jinja);
  return tokens
    .flatMap((token, idx) => {
      if (token.kind === 'space') return [];
      const previous = tokens[idx - 1];
      const touchesJinja = token.kind === 'opaque' || previous?.kind === 'opaque';
      const isGlued = touchesJinja && previous !== undefined && /\w$/.test(text.slice(previous.start, previous.end));
      return [`${isGlued ? '+' : ' '}${text.slice(token.start, token.end).trimEnd()}`];
    })
    .join('\n');
}
