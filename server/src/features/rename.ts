import type { Offset, TextRange } from '../base/text-range.ts';
import type { ModelDb } from '../model/db.ts';
import type { BoundStatement } from '../model/sql-facts.ts';
import { outputColumns } from '../model/sql-meaning.ts';
import { sqlPlace } from '../model/sql-places.ts';
import type { FileId } from '../render/rendered.ts';
import { nameKey } from '../syntax/sql/name-key.ts';
import { descendants } from '../syntax/sql/visit.ts';
import type { FilePosition } from './file-position.ts';
import { jinjaRanges } from './jinja-ranges.ts';
import { sqlAt } from './sql-cursor.ts';
import { occurrencesAt, type Occurrences } from './sql-occurrences.ts';

/** The name under a cursor that can be renamed, and where in the file it stands; or why it cannot. */
export type RenameTarget = { readonly kind: 'name'; readonly name: string; readonly range: TextRange } | RefusedRename;

/** The edits of a file that rename; or why there are none. */
export type RenameAnswer =
  | { readonly kind: 'edits'; readonly edits: readonly { readonly range: TextRange; readonly newText: string }[] }
  | RefusedRename;

export interface RefusedRename {
  readonly kind: 'refused';
  readonly reason: string;
}

/** What a rename at a cursor would rename: a CTE, an alias of a relation, a column that does not leave the query. */
export function renameTarget(db: ModelDb, at: FilePosition): RenameTarget {
  const found = renamed(db, at);
  if (found.kind === 'refused') return found;
  const named = found.names.find(({ place }) => place.start <= at.offset && at.offset <= place.end);
  if (named === undefined) return refused(NO_NAME);
  const { start, end } = named.range;
  return { kind: 'name', name: unquoted(found.statement.text.slice(start, end)), range: named.place };
}

/**
 * The edits that give what is named at a cursor another name, in every place of the query that says it. Refused when a
 * place is not written in the file as it is, is not rendered now, or when the query would mean something else.
 */
export function rename(db: ModelDb, at: FilePosition, newName: string): RenameAnswer {
  const found = renamed(db, at);
  if (found.kind === 'refused') return found;
  if (!PLAIN_NAME.test(newName)) return refused(`'${newName}' is no plain name.`);
  const edits = found.names.map(it => ({ ...it, newText: textFor(found, it.range, newName) }));
  if (!meansTheSame(db, found, edits)) {
    return refused(`With the name '${newName}' the query would mean something else.`);
  }
  const inFile = new Map(edits.map(({ place, newText }) => [place.start, { range: place, newText }]));
  return { kind: 'edits', edits: [...inFile.values()].toSorted((a, b) => a.range.start - b.range.start) };
}

const PLAIN_NAME = /^[\p{L}_][\p{L}\p{N}_$]*$/u;
const NO_NAME = 'Only CTEs, aliases of relations and columns inside a query can be renamed.';

const refused = (reason: string): RefusedRename => ({ kind: 'refused', reason });

/** A name in the text of a statement, and its place in the file. */
interface WrittenName {
  readonly range: TextRange;
  readonly place: TextRange;
}

/** What is to be renamed: the thing under the cursor, and what the same characters of the file are in other rounds of a loop. */
interface Renamed {
  readonly kind: 'renamed';
  readonly statement: BoundStatement;
  readonly own: Occurrences;
  readonly all: readonly Occurrences[];
  /** All names of all of them. */
  readonly names: readonly WrittenName[];
}

function renamed(db: ModelDb, at: FilePosition): Renamed | RefusedRename {
  const cursor = sqlAt(db, at);
  if (cursor === undefined) return refused(NO_NAME);
  const { statement, offset } = cursor;
  const isRead = statement.isWhole && statement.tree.problems.length === 0;
  if (!isRead) return refused('The query has a mistake; mend it first.');
  const own = occurrencesAt(statement, offset);
  if (own === undefined) return refused(NO_NAME);
  const written = writtenNames(statement, at.file);
  const all = withOtherRounds(statement, own, written);
  if (all.some(it => it.kind === 'column' && isOutput(statement, it))) {
    return refused('This is a column of the model, which other models may use.');
  }
  const names = namesOf(all, written);
  if (names === undefined || all.some(it => it.kind !== own.kind)) {
    return refused('Jinja has a hand in this name, so that it cannot be renamed in one place.');
  }
  const elsewhere = unrendered(db, at.file, own, statement);
  return elsewhere === undefined ? { kind: 'renamed', statement, own, all, names } : refused(elsewhere);
}

/** The names of a statement that its file says as they are, by their offset in the text. */
function writtenNames(statement: BoundStatement, file: FileId): ReadonlyMap<Offset, WrittenName> {
  const found = new Map<Offset, WrittenName>();
  for (const node of descendants(statement.tree.root)) {
    if (node.kind !== 'name' && node.kind !== 'table-name') continue;
    const place = sqlPlace(statement, file, node);
    if (place?.isVerbatim !== true || place.origin.file !== file) continue;
    const { start, end } = place.origin;
    found.set(node.start, { range: { start: node.start, end: node.end }, place: { start, end } });
  }
  return found;
}

