import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { dialectOfAdapter } from '../../../server/src/syntax/sql/dialect.ts';
import { parseSql } from '../../../server/src/syntax/sql/parse.ts';
import { printTree } from './print-tree.ts';

interface Case {
  /** `name`, or `name [dialect]`; DuckDB's without one. */
  readonly name: string;
  readonly input: string;
  readonly expected: string;
}

const folder = path.join(import.meta.dirname, 'cases');

/** `# name`, input, `==>`, expected tree; a blank line ends the case. */
function readCases(file: string): readonly Case[] {
  const text = readFileSync(path.join(folder, file), 'utf8');
  return text
    .split(/^# /m)
    .slice(1)
    .map(it => {
      const [, name = '', input = '', expected = ''] = /^(.*)\n([^]*?)\n==>(?:\n([^]*))?$/.exec(it.trimEnd()) ?? [];
      if (name === '') throw new Error(`${file}: a case without '==>': ${it.slice(0, 60)}`);
      return { name, input, expected: expected.trimEnd() };
    });
}

function treeOf({ name, input }: Case): string {
  const dialect = /\[(\w+)\]$/.exec(name)?.[1] ?? 'duckdb';
  return printTree(parseSql(input, dialectOfAdapter(dialect)));
}

describe.each(readdirSync(folder))('%s', file => {
  const cases = readCases(file);

  test.each(cases)('$name', it => {
    expect(treeOf(it)).toBe(it.expected);
  });

  test('holds what the printer writes', async () => {
    const text = cases.map(it => `# ${it.name}\n${it.input}\n==>\n${treeOf(it)}\n`).join('\n');
    await expect(text).toMatchFileSnapshot(path.join(folder, file));
  });
});

describe('recorded queries', () => {
  const lines = readFileSync('test/conformance/sql/queries.jsonl', 'utf8').trim().split('\n');
  const queries = lines.map(it => JSON.parse(it) as { readonly dialect: string; readonly sql: string });

  test.each(queries)('parse without a problem: $dialect $sql', ({ dialect, sql }) => {
    const { problems, root } = parseSql(sql, dialectOfAdapter(dialect));
    expect(problems).toEqual([]);
    expect(root.statements.map(it => it.class)).toEqual(['query']);
  });
});
