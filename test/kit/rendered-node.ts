import { parseFixture } from './fixture.ts';
import { projectDb } from './project.ts';
import type { Compiled } from '../../server/src/dbt/compile/compiled.ts';

/** The profile of a fixture for another adapter than DuckDB, as a file of the fixture. */
export const profileOf = (type: string): string =>
  `\n//- profiles.yml\nshop:\n  target: dev\n  outputs:\n    dev: {type: ${type}, dbname: db, database: db, project: db, schema: main, threads: 1}\n`;

/** The compiled form of the fixture's model `main`, or of another node of it. */
export function compiledNode(fixture: string, id = 'model.shop.main'): Compiled {
  return projectDb(parseFixture(fixture)).view().compiled(id);
}

/** What one expression prints in a model. */
export function printed(expression: string, files = ''): string {
  const { text, problem } = compiledNode(`\n//- models/main.sql\n${expression}\n${files}`);
  return problem === undefined ? text : `${problem.errorClass}: ${problem.message}`;
}
