import type { TextRange } from '../base/text-range.ts';
import type { UniqueId } from '../dbt/manifest/node.ts';
import type { ModelDb } from '../model/db.ts';
import type { BoundStatement } from '../model/sql-facts.ts';
import { outputColumns, wordMeaning } from '../model/sql-meaning.ts';
import { sqlPlace } from '../model/sql-places.ts';
import type { FileId, Origin } from '../render/rendered.ts';
import { columnDefinition } from './column-place.ts';
import type { FilePosition } from './file-position.ts';
import { sqlAt } from './sql-cursor.ts';
import { occurrencesAt } from './sql-occurrences.ts';

/**
 * Where a name of the SQL at a cursor is said: a CTE, an alias and a column in its query, and a column that a node gives
 * also in the queries of the nodes that read it. `undefined` when the cursor is on no such name.
 */
export function sqlReferences(
  db: ModelDb,
  at: FilePosition,
  options: { readonly includeDeclaration: boolean },
): readonly Origin[] | undefined {
  const found = sqlAt(db, at);
  if (found === undefined) return undefined;
  const { statement, offset } = found;
  const own = occurrencesAt(statement, offset);
  const given = givenColumn(statement, offset);
  if (own === undefined && given === undefined) return undefined;
  const isDeclaration = (range: TextRange): boolean => range.start === own?.definition.start && !own.isBare;
  const ranges = own?.ranges.filter(it => options.includeDeclaration || !isDeclaration(it)) ?? [];
  const elsewhere = given === undefined ? [] : readings(db, given, statement.uniqueId);
  const isOthers = own === undefined && given !== undefined && options.includeDeclaration;
  const definition = isOthers ? placeOfColumn(db, given) : [];
  return distinct([...definition, ...origins(statement, at.file, ranges), ...elsewhere]);
}

/** A column that a node gives to others. */
interface GivenColumn {
  readonly uniqueId: UniqueId;
  readonly name: string;
  readonly key: string;
}

/** The column of a node that a name is: one that the statement gives, or one that it reads as it is. */
function givenColumn(statement: BoundStatement, offset: number): GivenColumn | undefined {
  const meaning = wordMeaning(statement, offset);
  if (meaning?.kind !== 'column' && meaning?.kind !== 'output') return undefined;
  const { column } = meaning;
  const { name, key, definition } = column;
  if (definition === undefined) {
    const [source, ...others] = column.sources;
    const uniqueId = source && others.length === 0 ? statement.tables.get(source.table) : undefined;
    return uniqueId === undefined ? undefined : { uniqueId, name, key };
  }
  const isOutput = outputColumns(statement)?.columns.some(it => it.definition?.start === definition.start) === true;
  return isOutput ? { uniqueId: statement.uniqueId, name, key } : undefined;
}

/** Where the nodes that are made from a column's node say the column by its name, and the one that is looked at. */
function readings(db: ModelDb, { uniqueId, key }: GivenColumn, asking: UniqueId): readonly Origin[] {
  const readers = new Set([...(db.lineage().children.get(uniqueId) ?? []), asking]);
  return [...readers].flatMap(child => {
    const statement = db.statement(child);
    if (statement === undefined) return [];
    const ranges: TextRange[] = [];
    for (const [ref, meaning] of statement.binding.references) {
      if (meaning.kind !== 'column' || meaning.column.definition !== undefined || meaning.column.key !== key) continue;
      const isIt = meaning.column.sources.some(it => statement.tables.get(it.table) === uniqueId);
      const part = ref.parts[meaning.nParts - 1];
      if (isIt && part !== undefined) ranges.push({ start: part.start, end: part.end });
    }
    return origins(statement, statement.file, ranges);
  });
}

function placeOfColumn(db: ModelDb, { uniqueId, name }: GivenColumn): readonly Origin[] {
  const place = columnDefinition(db, uniqueId, name);
  return place === undefined ? [] : [place];
}

const origins = (statement: BoundStatement, file: FileId, ranges: readonly TextRange[]): readonly Origin[] =>
  ranges.flatMap(it => sqlPlace(statement, file, it)?.origin ?? []);

function distinct(all: readonly Origin[]): readonly Origin[] {
  return [...new Map(all.map(it => [`${it.file}:${it.start}:${it.end}`, it])).values()];
}
