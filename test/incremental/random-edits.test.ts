import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ModelDb } from '../../server/src/model/db.ts';
import { ProjectModel } from '../../server/src/model/model-db.ts';
import type { ProjectInput } from '../../server/src/model/project-input.ts';
import { parseFixture } from '../kit/fixture.ts';
import { literalEngine } from '../kit/literal-engine.ts';
import { projectInput } from '../kit/project.ts';

const name = fc.constantFrom('a', 'b', 'c', 'm', 'm_v1');
const body = fc.oneof(
  name.map(it => `select * from {{ ref('${it}') }}`),
  fc.tuple(name, name).map(([one, two]) => `{{ config(alias='${one}') }} select 1 from {{ ref('${two}') }}`),
  fc.constantFrom(
    'select 1',
    '{{ config(enabled=false) }} select 1',
    "select * from {{ source('s', 't') }}",
    'select {{ 1 +',
  ),
);
const properties = fc.oneof(
  fc
    .tuple(name, fc.string({ maxLength: 3 }))
    .map(
      ([it, text]) =>
        `models: [{name: ${it}, description: ${JSON.stringify(text)}, columns: [{name: x, data_tests: [unique]}]}]`,
    ),
  fc.constantFrom(
    'models: [{name: m, versions: [{v: 1}]}]',
    'sources: [{name: s, tables: [{name: t}]}]',
    'sources: [{name: s, tables: [{name: t, config: {enabled: false}}]}]',
    "exposures: [{name: e, type: ml, owner: {name: x}, depends_on: [ref('a')]}]",
    'unit_tests: [{name: u, model: m, given: [], expect: {rows: []}}]',
    'models: {',
    '',
  ),
);
const macro = fc.constantFrom('{% macro a() %}1{% endmacro %}', '{% macro b(x) %}{{ x }}{% endmacro %}', '{% macro');
const project = fc.constantFrom(
  'name: shop\nprofile: shop\n',
  'name: shop\nprofile: shop\nmodels: {shop: {+schema: extra}}\n',
  'name: shop\nprofile: shop\nmodel-paths: [models, more]\n',
  'name: shop\nprofile: gone\n',
  'name: [',
);
const edit = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ file: name.map(it => `models/${it}.sql`), text: fc.option(body, { nil: undefined }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      file: fc.constantFrom('models/s.yml', 'models/t.yml'),
      text: fc.option(properties, { nil: undefined }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ file: fc.constant('macros/m.sql'), text: fc.option(macro, { nil: undefined }) }),
  },
  { weight: 1, arbitrary: fc.record({ file: fc.constant('more/a.sql'), text: fc.option(body, { nil: undefined }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ file: fc.constant('dbt_project.yml'), text: fc.option(project, { nil: undefined }) }),
  },
);

test('after any edits every answer is the one that a fresh start gives', () => {
  const input = projectInput(
    parseFixture("\n//- models/a.sql\nselect 1\n//- models/b.sql\nselect * from {{ ref('a') }}\n"),
  );
  fc.assert(
    fc.property(
      fc.array(fc.record({ edit, asks: fc.boolean(), slice: fc.nat({ max: 3 }) }), { minLength: 1, maxLength: 12 }),
      steps => {
        const live = new ProjectModel(input, literalEngine);
        const files = new Map(input.files);
        for (const { edit: change, asks, slice } of steps) {
          live.setFile(change.file, change.text);
          if (change.text === undefined) files.delete(change.file);
          else files.set(change.file, change.text);
          live.indexSome(slice);
          if (asks) expect(everything(live)).toEqual(everything(fresh(input, files)));
        }
        expect(everything(live)).toEqual(everything(fresh(input, files)));
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);

const fresh = (input: ProjectInput, files: ReadonlyMap<string, string>): ModelDb =>
  new ProjectModel({ ...input, files }, literalEngine);

/** All that a project can be asked, as plain data. */
function everything(db: ModelDb) {
  const { nodes, sources, exposures, unitTests, macros, disabled, parents } = db.manifest();
  const ids = [...nodes.keys(), ...sources.keys(), ...disabled.keys()];
  return {
    project: db.project(),
    manifest: { nodes, sources, exposures, unitTests, macros, disabled, parents },
    names: db.names(),
    lineage: db.lineage(),
    files: db.files().map(file => [file, db.fileRole(file), db.nodesOfFile(file), db.uses(file), db.problems(file)]),
    rendered: ids.map(id => [id, db.rendered(id, { mode: 'compile' }), db.relation(id), db.places(id)]),
    problems: db.projectProblems(),
  };
}
