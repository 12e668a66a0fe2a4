import { bug } from '../../base/bug.ts';
import type { Offset, TextRange } from '../../base/text-range.ts';
import { ExpressionParser } from './expressions.ts';
import type { LexerMark } from './lexer.ts';
import { docsHeader, macroHeader, materializationHeader, signature } from './macro-headers.ts';
import type { MacroHeader } from './macro-headers.ts';
import type { Branch, Expression, FromImport, MacroTag, Statement, Tag } from './nodes.ts';
import { SyntaxFailure, TokenStream } from './stream.ts';

/** A mistake of the grammar, with Python's exception class and message; the first one is what Jinja would raise. */
export interface JinjaProblem extends TextRange {
  readonly errorClass: string;
  readonly message: string;
  /** The offset whose line Python reports; `undefined` when it reports none. */
  readonly at: Offset | undefined;
}

/** Reads the rest of a statement, its body and closing tag, once its opening tag is known. */
type Finish = (opening: Tag) => Statement;

/** Reads statements. A tag that breaks the grammar is reported once and read again tolerantly. */
export class StatementParser {
  readonly stream: TokenStream;
  readonly problems: JinjaProblem[] = [];
  private readonly expressions: ExpressionParser;
  private readonly macroTags: ReadonlySet<string>;
  private readonly openTags: string[] = [];
  private readonly endTags: (readonly string[])[] = [];
  private tagStart: Offset = 0;
  private tagMark: LexerMark;

  constructor(text: string, macroTags: ReadonlySet<string>) {
    this.stream = new TokenStream(text);
    this.expressions = new ExpressionParser(this.stream);
    this.macroTags = macroTags;
    this.tagMark = this.stream.mark();
  }

  /** The whole template. */
  template(): readonly Statement[] {
    return this.statements(undefined);
  }

  /** Statements up to the end of the text or, behind its opening delimiter, to a tag that ends an open block. */
  private statements(endTags: readonly string[] | undefined): Statement[] {
    const { stream } = this;
    const body: Statement[] = [];
    if (endTags !== undefined) this.endTags.push(endTags);
    while (stream.kind !== 'eof') {
      const { kind, start, end } = stream;
      // A closing tag that an inner block left for one further out.
      if (kind === 'name') break;
      if (kind === 'variable-begin') body.push(this.output());
      else if (kind === 'block-begin') {
        this.openTag();
        if (this.atOpenEnd()) break;
        body.push(this.statement());
      } else {
        if (kind === 'text' || kind === 'comment') body.push({ kind, start, end });
        else if (kind === 'error') this.rootError();
        stream.step();
      }
    }
    if (stream.kind === 'eof' && endTags !== undefined) this.reportEnd();
    if (endTags !== undefined) this.endTags.pop();
    return body;
  }

  /** Text that cannot be cut into tokens; a tag that broke off leaves an empty `error` token, which was reported. */
  private rootError(): void {
    if (this.stream.end > this.stream.start) this.report(this.stream.lexicalFailure());
  }

  private output(): Statement {
    const { stream } = this;
    const start = stream.start;
    this.tagMark = stream.mark();
    const { value: expression, closed } = this.readTag('variable-end', () => {
      stream.advance();
      return this.expressions.tuple();
    });
    return { kind: 'output', start, end: this.expressions.endFrom(start), expression, closed };
  }

  /** Goes from the opening delimiter of a block tag to its first token. */
  private openTag(): void {
    const { stream } = this;
    this.tagStart = stream.start;
    this.tagMark = stream.mark();
    try {
      stream.advance();
    } catch (failure) {
      this.recover(failure);
      stream.advance();
    }
  }

  /** Whether the tag at hand ends the innermost block, or, after a mistake, one further out. */
  private atOpenEnd(): boolean {
    const { stream, endTags } = this;
    if (stream.kind !== 'name' || endTags.length === 0) return false;
    const name = stream.value;
    if (endTags.at(-1)?.includes(name) === true) return true;
    if (!name.startsWith('end') || !endTags.some(names => names.includes(name))) return false;
    this.reportUnknownTag(name);
    return true;
  }

  private statement(): Statement {
    const { stream } = this;
    const name = stream.kind === 'name' ? stream.value : '';
    this.openTags.push(name);
    const finish = this.readBlockTag(() => this.header(name));
    const node = finish.value(finish.tag);
    this.openTags.pop();
    return node;
  }

