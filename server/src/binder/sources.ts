import type { TableName } from '../syntax/sql/nodes.ts';
import type { ColumnSource, Influence, InfluenceKind, SourceKind } from './rows.ts';

/** One column of the outside in the ways a value can depend on it, as far as one was asked for. */
type Variants = Record<SourceKind, ColumnSource | undefined>;

/** Up to how many sources a list is searched from its start; beyond that an index pays. */
const FEW = 12;

const STRENGTH: Readonly<Record<SourceKind, number>> = { copied: 0, transformed: 1, aggregated: 2 };

/** The sources of one binding: equal ones are identical, so that lists of them are joined cheaply. */
export class Sources {
  readonly #byRelation = new Map<string, Map<string, ColumnSource>>();
  readonly #variants = new Map<ColumnSource, Variants>();
  readonly #influences = new Map<ColumnSource, Map<InfluenceKind, Influence>>();

  /** The value of a column as it is. */
  copied(relation: string, table: TableName, column: string): ColumnSource {
    const columns = this.#byRelation.get(relation) ?? new Map<string, ColumnSource>();
    const known = columns.get(column);
    if (known !== undefined) return known;
    if (columns.size === 0) this.#byRelation.set(relation, columns);
    const copied: ColumnSource = { relation, table, column, kind: 'copied' };
    columns.set(column, copied);
    return copied;
  }

  /** The same sources seen through an expression: a value computed from an aggregate stays an aggregate. */
  through(kind: SourceKind, sources: readonly ColumnSource[]): readonly ColumnSource[] {
    for (const { kind: own } of sources) {
      if (STRENGTH[own] < STRENGTH[kind]) return sources.map(it => this.#variant(it, kind));
    }
    return sources;
  }

  /** Several lists as one: each column once, in the strongest of its kinds. */
  union(lists: readonly (readonly ColumnSource[])[]): readonly ColumnSource[] {
    let first: readonly ColumnSource[] = NONE;
    let merged: ColumnSource[] | undefined;
    let index: Map<ColumnSource, number> | undefined;
    for (const list of lists) {
      if (list.length === 0 || list === first) continue;
      if (first.length === 0) {
        first = list;
        continue;
      }
      merged ??= [...first];
      if (index === undefined && merged.length + list.length > FEW) index = this.#indexOf(merged);
      for (const source of list) this.#add(merged, index, source);
    }
    return merged ?? first;
  }

  /** Where each column of a list stands in it. */
  #indexOf(list: readonly ColumnSource[]): Map<ColumnSource, number> {
    return new Map(list.map((it, at) => [this.#copied(it), at]));
  }

  #add(merged: ColumnSource[], index: Map<ColumnSource, number> | undefined, source: ColumnSource): void {
    const at = index === undefined ? positionIn(merged, source) : (index.get(this.#copied(source)) ?? -1);
    const known = merged[at];
    if (known === undefined) {
      index?.set(this.#copied(source), merged.length);
      merged.push(source);
    } else if (STRENGTH[known.kind] < STRENGTH[source.kind]) merged[at] = source;
  }

  #copied(source: ColumnSource): ColumnSource {
    return source.kind === 'copied' ? source : (this.#variants.get(source)?.copied ?? source);
  }

  #variant(source: ColumnSource, kind: SourceKind): ColumnSource {
    if (STRENGTH[source.kind] >= STRENGTH[kind]) return source;
    const variants = this.#variants.get(source) ?? { copied: source, transformed: undefined, aggregated: undefined };
    const known = variants[kind];
    if (known !== undefined) return known;
    const { relation, table, column } = source;
    const variant: ColumnSource = { relation, table, column, kind };
    variants[kind] = variant;
    this.#variants.set(source, variants).set(variant, variants);
    return variant;
  }

  /** What has a say about rows, each source once for a kind. */
  influences(kind: InfluenceKind, sources: readonly ColumnSource[]): readonly Influence[] {
    return sources.map(it => this.#influence(kind, this.#copied(it)));
  }

  #influence(kind: InfluenceKind, source: ColumnSource): Influence {
    const known = this.#influences.get(source) ?? new Map<InfluenceKind, Influence>();
    const influence = known.get(kind) ?? { kind, source };
    if (known.size === 0) this.#influences.set(source, known);
    known.set(kind, influence);
    return influence;
  }
}

const NONE: readonly ColumnSource[] = [];

/** Where the column of a source stands in a list, in whatever kind; -1 when it does not. */
function positionIn(list: readonly ColumnSource[], { column, relation }: ColumnSource): number {
  for (let at = 0; at < list.length; at++) {
    if (list[at]?.column === column && list[at]?.relation === relation) return at;
  }
  return -1;
}
