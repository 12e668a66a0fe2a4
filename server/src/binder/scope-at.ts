import type { Offset, TextRange } from '../base/text-range.ts';
import { pathAt } from '../syntax/sql/visit.ts';
import type { SqlNode } from '../syntax/sql/nodes.ts';
import type { SqlToken } from '../syntax/sql/tokens.ts';
import { aliasesSeenIn } from './alias-rules.ts';
import type { Binding } from './bind.ts';
import type { Clause, Place, RecordedPlace } from './context.ts';
import type { BoundColumn } from './rows.ts';
import type { RelationKind, Scope } from './scope.ts';

/** A relation whose columns can be named. */
export interface VisibleRelation {
  /** The name it is called by; empty when it has none. */
  readonly name: string;
  readonly kind: RelationKind;
  readonly columns: readonly BoundColumn[];
  readonly isOpen: boolean;
  /** Where the text names it. */
  readonly range: TextRange | undefined;
  /** Whether it is of a query around this one. */
  readonly isOuter: boolean;
}

/** A CTE that FROM can name. */
export interface VisibleCte {
  readonly name: string;
  readonly columns: readonly BoundColumn[];
  readonly isOpen: boolean;
  readonly range: TextRange;
}

/** What may be typed at a place. */
export type Expected = 'value' | 'relation' | 'using-column' | 'type' | 'new-name' | 'clause' | 'nothing';

/** What can be named at a place in a query, also in one that is half written. */
export interface VisibleScope {
  readonly relations: readonly VisibleRelation[];
  /** Names of the select list, where the dialect lets this clause see them. */
  readonly aliases: readonly BoundColumn[];
  readonly ctes: readonly VisibleCte[];
  /** Keys of columns that a join made one of: without a qualifier they are offered once. */
  readonly merged: ReadonlySet<string>;
  readonly clause: Clause;
  readonly expects: Expected;
  /** Whether a select item may begin here whose comma is still to be written. */
  readonly lacksComma: boolean;
  /** The names before the dot that the cursor is behind: `['o']` in `o.am|`. */
  readonly qualifier: readonly string[];
  /** What is being typed, to be replaced. */
  readonly replace: TextRange;
}

/** What can be named at an offset; `undefined` outside of queries, in strings and in comments. */
export function scopeAt(binding: Binding, offset: Offset): VisibleScope | undefined {
  const { tokens } = binding.tree;
  const typed = typedAt(tokens, offset, binding.tree.text);
  if (typed === undefined) return undefined;
  const recorded = placeAt(binding, anchorOf(tokens, typed.start), offset);
  if (recorded === undefined) return undefined;
  const { place } = recorded;
  const expects = expectedAt(binding, typed, place);
  const clause = clauseBefore(binding, typed.start) ?? place.clause;
  return {
    relations: visibleRelations(place.scope),
    aliases: aliasesSeenIn(clause, binding.tree.dialect) === 'never' ? [] : aliasesAt(recorded, offset, clause),
    ctes: visibleCtes(place),
    merged: new Set(place.scope.merged.keys()),
    clause,
    expects,
    lacksComma: expects === 'clause' && clause === 'select' && beginsLine(binding, typed.start),
    qualifier: typed.qualifier,
    replace: { start: typed.start, end: typed.end },
  };
}

/** The name at the cursor and the names before its dots. */
interface Typed extends TextRange {
  readonly qualifier: readonly string[];
}

const isName = (token: SqlToken | undefined): boolean => token?.kind === 'name' || token?.kind === 'quoted-name';

function typedAt(tokens: readonly SqlToken[], offset: Offset, text: string): Typed | undefined {
  let at = tokens.findIndex(it => it.start < offset && offset <= it.end);
  const inside = tokens[at];
  const isInsideText =
    inside !== undefined && offset < inside.end && (inside.kind === 'string' || inside.kind === 'comment');
  const isLineComment = inside?.kind === 'comment' && !text.slice(inside.start, inside.end).endsWith('*/');
  if (isInsideText || isLineComment) return undefined;
  let start = offset;
  let end = offset;
  if (inside !== undefined && isName(inside)) {
    start = inside.start;
    end = inside.end;
    at--;
  }
  const qualifier: string[] = [];
  while (at >= 1 && tokens[at]?.kind === 'operator' && textOf(text, tokens[at]) === '.' && isName(tokens[at - 1])) {
    qualifier.unshift(unquoted(textOf(text, tokens[at - 1])));
    at -= 2;
  }
  return { start, end, qualifier };
}

const textOf = (text: string, token: SqlToken | undefined): string =>
  token === undefined ? '' : text.slice(token.start, token.end);