  /** Reads what stands in the current block tag, from its first token to its end. */
  private readBlockTag<T>(read: () => T): { readonly value: T; readonly tag: Tag } {
    const { stream } = this;
    const start = this.tagStart;
    const name = stream.kind === 'name' ? stream.value : '';
    const nameRange = { start: stream.start, end: stream.start + name.length };
    let first = true;
    const { value, closed } = this.readTag('block-end', () => {
      if (!first) stream.advance();
      first = false;
      return read();
    });
    return { value, tag: { kind: 'tag', start, end: this.expressions.endFrom(start), name, nameRange, closed } };
  }

  /** Reads the inside of a tag strictly and, if that fails, again from the opening delimiter, tolerantly. */
  private readTag<T>(
    end: 'block-end' | 'variable-end',
    read: () => T,
  ): { readonly value: T; readonly closed: boolean } {
    const { stream } = this;
    let value: T;
    if (!stream.tolerant) {
      try {
        value = read();
        if (stream.kind !== end) stream.expect(end);
        stream.previousEnd = stream.end;
        stream.step();
        return { value, closed: true };
      } catch (failure) {
        this.recover(failure);
      }
    }
    value = read();
    while (!stream.atTagEnd()) stream.advance();
    const closed = stream.kind === end;
    if (closed) stream.previousEnd = stream.end;
    stream.lexer.resumeStrictly();
    if (stream.kind !== 'eof') stream.step();
    return { value, closed };
  }

  private recover(failure: unknown): void {
    if (!(failure instanceof SyntaxFailure)) throw failure;
    this.report(failure);
    this.stream.retryTolerantly(this.tagMark);
  }

  private report(failure: SyntaxFailure): void {
    const { message, errorClass, at } = failure;
    const start = at ?? this.tagStart;
    this.problems.push({ errorClass, message, at, start, end: Math.max(start, failure.end) });
  }

  private reportUnknownTag(name: string): void {
    const { start, end } = this.stream;
    this.report(new SyntaxFailure(this.unexpected(`Encountered unknown tag '${name}'.`, name), start, end));
  }

  private reportEnd(): void {
    // Blocks further out miss their ends for the same reason; one report is enough.
    if (this.problems.at(-1)?.message.startsWith(END_OF_TEMPLATE) === true) return;
    const at = this.stream.endLineOffset();
    const failure = new SyntaxFailure(this.unexpected(END_OF_TEMPLATE, undefined), at, this.stream.end);
    this.report(failure);
  }

  private unexpected(what: string, name: string | undefined): string {
    const sentences = [what];
    const looking = this.endTags
      .at(-1)
      ?.map(tag => `'${tag}'`)
      .join(' or ');
    if (looking !== undefined) {
      const isExpected = name !== undefined && this.endTags.some(names => names.includes(name));
      sentences.push(
        isExpected
          ? `You probably made a nesting mistake. Jinja is expecting this tag, but currently looking for ${looking}.`
          : `Jinja was looking for the following tags: ${looking}.`,
      );
    }
    const innermost = this.openTags.at(-1);
    if (innermost !== undefined) {
      sentences.push(`The innermost block that needs to be closed is '${innermost}'.`);
    }
    return sentences.join(' ');
  }

  /** What stands in an opening tag; the result reads on behind it. */
  private header(name: string): Finish {
    const { stream } = this;
    const at = stream.start;
    if (stream.kind !== 'name') {
      stream.fail('tag name expected');
      return tag => ({ kind: 'unknown', ...range(tag), tags: [tag], at });
    }
    switch (name) {
      case 'if':
        return this.ifHeader();
      case 'for':
        return this.forHeader();
      case 'set':
        return this.setHeader();
      case 'with':
        return this.withHeader();
      case 'call':
        return this.callHeader();
      case 'filter':
        return this.filterHeader();
      case 'block':
        return this.blockHeader();
      case 'autoescape':
        return this.autoescapeHeader();
      case 'macro':
      case 'test':
      case 'data_test':
        return this.macroTags.has(name) ? this.macroHeader(name, macroHeader) : this.unknownHeader(name);
      case 'materialization':
        return this.macroHeader(name, materializationHeader);
      case 'docs':
      case 'snapshot':
        return this.macroTags.has(name) ? this.macroHeader(name, docsHeader) : this.unknownHeader(name);
      default:
        return this.lineHeader(name);
    }
  }

