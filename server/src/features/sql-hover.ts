import type { TextRange } from '../base/text-range.ts';
import type { ModelDb } from '../model/db.ts';
import type { BoundStatement } from '../model/sql-facts.ts';
import { typeName, wordMeaning } from '../model/sql-meaning.ts';
import { sqlPlace } from '../model/sql-places.ts';
import type { BoundColumn } from '../binder/rows.ts';
import { describe } from './describe.ts';
import { describeBoundColumn } from './describe-column.ts';
import type { FilePosition } from './file-position.ts';
import { functionText } from './function-text.ts';
import type { Hover } from './hover.ts';
import { sqlAt } from './sql-cursor.ts';

/** What a word of the SQL is: a column with its type and origin, a CTE or relation with its columns, a function. */
export function sqlHover(db: ModelDb, at: FilePosition): Hover | undefined {
  const found = sqlAt(db, at);
  const meaning = found && wordMeaning(found.statement, found.offset);
  if (found === undefined || meaning === undefined) return undefined;
  const markdown = textOf(db, found.statement, meaning);
  const place = sqlPlace(found.statement, at.file, meaning.range);
  if (markdown === undefined || place?.isVerbatim !== true) return undefined;
  return { range: { start: place.origin.start, end: place.origin.end }, markdown };
}

function textOf(
  db: ModelDb,
  statement: BoundStatement,
  meaning: NonNullable<ReturnType<typeof wordMeaning>>,
): string | undefined {
  const word = wordOf(statement, meaning.range);
  switch (meaning.kind) {
    case 'column':
      return describeBoundColumn(db, statement, meaning.column, meaning.relation?.name || undefined);
    case 'output':
      return describeBoundColumn(db, statement, meaning.column, undefined);
    case 'cte':
      return `**${word}** · common table expression\n\n${columnTable(statement, meaning.rows.columns)}`;
    case 'relation':
      return nodeText(db, statement, meaning);
    case 'relation-alias':
      return `**${word}** · alias\n\n${columnTable(statement, meaning.relation.rows.columns)}`;
    case 'function':
      return meaning.info && functionText(meaning.info);
    case 'type':
      return undefined;
  }
}

const wordOf = ({ text }: BoundStatement, { start, end }: TextRange): string => text.slice(start, end);

function nodeText(
  db: ModelDb,
  statement: BoundStatement,
  { table }: Extract<NonNullable<ReturnType<typeof wordMeaning>>, { kind: 'relation' }>,
): string | undefined {
  const uniqueId = statement.tables.get(table);
  const node = uniqueId === undefined ? undefined : db.node(uniqueId);
  if (node === undefined) return undefined;
  const { resourceType: kind, name, packageName, file } = node;
  return describe(db, { kind, name, packageName, uniqueId, file });
}

const MOST_SHOWN = 40;

function columnTable(statement: BoundStatement, columns: readonly BoundColumn[]): string {
  if (columns.length === 0) return '';
  const rows = columns
    .slice(0, MOST_SHOWN)
    .map(it => `| ${it.name.replaceAll('|', '\\|')} | ${typeName(it.type, statement.dialect) ?? ''} |`);
  const rest = columns.length - rows.length;
  return ['| column | type |', '|---|---|', ...rows, ...(rest > 0 ? [`| … ${rest} more | |`] : [])].join('\n');
}
