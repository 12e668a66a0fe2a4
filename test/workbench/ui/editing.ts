import assert from 'node:assert/strict';
import { copyOfSampleProject } from '../sample-copy.ts';
import { check } from './check.ts';
import type { Scenario } from './check.ts';
import { openFile, replaceText, visibleText } from './editor.ts';

/** Writing models. */
export const editing: Scenario = {
  title: 'writing a model',
  setUp: () => ({ content: { folder: copyOfSampleProject() } }),
  checks: [
    check('a file opens and takes text', async window => {
      await openFile(window, 'users.csv');
      await replaceText(window, 'a,b');
      assert.equal(await visibleText(window), 'a,b');
    }),
    check('a file opens and takes text again', async window => {
      await openFile(window, 'users.csv');
      assert.match(await visibleText(window), /user_id/);
      await window.page.screenshot({ path: 'test-output/screenshots/try.png' });
    }),
  ],
};
