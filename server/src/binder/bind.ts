import type { ColumnRef } from '../syntax/sql/expression-nodes.ts';
import type { Query, TableName } from '../syntax/sql/nodes.ts';
import type { SqlTree } from '../syntax/sql/parse.ts';
import type { Catalog } from './catalog.ts';
import { report, type BindContext, type Place, type RecordedPlace, type TableMeaning } from './context.ts';
import { duplicateColumn, unusedCte } from './mistakes.ts';
import type { SqlMeaningProblem } from './problem.ts';
import { bindQuery } from './query.ts';
import type { BoundColumn, Rows } from './rows.ts';
import { emptyScope, type Reference } from './scope.ts';
import { Sources } from './sources.ts';
import { sparedUnreadCtes } from './unread-ctes.ts';
import { evaluate } from './values.ts';

/** What the names of a text mean. */
export interface Binding {
  readonly tree: SqlTree;
  /** The columns of each query that is a statement. */
  readonly outputs: ReadonlyMap<Query, Rows>;
  /** Every column reference that was looked up. */
  readonly references: ReadonlyMap<ColumnRef, Reference>;
  /** Every table name in a FROM, and what it is. */
  readonly tables: ReadonlyMap<TableName, TableMeaning>;
  /** What is wrong, in the order of the text. Unknown relations, columns and types are never wrong. */
  readonly problems: readonly SqlMeaningProblem[];
  /** Where names have which meaning; `scopeAt` reads it. */
  readonly places: readonly RecordedPlace[];
}

/** What a caller may ask for beside the meaning. */
export interface BindOptions {
  /** Whether `select *` is a problem. */
  readonly reportStars?: boolean;
}

/** Finds the meaning of every name in the queries of a text. What is not known stays unknown; that is no error. */
export function bind(tree: SqlTree, catalog: Catalog, options: BindOptions = {}): Binding {
  const context: BindContext = {
    dialect: tree.dialect,
    text: tree.text,
    catalog: remembered(catalog),
    sources: new Sources(),
    references: new Map(),
    tables: new Map(),
    places: [],
    problems: new Map(),
    ctes: new Set(),
    usedCtes: new Set(),
    reportsStars: options.reportStars ?? false,
    depth: 0,
    bindValue: evaluate,
    bindQuery,
  };
  const outputs = new Map<Query, Rows>();
  const place: Place = {
    context,
    scope: emptyScope(undefined),
    ctes: undefined,
    clause: 'select',
    windows: undefined,
    inside: undefined,
  };
  for (const { query } of tree.root.statements) {
    if (query === undefined) continue;
    const rows = bindQuery(place, query);
    outputs.set(query, rows);
    checkOutput(context, rows);
  }
  checkCtes(context);
  sparedUnreadCtes(context);
  const { references, tables, places } = context;
  const problems = [...context.problems.values()].toSorted((a, b) => a.range.start - b.range.start);
  return { tree, outputs, references, tables, places, problems };
}

/** The columns of the first query of a text. */
export function outputOf({ outputs }: Binding): Rows | undefined {
  const [first] = outputs.values();
  return first;
}

/** One answer for each table, however often a text names it. */
function remembered(catalog: Catalog): Catalog {
  const answers = new Map<TableName, ReturnType<Catalog>>();
  return table => {
    const known = answers.get(table);
    if (known !== undefined || answers.has(table)) return known;
    const answer = catalog(table);
    answers.set(table, answer);
    return answer;
  };
}

/** Two columns of one name cannot both be columns of a table. */
function checkOutput(context: BindContext, rows: Rows): void {
  const first = new Map<string, BoundColumn>();
  for (const column of rows.columns) {
    if (column.key === '' || column.key === '?column?') continue;
    const known = first.get(column.key);
    const place = column.expression ?? column.definition;
    if (known === undefined) first.set(column.key, column);
    else if (place !== undefined) {
      report(context, duplicateColumn(column.definition ?? place, column.name, known.definition ?? known.expression));
    }
  }
}

function checkCtes(context: BindContext): void {
  for (const cte of context.ctes) {
    const isUsed = context.usedCtes.has(cte) || cte.name.kind !== 'name' || cte.name.text.startsWith('_');
    if (!isUsed && cte.name.kind === 'name') report(context, unusedCte(cte.name, cte.name.text));
  }
}
