import assert from 'node:assert/strict';
import * as vscode from 'vscode';

suite('editor', () => {
  test('the workspace is a copy of the sample project', async () => {
    const files = await vscode.workspace.findFiles('**/*.csv');
    assert.ok(files.length > 0);
  });
});
