import { dialectOfAdapter } from '../syntax/sql/dialect.ts';
import type { StatementReader } from '../syntax/sql/independent-parser.ts';
import type { ModelDb } from '../model/db.ts';
import type { Problem } from '../model/problems.ts';
import type { FileId } from '../render/rendered.ts';
import { nodeAt } from './sql-cursor.ts';

/**
 * The problems of a file as they are shown. SQL that our parser cannot read is looked at by an independent one: what
 * that one reads is no mistake, and where there is none for the dialect the squiggle is only a warning.
 */
export function problemList(db: ModelDb, file: FileId, reader: StatementReader | undefined): readonly Problem[] {
  return db.problems(file).flatMap(problem => {
    if (problem.code !== 'sql-syntax') return [problem];
    const opinion = secondOpinion(db, problem, reader);
    if (opinion === 'reads') return [];
    return [opinion === 'none' ? { ...problem, severity: 'warning' } : problem];
  });
}

function secondOpinion(
  db: ModelDb,
  { origin }: Problem,
  reader: StatementReader | undefined,
): 'reads' | 'refuses' | 'none' {
  const dialect = dialectOfAdapter(db.project().adapterType ?? 'duckdb');
  const uniqueId = nodeAt(db, { file: origin.file, offset: origin.start });
  const text = uniqueId === undefined ? undefined : db.statement(uniqueId)?.text;
  if (reader === undefined || text === undefined) return 'none';
  if (reader(text, dialect) !== undefined) return 'reads';
  return reader(PLAIN_QUERY, dialect) === undefined ? 'none' : 'refuses';
}

/** A reader that cannot read this has no grammar for the dialect. */
const PLAIN_QUERY = 'select 1';
