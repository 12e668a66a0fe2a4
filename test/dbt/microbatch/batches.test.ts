import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  batchesOf,
  batchId,
  batchName,
  BATCH_SIZES,
  isoMoment,
  shifted,
  truncated,
  type BatchPlan,
} from '../../../server/src/dbt/microbatch/batches.ts';
import { wallMoment } from '../../../server/src/dbt/microbatch/moment.ts';
import { microbatchSettings } from '../../../server/src/dbt/microbatch/settings.ts';

const at = (text: string): number => wallMoment(text) ?? Number.NaN;

const BASE: BatchPlan = {
  size: 'day',
  begin: at('2024-09-15T08:00'),
  lookback: 1,
  isIncremental: false,
  from: undefined,
  until: at('2024-09-17 16:06:00'),
};

const edges = (plan: Partial<BatchPlan>): readonly string[] =>
  batchesOf({ ...BASE, ...plan }).map(({ start, end }) => `${isoMoment(start)} ${isoMoment(end)}`);

describe('the batches of a run', () => {
  test('a new table begins at the batch of `begin` and ends with the batch that runs', () => {
    expect(edges({})).toEqual([
      '2024-09-15T00:00:00+00:00 2024-09-16T00:00:00+00:00',
      '2024-09-16T00:00:00+00:00 2024-09-17T00:00:00+00:00',
      '2024-09-17T00:00:00+00:00 2024-09-18T00:00:00+00:00',
    ]);
  });

  test('a table that is there gets the latest batch and those of the lookback', () => {
    expect(edges({ isIncremental: true })).toHaveLength(2);
    expect(edges({ isIncremental: true, lookback: 0 })).toEqual([
      '2024-09-17T00:00:00+00:00 2024-09-18T00:00:00+00:00',
    ]);
    expect(edges({ isIncremental: true, lookback: 3 })[0]).toMatch(/^2024-09-14/);
  });

  test('a moment at the edge of a batch ends the batch before it', () => {
    expect(edges({ isIncremental: true, lookback: 0, until: at('2024-09-17') })).toEqual([
      '2024-09-16T00:00:00+00:00 2024-09-17T00:00:00+00:00',
    ]);
  });

  test('a given start counts for both kinds of run, and whole batches are built', () => {
    const given = { from: at('2024-01-31T10:00'), until: at('2024-03-01'), size: 'month' } as const;
    expect(edges({ ...given, isIncremental: true })).toEqual(edges(given));
    expect(edges(given)).toEqual([
      '2024-01-01T00:00:00+00:00 2024-02-01T00:00:00+00:00',
      '2024-02-01T00:00:00+00:00 2024-03-01T00:00:00+00:00',
    ]);
  });

  test('months and years have their own lengths', () => {
    expect(isoMoment(shifted(at('2024-03-31T12:00'), 'month', -1))).toBe('2024-02-01T00:00:00+00:00');
    expect(isoMoment(shifted(at('2024-02-29T12:00'), 'year', 1))).toBe('2025-01-01T00:00:00+00:00');
  });

  test('of any plan they are whole, touch one another and are named apart', () => {
    const plans = fc.record({
      size: fc.constantFrom(...BATCH_SIZES),
      begin: fc.date({ min: new Date('2023-12-01'), max: new Date('2024-01-10'), noInvalidDate: true }),
      until: fc.date({ min: new Date('2024-01-11'), max: new Date('2024-03-01'), noInvalidDate: true }),
      lookback: fc.nat(5),
      isIncremental: fc.boolean(),
    });
    const property = fc.property(plans, ({ begin, until, ...plan }) => {
      const batches = batchesOf({ ...plan, begin: begin.getTime(), until: until.getTime(), from: undefined });
      for (const [index, { start, end }] of batches.entries()) {
        expect(truncated(start, plan.size)).toBe(start);
        expect(end).toBe(shifted(start, plan.size, 1));
        expect(batches[index + 1]?.start ?? end).toBe(end);
      }
      const last = batches.at(-1);
      expect(last !== undefined && last.start < until.getTime() && until.getTime() <= last.end).toBe(true);
      if (plan.isIncremental) expect(batches).toHaveLength(plan.lookback + 1);
      expect(new Set(batches.map(it => batchName(it, plan.size))).size).toBe(batches.length);
    });
    fc.assert(property);
  });

  test('names and ids are as long as the batch is fine', () => {
    const batch = { start: at('2024-09-17T16'), end: at('2024-09-17T17') };
    expect(BATCH_SIZES.map(size => [batchName(batch, size), batchId(batch, size)])).toEqual([
      ['2024-09-17T16', '20240917T16'],
      ['2024-09-17', '20240917'],
      ['2024-09', '202409'],
      ['2024', '2024'],
    ]);
  });
});

describe('the configuration of a microbatch model', () => {
  const WHOLE = { event_time: 'at', begin: '2024-01-01', batch_size: 'day' };
  const settings = (config: Readonly<Record<string, unknown>>): unknown =>
    microbatchSettings(
      'daily',
      new Map(Object.entries({ ...WHOLE, ...config })) as Parameters<typeof microbatchSettings>[1],
    );

  test('has defaults', () => {
    expect(settings({})).toEqual({ size: 'day', begin: at('2024-01-01'), lookback: 1, concurrent: undefined });
  });

  test('takes a time for UTC whatever zone it names', () => {
    expect(settings({ begin: '2024-01-01T05:30:00+02:00' })).toMatchObject({ begin: at('2024-01-01T05:30') });
  });

  test.each([
    [{ event_time: null }, /must provide an 'event_time'/],
    [{ event_time: 3 }, /type string, but got: <class 'int'>/],
    [{ begin: null }, /must provide a 'begin'/],
    [{ begin: 'soon' }, /valid datetime \(ISO format\), but got: soon/],
    [{ begin: 3 }, /type datetime, but got: <class 'int'>/],
    [{ batch_size: 'week' }, /one of \['hour', 'day', 'month', 'year'\], but got: week/],
    [{ lookback: '2' }, /'lookback' config as type int, but got: <class 'str'>/],
    [{ concurrent_batches: 'yes' }, /must be of type `bool`/],
  ])('%j is refused in the words of dbt', (config, message) => {
    expect(settings(config)).toMatch(message);
  });
});
