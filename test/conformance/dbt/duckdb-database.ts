import { duckdbWarehouse } from '../../../server/src/warehouse/duckdb/warehouse.ts';
import type { Session } from '../../../server/src/warehouse/warehouse.ts';
import type { RecordedRelation, RecordedRelations } from './relations.ts';
import type { CaseDatabase } from './run-case.ts';

/** A DuckDB file as the database of a case, opened only while it is looked at, for the command line needs it too. */
export function duckdbDatabase(file: string): CaseDatabase {
  const withSession = async <T>(work: (session: Session) => Promise<T>): Promise<T> => {
    const warehouse = duckdbWarehouse({ credentials: { type: 'duckdb', path: file }, projectRoot: '/' });
    const opened = await warehouse.session();
    if (!opened.ok) throw new Error(opened.failure.message);
    try {
      return await work(opened.value);
    } finally {
      await opened.value.close();
      await warehouse.close();
    }
  };
  return {
    change: sql => withSession(async session => void (await session.execute(sql, { fetch: false }))),
    relations: () => withSession(readAll),
  };
}

const KINDS: ReadonlyMap<string, string> = new Map([
  ['BASE TABLE', 'table'],
  ['VIEW', 'view'],
]);

async function readAll(session: Session): Promise<RecordedRelations> {
  const relations: Record<string, RecordedRelation> = {};
  const tables = await texts(session, 'select table_schema, table_name, table_type from information_schema.tables');
  for (const [schema, name, kind] of tables) {
    const relation = `"${schema ?? ''}"."${name ?? ''}"`;
    const columns = await texts(session, `select column_name, column_type from (describe ${relation})`);
    const values = columns.map(([column]) => `"${column ?? ''}"::varchar`).join(', ') || '1';
    relations[`${schema ?? ''}.${name ?? ''}`] = {
      kind: KINDS.get(kind ?? '') ?? kind ?? '',
      columns: columns.map(([column, type]) => ({ name: column ?? '', type: type ?? '' })),
      rows: await texts(session, `select ${values} from ${relation}`),
    };
  }
  return relations;
}

async function texts(session: Session, sql: string): Promise<readonly (readonly (string | null)[])[]> {
  const answer = await session.execute(sql, { fetch: true });
  if (!answer.ok) return [[`ERROR ${answer.failure.message}`]];
  return answer.value.rows.map(row => row.map(cell => (cell === null || typeof cell === 'string' ? cell : JSON.stringify(cell))));
}
