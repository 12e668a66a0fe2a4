import { describe, expect, test } from 'vitest';
import { owningProject } from '../../client/src/owning-project.ts';
import { restartDelay } from '../../client/src/restart-delay.ts';
import { commaSeparated, tabSeparated } from '../../client/src/results/separated-values.ts';
import { statusText } from '../../client/src/status/status-text.ts';
import type { ProjectStatus } from '../../server/src/protocol.ts';

function project(root: string, change: Partial<ProjectStatus> = {}): ProjectStatus {
  return {
    root,
    name: 'shop',
    state: 'ready',
    message: null,
    place: null,
    profile: 'shop',
    target: 'dev',
    adapter: 'duckdb',
    targets: [],
    modelCount: 2,
    vars: null,
    ...change,
  };
}

describe('the status bar', () => {
  test('names project and target, and what they are on a second look', () => {
    expect(statusText('running', project('file:///a'), true)).toEqual({
      text: '$(check) shop · dev',
      tooltip: 'shop: 2 models, target dev on duckdb.',
      attention: false,
    });
  });

  test('says that variables are set in the editor, and which', () => {
    expect(statusText('running', project('file:///a', { vars: '{"day":1}' }), true)).toEqual({
      text: '$(check) shop · dev · vars',
      tooltip: 'shop: 2 models, target dev on duckdb. Variables: {"day":1}',
      attention: false,
    });
  });

  test('asks for attention when the project is broken, and says why', () => {
    const broken = project('file:///a', { state: 'broken', message: 'There is no profiles.yml.', target: null });
    expect(statusText('running', broken, true)).toEqual({
      text: '$(warning) shop',
      tooltip: 'There is no profiles.yml.',
      attention: true,
    });
  });

  test('is quiet without a project, and silent when no SQL is open', () => {
    expect(statusText('running', undefined, true)).toMatchObject({ text: '$(circle-slash) Sluice: no project' });
    expect(statusText('running', undefined, false)).toBeUndefined();
  });

  test('shows a server that has gone', () => {
    expect(statusText('restarting', project('file:///a'), true)).toMatchObject({ attention: true });
  });
});

describe('the project of a file', () => {
  test('is the one with the deepest root, and a common beginning of a name is no root', () => {
    const all = [project('file:///a'), project('file:///a/nested'), project('file:///ab')];
    expect(owningProject(all, 'file:///a/nested/models/x.sql')?.root).toBe('file:///a/nested');
    expect(owningProject(all, 'file:///a/models/x.sql')?.root).toBe('file:///a');
    expect(owningProject(all, 'file:///abc/x.sql')).toBeUndefined();
  });
});

describe('restarting', () => {
  test('waits longer after each crash in a short time, half a minute at most', () => {
    const waits = [1, 2, 3, 4, 20].map(n =>
      restartDelay(
        Array.from({ length: n }, () => 1000),
        2000,
      ),
    );
    expect(waits).toEqual([500, 1000, 2000, 4000, 30_000]);
  });

  test('crashes long ago count no more', () => {
    expect(restartDelay([0, 1, 2, 3_600_000], 3_600_001)).toBe(500);
  });
});

describe('copied and saved rows', () => {
  test('tabs, line ends and quotes inside a cell are quoted for the clipboard', () => {
    expect(tabSeparated([['a\tb', 'say "x"', null, 1.5, true, '']])).toBe('"a\tb"\t"say ""x"""\t\t1.5\ttrue\t');
  });

  test('in a CSV file NULL and the empty text stay apart', () => {
    expect(commaSeparated([['a,b', null, '', 'c']])).toBe('"a,b",,"",c\r\n');
  });
});
