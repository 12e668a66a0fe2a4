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
    return (outputColumns(statement)?.columns ?? []).flatMap(({ type, expression, definition }) => {
      const label = typeName(type, statement.dialect);
      const place = (definition ?? expression) && sqlPlace(statement, file, endOf(definition, expression));
      if (label === undefined || place?.isVerbatim !== true) return [];
      const offset = place.origin.end;
      return within.start <= offset && offset <= within.end ? [{ offset, label }] : [];
    });
  });
}

/** A name behind its value ends the item; a value without one is the item. */
function endOf(definition: TextRange | undefined, expression: TextRange | undefined): TextRange {
  const later = (definition?.end ?? 0) >= (expression?.end ?? 0) ? definition : expression;
  return later ?? { start: 0, end: 0 };
}
