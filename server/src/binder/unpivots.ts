import type { Expression, NamePart } from '../syntax/sql/expression-nodes.ts';
import type { PivotStatement, Unpivot } from '../syntax/sql/nodes.ts';
import { descendants } from '../syntax/sql/visit.ts';
import { callName } from './call-names.ts';
import { keyOf, type Place } from './context.ts';
import { bindValue, type Value } from './evaluate.ts';
import { inputColumns, isOpenInput, restOf } from './pivot-input.ts';
import type { BoundColumn, Rows } from './rows.ts';
import { columnsNamed } from './spread-columns.ts';
import { starValueRows } from './stars.ts';
import { unifyAll } from './type-rules.ts';
import { TEXT } from './types.ts';

/** `input unpivot (value for name in (columns))`. */
export function unpivotRows(place: Place, unpivot: Unpivot): Rows {
  const targets = unpivot.value.kind === 'row' ? unpivot.value.elements : [unpivot.value];
  return {
    ...turned(
      place,
      unpivot.columns.map(it => it.value),
      { name: unpivot.name, values: targets },
    ),
    rest: restOf(place),
  };
}

/** DuckDB's UNPIVOT as a statement. */
export function statementUnpivot(place: Place, node: PivotStatement): Rows {
  const values = node.intoValues.length > 0 ? node.intoValues : [fallbackName(node, 'value')];
  return turned(
    place,
    node.on.map(it => it.value),
    { name: node.intoName ?? fallbackName(node, 'name'), values },
  );
}

const fallbackName = ({ start, end }: PivotStatement, text: string): NamePart => ({
  kind: 'name',
  text,
  quoted: false,
  start,
  end,
});

/** Something that names a column to be. */
type Target = { readonly kind: string; readonly start: number; readonly end: number };

/** The columns that are left, then the one with the names, then those with the values. */
function turned(
  place: Place,
  nodes: readonly Expression[],
  { name, values }: { readonly name: Target; readonly values: readonly Target[] },
): Rows {
  const { context } = place;
  const columns = inputColumns(place);
  const entries = nodes.flatMap(it => entriesOf(place, it, columns));
  const isKnown = entries.every(it => it.isKnown);
  const taken = new Set(entries.flatMap(it => it.taken));
  const made = values.map((target, at) => {
    const found = entries.flatMap(it => (it.values[at] === undefined ? [] : [it.values[at]]));
    const type = isKnown
      ? unifyAll(
          found.map(it => it.type),
          context.dialect,
        )
      : undefined;
    return madeColumn(place, target, {
      type,
      nullable: undefined,
      sources: context.sources.union(found.map(it => it.sources)),
    });
  });
  // Rows whose value is NULL are left out.
  const deciding = context.sources.union(entries.flatMap(it => it.values.map(value => value.sources)));
  for (const it of context.sources.influences('filter', deciding)) place.scope.influences.add(it);
  const names = madeColumn(place, name, { type: TEXT, nullable: false, sources: [] });
  return {
    columns: [...columns.filter(it => !taken.has(it)), ...[names, ...made].filter(it => it !== undefined)],
    isOpen: isOpenInput(place) || !isKnown,
    influences: [],
  };
}

/** One entry of the list: the input columns that it takes, and the values of one row that it makes. */
interface Entry {
  readonly taken: readonly BoundColumn[];
  readonly values: readonly Value[];
  readonly isKnown: boolean;
}

function entriesOf(place: Place, node: Expression, columns: readonly BoundColumn[]): readonly Entry[] {
  const named = namedAtOnce(place, node);
  if (named !== undefined) {
    const entries = named.columns.flatMap((it): Entry[] => {
      const column = columns.find(other => other.key === it.key);
      return column === undefined ? [] : [{ taken: [column], values: [column], isKnown: true }];
    });
    return named.isOpen ? [...entries, { taken: [], values: [], isKnown: false }] : entries;
  }
  const parts = node.kind === 'row' ? node.elements : [node];
  const values = parts.map(it => bindValue(place, it));
  return [{ taken: parts.flatMap(it => takenBy(place, it as Expression, columns)), values, isKnown: true }];
}

/** A star, or COLUMNS(…), in parentheses or not. */
function namedAtOnce(place: Place, node: Expression): Rows | undefined {
  if (node.kind === 'parentheses' && node.value.kind === 'star') return starValueRows(place, node.value);
  if (node.kind === 'star') return starValueRows(place, node);
  if (node.kind !== 'call' || callName(node) !== 'columns') return undefined;
  return columnsNamed(place, node)?.rows ?? { columns: [], isOpen: true, influences: [] };
}

/** The input columns that a value uses. */
function takenBy({ context }: Place, node: Expression, columns: readonly BoundColumn[]): readonly BoundColumn[] {
  return [...descendants(node)].flatMap(it => {
    const reference = it.kind === 'column' ? context.references.get(it) : undefined;
    return reference?.kind === 'column' && columns.includes(reference.column) ? [reference.column] : [];
  });
}

/** A column under the name that the text gives it. */
export function madeColumn(
  place: Place,
  node: { readonly kind: string; readonly start: number; readonly end: number },
  value: Value,
): BoundColumn | undefined {
  const name = targetName(node);
  if (name?.kind !== 'name') return undefined;
  const range = { start: name.start, end: name.end };
  return { name: name.text, key: keyOf(place, name), definition: range, expression: range, ...value };
}

function targetName(node: object): NamePart | undefined {
  if ('kind' in node && node.kind === 'name') return node as NamePart;
  return 'parts' in node && Array.isArray(node.parts) ? (node.parts.at(-1) as NamePart | undefined) : undefined;
}
