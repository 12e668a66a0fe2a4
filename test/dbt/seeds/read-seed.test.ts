import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvRecords } from '../../../server/src/dbt/seeds/csv.ts';
import { readSeed } from '../../../server/src/dbt/seeds/read-seed.ts';

const read = (text: string, textColumns: readonly string[] = []) => readSeed(text, { delimiter: ',', textColumns });

function column(...fields: readonly string[]) {
  const result = read(`c\n${fields.join('\n')}\n`);
  if (!result.ok) throw new Error(result.failure);
  const { type, decimalPlaces } = result.value.columns[0]!;
  return [type === 'number' ? `number.${decimalPlaces}` : type, ...result.value.rows.map(row => row[0])];
}

describe('types of columns', () => {
  test.each([
    [
      ['1', '2'],
      ['number.0', '1', '2'],
    ],
    [
      ['1.5', '2'],
      ['number.1', '1.5', '2'],
    ],
    [
      ['1.10', '2.00'],
      ['number.1', '1.10', '2.00'],
    ],
    [['2.00'], ['number.0', '2.00']],
    [['$3', '5%', '1,000'].map(it => `"${it}"`), ['number.0', '3', '5', '1000']],
    [
      ['-$3', '-5%'],
      ['number.0', '-3', '-5'],
    ],
    [
      ['007', '008'],
      ['number.0', '7', '8'],
    ],
    [
      ['1e3', '1.5e-2', '.5', '5.'],
      ['number.3', '1000', '0.015', '0.5', '5'],
    ],
    [
      ['nan', '1'],
      ['number.0', 'NaN', '1'],
    ],
    [['3000000000'], ['number.0', '3000000000']],
    [
      ['1', 'x'],
      ['text', '1', 'x'],
    ],
    [
      ['true', 'False'],
      ['boolean', 'true', 'false'],
    ],
    [
      ['t', 'yes'],
      ['text', 't', 'yes'],
    ],
    [
      ['1', 'true'],
      ['text', '1', 'true'],
    ],
    [
      ['2024-02-29', '2024-3-1'],
      ['date', '2024-02-29', '2024-03-01'],
    ],
    [['2024-02-30'], ['text', '2024-02-30']],
    [['02/29/2024'], ['text', '02/29/2024']],
    [['2024-01-31 10:00:00'], ['datetime', '2024-01-31 10:00:00']],
    [
      ['2024-02-29T12:30:00', '2024-02-29T12:30:00.250Z'],
      ['datetime', '2024-02-29 12:30:00', '2024-02-29 12:30:00.25'],
    ],
    [['2024-03-01T00:00:00+02:00'], ['datetime', '2024-02-29 22:00:00']],
    [
      ['2024-01-31', '2024-01-31 10:00:00'],
      ['text', '2024-01-31', '2024-01-31 10:00:00'],
    ],
    [['12:30'], ['text', '12:30']],
    [
      ['null', 'NULL', '1'],
      ['number.0', null, null, '1'],
    ],
    [
      ['""', 'x'],
      ['text', null, 'x'],
    ],
    [
      ['n/a', 'none'],
      ['text', 'n/a', 'none'],
    ],
    [
      ['null', '""'],
      ['number.0', null, null],
    ],
    [['  padded  '], ['text', '  padded  ']],
  ])('%j', (fields, expected) => {
    expect(column(...fields)).toEqual(expected);
  });

  test('a header alone makes columns that could be integers', () => {
    expect(read('a,b\n')).toMatchObject({ value: { columns: [{ type: 'number' }, { type: 'number' }], rows: [] } });
  });

  test('a column with a type of its own keeps its text', () => {
    expect(read('zip,n\n01234,1\n', ['zip'])).toMatchObject({
      value: { columns: [{ type: 'text' }, { type: 'number' }], rows: [['01234', '1']] },
    });
  });
});

describe('rows and names', () => {
  test("a short row ends in nulls, a long one is dbt's error", () => {
    expect(read('a,b\n1\n')).toMatchObject({ value: { rows: [['1', null]] } });
    expect(read('a,b\n1,2\n1,2,3\n')).toEqual({
      ok: false,
      failure: 'Row 1 has 3 values, but Table only has 2 columns.',
    });
  });

  test('names are made unique, and empty ones get a letter', () => {
    const named = read('a,a,,a\n1,2,3,4\n');
    expect(named.ok && named.value.columns.map(it => it.name)).toEqual(['a', 'a_2', 'c', 'a_3']);
  });

  test('a byte order mark and CRLF are not part of any value', () => {
    expect(read('\uFEFFid,name\r\n1,Zoë\r\n2,"two\r\nlines"\r\n')).toMatchObject({
      value: {
        columns: [{ name: 'id' }, { name: 'name' }],
        rows: [
          ['1', 'Zoë'],
          ['2', 'two\nlines'],
        ],
      },
    });
  });

  test('an empty file has neither columns nor rows', () => {
    expect(read('')).toEqual({ ok: true, value: { columns: [], rows: [] } });
  });
});

describe('CSV as Python reads it', () => {
  test.each([
    ['a,"b,c",d', [['a', 'b,c', 'd']]],
    ['"say ""hi"""', [['say "hi"']]],
    ['a"b",c', [['a"b"', 'c']]],
    ['"a"b,c', [['ab', 'c']]],
    ['a\n\nb\n', [['a'], [], ['b']]],
    ['a,\n', [['a', '']]],
    ['"open, end', [['open, end']]],
  ])('%j', (text, records) => {
    expect(csvRecords(text, ',')).toEqual(records);
  });

  test('what is quoted comes back, with any delimiter', () => {
    const field = fc.string({ unit: 'grapheme' }).map(it => it.replaceAll('\r', ''));
    const table = fc.array(fc.array(field, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(table, fc.constantFrom(',', ';', '\t', '|'), (records, delimiter) => {
        const quoted = records.map(record => record.map(it => `"${it.replaceAll('"', '""')}"`).join(delimiter));
        expect(csvRecords(`${quoted.join('\n')}\n`, delimiter)).toEqual(records);
      }),
    );
  });
});

test('a day is a date if the calendar has it', () => {
  const days = fc.tuple(
    fc.integer({ min: 1, max: 9999 }),
    fc.integer({ min: 0, max: 13 }),
    fc.integer({ min: 0, max: 32 }),
  );
  fc.assert(
    fc.property(days, ([year, month, day]) => {
      const text = [String(year).padStart(4, '0'), ...[month, day].map(it => String(it).padStart(2, '0'))].join('-');
      const time = new Date(0);
      time.setUTCFullYear(year, month - 1, day);
      const isReal = time.getUTCMonth() === month - 1 && time.getUTCDate() === day;
      expect(column(text)[0]).toBe(isReal ? 'date' : 'text');
    }),
    { numRuns: 1000 },
  );
});
