import type { Result } from '../base/result.ts';
import type { UniqueId } from '../dbt/manifest/node.ts';
import type { Clock } from '../host/clock.ts';
import type { SeenRelation } from '../model/seen-relations.ts';
import type { ProjectInput } from '../model/project-input.ts';
import { AMPLE_FUEL } from '../render/engine.ts';
import type { Artifact } from '../run/artifacts.ts';
import type { StatementReader } from '../syntax/sql/independent-parser.ts';
import type { KeptSessions } from '../warehouse/kept-sessions.ts';
import type { Credentials, Warehouse } from '../warehouse/warehouse.ts';
import type { JobProject } from './job-runner.ts';

/** What jobs need of the world. */
export interface JobsHost {
  readonly clock: Clock;
  readonly newId: () => string;
  /** What the profile says about the target in use, or why it cannot be used. */
  readonly credentialsOf: (input: ProjectInput) => Result<Credentials, { readonly message: string }>;
  readonly openWarehouse: (credentials: Credentials, projectRoot: string) => Warehouse;
  readonly readStatements: StatementReader;
  /** The bundle of `run/worker.ts`. */
  readonly workerFile: string;
  /** Writes a file below the target folder of a project. */
  readonly writeArtifact: (project: JobProject, artifact: Artifact) => void;
  /** Keeps what was seen of built relations, in the target folder of a project. */
  readonly remember: (project: JobProject, seen: readonly SeenRelation[]) => void;
}

/** What one preview or run works with. */
export interface JobContext {
  readonly host: JobsHost;
  readonly project: JobProject;
  readonly warehouse: Warehouse;
  /** Sessions of the same warehouse for what only reads. */
  readonly readers: KeptSessions;
  readonly signal: AbortSignal;
}

/** The project as one invocation sees it: an id and a start of its own. */
export function invocationInput(
  { host, project }: JobContext,
  invocation: { readonly which: string; readonly selected: readonly UniqueId[]; readonly fullRefresh: boolean },
): ProjectInput {
  const { settings } = project.input;
  const flags = { ...settings.flags, which: invocation.which, selected_resources: invocation.selected };
  const { fullRefresh } = invocation;
  const own = { runStartedAt: host.clock.now(), invocationId: host.newId(), fullRefresh, flags, fuel: AMPLE_FUEL };
  return { ...project.input, settings: { ...settings, ...own } };
}
