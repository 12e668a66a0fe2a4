import type { Offset } from '../../base/text-range.ts';
import type { Complaint, Mark } from './libyaml-text.ts';
import { YamlTokens, type Token, type TokenKind } from './libyaml-tokens.ts';

/** What dbt's YAML reader says of a text that it refuses. */
export interface YamlReaderError {
  /** The lines that PyYAML prints. */
  readonly message: string;
  /** The same in a sentence without places. */
  readonly summary: string;
  readonly at: Offset;
  /** The line where it gave up, counted from 0. */
  readonly line: number;
}

/** The error of PyYAML, built on libyaml, for a text of one document; `undefined` for one that it can read. */
export function libyamlError(text: string): YamlReaderError | undefined {
  const complaint = new YamlReader(text).complaint();
  if (complaint === undefined) return undefined;
  const { context, contextMark, problem, mark } = complaint;
  const isElsewhere = contextMark.line !== mark.line || contextMark.column !== mark.column;
  const since = context === undefined ? [] : [context, ...(isElsewhere ? [markText(contextMark)] : [])];
  const message = [...since, problem, markText(mark)].join('\n');
  const summary = [problem, ...(context === undefined ? [] : [context])].join(' ');
  return { message, summary, at: mark.at, line: mark.line };
}

const markText = ({ line, column }: Mark): string => `  in "<unicode string>", line ${line + 1}, column ${column + 1}`;

/** Whether a node can be a key of a Python dictionary. */
type NodeKind = 'scalar' | 'collection';

/** Walks through a text by libyaml's grammar, and by the rules for what its nodes make. Lives for one text. */
class YamlReader {
  readonly #tokens: YamlTokens;
  readonly #anchors = new Map<string, { readonly mark: Mark; readonly kind: NodeKind }>();
  /** What only shows when values are made of the nodes, which is after all of them were read. */
  #late: Complaint | undefined;

  constructor(text: string) {
    this.#tokens = new YamlTokens(text);
  }

  complaint(): Complaint | undefined {
    this.#document();
    return this.#tokens.complaint ?? this.#late;
  }

  #document(): void {
    if (this.#next('stream-end')) return;
    const first = this.#tokens.peek().mark;
    const isStarted = this.#next('directive', 'document-start');
    if (isStarted) this.#startDocument();
    const isEmpty = isStarted && this.#next('directive', 'document-start', 'document-end', 'stream-end');
    if (!isEmpty) this.#node('block');
    while (this.#next('document-end')) this.#tokens.take();
    if (this.#next('stream-end')) return;
    const second = this.#tokens.peek();
    if (!this.#next('directive', 'document-start')) {
      this.#tokens.fail(undefined, second.mark, 'did not find expected <document start>', second.mark);
      return;
    }
    const [context, problem] = ['expected a single document in the stream', 'but found another document'];
    this.#tokens.fail(context, first, problem, second.mark);
  }

  #startDocument(): void {
    while (this.#next('directive')) this.#tokens.take();
    const { mark } = this.#tokens.peek();
    if (this.#next('document-start')) this.#tokens.take();
    else this.#tokens.fail(undefined, mark, 'did not find expected <document start>', mark);
  }

  #next(...kinds: readonly TokenKind[]): boolean {
    return kinds.includes(this.#tokens.peek().kind);
  }

  #node(place: 'block' | 'flow', mayBeIndentless = false): NodeKind {
    const first = this.#tokens.peek();
    if (first.kind === 'alias') return this.#alias(this.#tokens.take());
    const properties: Token[] = [];
    while (this.#next('anchor', 'tag') && !properties.some(it => it.kind === this.#tokens.peek().kind)) {
      properties.push(this.#tokens.take());
    }
    const anchor = properties.find(it => it.kind === 'anchor');
    if (anchor !== undefined) this.#declare(anchor, first.mark);
    const kind = this.#content(place, mayBeIndentless, { start: first.mark, isProperty: properties.length > 0 });
    if (anchor?.text !== undefined) this.#anchors.set(anchor.text, { mark: first.mark, kind });
    this.#checkTag(properties.find(it => it.kind === 'tag')?.text, first.mark);
    return kind;
  }

  #alias({ text = '', mark }: Token): NodeKind {
    const anchor = this.#anchors.get(text);
    if (anchor === undefined) this.#tokens.fail(undefined, mark, 'found undefined alias', mark);
    return anchor?.kind ?? 'scalar';
  }

  #declare({ text = '' }: Token, mark: Mark): void {
    const other = this.#anchors.get(text);
    if (other !== undefined) {
      this.#tokens.fail('found duplicate anchor; first occurrence', other.mark, 'second occurrence', mark);
    }
    this.#anchors.set(text, { mark, kind: 'collection' });
  }

  #checkTag(tag: string | undefined, mark: Mark): void {
    if (tag === undefined || tag === '!' || tag.startsWith('!!') || tag.startsWith('!<tag:yaml.org,2002:')) return;
    const quote = tag.includes("'") ? '"' : "'";
    const problem = `could not determine a constructor for the tag ${quote}${tag}${quote}`;
    this.#late ??= { context: undefined, contextMark: mark, problem, mark };
  }

