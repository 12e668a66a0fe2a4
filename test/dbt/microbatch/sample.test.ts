import { describe, expect, test } from 'vitest';
import { momentText } from '../../../server/src/dbt/microbatch/batches.ts';
import { readSample, sampleText } from '../../../server/src/dbt/microbatch/sample.ts';

const NOW = '2024-03-31 16:06:00.123000+00:00';

function windowOf(text: string, now = NOW): readonly string[] | string {
  const read = readSample(text, Date.parse(now));
  return read.ok ? [momentText(read.value.start), momentText(read.value.end)] : read.failure;
}

describe('a window before now', () => {
  // As Python's relativedelta counts back.
  test.each([
    ['3 hours', '2024-03-31 13:06:00.123000+00:00'],
    ['3 Days', '2024-03-28 16:06:00.123000+00:00'],
    ['1 month', '2024-02-29 16:06:00.123000+00:00'],
    ['13 months', '2023-02-28 16:06:00.123000+00:00'],
    ['1 year', '2023-03-31 16:06:00.123000+00:00'],
    ['4 years', '2020-03-31 16:06:00.123000+00:00'],
    ['-11 months', '2025-02-28 16:06:00.123000+00:00'],
  ])('%s begins at %s', (text, start) => {
    expect(windowOf(text)).toEqual([start, NOW]);
  });

  test('of a year before a leap day ends with February', () => {
    expect(windowOf('1 year', '2024-02-29T16:06:00Z')[0]).toBe('2023-02-28 16:06:00+00:00');
    expect(windowOf('4 years', '2024-02-29T16:06:00Z')[0]).toBe('2020-02-29 16:06:00+00:00');
  });

  test.each([
    ['3days', "Cannot load SAMPLE_WINDOW from '3days'. Must be of form 'DAYS_INT GRAIN_SIZE'."],
    ['3 days ago', "Cannot load SAMPLE_WINDOW from '3 days ago'. Must be of form 'DAYS_INT GRAIN_SIZE'."],
    ['some days', "Unable to convert 'some' to an integer."],
    [
      '3 weeks',
      "Invalid grain size 'weeks'. Must be one of ['hour', 'day', 'month', 'year', 'hours', 'days', 'months', 'years'].",
    ],
  ])('that is written %s is none', (text, message) => {
    expect(windowOf(text)).toBe(message);
  });
});

describe('a window that is given', () => {
  const WINDOW = ['2024-07-01 00:00:00+00:00', '2024-07-08 18:00:00+00:00'];

  test.each([
    "{'start': '2024-07-01', 'end': '2024-07-08 18:00:00'}",
    '{start: 2024-07-01, end: 2024-07-08 18:00:00}',
    "  {end: '2024-07-08T18:00:00+05:00', start: '2024-07-01T00:00:00'}",
  ])('as %s has a start and an end, whatever zone they name', text => {
    expect(windowOf(text)).toEqual(WINDOW);
  });

  test('is read back from what a retry is told', () => {
    const read = readSample('3 hours', Date.parse(NOW));
    expect(read.ok && readSample(sampleText(read.value), 0)).toEqual(read);
  });

  test.each(['{start: 2024-07-01}', '{start: 2024-07-01, end: soon}', '{start: ['])('as %s is none', text => {
    expect(typeof windowOf(text)).toBe('string');
  });
});
