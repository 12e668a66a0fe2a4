import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Database } from '../../server/src/db/database.ts';
import { Input } from '../../server/src/db/input.ts';
import { Query } from '../../server/src/db/query.ts';

describe('a query', () => {
  test('runs once and answers from memory until an input it read changes', () => {
    const { db, input, query } = oneInput();
    db.takeExecuted();
    input.set('a', 1);
    expect(query.get('a')).toBe(2);
    expect(query.get('a')).toBe(2);
    input.set('b', 5);
    expect(query.get('a')).toBe(2);
    expect(db.takeExecuted()).toEqual(['double(a)']);
    input.set('a', 3);
    expect(query.get('a')).toBe(6);
    expect(db.takeExecuted()).toEqual(['double(a)']);
  });

  test('an equal input starts no new revision', () => {
    const db = new Database();
    const input = new Input<string, readonly number[]>(db, 'list', (a, b) => a.join() === b.join());
    expect(input.set('a', [1, 2])).toBe(true);
    const { revision } = db;
    expect(input.set('a', [1, 2])).toBe(false);
    expect(db.revision).toBe(revision);
    expect(input.set('a', undefined)).toBe(true);
    expect(input.get('a')).toBeUndefined();
  });

  test('an equal answer leaves its readers alone', () => {
    const db = new Database();
    const input = new Input<string, number>(db, 'number');
    const parity = new Query<string, number>(db, 'parity', key => (input.get(key) ?? 0) % 2);
    const label = new Query<string, string>(db, 'label', key => (parity.get(key) === 0 ? 'even' : 'odd'));
    input.set('a', 1);
    expect(label.get('a')).toBe('odd');
    input.set('a', 3);
    db.takeExecuted();
    expect(label.get('a')).toBe('odd');
    expect(db.takeExecuted()).toEqual(['parity(a)']);
  });

  test('reads are verified in order, so a read that is no longer reached is not recomputed', () => {
    const db = new Database();
    const flag = new Input<string, boolean>(db, 'flag');
    const input = new Input<string, number>(db, 'number');
    const costly = new Query<string, number>(db, 'costly', key => input.get(key) ?? 0);
    const guarded = new Query<string, number>(db, 'guarded', () => (flag.get('f') === true ? costly.get('a') : -1));
    flag.set('f', true);
    guarded.get('x');
    flag.set('f', false);
    input.set('a', 7);
    db.takeExecuted();
    expect(guarded.get('x')).toBe(-1);
    expect(db.takeExecuted()).toEqual(['guarded(x)']);
  });

  test('lets go of old values where it is told to, and computes them again without troubling their readers', () => {
    const db = new Database();
    const input = new Input<string, number>(db, 'number');
    const half = new Query<string, readonly number[]>(db, 'half', key => [(input.get(key) ?? 0) / 2], { keeps: 1 });
    const label = new Query<string, string>(db, 'label', key => `half is ${half.get(key)[0]}`);
    db.takeExecuted();
    for (const key of ['a', 'b']) input.set(key, 4);
    expect(['a', 'b', 'a'].map(key => label.get(key))).toEqual(['half is 2', 'half is 2', 'half is 2']);
    expect(db.takeExecuted()).toEqual(['label(a)', 'half(a)', 'label(b)', 'half(b)']);
    expect(half.get('a')).toEqual([2]);
    input.set('c', 1);
    expect(label.get('a')).toBe('half is 2');
    expect(db.takeExecuted()).toEqual(['half(a)']);
    input.set('b', 6);
    expect(label.get('b')).toBe('half is 3');
    expect(db.takeExecuted()).toEqual(['half(b)', 'label(b)']);
  });

  test('a failing computation leaves the engine usable', () => {
    const { db, input } = oneInput();
    const fragile = new Query<string, number>(db, 'fragile', key => {
      const value = input.get(key);
      if (value === undefined) throw new Error('nothing there');
      return value;
    });
    expect(() => fragile.get('a')).toThrow('nothing there');
    input.set('a', 4);
    expect(fragile.get('a')).toBe(4);
  });

  test('a chain of 20,000 links, first asked from its beginning, is verified without recursion', () => {
    const db = new Database();
    const input = new Input<number, number>(db, 'number');
    const chain: Query<number, number> = new Query(db, 'chain', key =>
      key === 0 ? (input.get(0) ?? 0) : chain.get(key - 1),
    );
    input.set(0, 1);
    for (let at = 0; at <= 20_000; at++) chain.get(at);
    input.set(0, 2);
    db.takeExecuted();
    expect(chain.get(20_000)).toBe(2);
    expect(db.takeExecuted()).toHaveLength(20_001);
  });
});

describe('a cycle', () => {
  test('is a value for each of its members, whichever is asked first', () => {
    for (const first of ['a', 'b', 'c', 'outside']) {
      const { query } = cyclic({ a: ['b'], b: ['c'], c: ['a'], outside: ['a'] });
      query.get(first);
      expect(['a', 'b', 'c', 'outside'].map(key => query.get(key))).toEqual([-1, -1, -1, 0]);
    }
  });

  test('throws when the query does not say what a cycle means', () => {
    const db = new Database();
    const loop: Query<string, number> = new Query(db, 'loop', key => loop.get(key));
    expect(() => loop.get('a')).toThrow('query cycle in loop(a)');
  });

  test('ends when the edge that closed it goes away', () => {
    const { query, edges } = cyclic({ a: ['b'], b: ['a'] });
    expect(query.get('a')).toBe(-1);
    edges.set('b', []);
    expect(query.get('a')).toBe(2);
    expect(query.get('b')).toBe(1);
  });
});

test('random edits of a random graph, cycles included, give what a fresh database gives', () => {
  const node = fc.integer({ min: 0, max: 7 }).map(String);
  const edit = fc.record({ node, edges: fc.array(node, { maxLength: 3 }), asked: fc.array(node, { maxLength: 4 }) });
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 30 }), edits => {
      const graph: Record<string, readonly string[]> = {};
      const live = cyclic(graph);
      for (const step of edits) {
        graph[step.node] = step.edges;
        live.edges.set(step.node, step.edges);
        for (const asked of step.asked) expect(live.query.get(asked)).toBe(cyclic(graph).query.get(asked));
      }
    }),
    { numRuns: 600 },
  );
});

function oneInput() {
  const db = new Database();
  const input = new Input<string, number>(db, 'number');
  return { db, input, query: new Query<string, number>(db, 'double', key => 2 * (input.get(key) ?? 0)) };
}

/** Each node counts itself and what it can reach through its edges; an edge stops counting after a member of a cycle. */
function cyclic(graph: Record<string, readonly string[]>) {
  const db = new Database();
  const edges = new Input<string, readonly string[]>(db, 'edges', (a, b) => a.join() === b.join());
  for (const [key, targets] of Object.entries(graph)) edges.set(key, targets);
  const query: Query<string, number> = new Query(
    db,
    'reach',
    key => {
      let total = 1;
      for (const target of edges.get(key) ?? []) {
        const reached = query.get(target);
        if (reached < 0) return 0;
        total += reached;
      }
      return total;
    },
    { onCycle: () => -1 },
  );
  return { db, edges, query };
}
