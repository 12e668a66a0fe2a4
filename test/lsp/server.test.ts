import { describe, expect, test } from 'vitest';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import type { ModelDb } from '../../server/src/model/db.ts';
import type { ProjectInput } from '../../server/src/model/project-input.ts';
import { plainDb } from './plain-db.ts';
import { Session } from './session.ts';

const project = '/shop/dbt_project.yml';
const named = (name: string, value: string) => ({ name, value });

describe('starting', () => {
  test('the server says what it can do', async () => {
    const { capabilities } = await new Session({ disk: {} }).capabilities;
    expect(capabilities).toMatchObject({
      hoverProvider: true,
      definitionProvider: true,
      referencesProvider: true,
      completionProvider: { triggerCharacters: expect.arrayContaining(["'", '"']) },
      documentFormattingProvider: true,
    });
  });

  test('a request that comes before the project was read waits for it', async () => {
    const session = new Session({
      disk: { [project]: 'name: shop', '/shop/models/a.sql': "{{ ref('b') }}", '/shop/models/b.sql': 'select 1' },
    });
    expect(await session.definition('/shop/models/a.sql', 0, 9)).toEqual(['file:///shop/models/b.sql']);
  });
});

describe('positions', () => {
  test('lines end with CRLF, and characters outside the basic plane count twice', async () => {
    const session = new Session({ disk: { [project]: 'name: shop' } });
    session.open('/shop/models/a.sql', "select '🦆🦆' as x,\r\n  '🦆' BAD\r\n");
    const [problem] = await session.problems('/shop/models/a.sql');
    expect(problem?.range).toEqual({ start: { line: 1, character: 7 }, end: { line: 1, character: 10 } });
  });

  test('a cursor behind an astral character finds the name it is in', async () => {
    const session = new Session({ disk: { [project]: 'name: shop', '/shop/models/b.sql': '' } });
    session.open('/shop/models/a.sql', "-- 🦆\r\nselect '🦆', {{ ref('b') }}");
    expect(await session.definition('/shop/models/a.sql', 1, 21)).toEqual(['file:///shop/models/b.sql']);
  });

  test('a position behind the end of its line means the end of the line', async () => {
    const session = new Session({ disk: { [project]: 'name: shop', '/shop/models/b.sql': '' } });
    session.open('/shop/models/a.sql', "{{ ref('b') }}\nselect 1");
    expect(await session.definition('/shop/models/a.sql', 99, 99)).toEqual([]);
  });
});

describe('texts', () => {
  const disk = { [project]: 'name: shop', '/shop/models/a.sql': 'BAD', '/shop/models/b.sql': 'select 1' };

  test('the unsaved text wins over the one on disk, until the document is closed', async () => {
    const session = new Session({ disk });
    session.open('/shop/models/a.sql', 'good');
    expect(await session.problems('/shop/models/a.sql')).toEqual([]);
    session.diskChanged('/shop/models/a.sql', 2);
    expect(await session.problems('/shop/models/a.sql')).toEqual([]);
    session.close('/shop/models/a.sql');
    expect(await session.problems('/shop/models/a.sql')).toHaveLength(1);
  });

  test('an edit that was sent before a request is in its answer', async () => {
    const session = new Session({ disk });
    session.open('/shop/models/a.sql', 'select 1');
    session.edit('/shop/models/a.sql', "{{ ref('b') }}");
    expect(await session.definition('/shop/models/a.sql', 0, 9)).toEqual(['file:///shop/models/b.sql']);
  });

  test('edits of ranges are applied in their order', async () => {
    const session = new Session({ disk });
    session.open('/shop/models/a.sql', 'one\r\ntwo');
    const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 3 } };
    void session.client.sendNotification('textDocument/didChange', {
      textDocument: { uri: 'file:///shop/models/a.sql', version: 2 },
      contentChanges: [
        { range, text: "{{ ref('x') }}" },
        { range: { start: { line: 1, character: 8 }, end: { line: 1, character: 9 } }, text: 'b' },
      ],
    });
    expect(await session.definition('/shop/models/a.sql', 1, 9)).toEqual(['file:///shop/models/b.sql']);
  });

  test('a file that appears on disk can be referred to at once', async () => {
    const session = new Session({ disk });
    session.open('/shop/models/a.sql', "{{ ref('new') }}");
    expect(await session.definition('/shop/models/a.sql', 0, 9)).toEqual([]);
    session.disk.set('/shop/models/new.sql', 'select 1');
    session.diskChanged('/shop/models/new.sql', 1);
    expect(await session.definition('/shop/models/a.sql', 0, 9)).toEqual(['file:///shop/models/new.sql']);
  });

  test('a deleted folder takes its files and their problems along', async () => {
    const session = new Session({ disk: { ...disk, '/shop/models/sub/c.sql': 'BAD' } });
    await session.capabilities;
    expect(await session.problems('/shop/models/sub/c.sql')).toHaveLength(1);
    session.disk.delete('/shop/models/sub/c.sql');
    session.diskChanged('/shop/models/sub', 3);
    expect(await session.problems('/shop/models/sub/c.sql')).toEqual([]);
  });

  test('build results are no part of the project', async () => {
    const session = new Session({ disk: { ...disk, '/shop/target/compiled/shop/a.sql': 'BAD' } });
    expect(await session.problems('/shop/target/compiled/shop/a.sql')).toEqual([]);
  });
});

