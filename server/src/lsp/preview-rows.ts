import type { ResultColumn } from '../base/statement.ts';
import type { CompiledPreview, PreviewOptions, PreviewSegment } from '../features/compiled-preview.ts';
import { compiledPreview } from '../features/compiled-preview.ts';
import { queryPart, queryPartOf } from '../features/query-part.ts';
import { isPlanned, refusal } from '../features/read-only.ts';
import type { AllRowsOutcome, GridColumn, Place, PreviewDataOutcome } from '../protocol.ts';
import type { FileId } from '../render/rendered.ts';
import { askAll } from '../run/ask.ts';
import type { NodeOutcome } from '../run/node-outcome.ts';
import { costlyMessage } from '../run/query-cost.ts';
import { dialectOfAdapter } from '../syntax/sql/dialect.ts';
import type { WarehouseFailure } from '../warehouse/warehouse.ts';
import { invocationInput } from './job-context.ts';
import type { JobContext } from './job-context.ts';
import type { JobProject, PreviewRequest } from './job-runner.ts';
import { openResult, type OpenResult } from './open-result.ts';
import { passingResult, type PassingResult } from './passing-result.ts';

/** How a preview ended; with rows, the result that has more of them. */
export interface RowsAnswer {
  readonly outcome: PreviewDataOutcome;
  readonly result?: OpenResult;
}

/** The first rows that a file's unsaved text selects; refuses whatever is not one query that only reads. */
export async function previewRows(context: JobContext, request: PreviewRequest): Promise<RowsAnswer> {
  const { project, host } = context;
  const compiled = compiledPreview(project.db, request.file, previewOptions(request));
  if (compiled === undefined) return failed({ message: 'This file selects no rows of its own.' });
  const { problem } = compiled;
  if (problem !== undefined) {
    return failed({ message: problem.message, place: project.placeOf({ file: problem.file, ...problem.range }) });
  }
  const sent = await statement(context, request, compiled);
  if (sent.kind === 'failed') return sent.answer;
  const dialect = dialectOfAdapter(project.db.project().adapterType ?? '');
  const { part } = request;
  const cut =
    sent.kind === 'asked' ? queryPartOf(sent.text, compiled, part, dialect) : queryPart(compiled, part, dialect);
  if (cut.kind === 'none') return failed({ message: cut.message });
  const why = refusal(cut.sql, dialect, host.readStatements);
  if (why !== undefined) return failed({ message: why, sql: cut.sql });
  // What only shows something, as an EXPLAIN does, has no plan.
  const costLimit = isPlanned(cut.sql, dialect) ? request.costLimit : undefined;
  return query(context, { ...request, costLimit }, cut);
}

/** In a file of several nodes, the part says which of them is meant. */
function previewOptions({ part, incremental }: PreviewRequest): PreviewOptions {
  const choice = incremental === undefined ? {} : { incremental };
  switch (part.kind) {
    case 'whole':
      return { mode: 'compile', ...choice };
    case 'selection':
      return { mode: 'compile', ...choice, offset: part.range.start };
    case 'cte':
      return { mode: 'compile', ...choice, offset: part.offset };
  }
}

/** `known`: the SQL is what was compiled without asking; `asked`: the warehouse had a say in it. */
type Statement =
  | { readonly kind: 'known' }
  | { readonly kind: 'asked'; readonly text: string }
  | { readonly kind: 'failed'; readonly answer: RowsAnswer };

/** A template that asks the warehouse something while it renders is compiled by a thread, which may ask. */
async function statement(context: JobContext, request: PreviewRequest, compiled: CompiledPreview): Promise<Statement> {
  const { project, host, warehouse, signal } = context;
  const rendered = project.db.rendered(compiled.uniqueId, previewOptions(request));
  if (rendered?.guessed !== true) return { kind: 'known' };
  const selected = [compiled.uniqueId];
  const input = invocationInput(context, { which: 'compile', selected, fullRefresh: request.incremental === false });
  const { db } = project;
  const options = { db, input, warehouse, threads: 1, workerFile: host.workerFile, clock: host.clock, signal };
  let found: NodeOutcome | undefined;
  await askAll([{ kind: 'compile' as const, id: compiled.uniqueId }], options, (_, outcome) => (found = outcome));
  if (signal.aborted) return { kind: 'failed', answer: CANCELLED };
  if (found?.compiledSql !== undefined) return { kind: 'asked', text: found.compiledSql };
  const place = found?.failure?.place === undefined ? null : project.placeOf(found.failure.place.origin);
  return {
    kind: 'failed',
    answer: failed({ message: found?.failure?.message ?? 'The model did not compile.', place }),
  };
}

