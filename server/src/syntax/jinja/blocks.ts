import type { Offset, TextRange } from '../../base/text-range.ts';

/** A block that dbt cuts out of a file, or, with type `__dbt__data`, the text between two of them. */
export interface FileBlock {
  /** `macro`, `test`, `snapshot` …, or `__dbt__data`. */
  readonly type: string;
  readonly name: string | undefined;
  /** With both tags and the whitespace that their trim markers take. */
  readonly full: TextRange;
  /** What stands between the tags. */
  readonly contents: TextRange;
}

/** A tag at the top level of the file that is no block the caller asked for. */
export interface UnexpectedTag extends TextRange {
  readonly type: string;
}

/** What makes dbt refuse the file. */
export interface BlockProblem extends TextRange {
  /** dbt's exception class. */
  readonly errorClass: string;
  readonly message: string;
}

export interface ScannedBlocks {
  /** The blocks up to the problem, if there is one. */
  readonly blocks: readonly FileBlock[];
  readonly unexpected: readonly UnexpectedTag[];
  readonly problem: BlockProblem | undefined;
}

export interface ScanOptions {
  /** The tags that make a block; the default is what dbt takes for documentation and snapshots. */
  readonly allowed?: ReadonlySet<string>;
  /** Whether the text between blocks is wanted too. */
  readonly withData?: boolean;
}

/**
 * Cuts a file into its top-level blocks as dbt does before Jinja sees them. Only strings, comments, `{{ … }}` and raw
 * blocks can hide a tag; everything else between the blocks is ignored, so files pass here that Jinja would reject.
 */
export function scanBlocks(text: string, options: ScanOptions = {}): ScannedBlocks {
  const scan = new BlockScan(text, options.allowed ?? DEFAULT_BLOCKS, options.withData ?? true);
  let problem: BlockProblem | undefined;
  try {
    scan.run();
  } catch (failure) {
    if (!(failure instanceof BlockFailure)) throw failure;
    const { errorClass, message, start, end } = failure;
    problem = { errorClass, message, start, end };
  }
  return { blocks: scan.blocks, unexpected: scan.unexpected, problem };
}

const DEFAULT_BLOCKS: ReadonlySet<string> = new Set(['snapshot', 'macro', 'materialization', 'docs']);

/** The tags that make blocks in the files of macro folders. */
export const MACRO_BLOCKS: ReadonlySet<string> = new Set(['macro', 'materialization', 'test', 'data_test']);

const CONTROL_FLOW = new Map([
  ['if', 'endif'],
  ['for', 'endfor'],
]);
const CONTROL_FLOW_ENDS = new Map([...CONTROL_FLOW].map(([start, end]) => [end, start]));

/** Thrown inside this file only. */
class BlockFailure extends Error {
  readonly errorClass: string;
  readonly start: Offset;
  readonly end: Offset;
  constructor(errorClass: string, message: string, range: TextRange) {
    super(message);
    this.errorClass = errorClass;
    this.start = range.start;
    this.end = range.end;
  }
}

interface FoundTag extends TextRange {
  readonly type: string;
  readonly name: string | undefined;
}

class BlockScan {
  readonly blocks: FileBlock[] = [];
  readonly unexpected: UnexpectedTag[] = [];
  private readonly text: string;
  private readonly allowed: ReadonlySet<string>;
  private readonly withData: boolean;
  private readonly controlFlow: string[] = [];
  private open: FoundTag | undefined;
  private dataStart = 0;

  constructor(text: string, allowed: ReadonlySet<string>, withData: boolean) {
    this.text = text;
    this.allowed = allowed;
    this.withData = withData;
  }

  run(): void {
    for (const tag of findTags(this.text)) {
      this.followControlFlow(tag);
      if (this.allowed.has(tag.type)) this.openBlock(tag);
      else if (this.open !== undefined && tag.type === `end${this.open.type}`) this.closeBlock(this.open, tag);
      else if (this.open === undefined) this.unexpected.push({ type: tag.type, start: tag.start, end: tag.end });
    }
    if (this.open !== undefined) {
      const line = lineOf(this.text, this.open.end);
      const message = `Reached EOF without finding a close tag for ${this.open.type} (searched from line ${line})`;
      throw new BlockFailure('MissingCloseTagError', message, this.open);
    }
    this.collectData(this.text.length);
  }

