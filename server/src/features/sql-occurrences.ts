import type { Offset, TextRange } from '../base/text-range.ts';
import type { BoundStatement } from '../model/sql-facts.ts';
import { wordMeaning } from '../model/sql-meaning.ts';
import { descendants } from '../syntax/sql/visit.ts';

/** A name that a query gives to something of its own, and every place where the query says it. */
export interface Occurrences {
  readonly kind: 'cte' | 'relation-alias' | 'column';
  /** In the statement's text, in its order; quotes included. */
  readonly ranges: readonly TextRange[];
  /** The one of them where it gets its name. */
  readonly definition: TextRange;
  /** Whether it gets it from another column that a select list only mentions, so that both have one name. */
  readonly isBare: boolean;
}

/** The occurrences of the name at a place; `undefined` when what is there is not named by this query. */
export function occurrencesAt(statement: BoundStatement, offset: Offset): Occurrences | undefined {
  const target = namedAt(statement, offset);
  if (target === undefined) return undefined;
  const ranges = new Map<Offset, TextRange>();
  for (const node of descendants(statement.tree.root)) {
    if (node.kind !== 'name' && node.kind !== 'table-name') continue;
    const named = namedAt(statement, node.start);
    if (named?.kind === target.kind && named.definition.start === target.definition.start) {
      ranges.set(named.range.start, named.range);
    }
  }
  const { kind, definition } = target;
  const isBare = !ranges.has(definition.start);
  ranges.set(definition.start, definition);
  return { kind, definition, isBare, ranges: [...ranges.values()].toSorted((a, b) => a.start - b.start) };
}

/** A name in a text: where it stands, and where what it means gets that name. */
interface Named {
  readonly kind: Occurrences['kind'];
  readonly range: TextRange;
  readonly definition: TextRange;
}

function namedAt(statement: BoundStatement, offset: Offset): Named | undefined {
  const meaning = wordMeaning(statement, offset);
  switch (meaning?.kind) {
    case 'cte':
      return { kind: 'cte', range: meaning.range, definition: meaning.definition };
    case 'relation-alias':
      return aliasAt(statement, meaning.range, meaning.relation.range);
    case 'column':
    case 'output': {
      const { definition } = meaning.column;
      return definition && { kind: 'column', range: meaning.range, definition };
    }
    case 'relation':
    case 'function':
    case 'type':
    case undefined:
      return undefined;
  }
}

/** Before a dot, a CTE may stand for itself. */
function aliasAt(statement: BoundStatement, range: TextRange, given: TextRange | undefined): Named | undefined {
  if (given === undefined) return undefined;
  const meaning = wordMeaning(statement, given.start);
  if (meaning?.kind === 'cte') return { kind: 'cte', range, definition: meaning.definition };
  if (meaning?.kind === 'relation') return undefined;
  return { kind: 'relation-alias', range, definition: given };
}
