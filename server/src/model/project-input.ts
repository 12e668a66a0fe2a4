import type { Deferral } from '../dbt/compile/manifest-view.ts';
import type { SampleWindow } from '../dbt/microbatch/sample.ts';
import type { Fuel } from '../render/engine.ts';
import type { FileId } from '../render/rendered.ts';

/**
 * Everything the meaning of a project depends on, as data: no file, clock or environment is read by the core.
 * Structured-cloneable, so a run can send it to its worker threads.
 */
export interface ProjectInput {
  /** Absolute path of the folder with `dbt_project.yml`, for messages and the context's paths; never read. */
  readonly root: string;
  /** Texts of the project's files, packages included, by path relative to the root (`../` for paths outside it). */
  readonly files: ReadonlyMap<FileId, string>;
  /** `profiles.yml` as found by the host in dbt's search order, or `undefined` when there is none. */
  readonly profiles: { readonly file: string; readonly text: string } | undefined;
  readonly settings: ProjectSettings;
}

/** What a command line or the editor's settings choose. */
export interface ProjectSettings {
  /** `--profile`, else the project's own. */
  readonly profile?: string;
  /** `--target`, else the profile's own. */
  readonly target?: string;
  /** `--vars`, already read as YAML into plain data. */
  readonly vars: Readonly<Record<string, unknown>>;
  /** The environment that `env_var` sees. */
  readonly environment: Readonly<Record<string, string>>;
  /** ISO 8601 in UTC with microseconds, for `run_started_at`. */
  readonly runStartedAt: string;
  readonly invocationId: string;
  readonly fullRefresh: boolean;
  /** `--empty`, `--threads` and the like, by dbt's flag name in lower case. */
  readonly flags: Readonly<Record<string, unknown>>;
  /** Where nodes were built that this invocation does not build: `--defer`. */
  readonly deferral?: Deferral;
  /** What models and snapshots read of their inputs: `--sample`. */
  readonly sample?: SampleWindow;
  /** How much one template may do; an editor's measure when absent. */
  readonly fuel?: Fuel;
  /** Whether `select *` at the end of a mart is a problem. */
  readonly reportStars?: boolean;
}