  #content(
    place: 'block' | 'flow',
    mayBeIndentless: boolean,
    { start, isProperty }: { readonly start: Mark; readonly isProperty: boolean },
  ): NodeKind {
    const token = this.#tokens.peek();
    if (mayBeIndentless && token.kind === '-') return this.#indentless();
    const isBlock = place === 'block';
    if (token.kind === 'scalar') this.#tokens.take();
    if (token.kind === 'scalar') return 'scalar';
    if (token.kind === '[') return this.#flowSequence(token.mark);
    if (token.kind === '{') return this.#flowMapping(token.mark);
    if (isBlock && token.kind === 'block-sequence') return this.#blockSequence(token.mark);
    if (isBlock && token.kind === 'block-mapping') return this.#blockMapping(token.mark);
    if (!isProperty) {
      this.#tokens.fail(`while parsing a ${place} node`, start, 'did not find expected node content', token.mark);
    }
    return 'scalar';
  }

  #indentless(): NodeKind {
    while (this.#next('-')) {
      this.#tokens.take();
      if (!this.#next('-', 'key', 'value', 'block-end')) this.#node('block');
    }
    return 'collection';
  }

  #blockSequence(start: Mark): NodeKind {
    this.#tokens.take();
    while (this.#next('-')) {
      this.#tokens.take();
      if (!this.#next('-', 'block-end')) this.#node('block');
    }
    this.#close('block-end', ['while parsing a block collection', start, "did not find expected '-' indicator"]);
    return 'collection';
  }

  #blockMapping(start: Mark): NodeKind {
    this.#tokens.take();
    while (this.#next('key', 'value')) {
      if (!this.#next('key')) break;
      this.#tokens.take();
      this.#key(start, () => (this.#next('key', 'value', 'block-end') ? 'scalar' : this.#node('block', true)));
      if (!this.#next('value')) continue;
      this.#tokens.take();
      if (!this.#next('key', 'value', 'block-end')) this.#node('block', true);
    }
    this.#close('block-end', ['while parsing a block mapping', start, 'did not find expected key']);
    return 'collection';
  }

  #close(kind: TokenKind, [context, since, problem]: readonly [string, Mark, string]): void {
    const { mark } = this.#tokens.peek();
    if (this.#next(kind)) this.#tokens.take();
    else this.#tokens.fail(context, since, problem, mark);
  }

  /** Reads a key of a mapping that starts at a place. */
  #key(start: Mark, read: () => NodeKind): void {
    const { mark } = this.#tokens.peek();
    if (read() === 'scalar') return;
    this.#late ??= {
      context: 'while constructing a mapping',
      contextMark: start,
      problem: 'found unhashable key',
      mark,
    };
  }

  #flowSequence(start: Mark): NodeKind {
    this.#tokens.take();
    for (let isFirst = true; !this.#next(']'); isFirst = false) {
      if (!isFirst && !this.#comma(['while parsing a flow sequence', start, "did not find expected ',' or ']'"])) break;
      if (this.#next('key')) this.#pair();
      else if (!this.#next(']')) this.#node('flow');
      if (this.#tokens.complaint !== undefined) break;
    }
    this.#tokens.take();
    return 'collection';
  }

  /** `a: b` in a list, which is a mapping of its own. */
  #pair(): void {
    const start = this.#tokens.take().mark;
    // What ends an empty key is skipped with it, in libyaml as well.
    const isEmpty = this.#next('value', ',', ']');
    if (isEmpty) this.#tokens.take();
    else this.#key(start, () => this.#node('flow'));
    if (!this.#next('value')) return;
    this.#tokens.take();
    if (!this.#next(',', ']')) this.#node('flow');
  }

  #flowMapping(start: Mark): NodeKind {
    this.#tokens.take();
    for (let isFirst = true; !this.#next('}'); isFirst = false) {
      if (!isFirst && !this.#comma(['while parsing a flow mapping', start, "did not find expected ',' or '}'"])) break;
      this.#flowEntry(start);
      if (this.#tokens.complaint !== undefined) break;
    }
    this.#tokens.take();
    return 'collection';
  }

  #flowEntry(start: Mark): void {
    if (!this.#next('key')) {
      if (!this.#next('}')) this.#key(start, () => this.#node('flow'));
      return;
    }
    this.#tokens.take();
    this.#key(start, () => (this.#next('value', ',', '}') ? 'scalar' : this.#node('flow')));
    if (!this.#next('value')) return;
    this.#tokens.take();
    if (!this.#next(',', '}')) this.#node('flow');
  }

  #comma([context, since, problem]: readonly [string, Mark, string]): boolean {
    const { mark } = this.#tokens.peek();
    const isThere = this.#next(',');
    if (isThere) this.#tokens.take();
    else this.#tokens.fail(context, since, problem, mark);
    return isThere;
  }
}
