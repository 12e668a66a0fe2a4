import type { TextRange } from '../base/text-range.ts';
import type { ModelDb } from '../model/db.ts';
import type { FileId } from '../render/rendered.ts';

/** A name that can be clicked, and the file it opens. */
export interface DocumentLink {
  readonly range: TextRange;
  readonly target: FileId;
}

/** Links from the models, seeds and snapshots that a file refs to the files that declare them. */
export function documentLinks(db: ModelDb, file: FileId): readonly DocumentLink[] {
  return db.uses(file).flatMap(use => {
    if (use.kind !== 'ref') return [];
    const [declaration, ...others] = db.resolve(file, use);
    return declaration === undefined || others.length > 0 ? [] : [{ range: use.range, target: declaration.file }];
  });
}
