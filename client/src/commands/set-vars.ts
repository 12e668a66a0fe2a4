import * as vscode from 'vscode';
import type { ProjectStatus, VarsReading } from '../../../server/src/protocol.ts';
import type { CommandContext } from './command-context.ts';

/** Lets the user write the variables that the project in front is rendered and run with; an empty text means none. */
export async function setVars(context: CommandContext): Promise<void> {
  const project = context.projects.current;
  if (project === undefined) return;
  const text = await vscode.window.showInputBox({
    title: `Variables of ${project.name}`,
    prompt: 'YAML or JSON, as dbt takes with --vars. Empty: only those of dbt_project.yml',
    placeHolder: '{day: 2024-01-01, regions: [north, south]}',
    value: context.vars.all[project.root] ?? '',
    ignoreFocusOut: true,
    validateInput: async given => told(given, await context.link.request('sluice/readVars', { text: given })),
  });
  if (text !== undefined) await apply(context, project, text);
}

/** Goes back to the variables of the project file. */
export async function resetVars(context: CommandContext): Promise<void> {
  const project = context.projects.current;
  if (project !== undefined) await apply(context, project, '');
}

async function apply(context: CommandContext, project: ProjectStatus, text: string): Promise<void> {
  await context.vars.choose(project.root, text.trim() === '' ? null : text);
  await context.link.request('sluice/setVars', { project: project.root, text });
  await context.projects.refresh();
}

/** What is wrong with a text, or what it says: `day:1` is YAML too, and means something else than `day: 1`. */
function told(text: string, reading: VarsReading | undefined): vscode.InputBoxValidationMessage | undefined {
  if (reading === undefined || text.trim() === '') return undefined;
  if (reading.kind === 'wrong') {
    const message = `Not YAML that sets variables: ${reading.message}. Write {name: value}.`;
    return { message, severity: vscode.InputBoxValidationSeverity.Error };
  }
  const vars = reading.vars.map(({ name, value }) => `${name} = ${value}`).join(', ');
  return { message: `Sets ${vars}`, severity: vscode.InputBoxValidationSeverity.Info };
}
