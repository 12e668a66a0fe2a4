import { describe, expect, test } from 'vitest';
import { codePath } from '../../server/src/run/artifacts.ts';

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
  ])('%s', (_title, node, path) => {
    expect(codePath(node)).toBe(path);
  });
});
