import { check } from './check.ts';
import type { Check } from './check.ts';
import {
  activeEditor,
  activeTab,
  clickIn,
  clickOn,
  editorOf,
  goTo,
  openFile,
  replaceText,
  showsText,
  squiggles,
  type,
} from './editor.ts';
import type { Locator } from 'playwright-core';
import { marks } from './marks.ts';
import { runCommand } from './window.ts';
import type { Window } from './window.ts';

const MODEL = `{%- set kinds = ['view', 'cart'] -%}
select
{%- for kind in kinds %}
  sum({{ kind }}_count) as total,
{%- endfor %}
{{ count_events_by_type(['view', 'cart']) }}
from {{ ref('stg_events') }}`;

/** The template and its compiled SQL side by side, each showing where the cursor of the other is. */
export const preview: readonly Check[] = [
  check('the cursor inside a loop shows at every round of it', async window => {
    const { compiled } = await openBoth(window);
    await clickOn(window, 'kind }}');
    await marks(window, compiled, {
      lines: ['sum(view_count) as total,', 'sum(cart_count) as total,'],
      words: ['view', 'cart'],
    });
    await clickOn(window, 'as total');
    await marks(window, compiled, {
      lines: ['sum(view_count) as total,', 'sum(cart_count) as total,'],
      words: [],
    });
  }),
  check('the cursor on a call of a macro shows all that the macro made', async window => {
    const { compiled } = await openBoth(window);
    await clickOn(window, 'count_events_by_type');
    await marks(window, compiled, {
      lines: [
        "count(case when event_type = 'view' then 1 end) as view_count,",
        "count(case when event_type = 'cart' then 1 end) as cart_count",
      ],
    });
  }),
  check('the cursor in the compiled SQL shows the template, through a loop and through a macro', async window => {
    const { template, compiled } = await openBoth(window);
    await clickIn(window, compiled, 'cart_count)');
    await marks(window, template, { lines: ['sum({{ kind }}_count) as total,'] });
    await clickIn(window, compiled, 'count(case');
    await marks(window, template, {
      lines: ["{{ count_events_by_type(['view', 'cart']) }}"],
      words: ["count_events_by_type(['view', 'cart'])"],
    });
  }),
  check('both sides stay together while the template is being written', async window => {
    const { template, compiled } = await openBoth(window);
    await clickOn(window, 'as total');
    await window.page.keyboard.press('End');
    await window.page.keyboard.press('ArrowLeft');
    await type(window, '_of_step');
    await marks(window, compiled, {
      lines: ['sum(view_count) as total_of_step,', 'sum(cart_count) as total_of_step,'],
    });
    await window.page.keyboard.press('Control+Home');
    await type(window, '-- unsaved\n');
    // What is clicked must have moved down before it is.
    await showsText(compiled, '-- unsaved');
    await clickIn(window, compiled, 'count(case');
    await marks(window, template, { words: ["count_events_by_type(['view', 'cart'])"] });
    await clickIn(window, template, 'kinds =');
    await clickOn(window, 'kind }}');
    await marks(window, compiled, { words: ['view', 'cart'] });
  }),
  check('a problem inside a macro is shown at its call, and leads to the place in the macro', async window => {
    await openFile(window, 'count_events_by_type.sql');
    await replaceText(window, MACRO_WITH_PROBLEM);
    await openFile(window, 'stg_users.sql');
    await replaceText(window, MODEL);
    await squiggles(window, 'error').first().waitFor();
    await goTo(window, 6, 5);
    await runCommand(window, 'Problems: Focus on Problems View');
    const panel = window.page.locator('.markers-panel');
    const problem = panel.locator('.monaco-list-row', { hasText: 'division by zero' }).first();
    await problem.waitFor();
    await panel.locator('.monaco-list-row', { hasText: 'stg_users.sql' }).first().waitFor();
    await problem.click();
    await window.page.keyboard.press('ArrowRight');
    const related = panel.locator('.monaco-list-row', { hasText: 'count_events_by_type.sql' }).first();
    await related.dblclick();
    await activeTab(window, 'count_events_by_type.sql').waitFor();
    await window.page.locator('.statusbar-item', { hasText: /Ln 3, Col \d+/ }).waitFor();
  }),
];

const MACRO_WITH_PROBLEM = `{% macro count_events_by_type(kinds) %}
  {%- for kind in kinds %}
    {{ 1 / (kinds | length - 2) }}
  {%- endfor %}
{% endmacro %}`;

/** A model with a loop and a macro, unsaved, and its compiled SQL beside it. */
async function openBoth(window: Window): Promise<{ readonly template: Locator; readonly compiled: Locator }> {
  await openFile(window, 'stg_users.sql');
  await replaceText(window, MODEL);
  await runCommand(window, 'Sluice: Preview Compiled SQL');
  const template = editorOf(window, '/staging/stg_users.sql');
  const compiled = editorOf(window, 'sluice-compiled');
  await showsText(compiled, 'sum(cart_count) as total');
  await showsText(activeEditor(window), 'sum({{ kind }}_count)');
  return { template, compiled };
}