const unquoted = (text: string): string => text.replaceAll(/^["`]|["`]$/g, '');

/** The end of the last token before the typed name that is no blank: the place whose scope counts. */
function anchorOf(tokens: readonly SqlToken[], start: Offset): Offset {
  let anchor = 0;
  for (const token of tokens) {
    if (token.start >= start) break;
    if (token.kind !== 'space' && token.kind !== 'comment') anchor = token.end;
  }
  return anchor;
}

/** The smallest recorded stretch around the anchor; of equal ones the last. Behind its end a query goes on until a bracket closes. */
function placeAt({ places }: Binding, anchor: Offset, offset: Offset): RecordedPlace | undefined {
  let best: RecordedPlace | undefined;
  for (const it of places) {
    const isAround = it.start <= Math.max(anchor, Math.min(offset, it.start)) && it.start <= offset && anchor <= it.end;
    if (!isAround) continue;
    if (best === undefined || it.end - it.start <= best.end - best.start) best = it;
  }
  return best;
}

/** The names of the select list; inside the list only those that are given before. */
function aliasesAt({ place }: RecordedPlace, offset: Offset, clause: Clause): readonly BoundColumn[] {
  const { aliases } = place.scope;
  if (clause === 'select') return aliases.filter(it => isGiven(it) && it.definition.end < offset);
  return aliases.filter(
    it => it.name !== '' && (it.definition === undefined || it.definition.end < offset || it.definition.start > offset),
  );
}

/** Whether a name stands beside the value that it is given to. */
function isGiven(it: BoundColumn): it is BoundColumn & { readonly definition: TextRange } {
  const { definition, expression } = it;
  if (definition === undefined || expression === undefined) return false;
  return definition.start >= expression.end || definition.end <= expression.start;
}

/** Whether nothing but blanks stands before a place on its line. */
function beginsLine({ tree: { text } }: Binding, at: Offset): boolean {
  return /\n[ \t]*$/.test(text.slice(0, at));
}

function visibleRelations(scope: Scope): readonly VisibleRelation[] {
  const found: VisibleRelation[] = [];
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) {
    for (const { name, kind, rows, range } of at.relations) {
      found.push({ name, kind, columns: rows.columns, isOpen: rows.isOpen, range, isOuter: at !== scope });
    }
  }
  return found;
}

function visibleCtes(place: Place): readonly VisibleCte[] {
  const found: VisibleCte[] = [];
  const seen = new Set<string>();
  for (let at = place.ctes; at !== undefined; at = at.next) {
    const { name } = at.cte;
    if (name.kind !== 'name' || seen.has(at.key)) continue;
    seen.add(at.key);
    found.push({
      name: name.text,
      columns: at.rows.columns,
      isOpen: at.rows.isOpen,
      range: { start: name.start, end: name.end },
    });
  }
  return found;
}

const CLAUSES: ReadonlyMap<string, Clause> = new Map([
  ['select', 'select'],
  ['from', 'from'],
  ['join', 'from'],
  ['on', 'from'],
  ['using', 'from'],
  ['where', 'where'],
  ['having', 'having'],
  ['qualify', 'qualify'],
  ['window', 'window'],
  ['limit', 'limit'],
  ['group', 'group'],
  ['order', 'order'],
]);

/** The word of the clause that the cursor stands in, at the same depth of brackets. */
function clauseWord({ tree }: Binding, start: Offset): { readonly word: string; readonly at: number } | undefined {
  const { tokens, text } = tree;
  let depth = 0;
  let at = tokens.length - 1;
  while (at >= 0 && (tokens[at]?.start ?? 0) >= start) at--;
  for (; at >= 0; at--) {
    const token = tokens[at];
    const word = textOf(text, token).toLowerCase();
    if (word === ')' || word === ']') depth++;
    else if (word === '(' || word === '[') {
      if (depth === 0) {
        const before = wordBefore(tokens, text, at);
        // A bracket that opens nothing of a query belongs to the clause around it, and so does `over (`.
        if (before === 'using') return { word: 'using', at };
        continue;
      }
      depth--;
    } else if (depth === 0 && token?.kind === 'name' && CLAUSES.has(word)) return { word, at };
    else if (word === ';' && depth === 0) return undefined;
  }
  return undefined;
}

function wordBefore(tokens: readonly SqlToken[], text: string, at: number): string {
  let index = at - 1;
  while (index >= 0 && (tokens[index]?.kind === 'space' || tokens[index]?.kind === 'comment')) index--;
  return textOf(text, tokens[index]).toLowerCase();
}

const clauseBefore = (binding: Binding, start: Offset): Clause | undefined => {
  const found = clauseWord(binding, start);
  return found === undefined ? undefined : CLAUSES.get(found.word);
};

/** Words behind which a value must come. */
const BEFORE_VALUE = new Set(
  `select distinct all where having qualify on and or not when then else case by in like ilike between is = <> != < > <= >= + - * / % || ( , [ : -> ->> limit offset exists any for filter over partition rows range set return`.split(
    ' ',
  ),
);

/** Whether a FROM at the end of a path is that of `extract(year from x)` and not that of a query. */
function isInCall(path: readonly SqlNode[]): boolean {
  const innermost = path.findLast(it => it.kind === 'call' || it.kind === 'query' || it.kind === 'from');
  return innermost?.kind === 'call';
}

/** What may come at the cursor, from the words before it and the tree around it. */
function expectedAt(binding: Binding, typed: Typed, place: Place): Expected {
  const { tree } = binding;
  const { tokens, text } = tree;
  let at = tokens.length - 1;
  while (at >= 0 && (tokens[at]?.start ?? 0) >= typed.start) at--;
  const previous = at < 0 ? '' : wordBefore(tokens, text, at + 1);
  const found = clauseWord(binding, typed.start);
  if (typed.qualifier.length > 0) return found?.word === 'from' || found?.word === 'join' ? 'relation' : 'value';
  if (previous === '') return 'clause';
  if (previous === '::') return 'type';
  if (previous === 'as') return pathAt(tree, typed.start).some(it => it.kind === 'cast') ? 'type' : 'new-name';
  if (found?.word === 'using') return 'using-column';
  if (previous === 'from' && isInCall(pathAt(tree, typed.start))) return 'value';
  if (previous === 'from' || previous === 'join' || (previous === ',' && found?.word === 'from')) return 'relation';
  if (previous === '(' && (found?.word === 'from' || found?.word === 'join') && place.clause === 'from') {
    return 'relation';
  }
  if (BEFORE_VALUE.has(previous)) return 'value';
  if (previous === 'group' || previous === 'order') return 'clause';
  const missing = pathAt(tree, typed.start).find((it: SqlNode) => it.kind === 'missing');
  if (missing?.kind === 'missing') {
    return missing.expected.startsWith('table') ? 'relation' : missing.expected === 'type' ? 'type' : 'value';
  }
  return 'clause';
}
