import * as vscode from 'vscode';
import type { Place } from '../../../server/src/protocol.ts';
import { openPlace } from '../place.ts';
import type { CommandContext } from './command-context.ts';
import { explainProblem } from './explain-problem.ts';
import { newScratchQuery } from './new-scratch-query.ts';
import { previewCompiled } from './preview-compiled.ts';
import { previewData } from './preview-data.ts';
import { previewCte, previewSelection } from './preview-part.ts';
import { runNodes } from './run-nodes.ts';
import type { RunCommand } from './run-nodes.ts';
import { selectTarget } from './select-target.ts';
import { resetVars, setVars } from './set-vars.ts';
import { showColumnLineage, showLineage, showLineageGraph } from './show-lineage.ts';
import { showMenu } from './show-menu.ts';
import { toggleIncremental } from './toggle-incremental.ts';

/** Registers every command of the manifest, and those that only links inside the extension call. */
export function registerCommands(context: CommandContext): vscode.Disposable {
  const run = (command: RunCommand) => (argument: unknown) => runNodes(context, command, argument);
  const commands: Readonly<Record<string, (argument: unknown, place?: unknown) => unknown>> = {
    newScratchQuery,
    previewCompiled,
    previewData: argument => previewData(context, argument),
    previewSelection: () => previewSelection(context),
    previewCte: (argument, place) => previewCte(context, argument, place),
    runModel: run({ action: 'run', select: 'file' }),
    buildModel: run({ action: 'build', select: 'file' }),
    buildUpstream: run({ action: 'build', select: 'upstream' }),
    buildDownstream: run({ action: 'build', select: 'downstream' }),
    testModel: run({ action: 'test', select: 'file' }),
    buildProject: run({ action: 'build', select: 'project' }),
    cancelRun: () => context.jobs.cancelAll(),
    showLineage: argument => showLineage(context, argument),
    showLineageGraph: argument => showLineageGraph(context, argument),
    showColumnLineage: () => showColumnLineage(context),
    selectTarget: () => selectTarget(context),
    setVars: () => setVars(context),
    resetVars: () => resetVars(context),
    restartServer: () => context.link.restart(),
    showLog: () => context.log.show(),
    showMenu: () => showMenu(context),
    toggleIncremental: argument => toggleIncremental(context, argument),
    explainProblem: argument => explainProblem(context.extension, argument),
    openPlace: argument => openPlace(argument as Place, { preview: true }),
  };
  return vscode.Disposable.from(
    ...Object.entries(commands).map(([name, handler]) => vscode.commands.registerCommand(`sluice.${name}`, handler)),
  );
}
