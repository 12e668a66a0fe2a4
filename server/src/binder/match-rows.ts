import type { FromItem, MatchRecognize } from '../syntax/sql/nodes.ts';
import { descendants } from '../syntax/sql/visit.ts';
import { keyOf, type Place } from './context.ts';
import { bindValue } from './evaluate.ts';
import { outputName } from './output-names.ts';
import { inputColumns, isOpenInput } from './pivot-input.ts';
import { apart, relationOf } from './relations.ts';
import type { BoundColumn, Rows } from './rows.ts';
import { decided } from './type-rules.ts';

/** What MATCH_RECOGNIZE gives: the partition, or all of the input, and the measures. */
export function bindMatch(
  outside: Place,
  { input, partitionBy, measures, allRows }: MatchRecognize,
  addItem: (place: Place, item: FromItem) => Place,
): Rows {
  const place: Place = { ...addItem(apart(outside), input), clause: 'select' };
  const { sources } = place.context;
  const columns = inputColumns(place);
  const all = sources.union(columns.map(it => it.sources));
  // Which rows match is not read, so that all of the input may have decided about them.
  for (const it of sources.influences('filter', all)) place.scope.influences.add(it);
  const partition = partitionBy.flatMap(it => {
    const { sources: found } = bindValue(place, it);
    const key = it.kind === 'column' ? keyOf(place, it.parts.at(-1)) : '';
    const column = columns.find(other => other.key === key);
    return column === undefined ? [] : [{ ...column, sources: found }];
  });
  const inside = withVariables(place, measures ?? []);
  const made = (measures ?? []).flatMap((it): BoundColumn[] => {
    const value = bindValue(inside, it.value);
    const expression = { start: it.value.start, end: it.value.end };
    const alias = it.alias?.kind === 'name' ? it.alias : undefined;
    const own = alias === undefined ? outputName(inside, it.value, 0) : { text: alias.text, key: keyOf(place, alias) };
    const type = decided(value.type, place.context.dialect);
    const { text: name = '', key = '' } = own ?? {};
    return [{ ...value, type, name, key, definition: alias ?? expression, expression }];
  });
  return {
    columns: [...(allRows ? columns : partition), ...made],
    isOpen: measures === undefined || (allRows && isOpenInput(place)),
    influences: [...place.scope.influences],
    rest: sources.through('transformed', all),
  };
}

/** In measures the variables of the pattern stand for the rows of the input. */
function withVariables(place: Place, measures: NonNullable<MatchRecognize['measures']>): Place {
  const { relations } = place.scope;
  const [input] = relations;
  if (input === undefined) return place;
  const known = new Set(relations.flatMap(it => it.path.slice(-1)));
  const qualifiers = measures
    .flatMap(it => [...descendants(it)])
    .flatMap(it => (it.kind === 'column' && it.parts.length > 1 ? [keyOf(place, it.parts[0])] : []));
  const rows = { ...input.rows, influences: [] };
  const variables = [...new Set(qualifiers)]
    .filter(it => !known.has(it))
    .map(it => ({ ...relationOf([it], it, 'other', undefined, rows), hidden: true }));
  return { ...place, scope: { ...place.scope, relations: [...relations, ...variables] } };
}
