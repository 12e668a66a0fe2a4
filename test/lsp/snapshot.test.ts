import { describe, expect, test } from 'vitest';
import { CancellationToken, CancellationTokenSource } from 'vscode-languageserver';
import { Dispatch } from '../../server/src/lsp/dispatch.ts';
import { Snapshot } from '../../server/src/lsp/snapshot.ts';
import type { Workspace } from '../../server/src/lsp/workspace.ts';
import { silentLog } from '../../server/src/host/log.ts';

/** As much of a workspace as a snapshot looks at. */
function workspaceAt(revision: number): { revision: number; ready: Promise<void> } & Workspace {
  return { revision, ready: Promise.resolve(), locate: () => undefined } as unknown as Workspace & { revision: number };
}

describe('a snapshot', () => {
  test('a loop goes on as long as nothing changes', async () => {
    const snapshot = new Snapshot(workspaceAt(1), CancellationToken.None);
    for (let n = 0; n < 3; n++) await snapshot.pause();
    expect(snapshot.file('file:///a.sql')).toBeUndefined();
  });

  test('an edit that arrives during a long loop ends it at its next pause', async () => {
    const workspace = workspaceAt(1);
    const snapshot = new Snapshot(workspace, CancellationToken.None);
    setImmediate(() => (workspace.revision = 2));
    const loop = async (): Promise<void> => {
      for (;;) {
        work(10);
        await snapshot.pause();
      }
    };
    await expect(loop()).rejects.toMatchObject({ name: 'Cancelled', reason: 'by-edit' });
  });

  test('an answer that an edit overtook is content-modified, one that was taken back is cancelled', async () => {
    const workspace = workspaceAt(1);
    const dispatch = new Dispatch(workspace, silentLog);
    const handler = dispatch.serve('slow', 'now', 0, async (snapshot, source: CancellationTokenSource | undefined) => {
      if (source === undefined) workspace.revision += 1;
      else source.cancel();
      await snapshot.pause();
      return 1;
    });
    expect(await handler(undefined, CancellationToken.None)).toMatchObject({ code: -32801 });
    const source = new CancellationTokenSource();
    expect(await handler(source, source.token)).toMatchObject({ code: -32800 });
  });

  test('a bug is counted and answered with nothing', async () => {
    const dispatch = new Dispatch(workspaceAt(1), silentLog);
    const handler = dispatch.serve('buggy', 'now', 'nothing', () => {
      throw new TypeError('a bug');
    });
    expect(await handler(undefined, CancellationToken.None)).toBe('nothing');
    expect(dispatch.crashes).toBe(1);
  });
});

/** Keeps the thread busy, as a slice of real work does. */
function work(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}