/** All rows of a statement as a preview has shown it, under the same guard. */
export async function allRows(
  { host, readers, project, signal }: JobContext,
  sql: string,
): Promise<{ readonly outcome: AllRowsOutcome; readonly result?: PassingResult }> {
  const dialect = dialectOfAdapter(project.db.project().adapterType ?? '');
  const why = refusal(sql, dialect, host.readStatements);
  if (why !== undefined) return { outcome: { kind: 'failed', message: why } };
  const session = await readers.session();
  const opened = session.ok ? await passingResult(session.value, sql, { signal }) : session;
  if (opened.ok) return { outcome: { kind: 'open' }, result: opened.value };
  return { outcome: signal.aborted ? { kind: 'cancelled' } : { kind: 'failed', message: opened.failure.message } };
}

async function query(
  { host, readers, project, signal }: JobContext,
  { limit, file, costLimit }: PreviewRequest,
  { sql, segments }: Pick<CompiledPreview, 'sql' | 'segments'>,
): Promise<RowsAnswer> {
  const begun = host.clock.elapsed();
  const session = await readers.session();
  if (!session.ok) return failed({ message: session.failure.message, sql });
  const refused = (failure: WarehouseFailure): RowsAnswer => {
    if (signal.aborted) return CANCELLED;
    return failed({ message: failure.message, sql, place: placeOf(project, file, segments, failure) });
  };
  const costly = await costlyMessage(session.value, sql, { costLimit, signal });
  if (!costly.ok || costly.value !== undefined) await session.value.close();
  if (!costly.ok) return refused(costly.failure);
  if (costly.value !== undefined) return { outcome: { kind: 'costly', message: costly.value } };
  const result = await openResult(session.value, sql, { limit, signal });
  if (!result.ok) return refused(result.failure);
  const opened = result.value;
  if (signal.aborted) {
    await opened.release();
    return CANCELLED;
  }
  const seconds = (host.clock.elapsed() - begun) / 1000;
  const { page, total, rest } = await opened.page(0, Math.min(FIRST_PAGE, opened.total));
  const columns = opened.columns.map(gridColumn);
  return { result: opened, outcome: { kind: 'rows', columns, page, total, rest, seconds, sql } };
}

const FIRST_PAGE = 200;

const CANCELLED: RowsAnswer = { outcome: { kind: 'cancelled' } };

function failed(why: { readonly message: string; readonly place?: Place | null; readonly sql?: string }): RowsAnswer {
  const { message, place = null, sql = null } = why;
  return { outcome: { kind: 'failed', message, place, sql } };
}

/** The place in the template that the warehouse's complaint about the SQL is about. */
function placeOf(
  project: JobProject,
  file: FileId,
  segments: readonly PreviewSegment[],
  failure: WarehouseFailure,
): Place | null {
  const at = failure.position;
  const segment = segments.find(it => at !== undefined && it.compiled.start <= at && at < it.compiled.end);
  if (at === undefined || segment === undefined) return null;
  const { start, end } = segment.template;
  const exact = start + at - segment.compiled.start;
  return project.placeOf({ file, ...(segment.kind === 'verbatim' ? { start: exact, end: exact } : { start, end }) });
}

function gridColumn({ name, type }: ResultColumn): GridColumn {
  const isNumber = NUMBER.test(type) && !type.endsWith('[]');
  return { name, type, kind: isNumber ? 'number' : 'text' };
}

const NUMBER =
  /^(?:U?(?:TINY|SMALL|BIG|HUGE)?INT\w*|INT\d+|DECIMAL|NUMERIC|NUMBER|DOUBLE|FLOAT|REAL|BIGNUMERIC|MONEY)\b/i;
