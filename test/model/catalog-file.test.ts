import { expect, test } from 'vitest';
import { readCatalog } from '../../server/src/model/catalog-file.ts';
import { withSeen, type SeenRelation } from '../../server/src/model/seen-relations.ts';

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
  const takenAt = '2026-01-02T03:04:05Z';
  expect(readCatalog([text])).toEqual({
    relations: [
      {
        takenAt,
        database: 'shop',
        schema: 'main',
        identifier: 'orders',
        kind: 'table',
        columns: [
          { name: 'id', type: 'INTEGER' },
          { name: 'amount', type: 'DOUBLE' },
        ],
      },
      { database: undefined, schema: 'raw', identifier: 'events', kind: 'view', columns: [], takenAt },
    ],
  });
});

test.each([undefined, '', '{', '[]', '{"nodes": {}}', '{"format": "sluice catalog 2", "relations": []}'])(
  '%j is no catalog',
  text => expect(readCatalog([text])).toBeUndefined(),
);

function seen(name: string, column: string, change: Partial<SeenRelation> = {}): SeenRelation {
  const columns = [{ name: column, type: 'INTEGER' }];
  const told = { seen_at: '2026-01-02T00:00:00Z', seen_by: 'run', target: 'dev' };
  return { database: 'shop', schema: 'main', name, type: 'VIEW', columns, ...told, ...change };
}

const columnsOf = (...texts: (string | undefined)[]): unknown =>
  readCatalog(texts)?.relations.map(it => [it.identifier, it.columns[0]?.name, it.takenAt.slice(0, 10)]);

test('of a relation in both files the one that was seen last counts, whatever the case of its name', () => {
  const generated = (day: string): string =>
    JSON.stringify({
      metadata: { generated_at: day },
      nodes: {
        a: {
          metadata: { schema: 'MAIN', name: 'ORDERS', database: 'SHOP' },
          columns: { old: { name: 'old', type: 'TEXT', index: 1 } },
        },
      },
    });
  const run = withSeen(undefined, [seen('orders', 'fresh')]);
  expect(columnsOf(generated('2026-01-01'), run)).toEqual([['orders', 'fresh', '2026-01-02']]);
  expect(columnsOf(generated('2026-01-03'), run)).toEqual([['ORDERS', 'old', '2026-01-03']]);
});

test('a run replaces what is known of the relations that it built, and keeps the others, sorted', () => {
  const first = withSeen(undefined, [seen('b', 'x'), seen('a', 'x'), seen('a', 'x', { schema: 'other' })]);
  const second = withSeen(first, [seen('B', 'y', { seen_at: '2026-01-05T00:00:00Z' })]);
  expect(columnsOf(second)).toEqual([
    ['a', 'x', '2026-01-02'],
    ['B', 'y', '2026-01-05'],
    ['a', 'x', '2026-01-02'],
  ]);
  expect(columnsOf(withSeen('no file of ours', [seen('a', 'x')]))).toEqual([['a', 'x', '2026-01-02']]);
});

test('an entry of another shape is left out', () => {
  const odd = { ...seen('a', 'x'), columns: [{ name: 1 }] };
  const file = JSON.stringify({ format: 'sluice catalog 1', relations: [odd, null, seen('b', 'x')] });
  expect(columnsOf(file)).toEqual([['b', 'x', '2026-01-02']]);
});
