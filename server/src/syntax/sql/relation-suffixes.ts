import type { Offset } from '../../base/text-range.ts';
import { close, open } from './brackets.ts';
import type { Cursor } from './cursor.ts';
import type { Argument, NamePart } from './expression-nodes.ts';
import { matchRecognize } from './match-recognize.ts';
import { nameAfterAs, nameHere } from './names.ts';
import type {
  AliasColumn,
  FromItem,
  Relation,
  RelationModifier,
  TableAlias,
  TableSource,
  TimeTravel,
  WithOffset,
} from './nodes.ts';
import { pivot, unpivot } from './pivots.ts';
import { sample, startsSample } from './sampling.ts';
import { typeName } from './types.ts';
import { TABLE_ALIASES_AT_TIMES, TABLE_ALIAS_STOPS } from './words.ts';

/** A relation in the making. */
interface Draft {
  readonly start: Offset;
  readonly lateral: boolean;
  readonly source: TableSource;
  alias: TableAlias | undefined;
  ordinality: boolean;
  offset: WithOffset | undefined;
  readonly modifiers: RelationModifier[];
}

interface Beginning {
  readonly start: Offset;
  readonly lateral: boolean;
  readonly source: TableSource;
  /** A name that stood before the relation. */
  readonly prefix: NamePart | undefined;
}

/** Reads what follows a source of rows. Pivots and MATCH_RECOGNIZE make a new source of what was read so far. */
export function suffixes(p: Cursor, { start, lateral, source, prefix }: Beginning): FromItem {
  const alias: TableAlias | undefined = prefix && {
    kind: 'table-alias',
    name: prefix,
    columns: [],
    start: prefix.start,
    end: prefix.end,
  };
  // A name before the relation comes first in the text, but children are listed by their place anyway.
  let draft = draftOf(start, lateral, source, alias);
  p.repeat(() => {
    const wrapped = wrapping(p, draft);
    if (wrapped !== undefined) {
      draft = draftOf(start, false, wrapped, undefined);
      return true;
    }
    return suffix(p, draft);
  });
  return relationOf(p, draft);
}

function draftOf(start: Offset, lateral: boolean, source: TableSource, alias: TableAlias | undefined): Draft {
  return { start, lateral, source, alias, ordinality: false, offset: undefined, modifiers: [] };
}

function relationOf(p: Cursor, draft: Draft): Relation {
  return { kind: 'relation', ...draft, start: draft.start, end: p.endFrom(draft.start) };
}

function wrapping(p: Cursor, draft: Draft): TableSource | undefined {
  switch (p.word()) {
    case 'pivot':
      return p.word(1) === '(' ? pivot(p, relationOf(p, draft)) : undefined;
    case 'unpivot':
      return ['(', 'include', 'exclude'].includes(p.word(1)) ? unpivot(p, relationOf(p, draft)) : undefined;
    case 'match_recognize':
      return p.word(1) === '(' ? matchRecognize(p, relationOf(p, draft)) : undefined;
    default:
      return undefined;
  }
}

function suffix(p: Cursor, draft: Draft): boolean {
  const modifier = modifierHere(p, draft);
  if (modifier !== undefined) {
    draft.modifiers.push(modifier);
    return true;
  }
  if (p.is('with')) return withSuffix(p, draft);
  if (p.has('object-unpivot') && p.is('at') && p.isName(1)) return position(p, draft);
  if (draft.alias !== undefined) return false;
  draft.alias = alias(p);
  return draft.alias !== undefined;
}

// Modifiers.

function modifierHere(p: Cursor, draft: Draft): RelationModifier | undefined {
  if (startsSample(p) && !(p.is('using') && draft.source.kind === 'missing')) return sample(p);
  const travel = timeTravelWidth(p);
  if (travel > 0) return timeTravel(p, travel);
  const isHint = p.is('with', '(') && p.grammar.name !== 'bigquery';
  return isHint ? tableHint(p) : undefined;
}

function tableHint(p: Cursor): RelationModifier {
  const { start } = p.advance();
  p.advanceBy((p.distanceToCloser() ?? 0) + 1);
  return { kind: 'table-hint', start, end: p.endFrom(start) };
}

const VERSIONED: ReadonlySet<string> = new Set(['system_time', 'system_version', 'version', 'timestamp']);

