import { describe, expect, test } from 'vitest';
import { RunPrinter } from '../../server/src/cli/run-printer.ts';
import { plain } from '../../server/src/cli/style.ts';
import type { Terminal } from '../../server/src/cli/terminal.ts';
import type { PlannedNode } from '../../server/src/run/plan.ts';
import type { NodeResult, NodeStatus } from '../../server/src/run/result.ts';

const nodeOf = (resourceType: PlannedNode['resourceType'], name: string, materialized?: string): PlannedNode => ({
  id: name,
  name,
  resourceType,
  materialized,
  relation: materialized === undefined ? undefined : `"shop"."main"."${name}"`,
  file: `${name}.sql`,
});

const nodes = [
  nodeOf('seed', 'events', 'seed'),
  nodeOf('model', 'fact_product_funnel', 'incremental'),
  nodeOf('test', 'relationships_fact_product_funnel_user_id__user_id__ref_dim_users_'),
  nodeOf('unit_test', 'a_session_counts_once'),
];

function resultOf(node: PlannedNode, status: NodeStatus, count?: number): NodeResult {
  const nothing = {
    message: undefined,
    failure: undefined,
    compiledSql: undefined,
    ctes: [],
    macros: [],
    runSql: undefined,
  };
  const counts = status === 'success' ? { rows: count, failures: undefined } : { rows: undefined, failures: count };
  return { id: node.id, status, ...counts, seconds: 0.123, startedAt: '', completedAt: '', thread: '', ...nothing };
}

/** What a run leaves on a terminal of a width. */
function printed(width: number, { isQuiet = false } = {}): string {
  const lines: string[] = [];
  const terminal: Terminal = { isLive: false, width, line: it => void lines.push(it), status: () => undefined };
  const printer = new RunPrinter({ terminal, style: plain, isQuiet });
  printer.show({ kind: 'planned', nodes });
  const [events, funnel, users, session] = nodes as [PlannedNode, PlannedNode, PlannedNode, PlannedNode];
  printer.show({ kind: 'started', node: events });
  printer.show({ kind: 'finished', node: events, result: resultOf(events, 'success', 12345) });
  printer.show({ kind: 'log', level: 'warning', message: 'careful\nwith this' });
  printer.show({ kind: 'finished', node: session, result: resultOf(session, 'pass', 0) });
  printer.show({ kind: 'finished', node: funnel, result: resultOf(funnel, 'error') });
  printer.show({ kind: 'finished', node: users, result: resultOf(users, 'skipped') });
  printer.end();
  return `\n${lines.join('\n')}\n`;
}

describe('the lines of a run', () => {
  test('have kind, name, relation, outcome and time in columns', () => {
    expect(printed(130)).toMatchInlineSnapshot(`
      "
        ✓ seed        events               shop.main.events                               12,345 rows   0.12 s
        • careful
          with this
        ✓ unit test   a_session_counts_once                                                             0.12 s
        ✗ incremental fact_product_funnel  shop.main.fact_product_funnel                        error   0.12 s
        – test        relationships_fact_product_funnel_user_id__user_id__ref_dim_users_      skipped
      "
    `);
  });

  test('give up the relations where there is no room, and cut names', () => {
    expect(printed(80)).toMatchInlineSnapshot(`
      "
        ✓ seed        events               shop.main.events      12,345 rows   0.12 s
        • careful
          with this
        ✓ unit test   a_session_counts_once                                    0.12 s
        ✗ incremental fact_product_funnel  shop.main.fact_prod…        error   0.12 s
        – test        relationships_fact_product_…ef_dim_users_      skipped
      "
    `);
  });

  test('are those of failures only when quiet', () => {
    expect(printed(80, { isQuiet: true })).toMatchInlineSnapshot(`
      "
        • careful
          with this
        ✗ incremental fact_product_funnel  shop.main.fact_prod…        error   0.12 s
        – test        relationships_fact_product_…ef_dim_users_      skipped
      "
    `);
  });
});

test('what a cancelled run never began is counted and not listed', () => {
  const lines: string[] = [];
  const terminal: Terminal = { isLive: false, width: 80, line: it => void lines.push(it), status: () => undefined };
  const printer = new RunPrinter({ terminal, style: plain, isQuiet: false });
  const [events, funnel] = nodes as [PlannedNode, PlannedNode];
  printer.show({ kind: 'planned', nodes });
  printer.show({ kind: 'started', node: events });
  printer.show({ kind: 'finished', node: events, result: resultOf(events, 'cancelled') });
  printer.show({ kind: 'finished', node: funnel, result: resultOf(funnel, 'cancelled') });
  printer.end();
  expect(lines).toEqual([expect.stringContaining('events')]);
});
