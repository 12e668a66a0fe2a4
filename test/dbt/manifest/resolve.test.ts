import { describe, expect, test } from 'vitest';
import { resolveRef, type RefCandidate, type RefScope } from '../../../server/src/dbt/manifest/resolve.ts';

const candidate = (uniqueId: string, more: Partial<RefCandidate> = {}): RefCandidate => ({
  uniqueId,
  packageName: uniqueId.split('.')[1]!,
  version: undefined,
  isLatest: false,
  enabled: true,
  ...more,
});
const ref = (name: string, packageName?: string, version?: string | number) => ({
  name,
  package: packageName,
  version,
});
const inRoot: RefScope = { rootPackage: 'root', nodePackage: 'root', prefersNodePackage: false };
const inLib: RefScope = { ...inRoot, nodePackage: 'lib' };
const both = [candidate('model.lib.a'), candidate('model.root.a')];

describe('a ref', () => {
  test('prefers the root project, also from inside a package, unless the flag says otherwise', () => {
    expect(resolveRef(ref('a'), both, inRoot)).toMatchObject({ uniqueId: 'model.root.a' });
    expect(resolveRef(ref('a'), both, inLib)).toMatchObject({ uniqueId: 'model.root.a' });
    expect(resolveRef(ref('a'), both, { ...inLib, prefersNodePackage: true })).toMatchObject({
      uniqueId: 'model.lib.a',
    });
    expect(resolveRef(ref('a', 'lib'), both, inRoot)).toMatchObject({ uniqueId: 'model.lib.a' });
  });

  test('finds what any one package has, and cannot choose between two', () => {
    expect(resolveRef(ref('a'), [candidate('model.p1.a')], inRoot)).toMatchObject({ uniqueId: 'model.p1.a' });
    expect(resolveRef(ref('a'), [candidate('model.p2.a'), candidate('model.p1.a')], inRoot)).toEqual({
      kind: 'ambiguous',
      uniqueIds: ['model.p1.a', 'model.p2.a'],
    });
  });

  test('means the latest version, or the one it asks for', () => {
    const versions = [
      candidate('model.root.m.v1', { version: 1 }),
      candidate('model.root.m.v2', { version: 2, isLatest: true }),
    ];
    expect(resolveRef(ref('m'), versions, inRoot)).toMatchObject({ uniqueId: 'model.root.m.v2' });
    expect(resolveRef(ref('m', undefined, '1'), versions, inRoot)).toMatchObject({ uniqueId: 'model.root.m.v1' });
    expect(resolveRef(ref('m', undefined, 3), versions, inRoot)).toEqual({ kind: 'missing' });
    expect(resolveRef(ref('a', undefined, 1), both, inRoot)).toEqual({ kind: 'missing' });
  });

  test('says that what it means is disabled', () => {
    expect(resolveRef(ref('a'), [candidate('model.root.a', { enabled: false })], inRoot)).toEqual({
      kind: 'disabled',
      uniqueId: 'model.root.a',
    });
    expect(
      resolveRef(ref('a'), [candidate('model.root.a', { enabled: false }), candidate('model.lib.a')], inRoot),
    ).toMatchObject({ uniqueId: 'model.lib.a' });
  });
});
