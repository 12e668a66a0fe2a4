import assert from 'node:assert/strict';
import { check } from './check.ts';
import type { Check } from './check.ts';
import { editorOf, openFile, replaceText, showsText } from './editor.ts';
import { gridCell } from './views.ts';
import { runCommand, statusItem } from './window.ts';

/** Variables that are set in the editor. */
export const vars: readonly Check[] = [
  check('variables set in the editor count in compiled SQL and in rows, until they are reset', async window => {
    const { page } = window;
    await openFile(window, 'dim_users.sql');
    await replaceText(window, "select '{{ var('day', 'none') }}' as day");
    await runCommand(window, 'Sluice: Preview Compiled SQL');
    const compiled = editorOf(window, 'sluice-compiled');
    await showsText(compiled, "select 'none' as day");
    await runCommand(window, 'Sluice: Set Vars…');
    const box = page.locator('.quick-input-widget');
    const input = box.locator('input').first();
    await input.fill('{day: monday');
    await box.locator('.quick-input-message', { hasText: 'Not YAML that sets variables' }).waitFor();
    await page.keyboard.press('Enter');
    assert.ok(await input.isVisible(), 'a text that is no YAML was taken');
    await input.fill('{day: monday}');
    await box.locator('.quick-input-message', { hasText: 'Sets day = "monday"' }).waitFor();
    await page.keyboard.press('Enter');
    await showsText(compiled, "select 'monday' as day");
    await runCommand(window, 'Sluice: Preview Data');
    await gridCell(window, 0, 0).filter({ hasText: 'monday' }).waitFor();
    await statusItem(window, 'product_funnel · dev · vars').waitFor();
    await runCommand(window, 'Sluice: Reset Vars');
    await showsText(compiled, "select 'none' as day");
  }),
];