  /** Tags that are whole statements. */
  private lineHeader(name: string): Finish {
    const { stream, expressions } = this;
    const at = stream.start;
    switch (name) {
      case 'do': {
        stream.advance();
        const expression = expressions.tuple();
        return tag => ({ kind: 'do', ...range(tag), tags: [tag], at, expression });
      }
      case 'break':
      case 'continue':
        stream.advance();
        return tag => ({ kind: name, ...range(tag), tags: [tag], at });
      case 'print':
        return this.printHeader();
      case 'include':
        return this.includeHeader();
      case 'import':
        return this.importHeader();
      case 'from':
        return this.fromHeader();
      case 'extends': {
        stream.advance();
        const template = expressions.expression();
        return tag => ({ kind: 'extends', ...range(tag), tags: [tag], at, template });
      }
      default:
        return this.unknownHeader(name);
    }
  }

  private unknownHeader(name: string): Finish {
    const at = this.stream.start;
    if (!this.stream.tolerant) {
      const own = this.openTags.pop() ?? bug('a tag is read that was not opened');
      const message = this.unexpected(`Encountered unknown tag '${name}'.`, name);
      this.openTags.push(own);
      this.stream.fail(message);
    }
    return tag => ({ kind: 'unknown', ...range(tag), tags: [tag], at });
  }

  /** Behind the header of a block statement a colon may stand. */
  private endHeader(): void {
    this.stream.skip('colon');
  }

  /** A body and, if it is there, the tag that ends it, which `read` reads up to its end. */
  private block(endTags: readonly string[]): { readonly body: readonly Statement[]; readonly end: string | undefined } {
    const body = this.statements(endTags);
    const { stream } = this;
    if (stream.kind !== 'name') return { body, end: undefined };
    const name = stream.value;
    return { body, end: endTags.includes(name) ? name : undefined };
  }

  /** A closing tag, when `block` found one. */
  private closing(found: string | undefined): readonly Tag[] {
    if (found === undefined) return [];
    return [this.readBlockTag(() => this.stream.advance()).tag];
  }

  /** A body with the one tag that closes it. */
  private closedBlock(opening: Tag, end: string): { body: readonly Statement[]; tags: readonly Tag[] } & TextRange {
    const { body, end: found } = this.block([end]);
    const tags = [opening, ...this.closing(found)];
    return { start: opening.start, end: blockEnd(tags, body), body, tags };
  }

  private ifHeader(): Finish {
    const at = this.stream.start;
    this.stream.advance();
    const test = this.expressions.tuple({ withoutConditional: true });
    this.endHeader();
    return opening => this.finishIf(opening, at, test);
  }

  private finishIf(opening: Tag, at: Offset, firstTest: Expression): Statement {
    const branches: Branch[] = [];
    const tags = [opening];
    let otherwise: readonly Statement[] | undefined;
    let branchAt = at;
    let test = firstTest;
    let branchStart = opening.start;
    for (;;) {
      const { body, end } = this.block(['elif', 'else', 'endif']);
      const branchEnd = blockEnd(tags.slice(-1), body);
      branches.push({ kind: 'branch', start: branchStart, end: branchEnd, at: branchAt, test, body });
      if (end !== 'elif') {
        otherwise = this.elseOrEnd(tags, end, 'endif');
        break;
      }
      branchStart = this.tagStart;
      const elif = this.readBlockTag(() => this.elifHeader());
      tags.push(elif.tag);
      ({ at: branchAt, test } = elif.value);
    }
    const last = otherwise ?? branches.at(-1)?.body ?? [];
    return { kind: 'if', start: opening.start, end: blockEnd(tags, last), tags, at, branches, otherwise };
  }

  private elifHeader(): { readonly at: Offset; readonly test: Expression } {
    this.stream.advance();
    const at = this.stream.start;
    const test = this.expressions.tuple({ withoutConditional: true });
    this.endHeader();
    return { at, test };
  }

