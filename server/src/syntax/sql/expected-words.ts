import type { DialectName } from './dialect.ts';
import { GRAMMARS, type GrammarLoader, type SqlGrammar } from './independent-parser.ts';

/**
 * The words that can follow a beginning of SQL in its dialect, lower case; `undefined` when the reader cannot follow the
 * beginning to its end, and for dialects that it has no grammar for.
 */
export type WordExpectations = (beginning: string, dialect: DialectName) => readonly string[] | undefined;

/** `WordExpectations` over node-sql-parser: what its grammar expected at a character that no SQL has. */
export function wordExpectations(load: GrammarLoader): WordExpectations {
  const parsers = new Map<string, InstanceType<SqlGrammar['Parser']>>();
  return (beginning, dialect) => {
    const grammar = GRAMMARS[dialect];
    if (grammar === undefined) return undefined;
    const parser = parsers.get(grammar) ?? new (load(grammar).Parser)();
    parsers.set(grammar, parser);
    try {
      parser.astify(beginning + IMPOSSIBLE);
    } catch (error) {
      return wordsOf(error as GrammarError, beginning.length);
    }
    return undefined;
  };
}

const IMPOSSIBLE = '\u0001';

/** The fields of the grammar's exception that tell what would have been right. Its own slips have none of them. */
interface GrammarError {
  readonly location?: { readonly start?: { readonly offset?: number } };
  readonly expected?: readonly { readonly type?: string; readonly text?: string }[];
}

function wordsOf({ location, expected = [] }: GrammarError, end: number): readonly string[] | undefined {
  if (location?.start?.offset !== end) return undefined;
  const words = expected.flatMap(it => (it.type === 'literal' && it.text !== undefined ? [it.text.toLowerCase()] : []));
  return [...new Set(words.filter(it => /^[a-z][a-z ]+$/.test(it)))];
}
