import { copyOfSampleProject } from '../sample-copy.ts';
import type { Scenario } from './check.ts';
import { editing } from './editing.ts';
import { nodeKinds } from './node-kinds.ts';
import { pages } from './pages.ts';
import { postgres } from './postgres.ts';
import { preview } from './preview.ts';
import { problems } from './problems.ts';
import { afterClosing, resilience } from './resilience.ts';
import { running } from './running.ts';
import { scratch } from './scratch.ts';
import { sql } from './sql.ts';
import { vars } from './vars.ts';
import { noProject, restricted, twoProjects } from './workspaces.ts';

/** One window for most checks: opening another takes longer than most of them. */
const sampleProject: Scenario = {
  title: 'the sample project',
  setUp: () => ({ content: { folder: copyOfSampleProject() } }),
  checks: [
    ...editing,
    ...problems,
    ...nodeKinds,
    ...preview,
    ...sql,
    ...running,
    ...pages,
    ...scratch,
    ...vars,
    ...resilience,
  ],
  afterwards: afterClosing,
};

/** Every scenario, in the order they run. */
export const scenarios: readonly Scenario[] = [sampleProject, twoProjects, postgres, noProject, restricted];
