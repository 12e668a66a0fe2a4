import { contains, type Offset, type TextRange } from '../base/text-range.ts';
import type { DialectName } from '../syntax/sql/dialect.ts';
import { nameKey } from '../syntax/sql/name-key.ts';
import type { Cte, SqlNode, With } from '../syntax/sql/nodes.ts';
import { parseSql, type SqlTree } from '../syntax/sql/parse.ts';
import { children, descendants } from '../syntax/sql/visit.ts';
import type { CompiledPreview, PreviewSegment } from './compiled-preview.ts';

/** Which part of a file's query is meant: all of it, what is selected in the template, or the CTE at a place of it. */
export type WantedPart =
  | { readonly kind: 'whole' }
  | { readonly kind: 'selection'; readonly range: TextRange }
  | { readonly kind: 'cte'; readonly offset: Offset };

/** A statement with its map to the template, or why there is none, in words for the user. */
export type QueryPart =
  | { readonly kind: 'query'; readonly sql: string; readonly segments: readonly PreviewSegment[] }
  | { readonly kind: 'none'; readonly message: string };

type Mapped = Pick<CompiledPreview, 'sql' | 'segments'>;

/**
 * A part of compiled SQL as a statement of its own, with the CTEs that it needs and no others. It is cut by the SQL's
 * tree and not by the template's text, so it makes no difference how Jinja made it.
 */
export function queryPart(compiled: Mapped, wanted: WantedPart, dialect: DialectName): QueryPart {
  if (wanted.kind === 'whole') return { kind: 'query', sql: compiled.sql, segments: compiled.segments };
  const tree = parseSql(compiled.sql, dialect);
  if (wanted.kind === 'selection') return selectionPart(compiled, tree, wanted.range);
  const at = compiledOffset(compiled.segments, wanted.offset);
  return at === undefined ? none(NO_CTE) : ctePart(compiled, tree, at);
}

/**
 * The same where the warehouse had a say in the SQL: `sent` is the text as it really is, of which no map is known, and
 * `guess` the one that was made without asking. A CTE is found again by its name.
 */
export function queryPartOf(sent: string, guess: Mapped, wanted: WantedPart, dialect: DialectName): QueryPart {
  const unmapped = { sql: sent, segments: [] };
  if (wanted.kind === 'whole') return { kind: 'query', ...unmapped };
  if (wanted.kind === 'selection') return none(ASKS_WAREHOUSE);
  const at = compiledOffset(guess.segments, wanted.offset);
  const path = at === undefined ? [] : scopesAt(parseSql(guess.sql, dialect), at).flatMap(it => it.inside ?? []);
  const tree = parseSql(sent, dialect);
  const found = path.reduce<SqlNode | undefined>((around, cte) => around && cteNamed(tree, around, cte), tree.root);
  return found?.kind === 'cte' ? ctePart(unmapped, tree, found.name.start) : none(NO_CTE);
}

const NO_CTE = 'The cursor is in no common table expression (a part of WITH).';
const ASKS_WAREHOUSE =
  'This template asks the warehouse while it renders, so nobody knows what the selection becomes. Preview the file or a CTE.';

function cteNamed(tree: SqlTree, around: SqlNode, wanted: Cte): Cte | undefined {
  for (const node of descendants(around)) {
    if (node.kind === 'cte' && node !== around && keyOf(tree, node) === keyOf(tree, wanted)) return node;
  }
  return undefined;
}

function ctePart(compiled: Mapped, tree: SqlTree, at: Offset): QueryPart {
  const scopes = scopesAt(tree, at);
  const inner = scopes.findLastIndex(it => it.inside !== undefined);
  const target = scopes[inner]?.inside;
  if (target === undefined) return none(NO_CTE);
  if (target.name.kind !== 'name' || target.query.kind !== 'subquery') return none('This part of WITH is no query.');
  const name = { start: target.name.start, end: target.name.end };
  return assembled(compiled, withScopes(tree, scopes.slice(0, inner + 1), ['select * from ', name], { target }));
}

function selectionPart(compiled: Mapped, tree: SqlTree, range: TextRange): QueryPart {
  const selected = trimmed(tree, compiledRange(compiled.segments, range));
  if (selected === undefined) return none('Nothing of the selection is in the compiled SQL.');
  // The queries around it, and not the one it begins.
  const scopes = scopesAt(tree, selected.start).filter(it => it.with.start < selected.start);
  return assembled(compiled, withScopes(tree, scopes, [selected], { selected }));
}

