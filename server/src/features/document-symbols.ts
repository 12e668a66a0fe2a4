import type { TextRange } from '../base/text-range.ts';
import type { ModelDb } from '../model/db.ts';
import type { FileId } from '../render/rendered.ts';
import { cteSymbols } from './sql-symbols.ts';

/** An entry of a file's outline. */
export interface DocumentSymbol {
  readonly name: string;
  /** dbt's word for what it is: `model`, `macro`, `source` … */
  readonly kind: string;
  readonly range: TextRange;
  /** Where the name stands. */
  readonly selection: TextRange;
}

/**
 * What a file declares by a written name, in the order of the text: macros, snapshots, a properties file's entries. The
 * model that a whole file is has none: as an outline of one entry it would only be in the way. Its CTEs are listed.
 */
export function documentSymbols(db: ModelDb, file: FileId): readonly DocumentSymbol[] {
  const symbols = db.nodesOfFile(file).flatMap(uniqueId => {
    const node = db.node(uniqueId);
    const places = db.places(uniqueId);
    if (node === undefined || places === undefined || places.declaration.file !== file) return [];
    const { start, end } = places.declaration;
    if (places.name?.file !== file) return [];
    const selection = { start: places.name.start, end: places.name.end };
    return [{ name: node.name, kind: node.resourceType, range: { start, end }, selection }];
  });
  return [...symbols, ...cteSymbols(db, file)].toSorted((a, b) => a.range.start - b.range.start);
}