  private followControlFlow(tag: FoundTag): void {
    if (CONTROL_FLOW.has(tag.type)) this.controlFlow.push(tag.type);
    const start = CONTROL_FLOW_ENDS.get(tag.type);
    if (start === undefined) return;
    const open = this.controlFlow.pop();
    const got = `Got an unexpected control flow end tag, got ${tag.type}`;
    const place = `(@ ${positionOf(this.text, tag.start)})`;
    if (open === undefined) {
      const message = `${got} but never saw a preceeding ${start} ${place}`;
      throw new BlockFailure('UnexpectedControlFlowEndTagError', message, tag);
    }
    const expected = CONTROL_FLOW.get(open);
    if (expected === tag.type) return;
    throw new BlockFailure('MissingControlFlowStartTagError', `${got} but expected ${expected} next ${place}`, tag);
  }

  private openBlock(tag: FoundTag): void {
    if (this.controlFlow.length > 0) {
      const place = positionOf(this.text, tag.start);
      const message = `Got a block definition inside control flow at ${place}. All dbt block definitions must be at the top level`;
      throw new BlockFailure('BlockDefinitionNotAtTopError', message, tag);
    }
    if (this.open !== undefined) this.failNested(this.open, tag);
    this.collectData(tag.start);
    this.open = tag;
  }

  private failNested(outer: FoundTag, inner: FoundTag): never {
    const starts = [outer, inner].map(tag => codePoints(this.text, tag.start));
    const message =
      `Got nested tags: ${outer.type} (started at ${starts[0]}) did not have a matching {{% end${outer.type} %}} ` +
      `before a subsequent ${inner.type} was found (started at ${starts[1]})`;
    throw new BlockFailure('NestedTagsError', message, inner);
  }

  private closeBlock(open: FoundTag, close: FoundTag): void {
    const full = { start: open.start, end: close.end };
    const contents = { start: open.end, end: close.start };
    this.blocks.push({ type: open.type, name: open.name, full, contents });
    this.open = undefined;
    this.dataStart = close.end;
  }

  private collectData(end: Offset): void {
    if (!this.withData || end <= this.dataStart) return;
    const full = { start: this.dataStart, end };
    this.blocks.push({ type: '__dbt__data', name: undefined, full, contents: full });
    this.dataStart = end;
  }
}

// Python's `\s`, which differs from JavaScript's.
const S = '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const NAME = '[A-Za-z_][A-Za-z_0-9]*';
const OPEN = `(?:${S}*\\{%-|\\{%)${S}*`;
const CLOSE = `(?:-%\\}${S}*|%\\})`;

/** A pattern that remembers its next match, because most searches ask for the same one again. */
class Search {
  private readonly pattern: RegExp;
  private readonly text: string;
  private from = 0;
  private match: RegExpExecArray | null = null;
  private isFresh = false;

  constructor(text: string, source: string) {
    this.text = text;
    this.pattern = new RegExp(source, 'gs');
  }

  /** The first match that starts at `at` or later. */
  next(at: Offset): RegExpExecArray | undefined {
    const isKnown = this.isFresh && at >= this.from && (this.match === null || this.match.index >= at);
    if (!isKnown) {
      this.pattern.lastIndex = at;
      this.match = this.pattern.exec(this.text);
      this.from = at;
      this.isFresh = true;
    }
    return this.match ?? undefined;
  }
}

const endOf = (match: RegExpExecArray): Offset => match.index + match[0].length;

