import * as vscode from 'vscode';
import type { ServerSettings } from '../../server/src/protocol.ts';
import { registerCommands } from './commands/register.ts';
import { onConfigChange, readConfig } from './config.ts';
import { configureSqlEditing, tellRefusedLayout } from './sql-editing.ts';
import { Jobs } from './jobs.ts';
import { ColumnView } from './lineage/column-view.ts';
import { GraphPanel } from './lineage/graph-panel.ts';
import { LineageView } from './lineage/lineage-view.ts';
import { CompiledDocuments } from './preview/compiled-documents.ts';
import { CursorSync } from './preview/cursor-sync.ts';
import { followEditor } from './preview/follow-editor.ts';
import { PreviewLenses } from './preview/preview-lenses.ts';
import { ChosenTexts, Projects } from './projects.ts';
import { DataView } from './results/data-view.ts';
import { RunsView } from './runs/runs-view.ts';
import { ServerLink } from './server-link.ts';
import { StatusBar } from './status/status-bar.ts';
import { TestExplorer } from './testing/test-explorer.ts';
import { reportVisibleFiles } from './visible-files.ts';

/** Puts the extension together. Nothing here waits for the server: everything works from the moment it answers. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Sluice', { log: true });
  const targets = new ChosenTexts(context.workspaceState, 'sluice.selectedTargets');
  const vars = new ChosenTexts(context.workspaceState, 'sluice.vars');
  const link = new ServerLink(context.asAbsolutePath('dist/server.cjs'), log, () => settings({ targets, vars }));
  const projects = new Projects(link);
  const documents = new CompiledDocuments(link);
  const jobs = new Jobs(link);
  const data = new DataView(context.extensionUri, link, jobs);
  const runs = new RunsView(link, jobs);
  const lineage = new LineageView(link, projects);
  const graph = new GraphPanel(context.extensionUri, link, projects);

  context.subscriptions.push(
    log,
    link,
    projects,
    documents,
    new CursorSync(documents),
    new PreviewLenses(documents),
    followEditor(projects),
    data,
    runs,
    lineage,
    new ColumnView(link, projects),
    graph,
    new StatusBar(link, projects),
    new TestExplorer(link, projects, jobs),
    reportVisibleFiles(link),
    configureSqlEditing(projects),
    tellRefusedLayout(link),
    registerCommands({
      extension: context.extensionUri,
      link,
      log,
      projects,
      documents,
      targets,
      vars,
      jobs,
      data,
      runs,
      lineage,
      graph,
      config: readConfig,
    }),
    onConfigChange(() => link.sendSettings()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => link.sendSettings()),
  );
  void link.start();
}

function settings({ targets, vars }: { readonly targets: ChosenTexts; readonly vars: ChosenTexts }): ServerSettings {
  const { target, profilesDir, inlayTypes, reportStars, codeLenses } = readConfig();
  const { isTrusted: trusted } = vscode.workspace;
  const chosen = { selectedTargets: targets.all, vars: vars.all };
  return { trusted, target, profilesDir, inlayTypes, reportStars, codeLenses, ...chosen };
}
