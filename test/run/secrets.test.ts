import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { bundledCommandLine } from '../warehouse/bundle.ts';
import { startPostgres, type TestServer } from '../warehouse/postgres/server.ts';
import { ProjectOnDisk } from './command-line.ts';

let server: TestServer;
let built: Awaited<ReturnType<typeof bundledCommandLine>>;
let project: ProjectOnDisk;

beforeAll(async () => {
  [server, built] = await Promise.all([startPostgres(), bundledCommandLine()]);
}, 60_000);

afterAll(async () => {
  rmSync(built.folder, { recursive: true });
  await server.stop();
});

afterEach(() => project.remove());

const CANARY = 'canary-of-environment-7f3a';
const WRONG = 'canary-of-wrong-password-51c2';
const TOKEN = 'canary-of-token-90be';

const FILES = {
  'models/good.sql': 'select 1 as id\n',
  'models/bad.sql': 'select no_such_column\n',
  'models/loud.sql':
    "{% do log(target, info=true) %}{% do print(tojson(target)) %}select '{{ target }}' as t, 1 / 0 as x\n",
  'models/s.yml': 'models: [{name: good, columns: [{name: id, data_tests: [unique]}]}]\n',
};

/** Everything that an invocation leaves in the project's folder, apart from what was put there. */
function written(folder: string): string {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.filter(it => it !== 'profiles.yml' && statSync(path.join(folder, it)).isFile());
  return files.map(it => readFileSync(path.join(folder, it), 'latin1')).join('\n');
}

const COMMANDS: readonly (readonly string[])[] = [
  ['debug'],
  ['parse'],
  ['compile'],
  ['build'],
  ['build', '--debug', '--log-format', 'json'],
  ['retry'],
  ['show', '--inline', 'select 1 / 0'],
  ['run-operation', 'nothing_of_the_kind'],
  ['docs', 'generate'],
];

describe('no secret of a profile is shown or kept', () => {
  test.each(COMMANDS)(
    'by %s %s',
    async (...words) => {
      const password = String(server.credentials['password']);
      const target = {
        ...server.credentials,
        password: "{{ env_var('DBT_ENV_SECRET_PASSWORD') }}",
        token: TOKEN,
        schema: 'secrets',
        threads: 1,
      };
      project = new ProjectOnDisk(built.cli, FILES, {
        target,
        env: { DBT_ENV_SECRET_PASSWORD: password, DBT_ENV_SECRET_OTHER: CANARY },
      });
      const { printed } = await project.run(...words);
      expect(printed).not.toBe('');
      for (const secret of [password, CANARY, TOKEN]) expect(printed + written(project.root)).not.toContain(secret);
    },
    30_000,
  );

  test('by a login that the server refuses', async () => {
    project = new ProjectOnDisk(built.cli, FILES, {
      target: { ...server.credentials, user: 'nobody', password: WRONG, schema: 's' },
    });
    for (const words of [['build', '--debug'], ['debug']]) {
      const { printed, code } = await project.run(...words);
      expect(code).not.toBe(0);
      expect(printed + written(project.root)).not.toContain(WRONG);
    }
  }, 30_000);

  test('by an environment secret that a template asks for', async () => {
    const files = { 'models/a.sql': "select '{{ env_var('DBT_ENV_SECRET_OTHER') }}' as x\n" };
    project = new ProjectOnDisk(built.cli, files, {
      target: server.credentials,
      env: { DBT_ENV_SECRET_OTHER: CANARY },
    });
    const { printed, code } = await project.run('run');
    expect(code).not.toBe(0);
    expect(printed + written(project.root)).not.toContain(CANARY);
  }, 30_000);
});
