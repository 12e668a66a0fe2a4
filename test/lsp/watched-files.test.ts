import { expect, test, vi } from 'vitest';
import { createModelDb } from '../../server/src/model/create-db.ts';
import { Session } from './session.ts';

const disk = {
  '/shop/dbt_project.yml': 'name: shop\nprofile: shop',
  '/shop/models/a.sql': "select '{{ env_var('WHO', 'nobody') }}' as who",
};

/** The places that the client was asked to watch, apart from those in its own folders. */
const outside = ({ watched }: Session): readonly unknown[] => {
  const patterns = [...watched.values()].flatMap(it => (it as { watchers: { globPattern: unknown }[] }).watchers);
  return patterns.map(it => it.globPattern).filter(it => typeof it !== 'string');
};

test('profiles outside of the workspace are watched where they may lie, and only there', async () => {
  let folders = ['/shop', '/shop/profiles', '/home/ada/.dbt'];
  const capabilities = {
    workspace: { didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true } },
  };
  const session = new Session({ disk, capabilities, profileFolders: () => folders });
  const inFolder = (folder: string) => ({ baseUri: `file://${folder}`, pattern: 'profiles.yml' });
  await vi.waitFor(() => expect(outside(session)).toEqual([inFolder('/home/ada/.dbt')]));
  folders = ['/etc/dbt'];
  await session.client.sendNotification('workspace/didChangeConfiguration', {
    settings: { sluice: { trusted: true } },
  });
  await vi.waitFor(() => expect(outside(session)).toEqual([inFolder('/etc/dbt')]));
});

test('a client that watches its own folders only is asked for no others', async () => {
  const capabilities = { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } };
  const session = new Session({ disk, capabilities, profileFolders: () => ['/home/ada/.dbt'] });
  await vi.waitFor(() => expect(session.watched.size).toBe(1));
  expect(await session.problems('/shop/models/a.sql')).toEqual([]);
  expect(outside(session)).toEqual([]);
});

test('templates see a changed .env', async () => {
  let who = 'Ada';
  const session = new Session({ disk, createDb: createModelDb, environment: () => ({ WHO: who }) });
  const compiled = async (): Promise<string | undefined> => {
    const params = { uri: 'file:///shop/models/a.sql', incremental: null, position: null };
    return (await session.client.sendRequest<{ sql: string } | null>('sluice/compiled', params))?.sql;
  };
  expect(await compiled()).toBe("select 'Ada' as who");
  who = 'Grace';
  session.diskChanged('/shop/.env', 2);
  await vi.waitFor(async () => expect(await compiled()).toBe("select 'Grace' as who"));
});
