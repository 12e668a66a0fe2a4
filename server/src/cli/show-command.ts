import { err, ok, type Result } from '../base/result.ts';
import type { UniqueId } from '../dbt/manifest/node.ts';
import { runtimeRefusal, type Refusal } from '../dbt/selection/refusal.ts';
import { isFailure } from '../run/result.ts';
import { queryRows, type QueryResult } from '../run/query.ts';
import { placeInTemplate } from '../run/failure-place.ts';
import type { Warehouse, WarehouseFailure } from '../warehouse/warehouse.ts';
import { compileNodes } from './compile-command.ts';
import { inlineProject } from './inline.ts';
import { complain, note, refuse } from './output.ts';
import { stopsOnErrors } from './problems.ts';
import type { Invocation } from './project.ts';
import { secondsText } from './run-printer.ts';
import { printRefusal } from './run-summary.ts';
import { selectedIds } from './selection.ts';
import { printCsv, printTable, rowObjects } from './table.ts';
import { withWarehouse } from './warehouse.ts';

/** `show`: the first rows of what a node selects, or of an inline template. Answers the exit code. */
export async function showCommand(invocation: Invocation): Promise<number> {
  const { output, arguments: given } = invocation;
  const format = given.texts.get('output') ?? 'table';
  if (!FORMATS.includes(format)) {
    return refuse(output, `Invalid value for '--output': '${format}' is not one of 'table', 'json', 'csv', 'text'.`);
  }
  const direct = given.texts.get('inline-direct');
  if (direct !== undefined) return withWarehouse(invocation, it => showDirect(invocation, direct, it, format));
  const inline = given.texts.get('inline');
  const inlined = inline === undefined ? undefined : inlineProject(invocation, inline);
  const project = inlined?.invocation ?? invocation;
  if (stopsOnErrors(project)) return 2;
  const ids = inlined === undefined ? shownIds(project) : ok([inlined.id]);
  if (!ids.ok) return refuse(output, ids.failure.message);
  return withWarehouse(invocation, warehouse => showNodes(project, ids.value, warehouse, format));
}

const FORMATS: readonly string[] = ['table', 'text', 'json', 'csv'];
const DEFAULT_LIMIT = 5;

function shownIds(invocation: Invocation): Result<readonly UniqueId[], Refusal> {
  const { arguments: given } = invocation;
  const isAsked = (given.lists.get('select')?.length ?? 0) > 0 || given.texts.has('selector');
  if (!isAsked) return err(runtimeRefusal('Either --select or --inline must be passed to show', 'DbtUsageException'));
  return selectedIds(invocation, new Set(['model', 'seed', 'snapshot', 'analysis', 'test']));
}

/** SQL that is no template. */
function showDirect(invocation: Invocation, sql: string, warehouse: Warehouse, format: string): Promise<number> {
  return showQuery(invocation, { id: DIRECT, sql }, warehouse, format, false);
}

/** What dbt calls it. */
const DIRECT = 'direct-query';

/** The first rows of nodes, in order; of tests only when nothing else is among them. Answers the exit code. */
export async function showNodes(
  invocation: Invocation,
  ids: readonly UniqueId[],
  warehouse: Warehouse,
  format: string,
): Promise<number> {
  // Tests come along with what they test; they are shown only when nothing else was meant.
  const { db } = invocation;
  const others = ids.filter(id => db.node(id)?.resourceType !== 'test');
  const wanted = others.length === 0 ? ids : others;
  if (wanted.length === 0) {
    note(invocation.output, 'No nodes selected!');
    return 0;
  }
  const queries = wanted.map(id => offlineQuery(invocation, id));
  const asking = wanted.filter((_, at) => queries[at] === undefined);
  const compiled = asking.length === 0 ? ok([]) : await compileNodes(invocation, asking, warehouse);
  if (!compiled.ok) return compiled.failure;
  if (compiled.value.some(result => isFailure(result.status))) return 1;
  for (const [at, id] of wanted.entries()) {
    const query = queries[at] ?? { id, sql: compiled.value.find(result => result.id === id)?.compiledSql ?? '' };
    const shown = await showQuery(invocation, query, warehouse, format, at > 0);
    if (shown !== 0) return shown;
  }
  return 0;
}

interface Query {
  readonly id: UniqueId;
  readonly sql: string;
}

/** The query of a node that can be known without asking the warehouse: a seed's, or a template that asks it nothing. */
function offlineQuery({ db }: Invocation, id: UniqueId): Query | undefined {
  if (db.node(id)?.resourceType === 'seed') return { id, sql: `select * from ${db.relation(id)?.relationName ?? ''}` };
  const compiled = db.rendered(id, { mode: 'compile' });
  if (compiled === undefined || compiled.guessed || compiled.rendered.problem !== undefined) return undefined;
  return { id, sql: compiled.rendered.text };
}

async function showQuery(
  invocation: Invocation,
  query: Query,
  warehouse: Warehouse,
  format: string,
  isLater: boolean,
): Promise<number> {
  const { output, clock, signal, arguments: given } = invocation;
  const limit = given.numbers.get('limit') ?? DEFAULT_LIMIT;
  const begun = clock.elapsed();
  const session = await warehouse.session();
  if (!session.ok) return failed(invocation, session.failure.message);
  const result = await queryRows(session.value, query.sql, { limit: limit < 0 ? Infinity : limit, signal });
  await session.value.close();
  if (!result.ok) return refusedQuery(invocation, query, result.failure);
  if (isLater) output.terminal.line('');
  printRows(invocation, query.id, result.value, { format, seconds: (clock.elapsed() - begun) / 1000 });
  return 0;
}

/** What the warehouse did not like about a query, at its place in the template. */
function refusedQuery(invocation: Invocation, { id, sql }: Query, { message, position }: WarehouseFailure): number {
  const place = position === undefined ? undefined : placeInTemplate(invocation.db, id, sql, position);
  printRefusal(invocation, { message: `${nameOf(invocation, id)}: ${message}`, place });
  return 1;
}

function failed(invocation: Invocation, message: string): number {
  complain(invocation.output, message);
  return 1;
}

const nameOf = ({ db }: Invocation, id: UniqueId): string => db.node(id)?.name ?? id;

function printRows(
  invocation: Invocation,
  id: UniqueId,
  result: QueryResult,
  { format, seconds }: { readonly format: string; readonly seconds: number },
): void {
  const { output } = invocation;
  const { terminal, style } = output;
  if (format === 'json') {
    const isNode = !['inline', 'inline-direct'].some(it => invocation.arguments.texts.has(it));
    const node = isNode ? { node: nameOf(invocation, id) } : {};
    terminal.line(JSON.stringify({ ...node, show: rowObjects(result) }, undefined, 2));
    return;
  }
  if (format === 'csv') {
    terminal.line(printCsv(result));
    return;
  }
  terminal.line(printTable(result, { style, width: terminal.width }));
  note(output, ` ${style.dim(`${rowCount(result)} of ${nameOf(invocation, id)} in ${secondsText(seconds)}`)}`);
}

function rowCount({ rows, truncated }: QueryResult): string {
  if (!truncated) return `${rows.length} ${rows.length === 1 ? 'row' : 'rows'}`;
  return rows.length === 1 ? 'the first row' : `the first ${rows.length} rows`;
}