  /** The rest of a statement after its last conditional body: an `else` with its body, then the closing tag. */
  private elseOrEnd(tags: Tag[], found: string | undefined, end: string): readonly Statement[] | undefined {
    if (found !== 'else') {
      tags.push(...this.closing(found));
      return undefined;
    }
    const opening = this.readBlockTag(() => {
      this.stream.advance();
      this.endHeader();
    });
    tags.push(opening.tag);
    const { body, end: closing } = this.block([end]);
    tags.push(...this.closing(closing));
    return body;
  }

  private forHeader(): Finish {
    const { stream, expressions } = this;
    const at = stream.start;
    stream.advance();
    const target = expressions.target();
    stream.expectName('in');
    const iterable = expressions.tuple({ withoutConditional: true });
    const filter = stream.skipName('if') ? expressions.expression() : undefined;
    const recursive = stream.skipName('recursive');
    this.endHeader();
    return opening => {
      const tags = [opening];
      const { body, end } = this.block(['endfor', 'else']);
      const otherwise = this.elseOrEnd(tags, end, 'endfor');
      const last = otherwise ?? body;
      const place = { start: opening.start, end: blockEnd(tags, last), tags, at };
      return { kind: 'for', ...place, target, iterable, filter, recursive, body, otherwise };
    };
  }

  private setHeader(): Finish {
    const { stream, expressions } = this;
    const at = stream.start;
    stream.advance();
    const target = expressions.target({ namespaces: true });
    if (stream.skip('assign')) {
      const value = expressions.tuple();
      return tag => ({ kind: 'set', ...range(tag), tags: [tag], at, target, value });
    }
    const filter = expressions.filters(undefined);
    this.endHeader();
    return tag => ({ kind: 'set-block', ...this.closedBlock(tag, 'endset'), at, target, filter });
  }

  private withHeader(): Finish {
    const { stream, expressions } = this;
    const at = stream.start;
    stream.advance();
    const targets: Expression[] = [];
    const values: Expression[] = [];
    while (!stream.atTagEnd() || (stream.kind === 'eof' && !stream.tolerant)) {
      if (targets.length > 0) stream.expect('comma');
      const before = stream.index;
      targets.push(expressions.target());
      stream.expect('assign');
      values.push(expressions.expression());
      if (stream.index === before) stream.advance();
    }
    this.endHeader();
    return tag => ({ kind: 'with', ...this.closedBlock(tag, 'endwith'), at, targets, values });
  }

  private callHeader(): Finish {
    const { stream, expressions } = this;
    const at = stream.start;
    stream.advance();
    const parameters = stream.kind === 'lparen' ? signature(stream, expressions) : [];
    const call = expressions.expression();
    if (call.kind !== 'call') stream.fail('expected call', at);
    const node = call.kind === 'call' ? call : expressions.missing();
    this.endHeader();
    return tag => ({ kind: 'call-block', ...this.closedBlock(tag, 'endcall'), at, parameters, call: node });
  }

  private filterHeader(): Finish {
    const { stream, expressions } = this;
    const at = stream.start;
    stream.advance();
    const first = expressions.filter(undefined, stream.start);
    const filter = stream.kind === 'pipe' ? (expressions.filters(first) ?? first) : first;
    this.endHeader();
    return tag => ({ kind: 'filter-block', ...this.closedBlock(tag, 'endfilter'), at, filter });
  }

  private blockHeader(): Finish {
    const { stream } = this;
    const at = stream.start;
    stream.advance();
    const name = stream.kind === 'name' ? stream.value : '';
    const nameRange = { start: stream.start, end: stream.start + name.length };
    stream.expect('name');
    const scoped = stream.skipName('scoped');
    const required = stream.skipName('required');
    if (stream.kind === 'sub') stream.fail(HYPHEN_IN_BLOCK_NAME);
    this.endHeader();
    return opening => {
      const { body, end } = this.block(['endblock']);
      const close = end === undefined ? [] : [this.readBlockTag(() => this.blockClosing(name, required, body)).tag];
      const tags = [opening, ...close];
      const place = { start: opening.start, end: blockEnd(tags, body), tags, at };
      return { kind: 'block', ...place, body, name, nameRange, scoped, required };
    };
  }

