import type { ProjectStatus } from '../../../server/src/protocol.ts';
import type { LinkState } from '../server-link.ts';

/** What the status bar says. */
export interface StatusText {
  readonly text: string;
  readonly tooltip: string;
  /** Whether the user should do something about it. */
  readonly attention: boolean;
}

/** The text of the status bar item; `undefined` hides it: there is no project, and no SQL file that could miss one. */
export function statusText(
  link: LinkState,
  project: ProjectStatus | undefined,
  sqlInFront: boolean,
): StatusText | undefined {
  switch (link) {
    case 'starting':
      return { text: '$(sync~spin) Sluice', tooltip: 'The server is starting.', attention: false };
    case 'restarting':
      return {
        text: '$(sync~spin) Sluice',
        tooltip: 'The server ended and is about to start again. Click for the log.',
        attention: true,
      };
    case 'stopped':
      return { text: '$(error) Sluice', tooltip: 'The server is stopped. Click for the log.', attention: true };
    case 'running':
      return project === undefined ? noProject(sqlInFront) : ofProject(project);
  }
}

function noProject(sqlInFront: boolean): StatusText | undefined {
  if (!sqlInFront) return undefined;
  return {
    text: '$(circle-slash) Sluice: no project',
    tooltip: 'There is no dbt_project.yml in this workspace, so models cannot be resolved.',
    attention: false,
  };
}

function ofProject(project: ProjectStatus): StatusText {
  const isVaried = project.vars !== null;
  const name = [project.name, project.target, isVaried ? 'vars' : null].filter(it => it !== null).join(' · ');
  switch (project.state) {
    case 'loading':
      return { text: `$(sync~spin) ${name}`, tooltip: 'Reading the files of the project.', attention: false };
    case 'broken':
      return {
        text: `$(warning) ${name}`,
        tooltip: project.message ?? 'Something in the project is broken.',
        attention: true,
      };
    case 'ready':
      return { text: `$(check) ${name}`, tooltip: facts(project), attention: false };
  }
}

function facts(project: ProjectStatus): string {
  const models = project.modelCount === 1 ? '1 model' : `${project.modelCount} models`;
  const target = project.target === null ? 'no target' : `target ${project.target}`;
  const adapter = project.adapter === null ? '' : ` on ${project.adapter}`;
  const vars = project.vars === null ? '' : ` Variables: ${project.vars}`;
  return `${project.name}: ${models}, ${target}${adapter}.${vars}`;
}
