import { createModelDb } from '../../server/src/model/create-db.ts';
import type { ModelDb } from '../../server/src/model/db.ts';
import type { ProjectInput, ProjectSettings } from '../../server/src/model/project-input.ts';
import { lineTable, positionAt } from '../../server/src/base/line-table.ts';
import type { Origin } from '../../server/src/render/rendered.ts';
import type { Fixture } from './fixture.ts';

/** The least that makes a folder a project; a fixture that brings its own files replaces these. */
const DEFAULT_FILES: ReadonlyMap<string, string> = new Map([
  ['dbt_project.yml', "name: shop\nversion: '1.0'\nprofile: shop\n"],
]);

const DEFAULT_PROFILES = 'shop:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: shop.duckdb, schema: main}\n';

/** An invocation like any other, at one moment. */
export const settings: ProjectSettings = {
  vars: {},
  environment: {},
  runStartedAt: '2024-02-29T12:00:00.000000Z',
  invocationId: '00000000-0000-4000-8000-000000000000',
  fullRefresh: false,
  flags: {},
};

/** A fixture as the input of a model; `profiles.yml` is read as the host would find it. */
export function projectInput(fixture: Fixture): ProjectInput {
  const files = new Map([...DEFAULT_FILES, ...fixture.files]);
  const text = files.get('profiles.yml') ?? DEFAULT_PROFILES;
  return { root: '/project', files, profiles: { file: 'profiles.yml', text }, settings };
}

/** The meaning of a fixture. */
export const projectDb = (fixture: Fixture): ModelDb => createModelDb(projectInput(fixture));

/** `models/a.sql:2:5`, lines and characters from 1, for messages of tests. */
export function placeText(db: ModelDb, origin: Origin): string {
  const { line, character } = positionAt(lineTable(db.text(origin.file) ?? ''), origin.start);
  return `${origin.file}:${line + 1}:${character + 1}`;
}
