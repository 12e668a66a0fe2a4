import { contains, touches, type Offset, type TextRange } from '../base/text-range.ts';
import type { UniqueId } from '../dbt/manifest/node.ts';
import type { ModelDb } from '../model/db.ts';
import type { FileId, Segment } from '../render/rendered.ts';
import { jinjaRanges, type JinjaRange } from './jinja-ranges.ts';

/** A template's SQL without rendering it, and where in it the cursor is. */
export interface SqlSketch {
  readonly text: string;
  readonly segments: readonly Segment[];
  /** The nodes whose relations stand in the text. */
  readonly nodes: readonly UniqueId[];
  readonly cursor: Offset | undefined;
}

/**
 * The SQL of a template as far as it can be told without rendering: text as it stands, literal refs and sources as
 * their relations, every other expression as a name, tags as nothing. Of an `if` the branch with the cursor counts, else
 * the first. It stands in for the rendered text while the Jinja around the cursor is being typed.
 */
export function sqlSketch(db: ModelDb, uniqueId: UniqueId, within: TextRange, cursor: Offset): SqlSketch | undefined {
  const file = db.node(uniqueId)?.file;
  const tree = file === undefined ? undefined : db.syntax(file);
  if (file === undefined || tree === undefined) return undefined;
  const ranges = jinjaRanges(tree.tokens).filter(it => within.start <= it.start && it.end <= within.end);
  const skipped = skippedStretches(tree.text, ranges, cursor);
  const builder = new SketchBuilder(file, cursor);
  const uses = db.uses(file).filter(it => it.kind === 'ref' || it.kind === 'source');
  const nodes = new Set<UniqueId>();
  let at = within.start;
  for (const range of ranges) {
    builder.verbatim(tree.text, at, range.start, skipped);
    at = range.end;
    if (skipped.some(it => contains(it, range.start))) continue;
    const use = range.kind === 'expression' ? uses.find(it => contains(range, it.range.start)) : undefined;
    const node = use && db.resolve(file, use)[0]?.uniqueId;
    if (node !== undefined) nodes.add(node);
    const value = use === undefined ? valueOf(tree.text, range) : relationOf(db, node);
    builder.computed(range, value);
  }
  builder.verbatim(tree.text, at, within.end, skipped);
  return { ...builder.finish(), nodes: [...nodes] };
}

/** What a tag that names no relation leaves in the text, as far as it tells. */
function valueOf(text: string, range: JinjaRange): string {
  if (range.kind !== 'expression') return ' ';
  // An expression on a line of its own is configuration, or SQL of any kind; a name would be wrong for both.
  const before = text.slice(text.lastIndexOf('\n', range.start - 1) + 1, range.start);
  const after = /^[^\n]*/.exec(text.slice(range.end))?.[0] ?? '';
  return before.trim() === '' && after.trim() === '' ? ' ' : UNKNOWN_NAME;
}

const UNKNOWN_NAME = 'jinja';

function relationOf(db: ModelDb, uniqueId: UniqueId | undefined): string {
  if (uniqueId === undefined) return UNKNOWN_NAME;
  const relation = db.relation(uniqueId)?.relationName;
  if (relation !== undefined) return relation;
  const node = db.node(uniqueId);
  return node !== undefined && 'alias' in node ? `__dbt__cte__${node.alias}` : UNKNOWN_NAME;
}

interface Branching {
  readonly branches: { readonly start: Offset; end: Offset }[];
}

/** The branches that do not count, and the bodies of macros and of `set` blocks without the cursor. */
function skippedStretches(text: string, ranges: readonly JinjaRange[], cursor: Offset): readonly TextRange[] {
  const skipped: TextRange[] = [];
  const open: (Branching & { readonly keyword: string })[] = [];
  for (const range of ranges) {
    const tag = range.kind === 'statement' ? text.slice(range.start, range.end) : '';
    const keyword = /^\{%[-+]?\s*(\w+)/.exec(tag)?.[1] ?? '';
    const last = open.at(-1);
    if (keyword === 'if' || keyword === 'macro' || (keyword === 'set' && !tag.includes('='))) {
      open.push({ keyword, branches: [{ start: range.end, end: text.length }] });
    } else if ((keyword === 'elif' || keyword === 'else') && last?.keyword === 'if') {
      endBranch(last, range.start);
      last.branches.push({ start: range.end, end: text.length });
    } else if (last !== undefined && keyword === `end${last.keyword}`) {
      endBranch(last, range.start);
      open.pop();
      skipped.push(...notCounted(last, cursor));
    }
  }
  return skipped;
}

function endBranch({ branches }: Branching, at: Offset): void {
  const last = branches.at(-1);
  if (last !== undefined) last.end = at;
}

function notCounted(
  { keyword, branches }: Branching & { readonly keyword: string },
  cursor: Offset,
): readonly TextRange[] {
  const chosen = branches.find(it => touches(it, cursor)) ?? (keyword === 'if' ? branches[0] : undefined);
  return branches.filter(it => it !== chosen);
}

/** Puts a sketch together; the cursor is noted as the text around it goes by. */
class SketchBuilder {
  readonly #file: FileId;
  readonly #wanted: Offset;
  readonly #segments: Segment[] = [];
  #text = '';
  #cursor: Offset | undefined;

  constructor(file: FileId, wanted: Offset) {
    this.#file = file;
    this.#wanted = wanted;
  }

  verbatim(text: string, start: Offset, end: Offset, skipped: readonly TextRange[]): void {
    let at = start;
    for (const gap of skipped.filter(it => it.start < end && start < it.end).toSorted((a, b) => a.start - b.start)) {
      this.#copy(text, at, Math.min(gap.start, end));
      at = Math.max(at, Math.min(gap.end, end));
    }
    this.#copy(text, at, end);
  }

  #copy(text: string, start: Offset, end: Offset): void {
    if (start > end) return;
    if (start <= this.#wanted && this.#wanted <= end) this.#cursor ??= this.#text.length + (this.#wanted - start);
    this.#push(text.slice(start, end), 'verbatim', { start, end });
  }

  computed(range: TextRange, value: string): void {
    this.#push(value, 'computed', range);
  }

  #push(value: string, kind: 'verbatim' | 'computed', { start, end }: TextRange): void {
    if (value === '') return;
    const from = this.#text.length;
    this.#text += value;
    const origin = { file: this.#file, start, end };
    this.#segments.push({ start: from, end: this.#text.length, origin, kind, frame: undefined });
  }

  finish(): Omit<SqlSketch, 'nodes'> {
    return { text: this.#text, segments: this.#segments, cursor: this.#cursor };
  }
}
