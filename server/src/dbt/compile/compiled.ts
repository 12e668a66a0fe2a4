import type { Rendered, RenderProblem, Segment } from '../../render/rendered.ts';
import type { RefCall, SourceCall, UniqueId } from '../manifest/node.ts';

/** A node's template as SQL: what dbt calls compiled code, with the map back to the templates it came from. */
export interface Compiled extends Rendered {
  readonly text: string;
  readonly segments: readonly Segment[];
  readonly problem: RenderProblem | undefined;
  /** The text before the queries of ephemeral parents were put into it: what others put into theirs. */
  readonly own: { readonly text: string; readonly segments: readonly Segment[] };
  /** The ephemeral parents whose queries were put into the text, outermost dependency first. */
  readonly ephemerals: readonly EphemeralCte[];
  /** What this render asked for, in order of first use. */
  readonly refs: readonly RefCall[];
  readonly sources: readonly SourceCall[];
  /** Ids of the nodes and sources behind `refs` and `sources`. */
  readonly nodes: readonly UniqueId[];
  readonly macros: readonly UniqueId[];
  /** Whether an answer that only the warehouse has was made up as an empty warehouse would give it. */
  readonly guessed: boolean;
  /** Whether the templates asked which command is at work: another one may get another text. */
  readonly asksCommand: boolean;
}

/** One common table expression made of an ephemeral model: its query is not part of the model's own text. */
export interface EphemeralCte {
  readonly uniqueId: UniqueId;
  readonly name: string;
  readonly text: string;
  readonly segments: readonly Segment[];
}
