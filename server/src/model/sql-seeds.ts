import { parseType } from '../binder/type-names.ts';
import { SeedRows } from '../dbt/context/seed-rows.ts';
import { asMap, asString, emptyMap } from '../dbt/manifest/data.ts';
import type { NodeConfig } from '../dbt/manifest/node.ts';
import { csvRecords } from '../dbt/seeds/csv.ts';
import { areSeedColumnsQuoted } from '../dbt/seeds/quoted-columns.ts';
import { readSeed } from '../dbt/seeds/read-seed.ts';
import { dialectOfAdapter, type DialectName } from '../syntax/sql/dialect.ts';
import { nameKey } from '../syntax/sql/name-key.ts';
import { UNKNOWN_COLUMNS, type NodeColumns } from './sql-facts.ts';

/** Beyond this many characters the values are not looked at: names are known from the first line. */
const MOST_CHARACTERS = 2_000_000;

/** A seed's columns: the configured types, else those that dbt would make of the values. */
export function seedColumns(text: string, config: NodeConfig, adapterType: string): NodeColumns {
  const dialect = dialectOfAdapter(adapterType);
  const delimiter = asString(config.get('delimiter')) ?? ',';
  const types = asMap(config.get('column_types')) ?? emptyMap;
  const configured = config.get('quote_columns');
  const quoted = areSeedColumnsQuoted(typeof configured === 'boolean' ? configured : undefined, adapterType);
  const column = (name: string, inferred: string | undefined): NodeColumns['columns'][number] => {
    const type = asString(types.get(name)) ?? inferred;
    const known = type === undefined ? undefined : parseType(type, dialect);
    // Blanks around a name that is not quoted are blanks of the statement that makes the table.
    const text = quoted ? name : name.trim();
    return {
      name: quoted ? text : nameInWarehouse(text, dialect),
      key: nameKey({ text, quoted }, dialect),
      type: known,
      nullable: undefined,
      source: { kind: 'seed' },
    };
  };
  if (text.length > MOST_CHARACTERS) {
    const [header = []] = csvRecords(text.slice(0, text.indexOf('\n')), delimiter);
    return { columns: header.map(name => column(name, undefined)), isOpen: false, hearsay: undefined };
  }
  const textColumns = [...types.keys()].filter(it => typeof it === 'string');
  const read = readSeed(text, { delimiter, textColumns });
  if (!read.ok) return UNKNOWN_COLUMNS;
  const rows = new SeedRows(read.value);
  // No table has no columns: the file is yet to be filled, by a script perhaps.
  if (rows.columns.length === 0) return UNKNOWN_COLUMNS;
  return {
    columns: rows.columns.map(({ name }, at) => column(name, rows.warehouseType(at, adapterType))),
    isOpen: false,
    hearsay: undefined,
  };
}

/** Without quotes PostgreSQL and Redshift fold the names of the header, and show them so. */
const nameInWarehouse = (name: string, dialect: DialectName): string =>
  dialect === 'postgres' || dialect === 'redshift' ? name.toLowerCase() : name;
