import type { Offset, TextRange } from '../base/text-range.ts';
import type { ModelDb } from '../model/db.ts';
import { outputColumns, typeName } from '../model/sql-meaning.ts';
import { sqlPlace } from '../model/sql-places.ts';
import type { FileId } from '../render/rendered.ts';

/** Words that an editor shows behind a place of the text. */
export interface InlayHint {
  readonly offset: Offset;
  readonly label: string;
}

/** The type of each item of the select list that makes a node's columns, in a part of its file. */
export function inlayHints(db: ModelDb, file: FileId, within: TextRange): readonly InlayHint[] {
  return db.nodesOfFile(file).flatMap(uniqueId => {
    const statement = db.statement(uniqueId);
    if (statement?.isWhole !== true) return [];
    return (outputColumns(statement)?.columns ?? []).flatMap(({ type, definition }) => {
      const label = typeName(type, statement.dialect);
      // Columns that a star hands on from a table are named nowhere in this text.
      const place = definition && sqlPlace(statement, file, definition);
      if (label === undefined || place?.isVerbatim !== true) return [];
      const offset = place.origin.end;
      return within.start <= offset && offset <= within.end ? [{ offset, label }] : [];
    });
  });
}
