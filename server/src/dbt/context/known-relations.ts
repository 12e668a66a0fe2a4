import { Relation, type RelationState } from './relation.ts';

/** A change to what a warehouse holds. Plain data: it crosses threads. `unknown`: anything may have changed. */
export type RelationChange =
  { readonly kind: 'added' | 'dropped'; readonly relation: RelationState } | { readonly kind: 'unknown' };

/** The relations of one schema by their names, in the order in which they came. */
export type SchemaRelations = ReadonlyMap<string, Relation>;

/**
 * The relations of the schemas that were asked for so far. They are asked of the warehouse once and kept up to date by
 * what templates add, rename and drop, as dbt's cache is; what plain SQL does behind their back is not seen.
 */
export class KnownRelations {
  readonly #bySchema = new Map<string, Map<string, Relation>>();
  #changes: RelationChange[] = [];

  get(database: string | undefined, schema: string | undefined): SchemaRelations | undefined {
    return this.#bySchema.get(keyOf(database, schema));
  }

  /** Keeps what the warehouse listed for a schema. */
  set(database: string | undefined, schema: string | undefined, listed: readonly Relation[]): SchemaRelations {
    const relations = new Map(listed.map(relation => [nameOf(relation.state), relation]));
    this.#bySchema.set(keyOf(database, schema), relations);
    return relations;
  }

  add(relation: Relation): void {
    this.#record({ kind: 'added', relation: relation.state });
  }

  drop(relation: Relation): void {
    this.#record({ kind: 'dropped', relation: relation.state });
  }

  /** Forgets everything: a transaction was given up, or SQL ran that may do anything. */
  forget(): void {
    this.#record({ kind: 'unknown' });
  }

  /** What has changed since the last call. */
  takeChanges(): readonly RelationChange[] {
    const changes = this.#changes;
    this.#changes = [];
    return changes;
  }

  /** Takes over what happened elsewhere. */
  apply(change: RelationChange): void {
    if (change.kind === 'unknown') {
      this.#bySchema.clear();
      return;
    }
    const { database, schema } = change.relation;
    const known = this.#bySchema.get(keyOf(database, schema));
    const name = nameOf(change.relation);
    known?.delete(name);
    if (change.kind === 'added') known?.set(name, new Relation(change.relation));
  }

  #record(change: RelationChange): void {
    this.#changes.push(change);
    this.apply(change);
  }
}

const keyOf = (database: string | undefined, schema: string | undefined): string =>
  `${database ?? ''}\u0000${schema ?? ''}`.toLowerCase();

const nameOf = ({ identifier }: RelationState): string => identifier ?? '';
