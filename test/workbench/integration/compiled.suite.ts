import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, eventually, open, openWith } from './documents.ts';

suite('compiled SQL', () => {
  teardown(closeAll);

  test('the preview opens beside the editor, which keeps the focus', async () => {
    const editor = await open('models/marts/core/fact_product_funnel.sql');
    await vscode.commands.executeCommand('sluice.previewCompiled');
    const preview = await compiledEditor(text => text.includes('"product_funnel"."main"."int_product_funnel"'));
    assert.notEqual(preview.viewColumn, editor.viewColumn);
    assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), editor.document.uri.toString());
  });

  test('loops are unrolled and vars are in their place', async () => {
    await open('models/marts/core/int_product_funnel.sql');
    await vscode.commands.executeCommand('sluice.previewCompiled');
    await compiledEditor(text =>
      ['page_view_events', 'add_to_cart_events', 'checkout_events'].every(it => text.includes(it)),
    );
  });

  test('every change of the unsaved text shows', async () => {
    await openWith('models/staging/stg_users.sql', 'select {{ 1 + 1 }} as a');
    await vscode.commands.executeCommand('sluice.previewCompiled');
    await compiledEditor(text => text === 'select 2 as a');
    await openWith('models/staging/stg_users.sql', 'select {{ 2 + 2 }} as a');
    await compiledEditor(text => text === 'select 4 as a');
  });
});

function compiledEditor(isWanted: (text: string) => boolean): Promise<vscode.TextEditor> {
  return eventually(
    () => vscode.window.visibleTextEditors.find(it => it.document.uri.scheme === 'sluice-compiled'),
    it => it !== undefined && isWanted(it.document.getText()),
  ).then(editor => {
    assert.ok(editor);
    return editor;
  });
}
