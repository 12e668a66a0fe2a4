import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseFixture } from '../kit/fixture.ts';
import { bundledCommandLine } from '../warehouse/bundle.ts';

let bundles: string;
let cli: string;
let project: string;

beforeAll(async () => {
  ({ folder: bundles, cli } = await bundledCommandLine());
});

beforeEach(() => {
  project = mkdtempSync(path.join(tmpdir(), 'sluice-cli-'));
});

afterEach(() => rmSync(project, { recursive: true }));
afterAll(() => rmSync(bundles, { recursive: true }));

const PROJECT = `
//- dbt_project.yml
name: shop
profile: shop
//- profiles.yml
shop: {target: dev, outputs: {dev: {type: duckdb, path: shop.duckdb, schema: main, threads: 2}}}
`;

function write(fixture: string): void {
  for (const [file, text] of parseFixture(PROJECT + fixture.trimStart()).files) {
    const full = path.join(project, file);
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, text);
  }
}

interface Ended {
  readonly code: number | null;
  /** Standard output, with times and rulers of time left out. */
  readonly text: string;
}

async function sluice(
  line: string,
  whileRunning?: (child: { readonly kill: (signal: NodeJS.Signals) => void; readonly text: () => string }) => void,
): Promise<Ended> {
  const words = (line.match(/'[^']*'|\S+/g) ?? []).map(it => it.replaceAll("'", ''));
  const environment = { PATH: process.env['PATH'], HOME: project };
  const child = spawn(process.execPath, [cli, ...words], {
    cwd: project,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  child.stdout.on('data', data => (text += String(data)));
  child.stderr.on('data', data => (text += String(data)));
  whileRunning?.({ kill: signal => child.kill(signal), text: () => text });
  const code = await new Promise<number | null>(resolve => child.once('close', resolve));
  return { code, text: text.replaceAll(/ *\d+(\.\d+)? s\b/g, ' 0 s').trimEnd() };
}

const SHOP = `
//- models/a.sql
select * from (values (1, 'tea'), (2, null)) v(id, name)
//- models/b.sql
select id from {{ ref('a') }}
//- models/s.yml
models:
  - name: a
    columns:
      - {name: id, data_tests: [unique]}
      - {name: name, data_tests: [{not_null: {config: {severity: warn}}}]}
`;

describe('commands', () => {
  test('build says how each node ended, and what needs a look', async () => {
    write(SHOP);
    expect(await sluice('build --threads 1')).toMatchInlineSnapshot(`
      {
        "code": 0,
        "text": "shop build on dev (duckdb): 2 models, 2 tests

        ✓ view a  shop.main.a 0 s
        ! test not_null_a_name     1 warned 0 s
        ✓ test unique_a_id 0 s
        ✓ view b  shop.main.b 0 s

      warn: test not_null_a_name (models/s.yml)
        Got 1 result, configured to warn if != 0
        query: target/compiled/shop/models/s.yml/not_null_a_name.sql

      Done in 0 s: 3 ok, 1 warned",
      }
    `);
  }, 60_000);

  test('show prints rows; json and csv are for programs', async () => {
    write(SHOP);
    await sluice('run -q');
    expect(await sluice('show -s a --limit 1')).toMatchInlineSnapshot(`
      {
        "code": 0,
        "text": " id  name
       ──  ────
        1  tea
       the first row of a in 0 s",
      }
    `);
    const json = await sluice('show --inline \'select count(*) as n from {{ ref("a") }}\' --output json');
    expect(JSON.parse(json.text)).toEqual({ show: [{ n: 2 }] });
    expect(await sluice('show -s a --output csv')).toEqual({ code: 0, text: 'id,name\n1,tea\n2,' });
  }, 60_000);

  test('a mistake in the project is shown with its line, and nothing runs', async () => {
    write("//- models/a.sql\nselect * from\n  {{ ref('nowhere') }}\n");
    expect(await sluice('run')).toMatchInlineSnapshot(`
      {
        "code": 2,
        "text": "error[unknown-model]: no model named 'nowhere'
        models/a.sql:2:11
          1 │ select * from
          2 │   {{ ref('nowhere') }}
            │           ^^^^^^^",
      }
    `);
    expect(existsSync(path.join(project, 'shop.duckdb'))).toBe(false);
  }, 60_000);

  test('what the warehouse refuses is shown at its place in the template', async () => {
    write('//- models/a.sql\n{{ config(materialized="table") }}\nselect\n  1 as id,\n  missing\n');
    expect(await sluice('run')).toMatchInlineSnapshot(`
      {
        "code": 1,
        "text": "shop run on dev (duckdb): 1 model

        ✗ table a  shop.main.a        error 0 s

      error: model a
        Binder Error: Referenced column "missing" was not found because the FROM clause is missing
        models/a.sql:4:3
          3 │   1 as id,
          4 │   missing
            │   ^^^^^^^

      Done in 0 s: 0 ok, 1 failed
      sluice retry does what did not end well again, and what waits for it.",
      }
    `);
    expect(await sluice('show -s a')).toMatchInlineSnapshot(`
      {
        "code": 1,
        "text": "error: a: Binder Error: Referenced column "missing" was not found because the FROM clause is missing
        models/a.sql:4:3
          3 │   1 as id,
          4 │   missing
            │   ^^^^^^^",
      }
    `);
  }, 60_000);

  test('compile prints the SQL of the node that was asked for', async () => {
    write(SHOP);
    const compiled = await sluice('compile -s b');
    expect(compiled).toEqual({ code: 0, text: 'select id from "shop"."main"."a"' });
    expect(readFileSync(path.join(project, 'target/compiled/shop/models/b.sql'), 'utf8')).toBe(compiled.text);
    expect(JSON.parse(readFileSync(path.join(project, 'target/manifest.json'), 'utf8'))).toHaveProperty('nodes');
  }, 60_000);

  test('run-operation runs a macro with its arguments', async () => {
    write(`
//- macros/m.sql
{% macro make(name, n) %}
  {% do run_query('create table ' ~ name ~ ' as select ' ~ n ~ ' as n') %}
  {% do run_query('commit') %}
  {{ log('made ' ~ name, info=true) }}
{% endmacro %}
`);
    expect(await sluice("run-operation make --args '{name: made, n: 7}'")).toEqual({
      code: 0,
      text: 'made made\n✓ make',
    });
    expect((await sluice("show --inline 'select n from made' --output csv")).text).toBe('n\n7');
    expect((await sluice('run-operation nothing')).text).toContain("could not find a macro with the name 'nothing'");
  }, 60_000);

  test('clean removes what was written, and refuses what it must not', async () => {
    write(SHOP);
    writeFileSync(
      path.join(project, 'dbt_project.yml'),
      'name: shop\nprofile: shop\nclean-targets: [target, .., models]\n',
    );
    await sluice('parse');
    expect(existsSync(path.join(project, 'target'))).toBe(true);
    expect(await sluice('clean')).toMatchInlineSnapshot(`
      {
        "code": 2,
        "text": "error: .. is not removed: it lies outside of the project.
             models is not removed: it holds the project's own files.
             Nothing was removed.",
      }
    `);
    expect(existsSync(path.join(project, 'target'))).toBe(true);
    writeFileSync(path.join(project, 'dbt_project.yml'), 'name: shop\nprofile: shop\n');
    expect(await sluice('clean')).toEqual({ code: 0, text: 'Removed target' });
    expect(readdirSync(project).toSorted()).toEqual(['dbt_project.yml', 'models', 'profiles.yml']);
  }, 60_000);
});

test.each([
  ['', 0, 'Usage: sluice COMMAND'],
  ['--version', 0, 'sluice '],
  ['fly', 2, "No such command 'fly'"],
  ['run --nope', 2, 'No such option: --nope'],
  ['run', 2, 'No dbt_project.yml found'],
])(
  'sluice %s ends with %i',
  async (line, code, text) => {
    const ended = await sluice(line);
    expect(ended.code).toBe(code);
    expect(ended.text).toContain(text);
  },
  30_000,
);

test('Ctrl-C cancels the statement in the warehouse and leaves no process behind', async () => {
  write(
    '//- models/a.sql\n{{ config(materialized="table") }}\nselect count(*) as n from range(100000000000) x, range(1000) y\n',
  );
  const ended = await sluice('run --log-format json', child => {
    const timer = setInterval(() => {
      if (!child.text().includes('"NodeStart"')) return;
      clearInterval(timer);
      setTimeout(() => child.kill('SIGINT'), 1000);
    }, 50);
  });
  expect(ended.code).toBe(1);
  expect(ended.text).toContain('"status":"cancelled"');
  expect(processesOf(bundles)).toEqual([]);
}, 60_000);

/** Processes whose command line names a path. */
function processesOf(part: string): readonly string[] {
  const pids = readdirSync('/proc').filter(it => /^\d+$/.test(it));
  return pids.filter(pid => {
    const file = `/proc/${pid}/cmdline`;
    return existsSync(file) && readFileSync(file, 'utf8').includes(part);
  });
}
