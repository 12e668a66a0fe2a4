import type { DuckDBConnection, DuckDBResult, DuckDBType, DuckDBValue } from '@duckdb/node-api';
import type { Cell, ResultColumn } from '../../base/statement.ts';
import { cellOf } from './cell.ts';
import { typeName } from './type-name.ts';
import { utc, zoneOffset, type ZoneOffset } from './zone-offset.ts';

/** The columns of a result, with DuckDB's names of their types. */
export function columnsOf(result: DuckDBResult): readonly ResultColumn[] {
  const types = result.columnTypes();
  return result.columnNames().map((name, at) => {
    const type = types[at];
    return { name, type: type === undefined ? '' : typeName(type) };
  });
}

/** One row of the driver as cells. */
export function rowOf(row: readonly DuckDBValue[], types: readonly DuckDBType[], zone: ZoneOffset): readonly Cell[] {
  return row.map((value, at) => {
    const type = types[at];
    return type === undefined ? String(value) : cellOf(value, type, zone);
  });
}

/**
 * The time zone that the connection shows timestamps with a zone in; asked for only when a column has that type. A
 * question on the same connection would end a result that is still streaming, so it comes before.
 */
export async function shownZone(connection: DuckDBConnection, types: readonly DuckDBType[]): Promise<ZoneOffset> {
  if (!types.some(type => type.toString().includes('TIMESTAMP WITH TIME ZONE'))) return utc;
  const setting = await connection.run("select current_setting('TimeZone')");
  const [[zone] = []] = await setting.getRows();
  return typeof zone === 'string' ? zoneOffset(zone) : utc;
}
