import type { TextRange } from '../../base/text-range.ts';
import type { Statement } from './nodes.ts';
import { StatementParser } from './statements.ts';
import type { JinjaProblem } from './statements.ts';
import type { TokenTable } from './tokens.ts';

export type { JinjaProblem } from './statements.ts';

/** A parsed template: a value, complete for any text. */
export interface JinjaTree {
  readonly text: string;
  readonly body: readonly Statement[];
  /** Tiles `text`; holds the trivia that the nodes leave out. */
  readonly tokens: TokenTable;
  /** In order of discovery; the first is the one that Jinja would raise. */
  readonly problems: readonly JinjaProblem[];
}

export interface ParseOptions {
  /**
   * `template` (the default) knows the tags that rendering knows; `file` also `snapshot` and `data_test`, which dbt cuts
   * out of files before Jinja sees them.
   */
  readonly tags?: 'template' | 'file';
}

/**
 * Parses a template as Jinja 3.1 does with dbt's extensions. It never fails: a tag that breaks the grammar is a problem,
 * with Python's message, and still a node with what can be known of it, so `{{ ref('or` holds a call with an unfinished
 * string. Tags end at the latest with their line, or with the next tag.
 */
export function parseJinja(text: string, options: ParseOptions = {}): JinjaTree {
  const parser = new StatementParser(text, options.tags === 'file' ? FILE_TAGS : TEMPLATE_TAGS);
  const body = parser.template();
  const { kinds, starts, ends } = parser.stream.lexer;
  return { text, body, tokens: { kinds, starts, ends }, problems: parser.problems };
}

const TEMPLATE_TAGS: ReadonlySet<string> = new Set(['macro', 'test', 'materialization', 'docs']);
const FILE_TAGS: ReadonlySet<string> = new Set([...TEMPLATE_TAGS, 'snapshot', 'data_test']);

/** The text that a node or token covers. */
export const sourceOf = (tree: JinjaTree, range: TextRange): string => tree.text.slice(range.start, range.end);
