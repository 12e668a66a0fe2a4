import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layout } from '../../client/webview/graph-layout.ts';

const edges = (text: string) =>
  text.split(' ').map(it => {
    const [from = '', to = ''] = it.split('>');
    return { from, to };
  });

const columns = (ids: string, text: string) =>
  Object.fromEntries(layout(ids.split(''), edges(text)).map(it => [it.id, it.column]));

describe('the layout of a lineage graph', () => {
  test('every edge leads to the right, and the longest way decides', () => {
    expect(columns('abcd', 'a>b b>c a>c c>d')).toEqual({ a: 0, b: 1, c: 2, d: 3 });
  });

  test('a source that only a late model reads stands next to it', () => {
    expect(columns('abcs', 'a>b b>c s>c')).toEqual({ a: 0, b: 1, c: 2, s: 1 });
  });

  test('a cycle is drawn, not followed for ever', () => {
    expect(layout(['a', 'b'], edges('a>b b>a'))).toHaveLength(2);
  });

  test('two chains side by side do not cross', () => {
    const row = Object.fromEntries(layout(['a', 'b', 'x', 'y'], edges('a>y b>x')).map(it => [it.id, it.row]));
    expect(Math.sign((row['a'] ?? 0) - (row['b'] ?? 0))).toBe(Math.sign((row['y'] ?? 0) - (row['x'] ?? 0)));
  });

  test('any graph gets a place of its own for each node', () => {
    const id = fc.integer({ min: 0, max: 30 }).map(String);
    const edge = fc.record({ from: id, to: id });
    fc.assert(
      fc.property(fc.uniqueArray(id), fc.array(edge), (ids, all) => {
        const places = layout(ids, all);
        expect(new Set(places.map(it => it.id))).toEqual(new Set(ids));
        expect(new Set(places.map(it => `${it.column} ${it.row}`)).size).toBe(ids.length);
      }),
    );
  });

  test('a chain of thousands needs no deep stack', () => {
    const ids = Array.from({ length: 5000 }, (_, n) => String(n));
    const chain = ids.slice(1).map((to, n) => ({ from: String(n), to }));
    expect(layout(ids, chain).at(-1)?.column).toBe(4999);
  });
});
