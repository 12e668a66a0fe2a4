import { bind } from '../../../server/src/binder/bind.ts';
import type { Catalog } from '../../../server/src/binder/catalog.ts';
import type { TextRange } from '../../../server/src/base/text-range.ts';
import type { DialectName } from '../../../server/src/syntax/sql/dialect.ts';
import type { Call, ColumnRef } from '../../../server/src/syntax/sql/expression-nodes.ts';
import type { Cte, GroupBy, Select, SqlNode } from '../../../server/src/syntax/sql/nodes.ts';
import { parseSql } from '../../../server/src/syntax/sql/parse.ts';
import { descendants } from '../../../server/src/syntax/sql/visit.ts';
import type { Dice } from './dice.ts';
import type { Described, Schema } from './engine.ts';
import type { Generator } from './generate.ts';

/** A query with its nodes by kind, to be spoilt. */
interface Spoilt {
  readonly sql: string;
  readonly dice: Dice;
  /** Names of columns of all tables. */
  readonly names: readonly string[];
  readonly columns: readonly ColumnRef[];
  readonly calls: readonly Call[];
  readonly selects: readonly Select[];
  readonly groups: readonly GroupBy[];
  /** Aliases and names of CTEs. */
  readonly relations: readonly TextRange[];
}

/** A way to make a mistake; `undefined` where the query has nothing to make it with. */
type Slip = (it: Spoilt) => string | undefined;

const put = (sql: string, { start, end }: TextRange, text: string): string =>
  sql.slice(0, start) + text + sql.slice(end);
const textOf = ({ sql }: Spoilt, { start, end }: TextRange): string => sql.slice(start, end);
const any = <T>({ dice }: Spoilt, list: readonly T[]): T | undefined =>
  list.length === 0 ? undefined : dice.pick(list);

const onColumn =
  (change: (it: Spoilt, column: ColumnRef, text: string) => string): Slip =>
  it => {
    const column = any(it, it.columns);
    return column && put(it.sql, column, change(it, column, textOf(it, column)));
  };

const lastOf = (column: ColumnRef): TextRange => column.parts.at(-1) ?? column;

const withoutOne = (it: Spoilt, items: readonly TextRange[]): string | undefined => {
  const [first, last, gone] = [items[0], items.at(-1), any(it, items)];
  if (items.length < 2 || first === undefined || last === undefined) return undefined;
  const kept = items.filter(other => other !== gone).map(other => textOf(it, other));
  return put(it.sql, { start: first.start, end: last.end }, kept.join(', '));
};

const SLIPS: readonly Slip[] = [
  onColumn((it, column, text) => text.slice(0, lastOf(column).start - column.start) + it.dice.pick(it.names)),
  onColumn((_, column, text) => `${text.slice(0, lastOf(column).start - column.start)}nowhere`),
  onColumn((_, column, text) => text.slice(lastOf(column).start - column.start)),
  onColumn((it, _, text) => textOf(it, any(it, it.columns) ?? { start: 0, end: 0 }) || text),
  onColumn((it, _, text) =>
    it.dice.pick([`max(${text})`, `count(${text})`, `row_number() over (order by ${text})`, `sum(${text}) over ()`]),
  ),
  onColumn((it, _, text) =>
    it.dice.pick([
      `lower(${text})`,
      `${text}::date`,
      `(${text} + 1)`,
      `abs(${text})`,
      `(not ${text})`,
      `round(${text}, 1)`,
    ]),
  ),
  onColumn((it, _, text) => {
    const other = textOf(it, any(it, it.columns) ?? lastOf(it.columns[0]!));
    return it.dice.pick([
      `(${text} = ${other})`,
      `(${text} < ${other})`,
      `(${text} in (1, ${other}))`,
      `coalesce(${text}, ${other})`,
    ]);
  }),
  it => {
    const [call, other] = [any(it, it.calls), any(it, it.calls)];
    const [name, instead] = [call?.name[0], other?.name[0]];
    return name === undefined || instead === undefined ? undefined : put(it.sql, name, textOf(it, instead));
  },
  it =>
    withoutOne(
      it,
      any(
        it,
        it.calls.filter(call => call.arguments.length > 1),
      )?.arguments ?? [],
    ),
  it => withoutOne(it, any(it, it.selects)?.items ?? []),
  it => withoutOne(it, any(it, it.groups)?.items ?? []),
  it => {
    const group = any(it, it.groups);
    return group && put(it.sql, group, '');
  },
  it => {
    const [name, other] = [any(it, it.relations), any(it, it.relations)];
    return name === undefined || other === undefined ? undefined : put(it.sql, name, textOf(it, other));
  },
];

function spoiltOf(sql: string, dialect: DialectName, names: readonly string[], dice: Dice): Spoilt {
  const nodes = [...descendants(parseSql(sql, dialect).root)];
  const of = <K extends SqlNode['kind']>(kind: K): readonly Extract<SqlNode, { readonly kind: K }>[] =>
    nodes.filter((it): it is Extract<SqlNode, { readonly kind: K }> => it.kind === kind);
  const aliases = of('relation').flatMap(it => (it.alias?.name?.kind === 'name' ? [it.alias.name] : []));
  const ctes = of('cte').flatMap((it: Cte) => (it.name.kind === 'name' ? [it.name] : []));
  return {
    sql,
    dice,
    names,
    columns: of('column'),
    calls: of('call').filter(it => it.name.length === 1),
    selects: of('select'),
    groups: of('group-by'),
    relations: [...aliases, ...ctes],
  };
}

/** How what is reported of spoilt queries compares with what an engine says of them. */
export interface MistakesTruth {
  readonly nQueries: number;
  readonly nRefused: number;
  /** Of those that the engine refuses, the ones in which an error is reported. */
  readonly nReported: number;
  /** Errors in queries that the engine takes. */
  readonly wrong: readonly string[];
}

/** Makes one slip in each of so many generated queries, and asks the engine which of them it refuses. */
export async function truthOfMistakes(
  generator: Generator,
  nWanted: number,
  describe: (sql: string) => Promise<readonly Described[] | string>,
  { catalog, dialect, schema, dice }: MistakesSettings,
): Promise<MistakesTruth> {
  const names = Object.values(schema).flatMap(it => Object.keys(it));
  const wrong: string[] = [];
  let [nQueries, nRefused, nReported] = [0, 0, 0];
  while (nQueries < nWanted) {
    const whole = generator.query();
    const sql = dice.pick(SLIPS)(spoiltOf(whole, dialect, names, dice));
    if (sql === undefined || sql === whole) continue;
    nQueries++;
    const tree = parseSql(sql, dialect);
    const errors = bind(tree, catalog).problems.filter(it => it.severity === 'error');
    const isRefused = typeof (await describe(sql)) === 'string';
    if (isRefused) nRefused++;
    if (isRefused && tree.problems.length + errors.length > 0) nReported++;
    if (!isRefused) wrong.push(...[...tree.problems, ...errors].map(it => `${it.message}: ${sql}`));
  }
  return { nQueries, nRefused, nReported, wrong };
}

/** What the queries are about. */
export interface MistakesSettings {
  readonly catalog: Catalog;
  readonly dialect: DialectName;
  readonly schema: Schema;
  readonly dice: Dice;
}
