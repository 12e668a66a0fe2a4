import type { Cursor } from './cursor.ts';
import type { Grammar } from './grammar.ts';
import type { Lexeme } from './lexemes.ts';

/** Whether a query begins at the cursor. */
export const startsQuery = (p: Cursor): boolean =>
  p.is('(') ? p.opensQuery() : beginsQuery(p.grammar, p.word(), p.kind(1) === 'operator' ? p.word(1) : '');

/** Whether the lexeme at `at`, no parenthesis, begins a query. */
export const startsQueryAt =
  (grammar: Grammar) =>
  (list: readonly Lexeme[], at: number): boolean => {
    const next = list[at + 1];
    return beginsQuery(grammar, list[at]?.word ?? '', next?.kind === 'operator' ? next.word : '');
  };

/** `operator` is what follows the word when that is an operator, and empty otherwise. */
function beginsQuery(grammar: Grammar, word: string, operator: string): boolean {
  switch (word) {
    case 'select':
    case 'with':
      return operator !== '.';
    case 'from':
      return grammar.features.has('from-first') && (operator === '' || operator === '(');
    case 'values':
      return operator === '(' || (operator === '' && grammar.features.has('bare-values'));
    case 'table':
      return operator === '';
    case 'pivot':
    case 'unpivot':
    case 'pivot_wider':
    case 'describe':
    case 'summarize':
    case 'show':
      return grammar.features.has('query-statements') && (operator === '' || operator === '(');
    default:
      return false;
  }
}
