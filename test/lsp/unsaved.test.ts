import { describe, expect, test } from 'vitest';
import type { JobRunner } from '../../server/src/lsp/job-runner.ts';
import { Session } from './session.ts';

const disk = {
  '/shop/dbt_project.yml': 'name: shop',
  '/shop/models/a.sql': 'select 1',
  '/shop/queries/q.sql': 'BAD',
  '/toys/dbt_project.yml': 'name: toys',
  '/toys/models/a.sql': 'select 2',
};
const folders = ['/shop', '/toys'];
const uri = 'untitled:Untitled-1';

/** Answers a preview with the project and the text that it was asked for. */
const jobs: JobRunner = {
  run: () => Promise.reject(new Error('nothing runs here')),
  preview: async ({ input, uriOf }, { file }) => {
    const rows = [[input.root, input.files.get(file) ?? null, uriOf(file)]];
    const page = { first: 0, rows };
    const rest = { kind: 'none' as const };
    return { outcome: { kind: 'rows', columns: [], page, total: 1, rest, seconds: 0, sql: '' } };
  },
  allRows: async () => ({ outcome: { kind: 'failed', message: 'not asked for here' } }),
  close: async () => undefined,
};

function previewed(session: Session): Promise<unknown> {
  return session.client.sendRequest('sluice/previewData', { job: '1', uri, limit: 5 });
}

const rows = (...row: readonly string[]) => ({ kind: 'rows', page: { rows: [row] } });

describe('a text that was never saved', () => {
  test('is a query of the first project, or of the one that the client says', async () => {
    const session = new Session({ disk, folders, jobs });
    session.openUnsaved(uri, 'select 42');
    expect(await previewed(session)).toMatchObject(rows('/shop', 'select 42', uri));
    void session.client.sendNotification('sluice/adopt', { uri, project: 'file:///toys' });
    expect(await previewed(session)).toMatchObject(rows('/toys', 'select 42', uri));
  });

  test('knows the models of its project', async () => {
    const session = new Session({ disk, folders });
    session.openUnsaved(uri, "{{ ref('a') }}");
    void session.client.sendNotification('sluice/adopt', { uri, project: 'file:///toys' });
    const params = { textDocument: { uri }, position: { line: 0, character: 9 } };
    const links = await session.client.sendRequest<{ targetUri: string }[]>('textDocument/definition', params);
    expect(links.map(it => it.targetUri)).toEqual(['file:///toys/models/a.sql']);
  });

  test('belongs to no project once it is closed, or when it is no SQL', async () => {
    const session = new Session({ disk, folders, jobs });
    session.openUnsaved(uri, 'select 42');
    void session.client.sendNotification('textDocument/didClose', { textDocument: { uri } });
    expect(await previewed(session)).toMatchObject({ kind: 'failed' });
    session.openUnsaved(uri, 'print(42)', 'python');
    expect(await previewed(session)).toMatchObject({ kind: 'failed' });
  });

  test('is checked when it is written as a query of a project', async () => {
    const session = new Session({ disk, folders });
    session.openUnsaved(uri, 'BAD');
    session.openUnsaved('untitled:Untitled-2', 'BAD', 'sql');
    expect(await session.problemsOf(uri)).toHaveLength(1);
    expect(await session.problemsOf('untitled:Untitled-2')).toEqual([]);
  });
});

test('compiled SQL can be asked while it is open, and is no part of the project afterwards', async () => {
  const session = new Session({ disk, folders, jobs });
  const file = '/shop/target/compiled/a.sql';
  const preview = () => session.client.sendRequest('sluice/previewData', { job: '1', uri: `file://${file}`, limit: 5 });
  session.open(file, 'select 7');
  expect(await preview()).toMatchObject(rows('/shop', 'select 7', `file://${file}`));
  expect(await session.problems(file)).toEqual([]);
  session.close(file);
  expect(await preview()).toMatchObject({ kind: 'failed' });
});

test('SQL that lies beside the models is not checked, for it may be for anything', async () => {
  const session = new Session({ disk, folders });
  session.open('/shop/queries/q.sql', 'BAD');
  expect(await session.problems('/shop/queries/q.sql')).toEqual([]);
});
