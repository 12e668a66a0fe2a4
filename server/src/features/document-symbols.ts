import type { TextRange } from '../base/text-range.ts';
import type { ModelDb } from '../model/db.ts';
import type { FileId } from '../render/rendered.ts';

/** An entry of a file's outline. */
export interface DocumentSymbol {
  readonly name: string;
  /** dbt's word for what it is: `model`, `macro`, `source` … */
  readonly kind: string;
  readonly range: TextRange;
  /** Where the name stands; the start of the range when it is written nowhere. */
  readonly selection: TextRange;
}

/** What a file declares, in the order of the text: its model, macros, snapshots, or a properties file's entries. */
export function documentSymbols(db: ModelDb, file: FileId): readonly DocumentSymbol[] {
  const symbols = db.nodesOfFile(file).flatMap(uniqueId => {
    const node = db.node(uniqueId);
    const places = db.places(uniqueId);
    if (node === undefined || places === undefined || places.declaration.file !== file) return [];
    const { start, end } = places.declaration;
    const selection = places.name?.file === file ? places.name : { start, end: start };
    return [{ name: node.name, kind: node.resourceType, range: { start, end }, selection }];
  });
  return symbols.toSorted((a, b) => a.range.start - b.range.start);
}
