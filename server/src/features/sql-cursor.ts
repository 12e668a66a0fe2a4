import { touches, type Offset, type TextRange } from '../base/text-range.ts';
import type { UniqueId } from '../dbt/manifest/node.ts';
import type { ModelDb } from '../model/db.ts';
import type { BoundStatement } from '../model/sql-facts.ts';
import { cursorInSql } from '../model/sql-places.ts';
import type { FilePosition } from './file-position.ts';
import { jinjaRanges } from './jinja-ranges.ts';
import { sqlSketch } from './sql-sketch.ts';

/** A cursor in the SQL of a template: the statement that it is in, and where. */
export interface SqlCursor {
  readonly statement: BoundStatement;
  readonly offset: Offset;
}

/** The node whose template holds a place of a file: the file's model, or the block around the place. */
export function nodeAt(db: ModelDb, at: FilePosition): UniqueId | undefined {
  return db.nodesOfFile(at.file).find(it => {
    const range = templateRange(db, it);
    return range !== undefined && touches(range, at.offset);
  });
}

/** The stretch of its file that is a node's own: all of it for a model, blanks included that dbt takes off. */
function templateRange(db: ModelDb, uniqueId: UniqueId): TextRange | undefined {
  const places = db.places(uniqueId);
  if (places?.template === undefined) return undefined;
  const { file, start, end } = places.declaration;
  const isWhole = start === 0 && end === (db.text(file) ?? '').length;
  return isWhole ? { start, end } : places.template;
}

/** Where a cursor is in the SQL that its file renders to now; `undefined` in Jinja, and where nothing is rendered. */
export function sqlAt(db: ModelDb, at: FilePosition): SqlCursor | undefined {
  const uniqueId = nodeAt(db, at);
  const statement = uniqueId === undefined ? undefined : db.statement(uniqueId);
  const offset = statement && cursorInSql(statement, at.file, at.offset);
  return statement && offset !== undefined ? { statement, offset } : undefined;
}

/**
 * The same for text that is being typed: where the template does not render, or renders to nothing at the cursor, its
 * text alone is read. `undefined` inside a tag.
 */
export function typedSqlAt(db: ModelDb, at: FilePosition): SqlCursor | undefined {
  const uniqueId = nodeAt(db, at);
  const tree = db.syntax(at.file);
  if (uniqueId === undefined || tree === undefined) return undefined;
  const isInTag = jinjaRanges(tree.tokens).some(it => it.start < at.offset && at.offset < it.end);
  if (isInTag) return undefined;
  const rendered = sqlAt(db, at);
  if (rendered?.statement.isWhole === true) return rendered;
  const within = templateRange(db, uniqueId);
  const sketch = within && sqlSketch(db, uniqueId, within, at.offset);
  const statement = sketch && db.sketch(uniqueId, sketch);
  return statement && sketch.cursor !== undefined ? { statement, offset: sketch.cursor } : undefined;
}
