import type { ModelDb } from '../model/db.ts';
import { sqlPlace } from '../model/sql-places.ts';
import type { FileId } from '../render/rendered.ts';
import { descendants } from '../syntax/sql/visit.ts';
import type { DocumentSymbol } from './document-symbols.ts';

/** The common table expressions of a file's nodes, by the text that is theirs in the file. */
export function cteSymbols(db: ModelDb, file: FileId): readonly DocumentSymbol[] {
  return db.nodesOfFile(file).flatMap(uniqueId => {
    const statement = db.statement(uniqueId);
    if (statement === undefined) return [];
    return [...descendants(statement.tree.root)].flatMap(node => {
      if (node.kind !== 'cte' || node.name.kind !== 'name') return [];
      const name = sqlPlace(statement, file, node.name);
      const whole = sqlPlace(statement, file, node);
      if (name?.isVerbatim !== true) return [];
      const selection = { start: name.origin.start, end: name.origin.end };
      const range = { start: selection.start, end: Math.max(whole?.origin.end ?? 0, selection.end) };
      return [{ name: node.name.text, kind: 'cte', range, selection }];
    });
  });
}
