import { expect, test } from 'vitest';
import { parseFixture } from '../kit/fixture.ts';
import { projectDb } from '../kit/project.ts';

test('the latest version may stand in the file of the model’s name until one with its number comes', () => {
  const db = projectDb(
    parseFixture(`
//- models/m.sql
select 2 as id
//- models/m_v1.sql
select 1 as id
//- models/s.yml
models: [{name: m, versions: [{v: 1}, {v: 2}]}]
`),
  );
  const models = () => db.ids().filter(id => id.startsWith('model.'));
  expect(models().toSorted()).toEqual(['model.shop.m.v1', 'model.shop.m.v2']);
  db.setFile('models/m_v2.sql', 'select 3 as id');
  expect(models().toSorted()).toEqual(['model.shop.m', 'model.shop.m.v1', 'model.shop.m.v2']);
  expect(db.nodesOfFile('models/m.sql')).toEqual(['model.shop.m']);
  db.setFile('models/m_v2.sql', undefined);
  expect(db.nodesOfFile('models/m.sql')).toEqual(['model.shop.m.v2']);
});
