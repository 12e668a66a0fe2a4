import type { Clock } from '../host/clock.ts';
import type { Log } from '../host/log.ts';
import type { ModelDb } from '../model/db.ts';
import type { ProjectInput } from '../model/project-input.ts';
import type { WordExpectations } from '../syntax/sql/expected-words.ts';
import type { StatementReader } from '../syntax/sql/independent-parser.ts';
import type { JobRunner } from './job-runner.ts';

/** What the language server needs of the world. The composition root gives the real one, tests one in memory. */
export interface ServerHost {
  readonly files: ProjectFiles;
  readonly clock: Clock;
  readonly log: Log;
  /** The environment that `env_var` sees in the project at a root. */
  readonly environment: (root: string) => Readonly<Record<string, string>>;
  readonly createDb: (input: ProjectInput) => ModelDb;
  /** The independent readings of SQL: of whole statements, and of what may follow a beginning. */
  readonly readStatements: StatementReader;
  readonly wordExpectations: WordExpectations;
  /** `undefined` where nothing can run. */
  readonly jobs: JobRunner | undefined;
}

/** The files on disk, by absolute paths with forward slashes. */
export interface ProjectFiles {
  /** Folders with a `dbt_project.yml` at or below a folder, except inside build results, dependencies and hidden folders. */
  findProjects(folder: string): Promise<readonly string[]>;
  /** The texts of all files that a project is made of, its packages included, by path relative to its root. */
  readProject(root: string): Promise<ReadonlyMap<string, string>>;
  /** One file; `undefined` when it is not there, or is no text. */
  read(path: string): Promise<string | undefined>;
  /** `profiles.yml` in dbt's search order; `profilesDir` comes first when it is given. */
  readProfiles(root: string, profilesDir: string | undefined): Promise<ProjectInput['profiles']>;
  /** The folders that it looks in. */
  profileFolders(root: string, profilesDir: string | undefined): readonly string[];
}
