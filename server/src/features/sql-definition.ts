import type { ModelDb } from '../model/db.ts';
import type { BoundStatement } from '../model/sql-facts.ts';
import { wordMeaning } from '../model/sql-meaning.ts';
import { sqlPlace } from '../model/sql-places.ts';
import type { BoundColumn } from '../binder/rows.ts';
import type { Origin } from '../render/rendered.ts';
import { columnDefinition } from './column-place.ts';
import type { NavigationTarget } from './definition.ts';
import type { FilePosition } from './file-position.ts';
import { sqlAt } from './sql-cursor.ts';

/**
 * Where a word of the SQL is made: a column in the CTE, subquery or upstream model that gives it its name, a CTE at its
 * name, a relation in the file of its node.
 */
export function sqlDefinition(db: ModelDb, at: FilePosition): readonly NavigationTarget[] {
  const found = sqlAt(db, at);
  const meaning = found && wordMeaning(found.statement, found.offset);
  const place = found && meaning && sqlPlace(found.statement, at.file, meaning.range);
  if (found === undefined || meaning === undefined || place?.isVerbatim !== true) return [];
  const { start, end } = place.origin;
  return placesOf(db, found.statement, meaning).map(target => ({ origin: { start, end }, target, selection: target }));
}

function placesOf(
  db: ModelDb,
  statement: BoundStatement,
  meaning: NonNullable<ReturnType<typeof wordMeaning>>,
): readonly Origin[] {
  switch (meaning.kind) {
    case 'column':
      return columnPlaces(db, statement, meaning.column);
    case 'cte':
      return placeIn(statement, meaning.definition);
    case 'relation-alias':
      return placeIn(statement, meaning.relation.range);
    case 'relation': {
      const uniqueId = statement.tables.get(meaning.table);
      const places = uniqueId === undefined ? undefined : db.places(uniqueId);
      const target = places?.name ?? places?.declaration;
      return target === undefined ? [] : [target];
    }
    case 'output':
    case 'function':
    case 'type':
      return [];
  }
}

/** In this text where it has a name here, else where the upstream node gives it one. */
function columnPlaces(db: ModelDb, statement: BoundStatement, column: BoundColumn): readonly Origin[] {
  const here = column.definition === undefined ? [] : placeIn(statement, column.definition);
  if (here.length > 0) return here;
  return column.sources.flatMap(source => {
    const uniqueId = statement.tables.get(source.table);
    return (uniqueId === undefined ? undefined : columnDefinition(db, uniqueId, source.column)) ?? [];
  });
}

function placeIn(statement: BoundStatement, range: BoundColumn['definition']): readonly Origin[] {
  const place = range && sqlPlace(statement, statement.file, range);
  return place === undefined ? [] : [place.definition ?? place.origin];
}
