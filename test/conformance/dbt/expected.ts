import type { Json } from '../../../server/src/dbt/manifest/data.ts';

/** What dbt did in one invocation, as the recorded files have it. */
export interface ExpectedStep {
  readonly command: string;
  readonly success: boolean;
  readonly exception?: ExpectedException;
  readonly list?: readonly Json[];
  readonly results?: readonly { readonly unique_id: string; readonly status: string }[];
  readonly manifest?: ManifestSummary | 'same_as_previous_step';
}

export interface ExpectedException {
  readonly class: string;
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
}

/** The part of a manifest that the cases record; a node's keys are those of `manifest.json`, empty values left out. */
export interface ManifestSummary {
  readonly nodes?: Summaries;
  readonly sources?: Summaries;
  readonly exposures?: Summaries;
  readonly unit_tests?: Summaries;
  readonly groups?: Summaries;
  readonly macros?: Summaries;
  readonly docs?: Summaries;
  readonly metrics?: Summaries;
  readonly semantic_models?: Summaries;
  readonly saved_queries?: Summaries;
  readonly disabled?: readonly string[];
  readonly parent_map?: Readonly<Record<string, readonly string[]>>;
}

export type Summaries = Readonly<Record<string, NodeSummary>>;
export type NodeSummary = { readonly [key: string]: Json };
