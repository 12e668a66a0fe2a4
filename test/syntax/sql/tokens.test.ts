import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { dialectOfAdapter, lexiconOf, type DialectName } from '../../../server/src/syntax/sql/dialect.ts';
import { DIALECTS } from '../../kit/dialects.ts';
import { scanSql } from '../../../server/src/syntax/sql/tokens.ts';
import type { TextRange } from '../../../server/src/base/text-range.ts';

/** One line a token: its kind and text, spaces left out. */
function checkTokens(dialect: DialectName, text: string, expected: string, opaque: readonly TextRange[] = []): void {
  const lines = scanSql(text, lexiconOf(dialect), opaque)
    .filter(it => it.kind !== 'space')
    .map(it => `${it.kind} ${text.slice(it.start, it.end)}`);
  expect(lines.join('\n')).toBe(expected);
}

describe('scanning SQL', () => {
  test('names, numbers, operators and strings are apart', () => {
    checkTokens(
      'postgres',
      `select a.b::int, 1.5e3, 'it''s' from "T t"`,
      `name select\nname a\noperator .\nname b\noperator ::\nname int\noperator ,\nnumber 1.5e3\noperator ,\nstring 'it''s'\nname from\nquoted-name "T t"`,
    );
  });

  test('a range of numbers is no decimal', () => {
    checkTokens('duckdb', '1..5', 'number 1\noperator .\nnumber .5');
  });

  test.each<[DialectName, string, string]>([
    ['postgres', `"a"`, 'quoted-name "a"'],
    ['bigquery', `"a"`, 'string "a"'],
    ['databricks', `\`a b\``, 'quoted-name `a b`'],
    ['postgres', `'a\\'`, `string 'a\\'`],
    ['postgres', `E'a\\''`, `string E'a\\''`],
    ['snowflake', `'a\\''`, `string 'a\\''`],
    ['bigquery', `r'a\\'b'`, `string r'a\\'b'`],
    ['databricks', `r'a\\'`, `string r'a\\'`],
    ['bigquery', `'''a'b'''`, `string '''a'b'''`],
    ['postgres', `$f$ ' $f$`, `string $f$ ' $f$`],
    ['snowflake', `$$ ' $$`, `string $$ ' $$`],
    ['postgres', `/* a /* b */ c */`, `comment /* a /* b */ c */`],
    ['trino', `/* a /* b */ c`, `comment /* a /* b */\nname c`],
    ['bigquery', `# note`, `comment # note`],
    ['snowflake', `// note`, `comment // note`],
    ['databricks', `12.5e-2D`, `number 12.5e-2D`],
    ['databricks', `f(a => 1)`, `name f\noperator (\nname a\noperator =>\nnumber 1\noperator )`],
    ['bigquery', `|> where`, `operator |>\nname where`],
    ['postgres', `a <-> b`, `name a\noperator <->\nname b`],
  ])('%s reads %s', checkTokens);

  test.each([`'open`, `/* open`, `"open`, `$$ open`])('%s is an error up to the end of the text', text => {
    checkTokens('postgres', text, `error ${text}`);
  });

  test('an opaque range is one token, or part of the string or comment around it', () => {
    const text = `a_{{ x }} 'b {{ "'" }}' -- {{ y }}`;
    const ranges = [...text.matchAll(/\{\{.*?\}\}/g)].map(it => ({ start: it.index, end: it.index + it[0].length }));
    checkTokens('postgres', text, `name a_\nopaque {{ x }}\nstring 'b {{ "'" }}'\ncomment -- {{ y }}`, ranges);
  });

  test('tokens tile any text in any dialect', () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 6 }),
      fc.constantFrom(
        "'",
        '"',
        '`',
        '$$',
        '$a$',
        '/*',
        '*/',
        '--',
        '\n',
        '\\',
        'select',
        '1e',
        '=>',
        "'''",
        '{{',
        '}}',
      ),
    );
    const dialects = fc.constantFrom(...DIALECTS);
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), dialects, (pieces, dialect) => {
        const text = pieces.join('');
        const tokens = scanSql(text, lexiconOf(dialect));
        expect(tokens.map(it => text.slice(it.start, it.end)).join('')).toBe(text);
        expect(tokens.every(it => it.start < it.end)).toBe(true);
      }),
    );
  });

  test('every recorded query scans without an error', () => {
    const lines = readFileSync(new URL('../../conformance/sql/queries.jsonl', import.meta.url), 'utf8')
      .trim()
      .split('\n');
    const failures = lines.flatMap(line => {
      const { dialect, sql } = JSON.parse(line) as { dialect: string; sql: string };
      const broken = scanSql(sql, lexiconOf(dialectOfAdapter(dialect))).filter(it => it.kind === 'error');
      return broken.map(it => `${dialect}: ${sql.slice(it.start, it.start + 20)}`);
    });
    expect(lines.length).toBe(76);
    expect(failures).toEqual([]);
  });
});
