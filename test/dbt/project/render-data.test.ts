import { expect, test } from 'vitest';
import { parseFixture } from '../../kit/fixture.ts';
import { projectDb } from '../../kit/project.ts';

test('a text of YAML without Jinja loses its last line break, as rendering drops it', () => {
  const db = projectDb(
    parseFixture(`//- models/a.sql
select 1 as id
//- models/s.yml
models:
  - name: a
    description: |
      Kept as it is.
    config:
      meta:
        one: |
          Line
          Last line
        more: |+
          Line

        other: "x\\r\\ny\\r"
    columns:
      - name: id
        data_tests:
          - accepted_values:
              arguments: {values: [1]}
              config:
                where: >
                  id > 0
`),
  );
  const model = db.node('model.shop.a');
  expect(model?.resourceType === 'model' && [model.description, model.meta]).toEqual([
    'Kept as it is.\n',
    new Map([
      ['one', 'Line\nLast line'],
      ['more', 'Line\n'],
      ['other', 'x\ny'],
    ]),
  ]);
  const found = db
    .ids()
    .map(id => db.node(id))
    .find(node => node?.resourceType === 'test');
  expect(found?.resourceType === 'test' && found.config.get('where')).toBe('id > 0');
});
