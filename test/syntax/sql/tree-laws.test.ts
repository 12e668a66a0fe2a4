import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { dialectOfAdapter, type DialectName } from '../../../server/src/syntax/sql/dialect.ts';
import { DIALECTS } from '../../kit/dialects.ts';
import type { SqlNode } from '../../../server/src/syntax/sql/nodes.ts';
import { parseSql } from '../../../server/src/syntax/sql/parse.ts';
import { children, descendants, pathAt, tokensAt } from '../../../server/src/syntax/sql/visit.ts';

const queries = readFileSync('test/conformance/sql/queries.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map(it => JSON.parse(it) as { readonly dialect: string; readonly sql: string });

/** What is wrong with the tree of a text; nothing for every text there is. */
function breach(text: string, dialect: DialectName): string | undefined {
  const { tokens, root, problems } = parseSql(text, dialect);
  let at = 0;
  for (const token of tokens) {
    if (token.start !== at || token.end <= at) return `a gap between tokens at ${at}`;
    at = token.end;
  }
  if (at !== text.length) return `tokens end at ${at}`;
  for (const { message, range } of problems) {
    if (range.start < 0 || range.end < range.start || range.end > text.length) return `'${message}' is out of range`;
  }
  const rest: SqlNode[] = [root];
  for (let node = rest.pop(); node !== undefined; node = rest.pop()) {
    const inside = children(node);
    const fault = faultOf(node, inside);
    if (fault !== undefined) return fault;
    rest.push(...inside);
  }
  return undefined;
}

function faultOf(node: SqlNode, inside: readonly SqlNode[]): string | undefined {
  if (node.kind === 'missing' && node.start !== node.end) return 'a missing node with text';
  let at = node.start;
  for (const child of inside) {
    if (child.start < at) return `${child.kind} at ${child.start} begins too early in ${node.kind}`;
    if (child.end > node.end) return `${child.kind} ends behind its ${node.kind}`;
    at = child.end;
  }
  return at > node.end ? `${node.kind} ends before it begins` : undefined;
}

describe('every text has a tree whose nodes nest, in order, over tokens that tile it', () => {
  test('prefixes of every recorded query', () => {
    for (const { dialect, sql } of queries) {
      // Each query has other lengths, so that together they are cut behind everything.
      for (let end = sql.length % 7; end <= sql.length; end += 7) {
        const fault = breach(sql.slice(0, end), dialectOfAdapter(dialect));
        if (fault !== undefined) throw new Error(`${dialect}: ${fault} in ${sql.slice(0, end)}`);
      }
    }
  });

  const query = fc.constantFrom(...queries);
  const cut = fc.record({ from: fc.nat(800), length: fc.nat(25), other: query, at: fc.nat(800), taken: fc.nat(25) });

  test('recorded queries with pieces of others in them', () => {
    fc.assert(
      fc.property(query, fc.array(cut, { maxLength: 4 }), ({ dialect, sql }, cuts) => {
        const text = cuts.reduce((it, { from, length, other, at, taken }) => {
          const piece = other.sql.slice(at % other.sql.length).slice(0, taken);
          return it.slice(0, from) + piece + it.slice(from + length);
        }, sql);
        expect(breach(text, dialectOfAdapter(dialect))).toBeUndefined();
      }),
      { numRuns: 400 },
    );
  });

  const word = fc.constantFrom(
    ...'select from where ( ) [ ] { } , . ; * a b "c" \'d\' 1 .5 :: : -> => |> = <> not in is as on using join left'.split(
      ' ',
    ),
    ...'with union order by group limit case when then end over cast pivot unpivot lateral values table interval'.split(
      ' ',
    ),
    ...'array struct< > $$ -- /* */ \n @ # ! ? qualify window exclude replace at for between and like all distinct'.split(
      ' ',
    ),
  );

  test('a slice whose first bound lacks an operand', () =>
    expect(breach('select a[ is null : 1]', 'duckdb')).toBeUndefined());

  test('words of SQL in any order', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), fc.constantFrom(...DIALECTS), (words, dialect) => {
        expect(breach(words.join(' '), dialect)).toBeUndefined();
      }),
      { numRuns: 600 },
    );
  });

  test('any characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...DIALECTS), (text, dialect) => {
        expect(breach(text, dialect)).toBeUndefined();
      }),
      { numRuns: 300 },
    );
  });
});

