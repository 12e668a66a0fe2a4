import { readFileSync } from 'node:fs';
import { bind, outputOf } from '../../server/src/binder/bind.ts';
import type { Catalog, KnownRelation } from '../../server/src/binder/catalog.ts';
import { parseType } from '../../server/src/binder/type-names.ts';
import { dialectOfAdapter, type DialectName } from '../../server/src/syntax/sql/dialect.ts';
import type { TableName } from '../../server/src/syntax/sql/nodes.ts';
import { parseSql } from '../../server/src/syntax/sql/parse.ts';

type Truth = Readonly<Record<string, readonly string[]>>;

/** One query and the sources of the value of each of its columns, as `table.column`, sorted. */
interface LineageCase {
  readonly name?: string;
  readonly dialect: string;
  readonly sql: string;
  readonly truth: Truth;
}

/** Tables by schema, with the types of their columns; schemas may lie in databases. */
type Tree = { readonly [name: string]: Tree | string };

interface LineageFile {
  readonly schema: Tree;
  readonly cases: readonly LineageCase[];
}

/** Checks the column lineage of a file of queries: prints each that differs, then one line of JSON; answers their number. */
export function run(file: string): number {
  const { schema, cases } = JSON.parse(readFileSync(file, 'utf8')) as LineageFile;
  const tables = tablesIn(schema, []);
  let passed = 0;
  let failed = 0;
  for (const [at, it] of cases.entries()) {
    const differences = differencesOf(it, tables);
    if (differences.length === 0) passed++;
    else {
      failed++;
      console.log(`${it.name ?? at + 1} ${it.dialect}:`);
      for (const line of differences) console.log(`  ${line}`);
    }
  }
  console.log(JSON.stringify({ passed, failed }));
  return failed;
}

interface Table {
  /** Its name with all that it lies in, lower case. */
  readonly path: readonly string[];
  readonly columns: Readonly<Record<string, string>>;
}

function tablesIn(tree: Tree, path: readonly string[]): readonly Table[] {
  const values = Object.values(tree);
  if (path.length > 0 && values.length > 0 && values.every(it => typeof it === 'string')) {
    return [{ path, columns: tree as Readonly<Record<string, string>> }];
  }
  return Object.entries(tree).flatMap(([name, it]) => (typeof it === 'string' ? [] : tablesIn(it, [...path, name.toLowerCase()])));
}

const partsOf = (table: TableName): readonly string[] =>
  table.parts.flatMap(it => (it.kind === 'name' ? it.text.split('.') : [])).map(it => it.toLowerCase());

function catalogOf(tables: readonly Table[], dialect: DialectName): Catalog {
  return (name): KnownRelation | undefined => {
    const parts = partsOf(name);
    const table = tables.find(({ path }) => {
      const n = Math.min(path.length, parts.length);
      return parts.slice(-n).every((it, at) => it === path.slice(-n)[at]);
    });
    if (table === undefined) return undefined;
    const columns = Object.entries(table.columns).map(([column, type]) => ({
      name: column,
      type: parseType(type, dialect),
      nullable: undefined,
    }));
    return { id: table.path.at(-1) ?? '', columns, isOpen: false };
  };
}

function differencesOf({ dialect: name, sql, truth }: LineageCase, tables: readonly Table[]): readonly string[] {
  const dialect = dialectOfAdapter(name);
  const rows = outputOf(bind(parseSql(sql, dialect), catalogOf(tables, dialect)));
  const found = (rows?.columns ?? []).map(it => ({
    name: it.name,
    sources: sorted(it.sources.map(source => `${source.relation.split('.').at(-1) ?? ''}.${source.column}`)),
  }));
  const columns = Object.entries(truth);
  const differences: string[] = [];
  if (found.length !== columns.length) {
    differences.push(`${found.length} columns (${found.map(it => it.name).join(', ')}), not ${columns.length}`);
  }
  for (const [at, [column, sources]] of columns.entries()) {
    const own = columnNamed(found, column, at);
    if (own === undefined) differences.push(`${column}: not found among ${found.map(it => it.name).join(', ')}`);
    else if (sorted(sources).join() !== own.sources.join()) {
      differences.push(`${column}: ${own.sources.join(' ')}; not ${sorted(sources).join(' ')}`);
    }
  }
  return differences;
}

/** By its name, letter for letter if possible; a value without a known name by its place. */
function columnNamed<T extends { readonly name: string }>(found: readonly T[], name: string, at: number): T | undefined {
  const plain = (text: string): string => text.toLowerCase().replaceAll(/["'`\s]/g, '');
  const unnamed = found[at]?.name === '' ? found[at] : undefined;
  return found.find(it => it.name === name) ?? found.find(it => plain(it.name) === plain(name)) ?? unnamed;
}

const sorted = (sources: readonly string[]): readonly string[] => [...new Set(sources.map(it => it.toLowerCase()))].toSorted();
