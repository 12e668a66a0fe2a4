import * as vscode from 'vscode';
import type { CostLimit } from '../../server/src/protocol.ts';

/** The settings of the user, read whole; a new object after each change. */
export interface Config {
  readonly target: string | null;
  readonly profilesDir: string | null;
  readonly previewLimit: number;
  readonly previewCostLimit: CostLimit | null;
  readonly inlayTypes: boolean;
  readonly reportStars: boolean;
  readonly codeLenses: boolean;
}

/** The settings as they are now. An empty text means the same as none. */
export function readConfig(): Config {
  const settings = vscode.workspace.getConfiguration('sluice');
  return {
    target: settings.get<string | null>('target') || null,
    profilesDir: settings.get<string | null>('profilesDir') || null,
    previewLimit: settings.get<number>('previewLimit', 500),
    previewCostLimit: settings.get<CostLimit | null>('previewCostLimit', null),
    inlayTypes: settings.get<boolean>('inlayTypes', false),
    reportStars: settings.get<boolean>('reportSelectStar', false),
    codeLenses: settings.get<boolean>('codeLenses', true),
  };
}

/** Calls `listener` with the new settings after each change of one of them. */
export function onConfigChange(listener: (config: Config) => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration(change => {
    if (change.affectsConfiguration('sluice')) listener(readConfig());
  });
}