/** Texts that nest, repeat or stay open as often as one likes. */
const GROWING: Readonly<Record<string, (n: number) => string>> = {
  parentheses: n => `select ${'('.repeat(n)}1${')'.repeat(n)}`,
  'open parentheses': n => `select ${'('.repeat(n)}`,
  'open relations': n => `select * from ${'('.repeat(n)}`,
  subqueries: n => `select * from ${'(select * from '.repeat(n)}t${')'.repeat(n)}`,
  'scalar subqueries': n => `select ${'(select '.repeat(n)}1`,
  calls: n => `select ${'f('.repeat(n)}1${')'.repeat(n)}`,
  trims: n => `select ${'trim('.repeat(n)}`,
  windows: n => `select ${'f() over (order by '.repeat(n)}`,
  exists: n => `select ${'exists (select '.repeat(n)}`,
  cases: n => `select ${'case when '.repeat(n)}`,
  nots: n => `select ${'not '.repeat(n)}a`,
  signs: n => `select ${'- '.repeat(n)}a`,
  arrays: n => `select ${'['.repeat(n)}`,
  structs: n => `select ${"{'a':".repeat(n)}`,
  types: n => `select a::${'struct<a '.repeat(n)}`,
  ctes: n => 'with a as ('.repeat(n),
  lambdas: n => `select f(${'x -> f('.repeat(n)}`,
  names: n => `select f(${'a => '.repeat(n)}`,
  'grouping sets': n => `select 1 group by ${'grouping sets ('.repeat(n)}`,
  unions: n => `select 1 ${'union all select 1 '.repeat(n)}`,
  ands: n => `select a ${'and b '.repeat(n)}`,
  joins: n => `select * from a ${'join b '.repeat(n)}${'on x '.repeat(n)}`,
  conditions: n => `select * from a join b ${'on x '.repeat(n)}`,
  pivots: n => `select * from t ${'pivot (sum(a) for b in (c)) '.repeat(n)}`,
  dots: n => `select a${'.'.repeat(n)}`,
  wheres: n => `select a ${'where b '.repeat(n)}`,
  quotes: n => "'\n".repeat(n),
  'escaped quotes': n => "\\'\n".repeat(n),
  comments: n => '/*'.repeat(n),
  closers: n => ')'.repeat(n),
  commas: n => `select ${','.repeat(n)}`,
  words: n => 'a '.repeat(n),
  statements: n => 'select 1; '.repeat(n),
  blocks: n => 'begin select 1; '.repeat(n),
  branches: n => `${'if a then '.repeat(n)}${'select 1; end if; '.repeat(n)}`,
};

describe('text that grows', () => {
  test.each(Object.entries(GROWING))('%s: no depth is too deep, and time grows with length', (_, textOf) => {
    expect(breach(textOf(1000), 'duckdb')).toBeUndefined();
    const [short, long] = [cpuTime(textOf(300)), cpuTime(textOf(2400))];
    // Eight times the text; a quadratic step would take 64 times as long.
    expect(long).toBeLessThan(Math.max(short, 2) * 30);
  });

  test('too deep is one problem, where the depth is reached', () => {
    const { problems } = parseSql(GROWING['calls']!(1000), 'postgres');
    expect(problems.map(it => it.message)).toEqual(['nested more than 400 levels deep']);
  });
});

/** The least of three, in milliseconds of the processor. */
function cpuTime(text: string): number {
  const times = [1, 2, 3].map(() => {
    const before = process.cpuUsage();
    parseSql(text, 'bigquery');
    return process.cpuUsage(before).user / 1000;
  });
  return Math.min(...times);
}

describe('positions', () => {
  const text = 'select o. from orders o where o.id = 1';
  const tree = parseSql(text, 'duckdb');
  const kindsAt = (offset: number): string =>
    pathAt(tree, offset)
      .map(it => it.kind)
      .join(' ');

  test('the path at a cursor ends in what is missing there', () => {
    expect(kindsAt(9)).toBe('script statement query select select-item column missing');
  });

  test('the path in a name ends in that name', () => {
    expect(kindsAt(16)).toBe('script statement query select from relation table-name name');
    expect(kindsAt(33)).toBe('script statement query select where binary column name');
  });

  test('one or two tokens touch an offset', () => {
    const textsAt = (offset: number): readonly string[] =>
      tokensAt(tree, offset).map(it => text.slice(it.start, it.end));
    expect(textsAt(9)).toEqual(['.', ' ']);
    expect(textsAt(11)).toEqual(['from']);
    expect(textsAt(0)).toEqual(['select']);
    expect(textsAt(text.length)).toEqual(['1']);
  });

  test('a name with characters of two code units keeps its place', () => {
    const emoji = parseSql('select "😀".b, 😀x from t', 'postgres');
    const names = [...descendants(emoji.root)].filter(it => it.kind === 'name');
    expect(names.map(it => [it.start, it.text])).toEqual([
      [7, '😀'],
      [12, 'b'],
      [15, '😀x'],
      [24, 't'],
    ]);
  });
});