/** In a loop the same characters of the file name a thing of their own in every round: all of them go together. */
function withOtherRounds(
  statement: BoundStatement,
  first: Occurrences,
  written: ReadonlyMap<Offset, WrittenName>,
): readonly Occurrences[] {
  const all = new Map([[first.definition.start, first]]);
  for (const { ranges, definition, isBare } of all.values()) {
    // What a bare column mentions is another column, and keeps its name.
    const own = isBare ? ranges.filter(it => it.start !== definition.start) : ranges;
    const places = new Set(own.flatMap(it => written.get(it.start)?.place.start ?? []));
    for (const { range, place } of written.values()) {
      const other = places.has(place.start) ? occurrencesAt(statement, range.start) : undefined;
      if (other !== undefined && !all.has(other.definition.start)) all.set(other.definition.start, other);
    }
  }
  return [...all.values()];
}

/** `undefined` when one of them is not written in the file. */
function namesOf(
  all: readonly Occurrences[],
  written: ReadonlyMap<Offset, WrittenName>,
): readonly WrittenName[] | undefined {
  const ranges = all.flatMap(it => it.ranges);
  const names = ranges.flatMap(it => written.get(it.start) ?? []);
  return names.length < ranges.length ? undefined : names.toSorted((a, b) => a.range.start - b.range.start);
}

const isOutput = (statement: BoundStatement, { definition }: Occurrences): boolean =>
  outputColumns(statement)?.columns.some(it => it.definition?.start === definition.start) === true;

/** Says where the name also stands in SQL that the template does not render now: nobody knows what it means there. */
function unrendered(
  db: ModelDb,
  file: FileId,
  { definition }: Occurrences,
  statement: BoundStatement,
): string | undefined {
  const tree = db.syntax(file);
  if (tree === undefined) return undefined;
  const name = unquoted(statement.text.slice(definition.start, definition.end));
  const jinja = jinjaRanges(tree.tokens);
  const shown = statement.segments.filter(it => it.kind === 'verbatim' && it.origin?.file === file);
  const isShown = (at: Offset): boolean =>
    shown.some(({ origin }) => origin !== undefined && origin.start <= at && at < origin.end);
  for (const { 0: word, index } of tree.text.matchAll(/[\p{L}_][\p{L}\p{N}_$]*/gu)) {
    if (word.toLowerCase() !== name.toLowerCase() || isShown(index)) continue;
    if (jinja.some(it => it.start <= index && index < it.end)) continue;
    return `'${word}' also stands where the template renders nothing now: ${excerpt(tree.text, index)}`;
  }
  return undefined;
}

function excerpt(text: string, at: Offset): string {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', at);
  return text.slice(start, end < 0 ? undefined : end).trim();
}

const unquoted = (name: string): string => name.replace(/^["`[](.*)["`\]]$/s, '$1');

/**
 * What stands at a place afterwards. Quotes stay. A bare column of a select list keeps the name that it gives; where it
 * is that name which changes, it gets an alias.
 */
function textFor({ statement, all }: Renamed, range: TextRange, newName: string): string {
  const old = statement.text.slice(range.start, range.end);
  if (all.some(it => it.isBare && it.definition.start === range.start)) return `${old} as ${newName}`;
  const [opening = '', closing = ''] = unquoted(old) === old ? [] : [old.charAt(0), old.charAt(old.length - 1)];
  const name = opening === '' ? newName : nameKey({ text: newName, quoted: false }, statement.dialect);
  const text = `${opening}${name}${closing}`;
  return isBareItem(statement, range) ? `${text} as ${old}` : text;
}

function isBareItem({ tree }: BoundStatement, { end }: TextRange): boolean {
  for (const node of descendants(tree.root)) {
    if (node.kind === 'select-item' && node.value.kind === 'column' && node.value.end === end) {
      return node.alias === undefined;
    }
  }
  return false;
}

interface SqlEdit {
  readonly range: TextRange;
  readonly newText: string;
}

function applied(text: string, edits: readonly SqlEdit[]): string {
  return edits.toReversed().reduce((all, { range, newText }) => {
    return all.slice(0, range.start) + newText + all.slice(range.end);
  }, text);
}

/** Whether the text with its edits has the same columns, as many uses of the name, and nothing wrong that was not. */
function meansTheSame(db: ModelDb, { statement, own }: Renamed, edits: readonly SqlEdit[]): boolean {
  const nodes = [...new Set(statement.tables.values())];
  const text = applied(statement.text, edits);
  const after = db.sketch(statement.uniqueId, { text, segments: [], nodes });
  if (after === undefined || after.tree.problems.length > 0) return false;
  if (after.binding.problems.length > statement.binding.problems.length) return false;
  const keys = (it: BoundStatement): string => JSON.stringify(outputColumns(it)?.columns.map(column => column.key));
  const named = occurrencesAt(after, definitionAfter(own, edits));
  return keys(after) === keys(statement) && named?.ranges.length === own.ranges.length;
}

/** Where the definition of what is renamed stands in the edited text: that of a bare column is its new alias. */
function definitionAfter({ definition, isBare }: Occurrences, edits: readonly SqlEdit[]): Offset {
  const before = edits.filter(it => it.range.start < definition.start);
  const moved = before.reduce((sum, { range, newText }) => sum + newText.length - (range.end - range.start), 0);
  const alias = isBare ? definition.end - definition.start + ' as '.length : 0;
  return definition.start + moved + alias;
}
