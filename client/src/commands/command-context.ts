import type * as vscode from 'vscode';
import type { Config } from '../config.ts';
import type { Jobs } from '../jobs.ts';
import type { GraphPanel } from '../lineage/graph-panel.ts';
import type { LineageView } from '../lineage/lineage-view.ts';
import type { CompiledDocuments } from '../preview/compiled-documents.ts';
import type { ChosenTexts, Projects } from '../projects.ts';
import type { DataView } from '../results/data-view.ts';
import type { RunsView } from '../runs/runs-view.ts';
import type { ServerLink } from '../server-link.ts';

/** What commands work with. */
export interface CommandContext {
  /** Where the extension is installed. */
  readonly extension: vscode.Uri;
  readonly link: ServerLink;
  readonly log: vscode.LogOutputChannel;
  readonly projects: Projects;
  readonly documents: CompiledDocuments;
  readonly targets: ChosenTexts;
  /** As the user wrote them: YAML. */
  readonly vars: ChosenTexts;
  readonly jobs: Jobs;
  readonly data: DataView;
  readonly runs: RunsView;
  readonly lineage: LineageView;
  readonly graph: GraphPanel;
  readonly config: () => Config;
}
