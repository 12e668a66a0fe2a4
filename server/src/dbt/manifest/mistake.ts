import type { FileId } from '../../render/rendered.ts';

/** A place in a YAML file without a position: the keys and indexes that lead to it. */
export type KeyPath = readonly (string | number)[];

/**
 * A mistake in a project's YAML, as the readers find it. It holds no position, so that text moving about in the file
 * changes nothing; `path` finds the range in the syntax tree when it is shown.
 */
export interface Mistake {
  readonly code: MistakeCode;
  readonly message: string;
  readonly file: FileId;
  readonly path: KeyPath;
  /** Whether the key at the end of the path is wrong, or what stands there. */
  readonly on: 'key' | 'value';
  /** dbt's exception, where the code and the message alone do not tell it. */
  readonly dbt?: { readonly class: string; readonly message: string };
}

export type MistakeCode =
  | 'project-invalid'
  | 'project-folder-key'
  | 'project-unknown-key'
  | 'project-shape'
  | 'project-number'
  | 'project-version'
  | 'project-missing'
  | 'profile-missing'
  | 'profile-invalid'
  | 'target-missing'
  | 'package-missing'
  | 'package-duplicate'
  | 'package-invalid'
  | 'properties-invalid'
  | 'properties-jinja'
  | 'test-properties-invalid'
  | 'yaml-jinja';
