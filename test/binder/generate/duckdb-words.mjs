// Writes server/src/binder/duckdb-words.ts from the words that DuckDB's grammar has.
// Run it after a new version of DuckDB: `node test/binder/generate/duckdb-words.mjs`.
import { DuckDBInstance } from '@duckdb/node-api';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const connection = await (await DuckDBInstance.create(':memory:')).connect();
const result = await connection.runAndReadAll('select distinct keyword_name from duckdb_keywords() order by 1');
const lines = [];
let line = ' ';
for (const [word] of /** @type {string[][]} */ (result.getRowsJson())) {
  if (`${line} ${word}`.length > 118) {
    lines.push(line);
    line = ' ';
  }
  line += ` ${word}`;
}
writeFileSync(
  fileURLToPath(new URL('../../../server/src/binder/duckdb-words.ts', import.meta.url)),
  `/**
 * The words of DuckDB's grammar, which it quotes where they are names. Written by
 * \`test/binder/generate/duckdb-words.mjs\`.
 */
const DUCKDB_WORDS: ReadonlySet<string> = new Set(
  \`
${[...lines, line].join('\n')}
  \`
    .trim()
    .split(/\\s+/),
);

/** A name as DuckDB writes it: in quotes where it would not be read back as the same one. */
export function duckdbQuoted(name: string): string {
  const isPlain = /^[A-Za-z_]\\w*$/.test(name) && !DUCKDB_WORDS.has(name.toLowerCase());
  return isPlain ? name : \`"\${name.replaceAll('"', '""')}"\`;
}
`,
);
