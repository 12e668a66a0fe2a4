import type { Scenario } from './check.ts';
import { editing } from './editing.ts';
import { problems } from './problems.ts';
import { resilience } from './resilience.ts';
import { running } from './running.ts';
import { noProject, restricted, twoProjects } from './workspaces.ts';

/** Every scenario, in the order they run. */
export const scenarios: readonly Scenario[] = [
  editing,
  running,
  problems,
  twoProjects,
  noProject,
  restricted,
  resilience,
];
