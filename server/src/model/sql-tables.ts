import type { RelationParts, UniqueId } from '../dbt/manifest/node.ts';
import type { DialectName } from '../syntax/sql/dialect.ts';
import type { TableName } from '../syntax/sql/nodes.ts';

/** What a template asked for: the nodes whose relations its text may name, and the ephemeral ones by their stand-ins. */
export interface AskedNodes {
  readonly nodes: readonly UniqueId[];
  readonly ephemerals: readonly { readonly uniqueId: UniqueId; readonly name: string }[];
}

/**
 * Finds the nodes behind the table names of a compiled text, among those that its template asked for. A name that
 * several of them could mean is none's: which one the warehouse takes nobody here knows.
 */
export class TableResolver {
  /** `undefined` where several nodes share a name. */
  readonly #nodes: ReadonlyMap<string, UniqueId | undefined>;
  readonly #dialect: DialectName;

  constructor(asked: AskedNodes, relationOf: (uniqueId: UniqueId) => RelationParts | undefined, dialect: DialectName) {
    const nodes = new Map<string, UniqueId | undefined>();
    const add = (key: string, uniqueId: UniqueId): void => {
      const isShared = nodes.has(key) && nodes.get(key) !== uniqueId;
      nodes.set(key, isShared ? undefined : uniqueId);
    };
    for (const uniqueId of asked.nodes) {
      const relation = relationOf(uniqueId);
      if (relation === undefined) continue;
      const { database, schema, identifier } = relation;
      const parts = [identifier, schema, ...(database === undefined ? [] : [database])];
      // Several sources may be one table.
      if (!nodes.has(keyOf(parts))) nodes.set(keyOf(parts), uniqueId);
      for (let length = parts.length - 1; length > 0; length--) add(keyOf(parts.slice(0, length)), uniqueId);
    }
    for (const { name, uniqueId } of asked.ephemerals) add(keyOf([name]), uniqueId);
    this.#nodes = nodes;
    this.#dialect = dialect;
  }

  resolve(table: TableName): UniqueId | undefined {
    return this.#nodes.get(keyOf(partsOf(table, this.#dialect)));
  }
}

/** The parts of a table's name from the last to the first; BigQuery's quotes may hold all of them at once. */
export function partsOf({ parts }: TableName, dialect: DialectName): readonly string[] {
  const names = parts.flatMap(it => (it.kind === 'name' ? [it.text] : []));
  return (dialect === 'bigquery' ? names.flatMap(it => it.split('.')) : names).toReversed();
}

/** dbt writes names as they are configured, and folding them as the dialect would gives the same relation. */
const keyOf = (parts: readonly string[]): string => JSON.stringify(parts).toLowerCase();
