import { rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ProjectOnDisk } from '../run/command-line.ts';
import { bundledServer } from '../warehouse/bundle.ts';
import { ServerProcess } from './server-process.ts';

let built: Awaited<ReturnType<typeof bundledServer>>;
let project: ProjectOnDisk;

beforeAll(async () => {
  built = await bundledServer();
}, 60_000);

afterAll(() => rmSync(built.folder, { recursive: true }));
afterEach(() => project.remove());

const PASSWORD = 'canary-of-password-2c4d';
const TOKEN = 'canary-of-token-8e1f';
const ENVIRONMENT = 'canary-of-environment-5b7a';

const FILES = {
  'models/good.sql': "{{ config(materialized='table') }}select '{{ target }}' as shown, 1 as id\n",
  'models/loud.sql': '{% do log(target, info=true) %}{% do print(tojson(target)) %}select no_such_column\n',
  'models/asking.sql': "select '{{ env_var('DBT_ENV_SECRET_OTHER') }}' as x\n",
};

/** Everything that the server sends to its client, byte for byte, while the client asks for this. */
async function sentWhile(target: unknown, ask: (server: ServerProcess) => Promise<void>): Promise<string> {
  project = new ProjectOnDisk(built.server, FILES, { target });
  const environment = { DBT_ENV_SECRET_PASSWORD: PASSWORD, DBT_ENV_SECRET_OTHER: ENVIRONMENT };
  const server = await ServerProcess.start(built.server, project, environment);
  await ask(server);
  await server.stop();
  return server.sent;
}

test.each([
  ['that works', { type: 'duckdb', path: 'shop.duckdb' }, 'done'],
  ['that refuses', { type: 'postgres', host: '127.0.0.1', port: 1, user: 'u', dbname: 'd' }, 'refused'],
])(
  'no message to the client holds a secret of a target %s',
  async (_, credentials, ending) => {
    const password = "{{ env_var('DBT_ENV_SECRET_PASSWORD') }}";
    const target = { ...credentials, schema: 'main', threads: 1, password, token: TOKEN };
    const answers: unknown[] = [];
    const sent = await sentWhile(target, async server => {
      const whole = { uri: server.uri('models/good.sql'), nodes: [], fullRefresh: false };
      const asIs = { incremental: null, position: null };
      answers.push(await server.request('sluice/projects', {}));
      for (const file of Object.keys(FILES)) {
        answers.push(await server.request('sluice/compiled', { uri: server.uri(file), ...asIs }));
      }
      answers.push(await server.request('sluice/run', { ...whole, job: 'one', action: 'build', select: 'project' }));
    });
    expect(JSON.stringify(answers.at(-1))).toContain(`"kind":"${ending}"`);
    for (const secret of [PASSWORD, TOKEN, ENVIRONMENT]) expect(sent).not.toContain(secret);
  },
  60_000,
);
