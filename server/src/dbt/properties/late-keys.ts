import type { KeyPath } from '../manifest/mistake.ts';
import type { Section } from './properties.ts';

/**
 * Whether a text of an entry is left for later: descriptions are rendered with `doc()`, the arguments of tests when the
 * test is, hooks when they run. `path` starts below the entry and ends at the text. What dbt forgets (the tests of a
 * version, hooks spelled with a hyphen) is rendered at once.
 */
export function rendersLater(section: Section, path: KeyPath): boolean {
  switch (section) {
    case 'sources':
      return isLateInSource(path);
    case 'macros':
      return isLate(path[0] === 'arguments' ? path.slice(1) : path);
    case 'snapshots':
      return path[0] === 'relation' || isLate(path);
    case 'metrics':
      return path.at(-1) === 'filter' || path.at(-2) === 'filter' || isLate(path);
    case 'saved_queries':
      return (path[0] === 'query_params' && path[1] === 'where') || isLate(path);
    case 'models':
    case 'seeds':
    case 'analyses':
    case 'data_tests':
    case 'functions':
    case 'exposures':
    case 'groups':
    case 'semantic_models':
    case 'unit_tests':
      return isLate(path);
  }
}

type Key = string | number | undefined;

const LATE: ReadonlySet<Key> = new Set(['tests', 'data_tests', 'description', 'loaded_at_query']);
const LATE_CONFIGS: ReadonlySet<Key> = new Set(['pre_hook', 'post_hook', 'loaded_at_query']);
/** Parts of an entry that are described, and tested, one by one. */
const PARTS: ReadonlySet<Key> = new Set(['columns', 'dimensions', 'measures', 'entities']);
const LATE_IN_PARTS: ReadonlySet<Key> = new Set(['tests', 'data_tests', 'description']);

function isLateInSource(path: KeyPath): boolean {
  const [first, second] = path;
  if (first === 'description' || first === 'loaded_at_query') return true;
  if (first === 'config') return second === 'loaded_at_query';
  return first === 'tables' && isLate(path.slice(2));
}

function isLate(path: KeyPath): boolean {
  const [first, second, third, , fifth] = path;
  if (LATE.has(first)) return true;
  if (path.length === 2 && LATE.has(second)) return true;
  if (first === 'config') return LATE_CONFIGS.has(second);
  if (path.length === 5 && fifth === 'description') return true;
  return PARTS.has(first) && LATE_IN_PARTS.has(third);
}
