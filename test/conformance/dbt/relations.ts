import type { Session } from '../../../server/src/warehouse/warehouse.ts';

/** A table, view or materialized view as the records have it: values are PostgreSQL's text, rows sorted. */
export interface RecordedRelation {
  readonly kind: string;
  readonly columns?: readonly { readonly name: string; readonly type: string }[];
  readonly rows?: readonly (readonly (string | null)[])[];
}

export type RecordedRelations = Readonly<Record<string, RecordedRelation>>;

const KINDS: Readonly<Record<string, string>> = { r: 'table', v: 'view', m: 'materialized_view' };

const RELATIONS = `
  select c.oid::text, n.nspname || '.' || c.relname, c.relkind::text, quote_ident(n.nspname) || '.' || quote_ident(c.relname)
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'v', 'm') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg_t%'
`;

/** Every relation of the database with its columns and rows. */
export async function readRelations(session: Session): Promise<RecordedRelations> {
  const relations: Record<string, RecordedRelation> = {};
  for (const [oid = '', name = '', kind = '', quoted = ''] of await texts(session, RELATIONS)) {
    const columns = await texts(
      session,
      `select attname::text, format_type(atttypid, atttypmod), quote_ident(attname) from pg_attribute
       where attrelid = ${oid} and attnum > 0 and not attisdropped order by attnum`,
    );
    const values = columns.map(([, , column = '']) => `${column}::text`).join(', ') || '1';
    const rows = await texts(session, `select ${values} from ${quoted}`);
    relations[name ?? ''] = {
      kind: KINDS[kind ?? ''] ?? '',
      columns: columns.map(([column, type]) => ({ name: column ?? '', type: type ?? '' })),
      rows,
    };
  }
  return relations;
}

/** The rows of a query whose columns are all text. */
async function texts(session: Session, sql: string): Promise<readonly (readonly (string | null)[])[]> {
  const answer = await session.execute(sql, { fetch: true });
  if (!answer.ok) return [[`ERROR ${answer.failure.message}`]];
  return answer.value.rows.map(row => row.map(cell => (cell === null || typeof cell === 'string' ? cell : JSON.stringify(cell))));
}

/** How the relations of a database differ from the recorded ones, a line each. */
export function compareRelations(expected: RecordedRelations, actual: RecordedRelations): readonly string[] {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(actual)])];
  return names.flatMap(name => compareRelation(name, expected[name], actual[name]));
}

function compareRelation(name: string, expected?: RecordedRelation, actual?: RecordedRelation): readonly string[] {
  if (expected === undefined) return [`${name} should not be there`];
  if (actual === undefined) return [`${name} is missing`];
  const columnsOf = (relation: RecordedRelation): string =>
    (relation.columns ?? []).map(column => `${column.name} ${column.type}`).join(', ');
  if (expected.kind !== actual.kind) return [`${name} is a ${actual.kind}, not a ${expected.kind}`];
  if (columnsOf(expected) !== columnsOf(actual)) {
    return [`${name} has columns ${columnsOf(actual)}, not ${columnsOf(expected)}`];
  }
  const rows = [expected, actual].map(relation => sortedRows(relation, expected));
  return rows[0] === rows[1] ? [] : [`${name} has rows ${rows[1] ?? ''}, not ${rows[0] ?? ''}`];
}

/** Values that hold the time of the run compare as such; the records have `{now}` and `{today}` for them. */
function sortedRows(relation: RecordedRelation, recorded: RecordedRelation): string {
  const scd = (recorded.columns ?? []).findIndex(column => column.name.endsWith('scd_id'));
  const shown = (relation.rows ?? []).map(row => {
    const isTimed = row.some(value => value !== null && (value.startsWith('{') ? TIMED.test(value) : isRecent(value)));
    return JSON.stringify(row.map((value, index) => (index === scd && isTimed ? '{scd_id}' : timeless(value))));
  });
  return shown.toSorted().join(' ');
}

const TIMED = /^\{(?:now|today|scd_id)\}$/;
const DAYS = 2 * 24 * 60 * 60 * 1000;

function timeless(value: string | null): string | null {
  return value !== null && (TIMED.test(value) || isRecent(value)) ? '{now}' : value;
}

function isRecent(value: string): boolean {
  const day = /^\d{4}-\d\d-\d\d/.exec(value)?.[0];
  return day !== undefined && Math.abs(Date.parse(day) - Date.now()) < DAYS;
}
