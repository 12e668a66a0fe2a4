import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SeenRelation } from '../../server/src/model/seen-relations.ts';
import { trinoWarehouse } from '../../server/src/warehouse/trino/warehouse.ts';
import { bundledCommandLine } from '../warehouse/bundle.ts';
import { startTrino, type TrinoStandIn } from '../warehouse/trino/stand-in.ts';
import { ProjectOnDisk } from './command-line.ts';

let server: TrinoStandIn;
let built: Awaited<ReturnType<typeof bundledCommandLine>>;

beforeAll(async () => {
  [server, built] = await Promise.all([startTrino(), bundledCommandLine()]);
}, 60_000);

afterAll(async () => {
  rmSync(built.folder, { recursive: true });
  await server.stop();
});

test('a project builds twice, tests and lists its catalog over the protocol of Trino', async () => {
  const files = {
    'seeds/people.csv': 'id,name\n1,Ada\n2,Grace\n',
    'models/adults.sql': "select id, name from {{ ref('people') }}\n",
    'models/named.sql': "{{ config(materialized='view') }}select name from {{ ref('adults') }}\n",
    'models/log.sql': "{{ config(materialized='incremental') }}select count(*) as n from {{ ref('adults') }}\n",
    'models/s.yml': 'models: [{name: adults, columns: [{name: id, data_tests: [unique, not_null]}]}]\n',
  };
  const project = new ProjectOnDisk(built.cli, files, {
    target: { ...server.credentials, schema: 'shop', threads: 1 },
  });
  try {
    for (const _ of [1, 2]) {
      const { code, printed } = await project.run('build');
      expect(printed).toContain('6 ok');
      expect(code).toBe(0);
    }
    expect(await rows('select name from shop.named order by name')).toEqual([['Ada'], ['Grace']]);
    expect(await rows('select n from shop.log')).toEqual([[2], [2]]);
    const seen = JSON.parse(project.read('target/sluice_catalog.json')) as {
      readonly relations: readonly SeenRelation[];
    };
    expect(seen.relations.map(it => `${it.name}: ${it.columns.map(c => c.name).join(', ')}`)).toEqual([
      'adults: id, name',
      'log: n',
      'named: name',
      'people: id, name',
    ]);
    await project.run('docs', 'generate');
    const { nodes } = JSON.parse(project.read('target/catalog.json')) as { readonly nodes: Record<string, unknown> };
    expect(Object.keys(nodes).toSorted()).toEqual([
      'model.shop.adults',
      'model.shop.log',
      'model.shop.named',
      'seed.shop.people',
    ]);
  } finally {
    project.remove();
  }
}, 60_000);

async function rows(sql: string): Promise<unknown> {
  const opened = await trinoWarehouse({ credentials: server.credentials, projectRoot: '/' }).session();
  if (!opened.ok) throw new Error(opened.failure.message);
  const answer = await opened.value.execute(sql, { fetch: true });
  return answer.ok ? answer.value.rows : answer.failure;
}
