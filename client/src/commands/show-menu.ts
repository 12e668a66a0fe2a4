import * as vscode from 'vscode';
import { openPlace } from '../place.ts';
import type { CommandContext } from './command-context.ts';

/** The menu of the status bar item: what can be done about the project in front. */
export async function showMenu(context: CommandContext): Promise<void> {
  const picked = await vscode.window.showQuickPick(entries(context), { title: title(context) });
  await picked?.run();
}

interface Entry extends vscode.QuickPickItem {
  readonly run: () => Thenable<unknown>;
}

function title(context: CommandContext): string {
  const project = context.projects.current;
  return project === undefined ? 'Sluice' : `Sluice: ${project.name}`;
}

function entries(context: CommandContext): readonly Entry[] {
  const project = context.projects.current;
  const place = project?.place;
  const mend: readonly Entry[] =
    project?.message && place
      ? [{ label: '$(warning) Go to the Mistake', detail: project.message, run: () => openPlace(place) }]
      : [];
  return [
    ...mend,
    command('$(target) Select Target', 'sluice.selectTarget', project?.target ?? undefined),
    command('$(symbol-variable) Set Vars', 'sluice.setVars', project?.vars ?? undefined),
    command('$(new-file) New Scratch Query', 'sluice.newScratchQuery'),
    command('$(tools) Build Project', 'sluice.buildProject'),
    command('$(graph) Show Lineage Graph', 'sluice.showLineageGraph'),
    command('$(output) Show Log', 'sluice.showLog'),
    command('$(refresh) Restart Server', 'sluice.restartServer'),
  ];
}

function command(label: string, id: string, description?: string): Entry {
  const run = (): Thenable<unknown> => vscode.commands.executeCommand(id);
  return description === undefined ? { label, run } : { label, description, run };
}
