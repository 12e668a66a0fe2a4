import type { DataMap } from '../manifest/data.ts';
import type { KeyPath, Mistake } from '../manifest/mistake.ts';
import type { TestMetadata, UniqueId } from '../manifest/node.ts';

/** The lists of a properties file that describe resources declared elsewhere. */
export type PatchSection = 'models' | 'seeds' | 'snapshots' | 'analyses' | 'macros' | 'data_tests' | 'functions';
/** The lists that declare resources themselves. */
export type DeclarationSection =
  'sources' | 'exposures' | 'groups' | 'unit_tests' | 'metrics' | 'semantic_models' | 'saved_queries';
export type Section = PatchSection | DeclarationSection;

/** One item of one list: its name, its rendered data, and where in the file it stands. */
export interface Entry {
  readonly section: Section;
  readonly name: string;
  readonly data: DataMap;
  readonly path: KeyPath;
}

/** One table of a source: the item of the list and the item of its `tables`. */
export interface SourceTableEntry {
  readonly sourceName: string;
  readonly name: string;
  readonly source: DataMap;
  readonly table: DataMap;
  readonly sourcePath: KeyPath;
  readonly path: KeyPath;
}

/** What a generic test is hung on. */
export type TestTarget =
  | {
      readonly kind: 'node';
      readonly section: PatchSection;
      readonly name: string;
      readonly version: string | number | undefined;
    }
  | { readonly kind: 'source'; readonly source: string; readonly table: string };

/** A generic test as YAML declares it, already with the names that dbt gives it. */
export interface GenericTest {
  /** The full name: of the node, of its fqn and of its unique id. */
  readonly name: string;
  /** The name cut to 63 characters with a hash; the same as `name` when that is short enough or was chosen by hand. */
  readonly shortName: string;
  /** The last part of the unique id. */
  readonly hash: string;
  readonly target: TestTarget;
  readonly metadata: TestMetadata;
  readonly columnName: string | undefined;
  /** What the YAML configures, in dbt's order; texts with Jinja in them already rendered. */
  readonly config: DataMap;
  readonly description: string;
  /** Tags that its column, or its source and table, pass on to the test; its configuration has them not. */
  readonly tags: readonly string[];
  readonly path: KeyPath;
}

/** All that one properties file says. */
export interface Properties {
  readonly entries: readonly Entry[];
  readonly tables: readonly SourceTableEntry[];
  readonly tests: readonly GenericTest[];
  readonly mistakes: readonly Mistake[];
}

/** The unique id of a generic test. */
export const genericTestId = (packageName: string, test: GenericTest): UniqueId =>
  `test.${packageName}.${test.name}.${test.hash}`;
