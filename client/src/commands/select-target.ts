import * as vscode from 'vscode';
import type { ProjectStatus } from '../../../server/src/protocol.ts';
import type { CommandContext } from './command-context.ts';

/** Lets the user choose the target that the project in front is rendered and run for. */
export async function selectTarget(context: CommandContext): Promise<void> {
  const project = context.projects.current;
  if (project === undefined) return;
  const picked = await vscode.window.showQuickPick(choices(project), {
    title: `Target of ${project.name}`,
    placeHolder: project.targets.length === 0 ? (project.message ?? 'The profile has no targets') : 'Target to use',
  });
  if (picked === undefined) return;
  await context.targets.choose(project.root, picked.target);
  await context.link.request('sluice/selectTarget', { project: project.root, target: picked.target });
  await context.projects.refresh();
}

interface Choice extends vscode.QuickPickItem {
  readonly target: string;
}

function choices(project: ProjectStatus): readonly Choice[] {
  return project.targets.map(it => ({
    target: it.name,
    label: it.name,
    iconPath: new vscode.ThemeIcon(it.name === project.target ? 'check' : 'blank'),
    ...(it.adapter === null ? {} : { description: it.adapter }),
  }));
}
