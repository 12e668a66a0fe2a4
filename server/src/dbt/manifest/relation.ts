import { asBoolean, type DataMap } from './data.ts';
import type { RelationParts } from './node.ts';

/** Which parts of a relation's name are put in quotes. */
export type QuotePolicy = RelationParts['quote'];

/** How an adapter spells relations. */
export interface RelationStyle {
  readonly quoteCharacter: string;
  readonly quote: QuotePolicy;
  /** Whether names carry the database; Spark and its kin without a catalog know only schemas. */
  readonly includesDatabase: boolean;
  /** The longest identifier that the warehouse takes, where dbt itself refuses longer ones. */
  readonly maxIdentifierLength: number | undefined;
  /** Whether a query in parentheses needs a name of its own. */
  readonly namesSubqueries: boolean;
  /** How times of `--event-time-start` and batches are written into a comparison with a column. */
  readonly timeFilter: { readonly field: (name: string) => string; readonly time: (text: string) => string };
}

const quoted: QuotePolicy = { database: true, schema: true, identifier: true };
const unquoted: QuotePolicy = { database: false, schema: false, identifier: false };
const standard: RelationStyle = {
  quoteCharacter: '"',
  quote: quoted,
  includesDatabase: true,
  maxIdentifierLength: undefined,
  namesSubqueries: true,
  timeFilter: { field: name => name, time: text => `'${text}'` },
};

const asTimestamp = (name: string): string => `cast(${name} as timestamp)`;

const STYLES: ReadonlyMap<string, RelationStyle> = new Map<string, RelationStyle>([
  ['postgres', { ...standard, maxIdentifierLength: 63 }],
  ['redshift', { ...standard, maxIdentifierLength: 127, namesSubqueries: false }],
  ['duckdb', { ...standard, namesSubqueries: false }],
  [
    'snowflake',
    {
      ...standard,
      quote: unquoted,
      namesSubqueries: false,
      timeFilter: { ...standard.timeFilter, time: text => `to_timestamp_tz('${text}')` },
    },
  ],
  [
    'bigquery',
    {
      ...standard,
      quoteCharacter: '`',
      namesSubqueries: false,
      timeFilter: { ...standard.timeFilter, field: asTimestamp },
    },
  ],
  ['databricks', { ...standard, quoteCharacter: '`', namesSubqueries: false }],
  ['spark', { ...standard, quoteCharacter: '`', quote: unquoted, includesDatabase: false, namesSubqueries: false }],
  // Trino compares times with times only, and takes no offset without a type that has one.
  ['trino', { ...standard, timeFilter: { ...standard.timeFilter, time: text => `timestamp '${text}'` } }],
]);

/** An adapter's spelling of relations; the SQL standard's for an adapter that is not known. */
export const relationStyle = (adapterType: string): RelationStyle => STYLES.get(adapterType) ?? standard;

/** The adapter's quoting with the project's `quoting:` over it. */
export function quotePolicy(adapterType: string, ...layers: readonly DataMap[]): QuotePolicy {
  const base = relationStyle(adapterType).quote;
  const part = (key: keyof QuotePolicy): boolean => {
    const set = layers.findLast(layer => asBoolean(layer.get(key)) !== undefined);
    return asBoolean(set?.get(key)) ?? base[key];
  };
  return { database: part('database'), schema: part('schema'), identifier: part('identifier') };
}

/** A relation's full name as the adapter prints it: `"db"."schema"."orders"`. */
export function relationName(adapterType: string, parts: Omit<RelationParts, 'relationName'>): string {
  const style = relationStyle(adapterType);
  const inQuotes = (text: string, quote: boolean): string =>
    quote ? `${style.quoteCharacter}${text}${style.quoteCharacter}` : text;
  const names = [
    style.includesDatabase && parts.database !== undefined ? inQuotes(parts.database, parts.quote.database) : undefined,
    inQuotes(parts.schema, parts.quote.schema),
    inQuotes(parts.identifier, parts.quote.identifier),
  ];
  return names.filter(name => name !== undefined && name !== '').join('.');
}