const none = (message: string): QueryPart => ({ kind: 'none', message });

/** Texts of our own, and stretches of the compiled SQL. */
type Pieces = readonly (string | TextRange)[];

/** A query around a place that names CTEs, and the one of them that the place is in. */
interface Scope {
  readonly with: With;
  readonly inside: Cte | undefined;
}

/** The queries with CTEs around a place, the outermost first. A place behind the last word of a CTE is still in it. */
function scopesAt(tree: SqlTree, at: Offset): readonly Scope[] {
  const scopes: Scope[] = [];
  for (let node: SqlNode | undefined = tree.root; node !== undefined; node = childAround(node, at)) {
    if (node.kind !== 'query' || node.with === undefined) continue;
    scopes.push({ with: node.with, inside: node.with.ctes.find(it => isAround(it, at)) });
  }
  return scopes;
}

const isAround = (node: TextRange, at: Offset): boolean => node.start <= at && at <= node.end;

function childAround(node: SqlNode, at: Offset): SqlNode | undefined {
  const around = children(node).filter(it => isAround(it, at));
  return around.find(it => contains(it, at)) ?? around.at(-1);
}

interface Core {
  /** The CTE that is selected from, which the innermost scope has to name. */
  readonly target?: Cte;
  /** The stretch that is the query, which may begin with CTEs of its own. */
  readonly selected?: TextRange;
}

/** Puts what it needs of each scope before a query, from the inside out. */
function withScopes(tree: SqlTree, scopes: readonly Scope[], core: Pieces, { target, selected }: Core): Pieces {
  const own = selected === undefined ? undefined : ownWith(tree, selected);
  let pieces: Pieces = core;
  let used = namesIn(tree, target ?? selected);
  let isPlain = true;
  for (const [idx, scope] of [...scopes.entries()].reverse()) {
    const isInnermost = idx === scopes.length - 1;
    const needed = neededCtes(tree, scope, used);
    const ctes = isInnermost && target !== undefined ? inOrder([...needed.ctes, target]) : needed.ctes;
    used = needed.names;
    if (ctes.length === 0) continue;
    const isHidden = own?.ctes.some(it => ctes.some(other => keyOf(tree, it) === keyOf(tree, other))) === true;
    const rest = isPlain && !isHidden ? joined(own, pieces, selected) : bracketed(pieces);
    pieces = [...withClause(scope.with, ctes), ...rest];
    isPlain = false;
  }
  return pieces;
}

function withClause({ recursive }: With, ctes: readonly Cte[]): Pieces {
  const listed = ctes.flatMap(({ start, end }, idx) => (idx === 0 ? [{ start, end }] : [',\n', { start, end }]));
  return [recursive ? 'with recursive ' : 'with ', ...listed];
}

/** A query of its own behind the CTEs; one that has CTEs goes on with them, so that it stays the statement's own. */
function joined(own: With | undefined, pieces: Pieces, selected: TextRange | undefined): Pieces {
  const [first] = own?.ctes ?? [];
  if (own === undefined || first === undefined || selected === undefined) return ['\n', ...pieces];
  return own.recursive ? bracketed(pieces) : [',\n', { start: first.start, end: selected.end }];
}

/** CTEs of a name may hide others of it further out, so that the inner ones stay inside. */
const bracketed = (pieces: Pieces): Pieces => ['\nselect * from (\n', ...pieces, '\n) as preview'];

/** The CTEs that a stretch begins with. */
function ownWith(tree: SqlTree, range: TextRange): With | undefined {
  for (const node of descendants(tree.root)) {
    if (node.kind === 'query' && node.start === range.start) return node.with;
  }
  return undefined;
}

interface Needed {
  readonly ctes: readonly Cte[];
  /** The names that the query uses with these before it. */
  readonly names: ReadonlySet<string>;
}