/** How many words begin a clause that says when a table is read: `for system_time as of`, `version as of`, `at (`. */
function timeTravelWidth(p: Cursor): number {
  if (p.is('@') && p.isGlued() && p.isGlued(1)) return 1;
  if (p.is('for', 'system', 'time')) return 5;
  if (p.is('for') && VERSIONED.has(p.word(1))) return p.word(2) === 'as' && p.word(3) === 'of' ? 4 : 2;
  if (VERSIONED.has(p.word()) && p.word(1) === 'as' && p.word(2) === 'of') return 3;
  if ((p.is('at') || p.is('before')) && p.word(1) === '(') return 1;
  if ((p.is('changes') || p.is('end')) && p.word(1) === '(' && p.grammar.name === 'snowflake') return 1;
  return p.is('at') && (p.word(1) === 'version' || p.word(1) === 'timestamp') ? 2 : 0;
}

function timeTravel(p: Cursor, width: number): TimeTravel {
  const { start } = p.current;
  p.advanceBy(width);
  if (!p.is('(') || width > 1) {
    const value = p.rules.expression(p, 0);
    return { kind: 'time-travel', at: [value], start, end: p.endFrom(start) };
  }
  const opened = open(p);
  const at: Argument[] = p.list(() => p.rules.argument(p));
  close(p, opened, ')');
  return { kind: 'time-travel', at, start, end: p.endFrom(start) };
}

function withSuffix(p: Cursor, draft: Draft): boolean {
  const { start } = p.current;
  if (p.acceptAll('with', 'ordinality')) {
    draft.ordinality = true;
    return true;
  }
  if (!p.acceptAll('with', 'offset')) return false;
  const name = p.accept('as') ? nameAfterAs(p) : plainAlias(p);
  draft.offset = { kind: 'with-offset', alias: name, start, end: p.endFrom(start) };
  return true;
}

/** Redshift's `from t.items as item at position`. */
function position(p: Cursor, draft: Draft): boolean {
  const { start } = p.advance();
  draft.offset = { kind: 'with-offset', alias: nameHere(p, 'name'), start, end: p.endFrom(start) };
  return true;
}

// Aliases.

/** `as name`, `name`, `name(a, b)`, `as name(a int, b text)`, `as (a int)`. */
export function alias(p: Cursor): TableAlias | undefined {
  const { start } = p.current;
  if (p.accept('as')) {
    const name = p.is('(') ? undefined : nameAfterAs(p);
    return { kind: 'table-alias', name, columns: aliasColumns(p), ...p.rangeFrom(name?.start ?? start) };
  }
  const name = plainAlias(p);
  return name && { kind: 'table-alias', name, columns: aliasColumns(p), start: name.start, end: p.endFrom(name.start) };
}

function plainAlias(p: Cursor): NamePart | undefined {
  return isPlainAlias(p) ? nameHere(p, 'alias') : undefined;
}

function isPlainAlias(p: Cursor): boolean {
  if (p.kind() === 'quoted-name') return true;
  if (p.kind() !== 'name') return false;
  if (p.isOneOf(TABLE_ALIASES_AT_TIMES)) return isAliasHere(p);
  return !p.isOneOf(TABLE_ALIAS_STOPS);
}

const JOINS: ReadonlySet<string> = new Set(['join', 'left', 'right', 'inner', 'outer', 'full']);

/** Words that begin a join, a clause or a sample, unless what follows says that they are names. */
function isAliasHere(p: Cursor): boolean {
  const next = p.word(1);
  if (p.is('asof') || p.is('positional') || p.is('semi') || p.is('anti')) return !JOINS.has(next);
  if (p.is('pivot') || p.is('unpivot')) return next !== '(' && next !== 'include' && next !== 'exclude';
  if (p.is('start')) return next !== 'with';
  if (p.is('qualify')) return !p.has('qualify') && (next === '' || next === ',' || JOINS.has(next));
  if (p.is('window')) return !(p.isName(1) && p.word(2) === 'as') && p.kind(1) !== 'end';
  if (p.is('exclude')) return !(p.grammar.name === 'redshift' && (next === '(' || p.isName(1)));
  return next !== '(' && !(p.is('at') && (next === 'version' || next === 'timestamp'));
}

function aliasColumns(p: Cursor): readonly AliasColumn[] {
  if (!p.is('(')) return [];
  const opened = open(p);
  const columns = p.is(')')
    ? []
    : p.list(
        () => aliasColumn(p),
        () => p.is(')'),
      );
  close(p, opened, ')');
  return columns;
}

function aliasColumn(p: Cursor): AliasColumn {
  const name = nameHere(p, 'column name');
  const type = p.isName() ? typeName(p) : undefined;
  if (p.accept('collate')) p.advance();
  return { kind: 'alias-column', name, type, start: name.start, end: p.endFrom(name.start) };
}
