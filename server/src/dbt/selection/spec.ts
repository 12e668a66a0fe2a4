import type { Data } from '../manifest/data.ts';

/** Which tests come along with what was selected: dbt's `--indirect-selection`. */
export type IndirectSelection = 'eager' | 'cautious' | 'buildable' | 'empty';

export const indirectSelections: readonly IndirectSelection[] = ['eager', 'cautious', 'buildable', 'empty'];

/** One condition: `@method.arguments:value`, with how far to follow the graph from what it finds. */
export interface Criterion {
  readonly kind: 'criterion';
  readonly method: string;
  /** `meta.owner` of `config.meta.owner:growth`, in parts. */
  readonly methodArguments: readonly string[];
  readonly value: string;
  /** The value as YAML has it, where that is no text: it equals numbers and booleans of a configuration. */
  readonly data?: Data;
  /** How many steps up; `undefined`: none. `Infinity` follows all. */
  readonly parents: number | undefined;
  readonly children: number | undefined;
  /** `@`: all children, and all parents of those. */
  readonly childrensParents: boolean;
  readonly indirect: IndirectSelection;
}

/** What to select: criteria, combined. */
export type SelectionSpec =
  | Criterion
  | { readonly kind: 'everything' }
  | {
      readonly kind: 'union' | 'intersection';
      readonly parts: readonly SelectionSpec[];
      /** Which tests come along once the parts are put together. */
      readonly indirect: IndirectSelection;
    }
  | { readonly kind: 'difference'; readonly from: SelectionSpec; readonly without: SelectionSpec };