/** The tags of the file outside comments, expressions, strings and raw blocks. */
function* findTags(text: string): Generator<FoundTag, void> {
  const block = new Search(text, `${OPEN}(?<type>${NAME})(?:${S}+(?<name>${NAME}))?`);
  const comment = new Search(text, `${S}*\\{#`);
  const expression = new Search(text, `\\{\\{${S}*`);
  const reader = new TagReader(text);
  for (;;) {
    const matches = [block.next(reader.at), comment.next(reader.at), expression.next(reader.at)];
    const first = shortest(matches);
    if (first === undefined) return;
    if (first === matches[1]) reader.skipComment(first);
    else if (first === matches[2]) reader.skipExpression(first);
    else yield reader.readTag(first);
  }
}

/** dbt takes the match that ends first. */
function shortest(matches: readonly (RegExpExecArray | undefined)[]): RegExpExecArray | undefined {
  let best: RegExpExecArray | undefined;
  for (const match of matches) {
    if (match !== undefined && (best === undefined || endOf(match) < endOf(best))) best = match;
  }
  return best;
}

class TagReader {
  at: Offset = 0;
  private readonly text: string;
  private readonly quote: Search;
  private readonly string: Search;
  private readonly tagClose: Search;
  private readonly expressionEnd: Search;
  private readonly commentEnd: Search;
  private readonly raw: Search;

  constructor(text: string) {
    this.text = text;
    this.quote = new Search(text, `['"]`);
    this.string = new Search(text, `'[^'\\\\]*(?:\\\\.[^'\\\\]*)*'|"[^"\\\\]*(?:\\\\.[^"\\\\]*)*"`);
    this.tagClose = new Search(text, CLOSE);
    this.expressionEnd = new Search(text, `${S}*\\}\\}`);
    this.commentEnd = new Search(text, `#\\}`);
    this.raw = new Search(text, `${OPEN}raw${S}*${CLOSE}.*?${OPEN}endraw${S}*${CLOSE}`);
  }

  skipComment(start: RegExpExecArray): void {
    this.at = endOf(start);
    this.at = endOf(this.expect('#}', this.commentEnd));
  }

  skipExpression(start: RegExpExecArray): void {
    this.at = endOf(start);
    this.skipThrough('}}', this.expressionEnd);
  }

  readTag(start: RegExpExecArray): FoundTag {
    const type = start.groups?.['type'] ?? '';
    const name = start.groups?.['name'];
    if (type === 'raw') {
      this.at = start.index;
      this.at = endOf(this.expect('{% raw %}...{% endraw %}', this.raw));
    } else {
      this.at = endOf(start);
      this.skipThrough('tag close ("%}")', this.tagClose);
    }
    return { type, name, start: start.index, end: this.at };
  }

  /** Goes behind the next match of `end` that no string hides. */
  private skipThrough(expected: string, end: Search): void {
    for (;;) {
      const found = shortest([end.next(this.at), this.quote.next(this.at)]);
      if (found === undefined) this.fail(expected);
      if (found !== this.quote.next(this.at)) {
        this.at = endOf(found);
        return;
      }
      // In a tag dbt stands at the quote when the string does not end, in an expression where it searched from.
      if (end === this.tagClose) this.at = found.index;
      this.at = endOf(this.expect('string', this.string));
    }
  }

  private expect(expected: string, search: Search): RegExpExecArray {
    return search.next(this.at) ?? this.fail(expected);
  }

  private fail(expected: string): never {
    const rest = this.text.slice(this.at);
    const message = `unexpected EOF, expected ${expected}, got "${rest}"`;
    throw new BlockFailure('UnexpectedMacroEOFError', message, { start: this.at, end: this.text.length });
  }
}

function lineOf(text: string, offset: Offset): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

/** `line:column` as dbt prints it: the line from 1, the column from 0. */
function positionOf(text: string, offset: Offset): string {
  const lineStart = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  return `${lineOf(text, offset)}:${codePoints(text.slice(lineStart), offset - lineStart)}`;
}

/** An offset counted in code points, as Python does. */
function codePoints(text: string, offset: Offset): number {
  let count = 0;
  for (let at = 0; at < offset; at++) {
    const code = text.charCodeAt(at);
    if (code < 0xdc00 || code > 0xdfff) count++;
  }
  return count;
}