/** The CTEs of a scope that a place sees and that are named there, directly or by one another. */
function neededCtes(tree: SqlTree, { with: all, inside }: Scope, used: ReadonlySet<string>): Needed {
  const seen = all.recursive || inside === undefined ? all.ctes : all.ctes.slice(0, all.ctes.indexOf(inside));
  const names = new Set(used);
  const ctes = new Set<Cte>();
  for (let isDone = false; !isDone;) {
    const more = seen.filter(it => !ctes.has(it) && names.has(keyOf(tree, it)));
    for (const cte of more) {
      ctes.add(cte);
      for (const name of namesIn(tree, cte)) names.add(name);
    }
    isDone = more.length === 0;
  }
  return { ctes: inOrder([...ctes]), names };
}

const inOrder = (ctes: readonly Cte[]): readonly Cte[] => [...new Set(ctes)].sort((a, b) => a.start - b.start);

const keyOf = (tree: SqlTree, { name }: Cte): string => (name.kind === 'name' ? nameKey(name, tree.dialect) : '');

/**
 * Every name in a stretch, whatever it names: a CTE too many costs nothing, one too few is an error. Tokens are read
 * and not the tree, because nothing is missed in what the parser could not read.
 */
function namesIn(tree: SqlTree, range: TextRange | undefined): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { kind, start, end } of tree.tokens) {
    if (range === undefined || start < range.start || end > range.end) continue;
    if (kind !== 'name' && kind !== 'quoted-name') continue;
    const quoted = kind === 'quoted-name';
    const text = tree.text.slice(quoted ? start + 1 : start, quoted ? end - 1 : end);
    names.add(nameKey({ text, quoted }, tree.dialect));
  }
  return names;
}

/** The statement that pieces make, and the map of what is cut to the template. */
function assembled({ sql, segments }: Mapped, pieces: Pieces): QueryPart {
  const mapped: PreviewSegment[] = [];
  let text = '';
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      text += piece;
      continue;
    }
    const moved = text.length - piece.start;
    mapped.push(...segments.flatMap(it => clipped(it, piece, moved)));
    text += sql.slice(piece.start, piece.end);
  }
  return { kind: 'query', sql: text, segments: mapped };
}

function clipped(segment: PreviewSegment, piece: TextRange, moved: number): readonly PreviewSegment[] {
  const start = Math.max(segment.compiled.start, piece.start);
  const end = Math.min(segment.compiled.end, piece.end);
  if (start >= end) return [];
  const compiled = { start: start + moved, end: end + moved };
  if (segment.kind === 'computed') return [{ ...segment, compiled }];
  const first = segment.template.start + start - segment.compiled.start;
  return [{ kind: 'verbatim', compiled, template: { start: first, end: first + end - start } }];
}

/**
 * Where the compiled SQL of a cursor in the template is: inside of an expression, where its value begins; inside of what
 * leaves no text, such as the tag of a loop, behind the text before it.
 */
function compiledOffset(segments: readonly PreviewSegment[], at: Offset): Offset | undefined {
  const around = segments.filter(it => isAround(it.template, at));
  const found = around.find(it => contains(it.template, at)) ?? around[0];
  if (found === undefined) {
    const before = segments.filter(it => it.template.end < at).sort((a, b) => b.template.end - a.template.end);
    return before[0]?.compiled.end;
  }
  return found.kind === 'verbatim' ? found.compiled.start + at - found.template.start : found.compiled.start;
}

/** From the first to the last of what a stretch of the template became; an expression that is touched counts whole. */
function compiledRange(segments: readonly PreviewSegment[], range: TextRange): TextRange | undefined {
  const parts = segments.flatMap(({ kind, compiled, template }) => {
    const start = Math.max(template.start, range.start);
    const end = Math.min(template.end, range.end);
    if (start >= end) return [];
    const from = compiled.start - template.start;
    return [kind === 'verbatim' ? { start: start + from, end: end + from } : compiled];
  });
  if (parts.length === 0) return undefined;
  return { start: Math.min(...parts.map(it => it.start)), end: Math.max(...parts.map(it => it.end)) };
}

/** A stretch without the blanks and comments at its ends. */
function trimmed({ tokens }: SqlTree, range: TextRange | undefined): TextRange | undefined {
  if (range === undefined) return undefined;
  const inside = tokens.filter(
    it => it.kind !== 'space' && it.kind !== 'comment' && it.start < range.end && it.end > range.start,
  );
  const [first] = inside;
  const last = inside.at(-1);
  if (first === undefined || last === undefined) return undefined;
  return { start: Math.max(first.start, range.start), end: Math.min(last.end, range.end) };
}