describe('problems', () => {
  test('they carry the version of the text they were found in', async () => {
    const session = new Session({ disk: { [project]: 'name: shop' } });
    session.open('/shop/models/a.sql', 'good');
    session.edit('/shop/models/a.sql', 'BAD', 7);
    await session.problems('/shop/models/a.sql');
    expect(session.published.at(-1)).toMatchObject({ version: 7, diagnostics: [{ code: 'bad-word', severity: 1 }] });
  });

  test('they go away with the mistake, and are not sent again when nothing changed', async () => {
    const session = new Session({ disk: { [project]: 'name: shop', '/shop/models/b.sql': 'BAD' } });
    session.open('/shop/models/a.sql', 'BAD');
    expect(await session.problems('/shop/models/a.sql')).toHaveLength(1);
    session.edit('/shop/models/a.sql', 'good');
    expect(await session.problems('/shop/models/a.sql')).toEqual([]);
    expect(session.published.filter(it => it.uri.endsWith('b.sql'))).toHaveLength(1);
  });

  test('the files in view come first', async () => {
    const names = ['a', 'b', 'c', 'd'];
    const models = Object.fromEntries(names.map(it => [`/shop/models/${it}.sql`, 'BAD']));
    const session = new Session({ disk: { [project]: 'name: shop', ...models } });
    await session.capabilities;
    void session.client.sendNotification('sluice/visibleFiles', { uris: ['file:///shop/models/d.sql'] });
    await session.problems('/shop/models/d.sql');
    expect(session.published.map(it => it.uri.at(-5))).toEqual(['d', 'a', 'b', 'c']);
  });
});

