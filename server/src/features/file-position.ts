import type { Offset } from '../base/text-range.ts';
import type { FileId } from '../render/rendered.ts';

/** A cursor in a file of the project. */
export interface FilePosition {
  readonly file: FileId;
  readonly offset: Offset;
}
