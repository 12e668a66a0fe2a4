import type { Catalog } from '../../../server/src/binder/catalog.ts';
import type { DialectName } from '../../../server/src/syntax/sql/dialect.ts';
import { compared, described, type Described } from './engine.ts';
import type { Generator } from './generate.ts';

/** What is said of many generated queries, against what an engine says. */
export interface CorpusTruth {
  readonly nQueries: number;
  /** Queries that the engine did not take; they are not among the others. */
  readonly nRefused: number;
  readonly nColumns: number;
  /** Wrong names, wrong types, and problems that are none, each with its query. */
  readonly wrong: readonly string[];
  readonly unknown: readonly string[];
}

/** Compares so many queries that the engine takes. */
export async function truthOfQueries(
  generator: Generator,
  nWanted: number,
  describe: (sql: string) => Promise<readonly Described[] | string>,
  { catalog, dialect, shown = it => it }: CorpusSettings,
): Promise<CorpusTruth> {
  const wrong: string[] = [];
  const unknown: string[] = [];
  let [nQueries, nRefused, nColumns] = [0, 0, 0];
  while (nQueries < nWanted && nRefused < nWanted) {
    const sql = generator.query();
    const real = await describe(sql);
    if (typeof real === 'string') {
      nRefused++;
      continue;
    }
    nQueries++;
    const { columns, isOpen, binding } = described(sql, catalog, dialect);
    const { names, wrongTypes, unknownTypes, nColumns: n } = compared(columns.map(shown), isOpen, real.map(shown));
    nColumns += n;
    const errors = binding.problems.filter(it => it.severity === 'error').map(it => it.message);
    const unread = binding.tree.problems.map(it => it.message);
    wrong.push(...[...names, ...wrongTypes, ...errors, ...unread].map(it => `${it}\n  ${sql}`));
    unknown.push(...unknownTypes.map(it => `${it}\n  ${sql}`));
  }
  return { nQueries, nRefused, nColumns, wrong, unknown };
}

/** What the queries are about, and how much of a type is compared. */
export interface CorpusSettings {
  readonly catalog: Catalog;
  readonly dialect: DialectName;
  readonly shown?: (it: Described) => Described;
}
