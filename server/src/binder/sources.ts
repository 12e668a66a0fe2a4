import type { TableName } from '../syntax/sql/nodes.ts';
import type { ColumnSource, Influence, InfluenceKind, SourceKind } from './rows.ts';

/** One column of the outside in all the ways a value can depend on it. */
interface Variants {
  readonly copied: ColumnSource;
  readonly transformed: ColumnSource;
  readonly aggregated: ColumnSource;
}

const STRENGTH: Readonly<Record<SourceKind, number>> = { copied: 0, transformed: 1, aggregated: 2 };

/** The sources of one binding: equal ones are identical, so that lists of them are joined cheaply. */
export class Sources {
  readonly #byColumn = new Map<string, Variants>();
  readonly #variants = new Map<ColumnSource, Variants>();
  readonly #influences = new Map<ColumnSource, Map<InfluenceKind, Influence>>();

  /** The value of a column as it is. */
  copied(relation: string, table: TableName, column: string): ColumnSource {
    const key = `${relation}\n${column}`;
    const known = this.#byColumn.get(key);
    if (known !== undefined) return known.copied;
    const of = (kind: SourceKind): ColumnSource => ({ relation, table, column, kind });
    const variants: Variants = { copied: of('copied'), transformed: of('transformed'), aggregated: of('aggregated') };
    this.#byColumn.set(key, variants);
    for (const it of [variants.copied, variants.transformed, variants.aggregated]) this.#variants.set(it, variants);
    return variants.copied;
  }

  /** The same sources seen through an expression: a value computed from an aggregate stays an aggregate. */
  through(kind: SourceKind, sources: readonly ColumnSource[]): readonly ColumnSource[] {
    if (sources.every(it => STRENGTH[it.kind] >= STRENGTH[kind])) return sources;
    return sources.map(it => (STRENGTH[it.kind] >= STRENGTH[kind] ? it : (this.#variants.get(it)?.[kind] ?? it)));
  }

  /** Several lists as one: each column once, in the strongest of its kinds. */
  union(lists: readonly (readonly ColumnSource[])[]): readonly ColumnSource[] {
    const filled = lists.filter(it => it.length > 0);
    const [first = []] = filled;
    if (filled.length < 2) return first;
    const merged = new Map<Variants | undefined, ColumnSource>();
    for (const list of filled) {
      for (const source of list) {
        const variants = this.#variants.get(source);
        const known = merged.get(variants);
        if (known === undefined || STRENGTH[known.kind] < STRENGTH[source.kind]) merged.set(variants, source);
      }
    }
    return [...merged.values()];
  }

  /** What has a say about rows, each source once for a kind. */
  influences(kind: InfluenceKind, sources: readonly ColumnSource[]): readonly Influence[] {
    return sources.map(it => this.#influence(kind, this.#variants.get(it)?.copied ?? it));
  }

  #influence(kind: InfluenceKind, source: ColumnSource): Influence {
    const known = this.#influences.get(source) ?? new Map<InfluenceKind, Influence>();
    this.#influences.set(source, known);
    const influence = known.get(kind) ?? { kind, source };
    known.set(kind, influence);
    return influence;
  }
}
