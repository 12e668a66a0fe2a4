import { same } from '../base/same.ts';
import { parseType } from '../binder/type-names.ts';
import { Query } from '../db/query.ts';
import type { DialectName } from '../syntax/sql/dialect.ts';
import { ONLY, type Inputs } from './inputs.ts';
import type { NodeColumns } from './sql-facts.ts';

/** What the warehouse was last seen to hold, one relation at a time, so that a new snapshot touches only what changed. */
export class CatalogColumns {
  readonly #inputs: Inputs;
  readonly #index: Query<typeof ONLY, ReadonlyMap<string, NodeColumns>>;
  readonly #columns: Query<string, NodeColumns | undefined>;
  readonly #dialect: () => DialectName;

  constructor(inputs: Inputs, dialect: () => DialectName) {
    this.#inputs = inputs;
    this.#dialect = dialect;
    this.#index = new Query(inputs.db, 'catalog-index', () => this.#build());
    this.#columns = new Query(inputs.db, 'catalog-columns', key => this.#index.get(ONLY).get(key), { equals: same });
  }

  /** The columns of a relation; a name without a database means any. */
  of(identifier: string, schema: string, database: string | undefined): NodeColumns | undefined {
    return this.#columns.get(keyOf(database, schema, identifier));
  }

  #build(): ReadonlyMap<string, NodeColumns> {
    const snapshot = this.#inputs.catalog.get(ONLY);
    const dialect = this.#dialect();
    const index = new Map<string, NodeColumns>();
    for (const { database, schema, identifier, columns, takenAt } of snapshot?.relations ?? []) {
      const source = { kind: 'catalog' as const, takenAt };
      const known: NodeColumns = {
        columns: columns.map(({ name, type }) => ({
          name,
          type: parseType(type, dialect),
          nullable: undefined,
          source,
        })),
        isOpen: false,
        hearsay: 'names',
      };
      index.set(keyOf(database, schema, identifier), known);
      // Text that names no database means the one of the connection, which is the only one most snapshots have.
      if (database !== undefined && !index.has(keyOf(undefined, schema, identifier))) {
        index.set(keyOf(undefined, schema, identifier), known);
      }
    }
    return index;
  }
}

/** Warehouses disagree on the case that a name is kept in; two relations that differ in case alone are not worth a guess. */
const keyOf = (database: string | undefined, schema: string, identifier: string): string =>
  JSON.stringify([database ?? '', schema, identifier]).toLowerCase();
