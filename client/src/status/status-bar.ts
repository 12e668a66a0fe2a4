import * as vscode from 'vscode';
import type { ProjectStatus } from '../../../server/src/protocol.ts';
import type { Projects } from '../projects.ts';
import type { LinkState, ServerLink } from '../server-link.ts';
import { isTemplate } from '../template-document.ts';
import { statusText } from './status-text.ts';

/** One item in the status bar: project, target, and whether something needs attention. A click opens the menu. */
export class StatusBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('sluice.status', vscode.StatusBarAlignment.Left, 10);
  readonly #link: ServerLink;
  readonly #projects: Projects;
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor(link: ServerLink, projects: Projects) {
    this.#link = link;
    this.#projects = projects;
    this.#item.name = 'Sluice';
    this.#subscriptions = [
      this.#item,
      link.onStateChange(() => this.#update()),
      projects.onChange(() => this.#update()),
    ];
    this.#update();
  }

  dispose(): void {
    for (const it of this.#subscriptions) it.dispose();
  }

  #update(): void {
    const project = this.#projects.current;
    const text = statusText(this.#link.state, project, isSqlInFront());
    if (text === undefined) {
      this.#item.hide();
      return;
    }
    this.#item.text = text.text;
    this.#item.tooltip = tooltip(project, text.tooltip);
    this.#item.command = commandOf(this.#link.state, project);
    this.#item.backgroundColor = text.attention ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    this.#item.accessibilityInformation = { label: `Sluice: ${text.tooltip}`, role: 'button' };
    this.#item.show();
  }
}

function isSqlInFront(): boolean {
  const document = vscode.window.activeTextEditor?.document;
  return document !== undefined && isTemplate(document);
}

function tooltip(project: ProjectStatus | undefined, text: string): vscode.MarkdownString | string {
  if (project === undefined) return text;
  const markdown = new vscode.MarkdownString();
  markdown.appendMarkdown('**Sluice**\n\n');
  markdown.appendText(text);
  return markdown;
}

function commandOf(state: LinkState, project: ProjectStatus | undefined): string | undefined {
  if (state === 'stopped' || state === 'restarting') return 'sluice.showLog';
  return project === undefined ? undefined : 'sluice.showMenu';
}
