import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readProjectFiles } from '../../server/src/run/project-files.ts';
import { parseFixture } from '../kit/fixture.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sluice-files-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** The files that are read of the project in `shop/`, from a fixture that may hold more around it. */
function filesRead(fixture: string): readonly string[] {
  for (const [file, text] of parseFixture(fixture).files) {
    const full = path.join(folder, file);
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, text);
  }
  return [...readProjectFiles(path.join(folder, 'shop')).keys()].toSorted();
}

test('what means something to a project is read, and nothing else', () => {
  const read = filesRead(`
//- shop/dbt_project.yml
name: shop
//- shop/selectors.yml
x
//- shop/README.md
x
//- shop/scripts/load.sql
x
//- shop/models/a.sql
x
//- shop/models/s.yml
x
//- shop/models/docs.md
x
//- shop/models/rows.csv
x
//- shop/models/notes.txt
x
//- shop/seeds/events.csv
x
//- shop/tests/fixtures/given.csv
x
//- shop/target/compiled/shop/models/a.sql
x
`);
  expect(read).toEqual([
    'dbt_project.yml',
    'models/a.sql',
    'models/docs.md',
    'models/s.yml',
    'seeds/events.csv',
    'selectors.yml',
    'tests/fixtures/given.csv',
  ]);
});

test('the paths of the project file are respected, also outside of the project', () => {
  const read = filesRead(`
//- shop/dbt_project.yml
name: shop
model-paths: [transform, ../shared]
seed-paths: [data]
//- shop/transform/a.sql
x
//- shared/b.sql
x
//- shop/data/c.csv
x
//- shop/models/d.sql
x
//- other/e.sql
x
`);
  expect(read).toEqual(['../shared/b.sql', 'data/c.csv', 'dbt_project.yml', 'transform/a.sql']);
});

test('installed and local packages are read by their own paths', () => {
  const read = filesRead(`
//- shop/dbt_project.yml
name: shop
//- shop/packages.yml
packages: [{local: ../tools}, {package: x/lib, version: 1.0.0}]
//- shop/dbt_packages/lib/dbt_project.yml
name: lib
macro-paths: [jinja]
//- shop/dbt_packages/lib/jinja/m.sql
x
//- shop/dbt_packages/lib/integration_tests/dbt_project.yml
name: lib_tests
//- shop/dbt_packages/lib/integration_tests/models/a.sql
x
//- tools/dbt_project.yml
name: tools
//- tools/macros/t.sql
x
`);
  expect(read).toEqual([
    '../tools/dbt_project.yml',
    '../tools/macros/t.sql',
    'dbt_packages/lib/dbt_project.yml',
    'dbt_packages/lib/jinja/m.sql',
    'dbt_project.yml',
    'packages.yml',
  ]);
});
