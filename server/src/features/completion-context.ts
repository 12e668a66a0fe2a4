import type { TextRange } from '../base/text-range.ts';
import type { Declaration, ModelDb } from '../model/db.ts';
import { isTrivia, tokenAt, tokenIndexAt, type Token, type TokenTable } from '../syntax/jinja/tokens.ts';
import type { CompletionItem } from './completion.ts';
import { contextFunctions, objectMembers, statementKeywords, type Word } from './context-words.ts';
import type { FilePosition } from './file-position.ts';

/**
 * What Jinja can go on with at the cursor, from the tokens before it alone, so that it works in the middle of typing:
 * statements behind `{%`, members behind a dot, functions and macros elsewhere inside a tag; nothing outside of Jinja.
 */
export function contextCompletion(db: ModelDb, at: FilePosition): readonly CompletionItem[] {
  const tree = db.syntax(at.file);
  if (tree === undefined) return [];
  const place = placeAt(tree.tokens, at.offset);
  if (place === undefined) return [];
  switch (place.kind) {
    case 'statement':
      return statementKeywords.map(it => wordItem(it, 'keyword', place.word));
    case 'member':
      return members(db, tree.text.slice(place.owner.start, place.owner.end), place.word);
    case 'expression':
      return [...contextFunctions.map(it => wordItem(it, 'function', place.word)), ...macros(db, place.word)];
  }
}

/** Where in a tag the cursor is, and the word that is being typed there: empty when none has been begun. */
type Place =
  | { readonly kind: 'statement' | 'expression'; readonly word: TextRange }
  | { readonly kind: 'member'; readonly owner: Token; readonly word: TextRange };

function placeAt(tokens: TokenTable, offset: number): Place | undefined {
  const touching = tokenAt(tokens, tokenIndexAt(tokens, Math.max(offset - 1, 0)));
  // Behind its closing quote a string is a finished value, and in front of its opening one it is not touched yet.
  if (touching?.kind === 'string' || touching?.kind === 'error') return undefined;
  const isWord = touching?.kind === 'name';
  const word = isWord ? { start: touching.start, end: touching.end } : { start: offset, end: offset };
  const before = significantBefore(tokens, word.start);
  if (before === undefined || OUTSIDE.has(before.kind)) return undefined;
  if (before.kind === 'block-begin') return { kind: 'statement', word };
  if (before.kind !== 'dot') return { kind: 'expression', word };
  const owner = significantBefore(tokens, before.start);
  return owner?.kind === 'name' ? { kind: 'member', owner, word } : undefined;
}

/** Behind these, no expression begins: text and comments are SQL's, and a value wants an operator first. */
const OUTSIDE: ReadonlySet<Token['kind']> = new Set([
  'text',
  'comment',
  'block-end',
  'variable-end',
  'raw-begin',
  'raw-end',
  'string',
  'integer',
  'float',
  'rparen',
  'rbracket',
  'rbrace',
  'pipe',
  'error',
  'eof',
]);

/** The last token that ends at or before `offset` and is more than blanks. */
function significantBefore(tokens: TokenTable, offset: number): Token | undefined {
  let idx = tokenIndexAt(tokens, Math.max(offset - 1, 0));
  for (; idx >= 0; idx--) {
    const token = tokenAt(tokens, idx);
    const isBefore = token !== undefined && token.end <= offset && token.start < token.end;
    if (isBefore && (!isTrivia(token.kind) || token.kind === 'comment')) return token;
  }
  return undefined;
}

function wordItem(word: Word, kind: CompletionItem['kind'], replace: TextRange): CompletionItem {
  const { label, detail } = word;
  return { label, kind, detail, insertText: label, replace, rank: 1, declaration: undefined };
}

/** The project's own macros by their plain names, those of packages with the package before them. dbt's own come after `dbt.` only. */
function macros(db: ModelDb, replace: TextRange): readonly CompletionItem[] {
  const project = db.project().name;
  return [...db.names().macros.values()].flatMap(([declaration]) => {
    if (declaration === undefined || isInternal(db, declaration)) return [];
    const isOwn = declaration.packageName === project;
    const label = isOwn ? declaration.name : `${declaration.packageName}.${declaration.name}`;
    return [macroItem(declaration, { label, replace, rank: isOwn ? 0 : 2 })];
  });
}

/** The product's own library has no file in the project. */
const isInternal = (db: ModelDb, declaration: Declaration): boolean => db.text(declaration.file) === undefined;

function macroItem(
  declaration: Declaration,
  { label, replace, rank }: Pick<CompletionItem, 'label' | 'replace' | 'rank'>,
): CompletionItem {
  const detail = `macro · ${declaration.packageName}`;
  return { label, kind: 'macro', detail, insertText: label, replace, rank, declaration };
}

function members(db: ModelDb, owner: string, replace: TextRange): readonly CompletionItem[] {
  const known = (objectMembers.get(owner) ?? []).map(it => wordItem(it, 'function', replace));
  const inPackage = [...db.names().macros.values()].flatMap(([declaration]) => {
    if (declaration === undefined || declaration.packageName !== owner) return [];
    return [macroItem(declaration, { label: declaration.name, replace, rank: 0 })];
  });
  return [...known, ...inPackage];
}
