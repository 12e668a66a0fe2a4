import { describe, expect, test } from 'vitest';
import { codeArtifacts, codePath } from '../../server/src/run/artifacts.ts';

const place = { packageName: 'conf', originalPath: 'models/core/s.yml' };

describe('where the code of a node is kept', () => {
  test.each([
    ['a model', { resourceType: 'model', name: 'a', ...place, originalPath: 'models/a.sql' }, 'conf/models/a.sql'],
    [
      'a generic test',
      { resourceType: 'test', name: 'not_null_a_id', ...place, path: 'not_null_a_id.sql' },
      'conf/models/core/s.yml/not_null_a_id.sql',
    ],
    [
      'a unit test',
      { resourceType: 'unit_test', name: 'u', ...place, path: 'core/s.yml' },
      'conf/models/core/s.yml/models/core/u.sql',
    ],
    [
      'a unit test of a version',
      { resourceType: 'unit_test', name: 'u', version: 2, ...place },
      'conf/models/core/s.yml/models/core/u_v2.sql',
    ],
    [
      'a hook of the project',
      { resourceType: 'operation', name: 'conf-on-run-end-0', packageName: 'conf', originalPath: './dbt_project.yml' },
      'conf/dbt_project.yml/hooks/conf-on-run-end-0.sql',
    ],
  ])('%s', (_title, node, path) => {
    expect(codePath(node)).toBe(path);
  });
});

test('nothing is kept of a snapshot that is compiled, nor of a text that is empty', () => {
  const texts = { compiledSql: 'select 1', runSql: undefined };
  const model = { resourceType: 'model', name: 'a', packageName: 'conf', originalPath: 'models/a.sql' };
  expect(codeArtifacts(texts, model)).toEqual([{ path: 'compiled/conf/models/a.sql', text: 'select 1' }]);
  expect(codeArtifacts(texts, { ...model, resourceType: 'snapshot' })).toEqual([]);
  expect(codeArtifacts({ ...texts, compiledSql: '' }, model)).toEqual([]);
});
