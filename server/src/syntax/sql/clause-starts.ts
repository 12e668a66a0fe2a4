import type { Cursor } from './cursor.ts';
import { CLAUSE_STARTS, SET_OPERATORS } from './words.ts';

/**
 * Whether the word here begins the next part of a query. Words that some dialects also take as names do so only if
 * what follows them looks like the inside of that part.
 */
export function beginsClause(p: Cursor): boolean {
  const word = p.word();
  if (!CLAUSE_STARTS.has(word) || p.kind() !== 'name') return false;
  const next = p.word(1);
  switch (word) {
    case 'pivot':
    case 'unpivot':
      return next === '(' || next === 'include' || next === 'exclude';
    case 'window':
      return p.isName(1) && p.word(2) === 'as';
    case 'connect':
      return next === 'by';
    case 'fetch':
      return next === 'first' || next === 'next';
    case 'qualify':
      if (!p.has('qualify') && p.kind(1) === 'end') return false;
      return next !== 'as' && next !== ',' && next !== '.';
    case 'limit':
    case 'tablesample':
      return next !== 'as' && next !== ',' && next !== '.';
    case 'left':
    case 'right':
    case 'full':
      return next === '' ? p.kind(1) === 'end' : JOIN_CONTINUATIONS.has(next) || SET_OPERATORS.has(next);
    default:
      return true;
  }
}

const JOIN_CONTINUATIONS: ReadonlySet<string> = new Set(['join', 'outer', 'semi', 'anti', 'asof', 'inner', 'array']);
