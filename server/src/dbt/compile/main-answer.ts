import { Decimal } from '../../render/python/decimal.ts';
import { getAttribute } from '../../render/python/attributes.ts';
import { truthy } from '../../render/python/truth.ts';
import type { RenderProblem } from '../../render/rendered.ts';
import type { Value } from '../../render/value.ts';
import { AdapterResponse, Table } from '../context/agate.ts';
import type { RenderSession } from '../context/render-session.ts';

/** What the statement that built a node answered. */
export interface MainAnswer {
  /** As dbt shows it: `SELECT 12`, `CREATE VIEW`, `OK`. */
  readonly status: string;
  readonly rowsAffected: number | undefined;
}

/** The number of the statement that built a node, whose answer has not come yet. */
export interface SentMain {
  readonly sent: number;
}

/** What a test found. */
export interface TestOutcome {
  readonly failures: number;
  readonly shouldWarn: boolean;
  readonly shouldError: boolean;
  /** For a failed unit test: expected and actual rows side by side. */
  readonly difference?: string;
}

/** The answer of the statement `main`; `undefined` when none ran. */
export function mainAnswer(session: RenderSession): MainAnswer | SentMain | undefined {
  const main = session.results.get('main');
  const response = main === undefined ? undefined : getAttribute(main, 'response');
  if (!(response instanceof AdapterResponse)) return undefined;
  const { sent } = response;
  if (sent !== undefined && session.sent.some(it => it.number === sent)) return { sent };
  const { message, rowsAffected } = response.facts;
  return { status: message, rowsAffected };
}

/** The rows that `main` fetched. */
export function mainTable(session: RenderSession): Table | undefined {
  const main = session.results.get('main');
  const table = main === undefined ? undefined : getAttribute(main, 'table');
  return table instanceof Table ? table : undefined;
}

/** The one row of a test: how many failures, and whether they are a warning or an error. */
export function testOutcome(session: RenderSession): TestOutcome | RenderProblem {
  const table = mainTable(session);
  const [row] = table?.rows ?? [];
  if (table === undefined || row === undefined || table.rows.length !== 1) {
    return failed(session, `dbt expected 1 row from the test query, but it gave ${table?.rows.length ?? 0}`);
  }
  const cell = (name: string): Value => row.values[table.names.findIndex(it => it.toLowerCase() === name)] ?? null;
  const failures = wholeNumber(cell('failures'));
  if (failures === undefined) {
    return failed(session, "None is not of type 'integer': the test's fail_calc gave no number");
  }
  return { failures, shouldWarn: truthy(cell('should_warn')), shouldError: truthy(cell('should_error')) };
}

function wholeNumber(value: Value): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  return value instanceof Decimal ? Number(value.toInt()) : undefined;
}

function failed({ node, view }: RenderSession, message: string): RenderProblem {
  const file = view.templateOrigin(node.uniqueId)?.file ?? node.originalPath;
  const place = { file, range: { start: 0, end: 0 }, frame: undefined, line: undefined };
  return { errorClass: 'ValidationError', message, ...place, code: 'test-result' };
}