describe('projects', () => {
  test('each file belongs to the project around it, and packages of a project are none of their own', async () => {
    const session = new Session({
      disk: {
        '/shop/one/dbt_project.yml': 'name: one',
        '/shop/one/packages.yml': 'packages:\n  - local: packages/helpers',
        '/shop/one/packages/helpers/dbt_project.yml': 'name: helpers',
        '/shop/one/models/same.sql': 'select 1',
        '/shop/one/models/user.sql': "{{ ref('same') }}",
        '/shop/two/dbt_project.yml': 'name: two',
        '/shop/two/models/same.sql': 'select 2',
        '/shop/two/models/user.sql': "{{ ref('same') }}",
      },
    });
    expect(await session.definition('/shop/one/models/user.sql', 0, 9)).toEqual(['file:///shop/one/models/same.sql']);
    expect(await session.definition('/shop/two/models/user.sql', 0, 9)).toEqual(['file:///shop/two/models/same.sql']);
    const projects = await session.client.sendRequest<{ name: string }[]>('sluice/projects', {});
    expect(projects.map(it => it.name)).toEqual(['one', 'two']);
  });

  test('a project file that appears makes a project', async () => {
    const session = new Session({ disk: { '/shop/models/a.sql': 'BAD' } });
    expect(await session.problems('/shop/models/a.sql')).toEqual([]);
    session.disk.set(project, 'name: late');
    session.diskChanged(project, 1);
    expect(await session.problems('/shop/models/a.sql')).toHaveLength(1);
  });

  test('another target is used as soon as it is selected', async () => {
    const session = new Session({ disk: { [project]: 'name: shop' } });
    await session.capabilities;
    const selected = { project: 'file:///shop', target: 'prod' };
    expect(await session.client.sendRequest('sluice/selectTarget', selected)).toMatchObject({ target: 'prod' });
  });

  test('variables are used as soon as they are set, and until they are taken back', async () => {
    const vars: unknown[] = [];
    const createDb = (input: ProjectInput): ModelDb => {
      const db = plainDb(input);
      const setSettings = (next: ProjectInput['settings']): void => void vars.push(next.vars);
      return Object.assign(db, { setSettings });
    };
    const session = new Session({ disk: { [project]: 'name: shop' }, createDb });
    await session.capabilities;
    const set = (text: string) => session.client.sendRequest('sluice/setVars', { project: 'file:///shop', text });
    expect(await set('day: 2024-01-01')).toMatchObject({ vars: '{"day":"2024-01-01"}' });
    expect(await set(' ')).toMatchObject({ vars: null });
    expect(vars).toEqual([{ day: '2024-01-01' }, {}]);
  });

  test.each([
    ['{day: 1, all: [x]}', { kind: 'vars', vars: [named('day', '1'), named('all', '["x"]')] }],
    ['{"day": null}', { kind: 'vars', vars: [named('day', 'null')] }],
    // Without the blank it is a name without a value, which is what YAML makes of it.
    ['{day:1}', { kind: 'vars', vars: [named('day:1', 'null')] }],
    ['', { kind: 'vars', vars: [] }],
    ['[1, 2]', { kind: 'wrong', message: 'variables are a mapping of names to values' }],
    ['day', { kind: 'wrong', message: 'variables are a mapping of names to values' }],
    ['{day: 1', { kind: 'wrong', message: expect.stringMatching(/./) }],
  ])('of the variables %j somebody types it is told what they mean', async (text, expected) => {
    const session = new Session({ disk: {} });
    await session.capabilities;
    expect(await session.client.sendRequest('sluice/readVars', { text })).toEqual(expected);
  });
});

describe('answers nobody gets', () => {
  test('a feature that crashes answers with nothing, and the others go on', async () => {
    const lines: string[] = [];
    const log = { info: () => undefined, warn: () => undefined, error: (line: string) => void lines.push(line) };
    const session = new Session({ disk: { [project]: 'name: shop', '/shop/models/b.sql': '' }, log });
    session.open('/shop/models/a.sql', "{{ ref('crash') }} {{ ref('b') }} BAD");
    expect(await session.definition('/shop/models/a.sql', 0, 10)).toEqual([]);
    expect(lines.join()).toContain('definition crashed: Error: a feature crashed');
    expect(await session.definition('/shop/models/a.sql', 0, 28)).toHaveLength(1);
    expect(await session.problems('/shop/models/a.sql')).toHaveLength(1);
  });

  test('a request that the client takes back ends as cancelled', async () => {
    const session = new Session({ disk: { [project]: 'name: shop' } });
    await session.capabilities;
    const hover = { textDocument: { uri: 'file:///shop/models/a.sql' }, position: { line: 0, character: 0 } };
    const source = new CancellationTokenSource();
    const request = session.client.sendRequest('textDocument/hover', hover, source.token);
    source.cancel();
    await expect(request).rejects.toMatchObject({ code: -32800 });
  });
});
