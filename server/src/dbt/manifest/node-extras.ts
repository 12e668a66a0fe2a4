import type { DataMap } from './data.ts';
import type { ExecutableNode, MacroNode, ManifestNode, ModelNode, UniqueId } from './node.ts';

/**
 * What dbt writes about a node beyond what the node means: found only when it is asked for, because nothing but the
 * artifacts and the variable `model` show it.
 */
export interface NodeExtras {
  /** When the invocation read the project, in seconds since 1970. */
  readonly createdAt: number;
  /** The root project's folder, which seeds of its own and of packages are found from. */
  readonly rootPath: (packageName: string) => string;
  readonly checksum: (node: ExecutableNode) => Checksum;
  /** What each level of configuration says, one over the other, texts with Jinja in the project file as written. */
  readonly unrenderedConfig: (node: ManifestNode) => DataMap;
  /** The docs blocks that a description refers to, as it was written in a package. */
  readonly docBlocks: (packageName: string, written: string) => readonly UniqueId[];
  readonly macro: (node: Pick<MacroNode, 'uniqueId' | 'packageName' | 'name'>) => MacroExtras;
  /** The YAML of a metric, for those that are made of other metrics. */
  readonly metric: (name: string) => DataMap | undefined;
  /** The columns that a model's data tests promise to be a key. */
  readonly testedKey: (node: ModelNode) => readonly string[];
}

/** A fingerprint of contents; `none` and no text where there is nothing to compare. */
export interface Checksum {
  readonly name: 'sha256' | 'path' | 'none';
  readonly checksum: string;
}

/** A macro's text, and what it calls. */
export interface MacroExtras {
  readonly text: string;
  readonly dependsOn: readonly UniqueId[];
  readonly supportedLanguages: readonly string[] | undefined;
}
