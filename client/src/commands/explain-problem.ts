import * as vscode from 'vscode';

/** Shows the section about a problem's code in the page that comes with the extension. */
export async function explainProblem(extension: vscode.Uri, code: unknown): Promise<void> {
  if (typeof code !== 'string') return;
  const page = vscode.Uri.joinPath(extension, 'docs', 'problems.md').with({ fragment: code });
  await vscode.commands.executeCommand('markdown.showPreview', page);
}
