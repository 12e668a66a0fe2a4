import type { ModelDb } from './db.ts';
import { dbtEngine } from './dbt-engine.ts';
import { ProjectModel } from './model-db.ts';
import type { ProjectInput } from './project-input.ts';

/** The meaning of a project. Reading is lazy: nothing but names is worked out before it is asked for. */
export const createModelDb = (input: ProjectInput): ModelDb => new ProjectModel(input, dbtEngine);
