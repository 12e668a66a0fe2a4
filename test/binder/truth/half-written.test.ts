import { expect, test } from 'vitest';
import { bind, outputOf } from '../../../server/src/binder/bind.ts';
import type { Catalog } from '../../../server/src/binder/catalog.ts';
import { meaningAt } from '../../../server/src/binder/meaning-at.ts';
import { scopeAt, type VisibleScope } from '../../../server/src/binder/scope-at.ts';
import type { DialectName } from '../../../server/src/syntax/sql/dialect.ts';
import { parseSql } from '../../../server/src/syntax/sql/parse.ts';
import { Dice } from './dice.ts';
import { DUCKDB } from './duckdb-grammar.ts';
import { catalogOf, NESTED, SHOP } from './engine.ts';
import { Generator } from './generate.ts';
import { POSTGRES } from './postgres-grammar.ts';
import { POSTGRES_SHOP } from './postgres-engine.ts';

const TABLES = { ...SHOP, ...NESTED };

test.each([
  ['duckdb', new Generator(3, TABLES, DUCKDB), catalogOf(TABLES, 'duckdb')],
  ['postgres', new Generator(3, POSTGRES_SHOP, POSTGRES), catalogOf(POSTGRES_SHOP, 'postgres')],
] as const)(
  'what a %s query that breaks off can name is what it can name there once it is whole',
  (dialect, generator, catalog) => {
    const dice = new Dice(11);
    const wrong: string[] = [];
    let nOffered = 0;
    for (let n = 0; n < 100; n++) {
      const whole = generator.query();
      for (let cut = 0; cut < 10; cut++) {
        const offset = dice.below(whole.length);
        const { offered, surplus } = surplusAt(whole, offset, dialect, catalog);
        nOffered += offered;
        wrong.push(...surplus.map(it => `${it} at ${whole.slice(0, offset)}|${whole.slice(offset)}`));
      }
    }
    expect(wrong).toEqual([]);
    expect(nOffered).toBeGreaterThan(1000);
  },
  60_000,
);

/** Columns that the beginning of a query offers at its end, and those of them that all of the query does not have there. */
function surplusAt(
  whole: string,
  offset: number,
  dialect: DialectName,
  catalog: Catalog,
): { readonly offered: number; readonly surplus: readonly string[] } {
  const begun = bind(parseSql(whole.slice(0, offset), dialect), catalog);
  meaningAt(begun, offset);
  outputOf(begun);
  const complete = bind(parseSql(whole, dialect), catalog);
  const [offered, known] = [begun, complete].map(it => scopeAt(it, offset));
  if (offered?.expects !== 'value' || known === undefined) return { offered: 0, surplus: [] };
  const all = new Set(namesIn(known));
  const isOpen = known.relations.some(it => it.isOpen);
  const names = namesIn(offered);
  return { offered: names.length, surplus: isOpen ? [] : names.filter(it => !all.has(it)) };
}

/** Columns with what they are made from; those of functions and of rows without names get their names only behind them. */
const namesIn = ({ relations }: VisibleScope): readonly string[] =>
  relations
    .filter(it => it.kind !== 'function')
    .flatMap(it => it.columns)
    .filter(it => !/^col(?:umn)?\d+$/.test(it.name))
    .map(
      ({ name, sources }) =>
        `${name} of ${sources
          .map(it => `${it.relation}.${it.column}`)
          .toSorted()
          .join(' ')}`,
    );
