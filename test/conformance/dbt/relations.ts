import type { Session } from '../../../server/src/warehouse/warehouse.ts';

/** A table, view or materialized view as the records have it: values are PostgreSQL's text, rows sorted. */
export interface RecordedRelation {
  readonly kind: string;
  readonly columns?: readonly RecordedColumn[];
  readonly rows?: readonly (readonly (string | null)[])[];
  readonly comment?: string;
  readonly constraints?: readonly string[];
  readonly indexes?: readonly string[];
  readonly grants?: readonly string[];
}

interface RecordedColumn {
  readonly name: string;
  readonly type: string;
  readonly not_null?: boolean;
  readonly comment?: string;
}

export type RecordedRelations = Readonly<Record<string, RecordedRelation>>;

const KINDS: Readonly<Record<string, string>> = { r: 'table', v: 'view', m: 'materialized_view' };

const RELATIONS = `
  select c.oid::text, n.nspname || '.' || c.relname, c.relkind::text, quote_ident(n.nspname) || '.' || quote_ident(c.relname),
    obj_description(c.oid, 'pg_class')
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'v', 'm') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg_t%'
`;

/** Every relation of the database with its columns and rows, and what hangs on it. */
export async function readRelations(session: Session): Promise<RecordedRelations> {
  const relations: Record<string, RecordedRelation> = {};
  for (const [oid, name, kind, quoted, comment] of await texts(session, RELATIONS)) {
    if (oid === null || oid === undefined) continue;
    const columns = await columnsOf(session, oid);
    const values = columns.map(({ quoted: it }) => `${it}::text`).join(', ') || '1';
    relations[name ?? ''] = {
      kind: KINDS[kind ?? ''] ?? '',
      columns: columns.map(({ column }) => column),
      rows: await texts(session, `select ${values} from ${quoted}`),
      ...(comment === null || comment === undefined ? {} : { comment }),
      ...(await extrasOf(session, oid)),
    };
  }
  return relations;
}

async function columnsOf(session: Session, oid: string): Promise<readonly { readonly column: RecordedColumn; readonly quoted: string }[]> {
  const rows = await texts(
    session,
    `select attname::text, format_type(atttypid, atttypmod), quote_ident(attname), attnotnull::text,
       col_description(attrelid, attnum)
     from pg_attribute where attrelid = ${oid} and attnum > 0 and not attisdropped order by attnum`,
  );
  return rows.map(([name, type, quoted, notNull, comment]) => ({
    column: {
      name: name ?? '',
      type: type ?? '',
      ...(notNull === 'true' ? { not_null: true } : {}),
      ...(comment === null || comment === undefined ? {} : { comment }),
    },
    quoted: quoted ?? '',
  }));
}

type Extras = Pick<RecordedRelation, 'constraints' | 'indexes' | 'grants'>;

/** Constraints, indexes and grants as the records spell them: without the names that hold a time. */
async function extrasOf(session: Session, oid: string): Promise<Extras> {
  const queries: readonly (readonly [keyof Extras, string])[] = [
    ['constraints', `select pg_get_constraintdef(oid) from pg_constraint where conrelid = ${oid} and contype <> 'n'`],
    [
      'indexes',
      `select regexp_replace(pg_get_indexdef(indexrelid), 'INDEX \\S+ ON', 'INDEX ON') from pg_index where indrelid = ${oid}`,
    ],
    [
      'grants',
      `select coalesce(nullif(a.grantee, 0)::regrole::text, 'PUBLIC') || ':' || a.privilege_type
       from pg_class c, aclexplode(c.relacl) a where c.oid = ${oid} and a.grantee <> c.relowner`,
    ],
  ];
  const extras: { -readonly [key in keyof Extras]: Extras[key] } = {};
  for (const [key, sql] of queries) {
    const found = (await texts(session, sql)).map(([text]) => text ?? '').toSorted();
    if (found.length > 0) extras[key] = found;
  }
  return extras;
}

/** The rows of a query whose columns are all text. */
async function texts(session: Session, sql: string): Promise<readonly (readonly (string | null)[])[]> {
  const answer = await session.execute(sql, { fetch: true });
  if (!answer.ok) return [[`ERROR ${answer.failure.message}`]];
  return answer.value.rows.map(row => row.map(cell => (cell === null || typeof cell === 'string' ? cell : JSON.stringify(cell))));
}

/** How the relations of a database differ from the recorded ones, a line each. */
export function compareRelations(
  expected: RecordedRelations,
  actual: RecordedRelations,
  compares: 'all' | 'rows',
): readonly string[] {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(actual)])];
  const shape = (it: RecordedRelation | undefined): RecordedRelation | undefined =>
    it === undefined || compares === 'all' ? it : onlyRows(it);
  return names.flatMap(name => compareRelation(name, shape(expected[name]), shape(actual[name])));
}

/** A relation without what another warehouse spells in its own way. */
const onlyRows = ({ kind, columns = [], rows = [] }: RecordedRelation): RecordedRelation => ({
  kind,
  columns: columns.map(({ name }) => ({ name, type: '' })),
  rows: rows.map(row => row.map(plainValue)),
});

const WORDS: ReadonlyMap<string, string> = new Map([
  ['t', 'true'],
  ['f', 'false'],
]);

/** Numbers without the zeros of their scale, booleans as words, times of midnight as dates. */
function plainValue(value: string | null): string | null {
  if (value === null) return null;
  if (/^-?\d+\.\d+$/.test(value)) return String(Number(value));
  return WORDS.get(value) ?? value.replace(/^(\d{4}-\d\d-\d\d) 00:00:00(?:\+00)?$/, '$1');
}

function compareRelation(name: string, expected?: RecordedRelation, actual?: RecordedRelation): readonly string[] {
  if (expected === undefined) return [`${name} should not be there`];
  if (actual === undefined) return [`${name} is missing`];
  if (expected.kind !== actual.kind) return [`${name} is a ${actual.kind}, not a ${expected.kind}`];
  if (columnText(expected) !== columnText(actual)) {
    return [`${name} has columns ${columnText(actual)}, not ${columnText(expected)}`];
  }
  const [wanted, got] = [sortedRows(expected, expected), sortedRows(actual, expected)];
  const extras = (['comment', 'constraints', 'indexes', 'grants'] as const).flatMap(key => {
    const [mine, dbts] = [actual[key], expected[key]].map(it => (it === undefined ? 'none' : JSON.stringify(it)));
    return mine === dbts ? [] : [`${name} has ${key} ${mine}, not ${dbts}`];
  });
  return wanted === got ? extras : [`${name} has rows ${got}, not ${wanted}`, ...extras];
}

const columnText = ({ columns = [] }: RecordedRelation): string =>
  columns
    .map(it => `${it.name} ${it.type}${it.not_null === true ? ' not null' : ''}${it.comment === undefined ? '' : ` '${it.comment}'`}`)
    .join(', ');

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
