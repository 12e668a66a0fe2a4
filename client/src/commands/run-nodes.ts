import type { RunAction, RunSelection } from '../../../server/src/protocol.ts';
import * as vscode from 'vscode';
import { activeFile } from './active-file.ts';
import type { CommandContext } from './command-context.ts';
import { previewData } from './preview-data.ts';

/** What one of the run commands does. */
export interface RunCommand {
  readonly action: RunAction;
  readonly select: RunSelection;
}

/** Runs, builds or tests the nodes of a file, or of the project around it. */
export async function runNodes(context: CommandContext, command: RunCommand, argument: unknown): Promise<void> {
  const uri = command.select === 'project' ? context.projects.current?.root : activeFile(argument)?.toString();
  if (uri === undefined) return;
  const isGood = await context.runs.start({ ...command, uri, nodes: [], fullRefresh: false });
  // Whoever runs one model wants to see what came out.
  const isOneModel = command.action === 'run' && command.select === 'file';
  if (isGood && isOneModel) await previewData(context, vscode.Uri.parse(uri));
}