  private blockClosing(name: string, required: boolean, body: readonly Statement[]): void {
    const { stream } = this;
    stream.advance();
    const isBlank = (node: Statement): boolean =>
      node.kind === 'comment' || (node.kind === 'text' && stream.text.slice(node.start, node.end).trim() === '');
    if (required && !body.every(isBlank)) stream.fail('Required blocks can only contain comments or whitespace');
    stream.skipName(name);
  }

  private autoescapeHeader(): Finish {
    const at = this.stream.start;
    this.stream.advance();
    const value = this.expressions.expression();
    this.endHeader();
    return tag => ({ kind: 'autoescape', ...this.closedBlock(tag, 'endautoescape'), at, value });
  }

  private macroHeader(
    tag: MacroTag,
    read: (stream: TokenStream, expressions: ExpressionParser, tag: MacroTag) => MacroHeader,
  ): Finish {
    const at = this.stream.start;
    this.stream.advance();
    const header = read(this.stream, this.expressions, tag);
    this.endHeader();
    return opening => ({ kind: 'macro', ...this.closedBlock(opening, `end${tag}`), at, tag, ...header });
  }

  private printHeader(): Finish {
    const { stream, expressions } = this;
    const at = stream.start;
    stream.advance();
    const items: Expression[] = [];
    while (!stream.atTagEnd() || (stream.kind === 'eof' && !stream.tolerant)) {
      if (items.length > 0) stream.expect('comma');
      const before = stream.index;
      items.push(expressions.expression());
      if (stream.index === before) stream.advance();
    }
    return tag => ({ kind: 'print', ...range(tag), tags: [tag], at, items });
  }

  private includeHeader(): Finish {
    const { stream, expressions } = this;
    const at = stream.start;
    stream.advance();
    const template = expressions.expression();
    const ignoreMissing = stream.isName('ignore') && stream.peek().value === 'missing';
    if (ignoreMissing) {
      stream.advance();
      stream.advance();
    }
    this.importContext();
    return tag => ({ kind: 'include', ...range(tag), tags: [tag], at, template, ignoreMissing });
  }

  /** `with context` or `without context`. */
  private importContext(): boolean {
    const { stream } = this;
    if (!stream.isName('with') && !stream.isName('without')) return false;
    if (stream.peek().value !== 'context') return false;
    stream.advance();
    stream.advance();
    return true;
  }

  private importHeader(): Finish {
    const { stream, expressions } = this;
    const at = stream.start;
    stream.advance();
    const template = expressions.expression();
    stream.expectName('as');
    const target = expressions.targetName();
    this.importContext();
    const name = target.kind === 'name' ? target.name : '';
    return tag => ({ kind: 'import', ...range(tag), tags: [tag], at, template, name });
  }

  private fromHeader(): Finish {
    const { stream, expressions } = this;
    const at = stream.start;
    stream.advance();
    const template = expressions.expression();
    stream.expectName('import');
    const names: FromImport['names'][number][] = [];
    for (;;) {
      if (names.length > 0) stream.expect('comma');
      if (stream.kind !== 'name') {
        stream.failExpectation('name');
        break;
      }
      if (this.importContext()) break;
      names.push(this.importedName());
      if (this.importContext() || !stream.is('comma')) break;
    }
    return tag => ({ kind: 'from', ...range(tag), tags: [tag], at, template, names });
  }

  private importedName(): FromImport['names'][number] {
    const { stream, expressions } = this;
    const target = expressions.targetName();
    const name = target.kind === 'name' ? target.name : '';
    if (name.startsWith('_') && !stream.tolerant) {
      const message = 'names starting with an underline can not be imported';
      throw new SyntaxFailure(message, target.start, target.end, 'TemplateAssertionError');
    }
    if (!stream.skipName('as')) return { name, alias: name };
    const alias = expressions.targetName();
    return { name, alias: alias.kind === 'name' ? alias.name : name };
  }
}

const END_OF_TEMPLATE = 'Unexpected end of template.';

const HYPHEN_IN_BLOCK_NAME =
  'Block names in Jinja have to be valid Python identifiers and may not contain hyphens, use an underscore instead.';

const range = (tag: Tag): TextRange => ({ start: tag.start, end: tag.end });

/** The end of a statement: of its last tag or, when the closing tag is missing, of its body. */
function blockEnd(tags: readonly Tag[], body: readonly Statement[]): Offset {
  return Math.max(tags.at(-1)?.end ?? 0, body.at(-1)?.end ?? 0);
}
