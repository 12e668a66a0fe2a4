import type { Grammar } from './grammar.ts';
import type { Lexeme } from './lexemes.ts';
import { words } from './words.ts';

/**
 * Where statements end that hold other statements: for the index of the first lexeme of such a statement, the index of
 * the semicolon behind it, or of the end. `begin … end`, loops and branches hold statements, and so do the bodies of
 * routines that are not strings. One pass; a block that nothing closes is none.
 */
export function blockStatements(grammar: Grammar, list: readonly Lexeme[]): ReadonlyMap<number, number> {
  const walk: Walk = {
    list,
    hasScripts: grammar.features.has('scripting'),
    hasSections: grammar.features.has('declare-sections'),
    ends: new Map(),
    open: [],
    start: 0,
    holdsBlock: false,
    isRoutine: false,
    beginsStatement: true,
  };
  for (let at = 0; at < list.length; at++) at = step(walk, at);
  if (walk.open.length === 0) endStatement(walk, list.length);
  return walk.ends;
}

/** What waits for its END: an expression, a DECLARE whose BEGIN is yet to come, or statements. */
type Open = 'case' | 'declare' | 'block';

interface Walk {
  readonly list: readonly Lexeme[];
  /** Whether blocks may stand anywhere, not only in the bodies of routines. */
  readonly hasScripts: boolean;
  readonly hasSections: boolean;
  readonly ends: Map<number, number>;
  readonly open: Open[];
  /** The first lexeme of the outermost statement. */
  start: number;
  holdsBlock: boolean;
  /** Whether the outermost statement makes something with a body. */
  isRoutine: boolean;
  /** Whether a statement begins at the next lexeme, outermost or inside a block. */
  beginsStatement: boolean;
}

const MAKERS = words('create alter define with');
const ROUTINES = words('procedure function trigger task event');
const STATEMENT_BLOCKS = words('if loop while for repeat case');
/** What statements follow inside a block. */
const LEADS = words('then else do loop repeat begin');
const TRANSACTIONS = words('transaction tran work isolation read name deferrable deferred immediate exclusive');

/** Looks at one lexeme; answers with the last one that was looked at. */
function step(walk: Walk, at: number): number {
  const { list, open } = walk;
  const { kind, word } = list[at] ?? END;
  if (word === ';') return semicolon(walk, at);
  const { beginsStatement } = walk;
  walk.beginsStatement = false;
  if (kind !== 'name' || list[at - 1]?.word === '.') return at;
  if (beginsStatement && list[at + 1]?.word === ':') {
    walk.beginsStatement = true;
    return at + 1;
  }
  if (word === 'end' && open.length > 0) return closes(walk, at);
  if (word === 'case') open.push(isBlockHere(walk, word, beginsStatement) ? 'block' : 'case');
  else if (open.at(-1) !== 'case') opens(walk, at, beginsStatement);
  return at;
}

const END: Lexeme = { kind: 'end', start: 0, end: 0, word: '' };

function semicolon(walk: Walk, at: number): number {
  // No expression goes on behind it, whatever was left out before.
  while (walk.open.at(-1) === 'case') walk.open.pop();
  if (walk.open.length === 0) {
    endStatement(walk, at);
    walk.start = at + 1;
    walk.holdsBlock = false;
    walk.isRoutine = false;
  }
  walk.beginsStatement = true;
  return at;
}

function endStatement({ ends, start, holdsBlock }: Walk, at: number): void {
  if (holdsBlock) ends.set(start, at);
}

function closes(walk: Walk, at: number): number {
  const closed = walk.open.pop();
  if (closed === 'block' && walk.open.length === 0) walk.holdsBlock = true;
  const next = walk.list[at + 1]?.word ?? '';
  return closed === 'block' && STATEMENT_BLOCKS.has(next) ? at + 1 : at;
}

function opens(walk: Walk, at: number, beginsStatement: boolean): void {
  const { list, open } = walk;
  const word = list[at]?.word ?? '';
  if (open.length === 0 && ROUTINES.has(word) && MAKERS.has(list[walk.start]?.word ?? '')) walk.isRoutine = true;
  if (word === 'begin' && isBegin(walk, at, beginsStatement)) {
    if (open.at(-1) === 'declare') open.pop();
    open.push('block');
  } else if (word === 'declare' && walk.hasSections && (beginsStatement || startsBody(walk, at))) open.push('declare');
  else if (isBlockHere(walk, word, beginsStatement)) open.push('block');
  walk.beginsStatement = open.at(-1) === 'block' && LEADS.has(word);
}

const isBlockHere = (walk: Walk, word: string, beginsStatement: boolean): boolean =>
  beginsStatement && (walk.hasScripts || walk.open.length > 0) && STATEMENT_BLOCKS.has(word);

function isBegin(walk: Walk, at: number, beginsStatement: boolean): boolean {
  const next = walk.list[at + 1] ?? END;
  if (next.kind === 'end' || next.word === ';' || TRANSACTIONS.has(next.word)) return false;
  const isInside = walk.open.length > 0;
  return beginsStatement ? walk.hasScripts || walk.isRoutine || isInside : walk.isRoutine && !isInside;
}

/** Whether the body of a routine begins here. */
const startsBody = (walk: Walk, at: number): boolean =>
  walk.isRoutine && walk.open.length === 0 && walk.list[at - 1]?.word === 'as';
