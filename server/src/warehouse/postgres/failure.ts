import { DatabaseError, type ClientConfig } from 'pg';
import type { WarehouseFailure } from '../warehouse.ts';

export const cancelled: WarehouseFailure = { kind: 'cancelled', message: 'Cancelled.' };

/** PostgreSQL's code for a statement that was cancelled, by the user or by a timeout. */
const QUERY_CANCELED = '57014';

/** The failure of a statement, with the place in `sql` that the server blames. */
export function statementFailure(error: unknown, sql: string, signal: AbortSignal | undefined): WarehouseFailure {
  if (!(error instanceof DatabaseError)) {
    return { kind: 'connection', message: `The connection was lost: ${messageOf(error)}` };
  }
  if (error.code === QUERY_CANCELED && signal?.aborted === true) return cancelled;
  // Where in the rows of a bulk load; of other contexts the server's words are not for a person who wrote one statement.
  const copied = error.where?.startsWith('COPY') === true ? error.where : undefined;
  const extra = [error.detail, error.hint && `HINT: ${error.hint}`, copied].filter(it => it !== undefined && it !== '');
  const failure: WarehouseFailure = { kind: 'statement', message: [error.message, ...extra].join('\n') };
  const position = Number(error.position);
  return position > 0 ? { ...failure, position: utf16Offset(sql, position - 1) } : failure;
}

/** PostgreSQL counts characters, which are code points. */
function utf16Offset(sql: string, characters: number): number {
  let offset = 0;
  for (let n = 0; n < characters && offset < sql.length; n++) offset += (sql.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  return offset;
}

/** Why a session could not be opened, and what to do about it. */
export function connectionFailure(error: unknown, { host, port, user, database }: ClientConfig): WarehouseFailure {
  const server = `the server at ${host}:${port}`;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return {
    kind: 'connection',
    message: advice(code, server, { user, database }) ?? `Cannot connect to ${server}: ${messageOf(error)}`,
  };
}

function advice(code: unknown, server: string, { user, database }: ClientConfig): string | undefined {
  switch (code) {
    case 'ECONNREFUSED':
      return `Nothing answers at ${server}. Is it running, and are \`host\` and \`port\` of the profile right?`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The name of ${server} is not known on this network. Is \`host\` of the profile right?`;
    case '28P01':
    case '28000':
      return `${capital(server)} refuses the user '${user}'. Are \`user\` and \`password\` of the profile right?`;
    case '3D000':
      return `${capital(server)} has no database '${database}'. Is \`dbname\` of the profile right?`;
    default:
      return undefined;
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
