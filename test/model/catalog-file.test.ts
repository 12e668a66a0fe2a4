import { expect, test } from 'vitest';
import { readCatalog } from '../../server/src/model/catalog-file.ts';

test('a catalog.json gives its relations, columns in their order', () => {
  const column = (name: string, type: string, index: number) => ({ name, type, index, comment: null });
  const text = JSON.stringify({
    metadata: { generated_at: '2026-01-02T03:04:05Z' },
    nodes: {
      'model.shop.orders': {
        metadata: { type: 'BASE TABLE', schema: 'main', name: 'orders', database: 'shop', owner: '' },
        columns: { amount: column('amount', 'DOUBLE', 2), id: column('id', 'INTEGER', 1) },
      },
    },
    sources: {
      'source.shop.raw.events': {
        metadata: { type: 'VIEW', schema: 'raw', name: 'events', database: null },
        columns: {},
      },
      'source.shop.raw.odd': 'no entry',
    },
  });
  expect(readCatalog(text)).toEqual({
    takenAt: '2026-01-02T03:04:05Z',
    relations: [
      {
        database: 'shop',
        schema: 'main',
        identifier: 'orders',
        kind: 'table',
        columns: [
          { name: 'id', type: 'INTEGER' },
          { name: 'amount', type: 'DOUBLE' },
        ],
      },
      { database: undefined, schema: 'raw', identifier: 'events', kind: 'view', columns: [] },
    ],
  });
});

test.each(['', '{', '[]', '{"nodes": {}}'])('%j is no catalog', text => expect(readCatalog(text)).toBeUndefined());
