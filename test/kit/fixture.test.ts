import { describe, expect, test } from 'vitest';
import { cursorIn, markNamed, parseFixture } from './fixture.ts';

describe('the fixture language', () => {
  test('a text without a header is one file, models/main.sql', () => {
    expect([...parseFixture('select 1\n').files]).toEqual([['models/main.sql', 'select 1\n']]);
  });

  test('every file ends with the newline before the next header', () => {
    const { files } = parseFixture('\n//- a.sql\nselect 1\n//- b.yml\nkey: 1\n');
    expect([...files]).toEqual([
      ['a.sql', 'select 1\n'],
      ['b.yml', 'key: 1\n'],
    ]);
  });

  test('a file may be empty', () => {
    expect(parseFixture('//- a.sql\n//- b.sql\nx\n').files.get('a.sql')).toBe('');
  });

  test('words behind a path are metadata', () => {
    expect(parseFixture('//- a.sql target: prod\nx\n').metadata.get('a.sql')).toBe('target: prod');
  });

  test('$0 is removed and remembered, also when a caret line follows', () => {
    const fixture = parseFixture("select {{ ref('or$0ders') }}\n               ^^^^^^ origin\n");
    expect(fixture.files.get('models/main.sql')).toBe("select {{ ref('orders') }}\n");
    expect(cursorIn(fixture)).toEqual({ path: 'models/main.sql', start: 17, end: 17 });
    expect(markNamed(fixture, 'origin')).toMatchObject({ start: 15, end: 21 });
  });

  test('two $0 are a selection', () => {
    expect(cursorIn(parseFixture('a $0bc$0 d'))).toMatchObject({ start: 2, end: 4 });
  });

  test('a caret line can mark column 0 and several can annotate one line', () => {
    const fixture = parseFixture('select a\n^^^^^^ keyword\n       ^ column\nfrom t\n');
    expect(fixture.files.get('models/main.sql')).toBe('select a\nfrom t\n');
    expect(fixture.marks.map(({ start, end, note }) => [start, end, note])).toEqual([
      [0, 6, 'keyword'],
      [7, 8, 'column'],
    ]);
  });

  test.each([
    ['carets past the text', 'ab\n     ^ x\n'],
    ['three cursors', '$0 $0 $0'],
    ['cursors in two files', '//- a\n$0\n//- b\n$0\n'],
    ['a file twice', '//- a\nx\n//- a\ny\n'],
  ])('%s is an error of the test', (_, source) => {
    expect(() => parseFixture(source)).toThrow('fixture');
  });
});
