import * as vscode from 'vscode';
import type { Projects } from './projects.ts';
import type { ServerLink } from './server-link.ts';

/**
 * Lets the editor close `{{`, `{%` and `{#` by itself in plain SQL files, once there is a project. The pairs of SQL
 * itself are repeated because a language's list of pairs is replaced as a whole.
 */
export function configureSqlEditing(projects: Projects): vscode.Disposable {
  let configured: vscode.Disposable | undefined;
  const subscription = projects.onChange(() => {
    if (configured !== undefined || projects.all.length === 0) return;
    configured = vscode.languages.setLanguageConfiguration('sql', { autoClosingPairs: [...PAIRS] });
  });
  return new vscode.Disposable(() => {
    subscription.dispose();
    configured?.dispose();
  });
}

/** Says for a while why a file was left as it is, where it disturbs nobody who saves. */
export function tellRefusedLayout(link: ServerLink): vscode.Disposable {
  return link.on('sluice/formatRefused', ({ reason }) => {
    vscode.window.setStatusBarMessage(`$(info) Not formatted. ${reason}`, SHOWN_MS);
  });
}

const SHOWN_MS = 8000;

const IN_TEXT = [vscode.SyntaxTokenType.String, vscode.SyntaxTokenType.Comment];

const PAIRS: readonly vscode.AutoClosingPair[] = [
  { open: '{', close: '}' },
  { open: '{%', close: '%}' },
  { open: '{#', close: '#}' },
  { open: '[', close: ']' },
  { open: '(', close: ')' },
  { open: "'", close: "'", notIn: IN_TEXT },
  { open: '"', close: '"', notIn: IN_TEXT },
  { open: '`', close: '`', notIn: IN_TEXT },
];
