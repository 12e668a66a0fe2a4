import { testNamed } from '../tests/test-named.ts';
import type { Filter } from './filter.ts';
import { markupFilters } from './markup-filters.ts';
import { numberFilters } from './number-filters.ts';
import { selectFilters } from './select-filters.ts';
import { sequenceFilters } from './sequence-filters.ts';
import { textFilters } from './text-filters.ts';

const filters: ReadonlyMap<string, Filter> = new Map(
  [
    ...textFilters,
    ...numberFilters,
    ...sequenceFilters,
    ...markupFilters,
    ...selectFilters({ filter: name => filterNamed(name), test: testNamed }),
  ].map(filter => [filter.name, filter]),
);

/** The filter of that name, Jinja's or dbt's; `undefined` when there is none. */
export function filterNamed(name: string): Filter | undefined {
  return filters.get(name);
}
