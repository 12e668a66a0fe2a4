import type { KeyPath } from '../manifest/mistake.ts';
import type { Section } from './properties.ts';

/**
 * Whether a text of an entry is left for later: descriptions are rendered with `doc()`, the arguments of tests when
 * the test is, the rows and overrides of unit tests never. `path` starts below the entry.
 */
export function rendersLater(section: Section, path: KeyPath): boolean {
  switch (section) {
    case 'sources':
      return isLate(path.slice(0, 1)) || (path[0] === 'tables' && isLate(path.slice(2)));
    case 'macros':
      return path[0] === 'arguments' ? isLate(path.slice(2)) : isLate(path);
    case 'metrics':
      return path.at(-1) === 'filter' || path.at(-2) === 'filter' || isLate(path);
    case 'saved_queries':
      return (path[0] === 'query_params' && path.includes('where')) || isLate(path);
    case 'unit_tests':
      return path[0] === 'given' || path[0] === 'expect' || path[0] === 'overrides' || isLate(path);
    case 'models':
    case 'seeds':
    case 'snapshots':
    case 'analyses':
    case 'data_tests':
    case 'functions':
    case 'exposures':
    case 'groups':
    case 'semantic_models':
      return isLate(path);
  }
}

const LATE: ReadonlySet<string | number | undefined> = new Set([
  'tests',
  'data_tests',
  'description',
  'loaded_at_query',
]);
/** Parts of an entry that are described, and tested, one by one. */
const PARTS: ReadonlySet<string | number | undefined> = new Set(['columns', 'dimensions', 'measures', 'entities']);
const HOOKS: ReadonlySet<string | number | undefined> = new Set(['pre_hook', 'post_hook', 'pre-hook', 'post-hook']);

function isLate(path: KeyPath): boolean {
  if (LATE.has(path[0])) return true;
  if (path.length === 2 && LATE.has(path[1])) return true;
  if (path[0] === 'config') return HOOKS.has(path[1]);
  if (PARTS.has(path[0])) return LATE.has(path[2]);
  return path[0] === 'versions' && (LATE.has(path[2]) || (path[2] === 'columns' && LATE.has(path[4])));
}
