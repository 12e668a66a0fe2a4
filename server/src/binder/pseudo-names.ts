import type { DialectName } from '../syntax/sql/dialect.ts';
import type { ColumnRef } from '../syntax/sql/expression-nodes.ts';

/** Words that engines answer without brackets. */
const WORDS =
  /^(?:current_.*|localtime|localtimestamp|user|session_user|system_user|sysdate|systimestamp|getdate|today|rownum|default|sqlcode|sqlerrm)$/i;

/** Columns that the tables of a dialect have beside those that are declared. */
const COLUMNS: Readonly<Record<DialectName, RegExp>> = {
  duckdb: /^(?:rowid|filename|file_row_number|file_index)$/i,
  postgres: /^(?:ctid|xmin|xmax|cmin|cmax|tableoid|oid)$/i,
  redshift: /^(?:ctid|xmin|xmax|cmin|cmax|tableoid|oid|\$.*)$/i,
  snowflake: /^(?:level|connect_by_.*|metadata\$.*|\$.*|value|key|index|seq|path|this)$/i,
  bigquery: /^_/,
  databricks: /^(?:_.*|input_file_name)$/i,
  trino: /^\$/,
};

/** Whether an engine may answer a name that no relation has: a word of its own, or a hidden column. */
export function isPseudoName({ parts }: ColumnRef, dialect: DialectName): boolean {
  const last = parts.at(-1);
  if (last?.kind !== 'name') return false;
  return COLUMNS[dialect].test(last.text) || (parts.length === 1 && !last.quoted && WORDS.test(last.text));
}
