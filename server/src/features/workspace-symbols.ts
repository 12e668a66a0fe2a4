import type { Declaration, ModelDb } from '../model/db.ts';
import type { Origin } from '../render/rendered.ts';

/** Something a project declares, and where. */
export interface WorkspaceSymbol {
  readonly name: string;
  /** dbt's word for what it is. */
  readonly kind: string;
  readonly packageName: string;
  readonly place: Origin;
}

/** Enough for a list that somebody narrows by typing on. */
const MOST = 500;

/**
 * What a project and its packages declare by a name that has the letters of `query` in their order: models, seeds,
 * snapshots, sources, macros and exposures, those that begin with it first.
 */
export function workspaceSymbols(db: ModelDb, query: string): readonly WorkspaceSymbol[] {
  const { models, seeds, snapshots, sources, macros, exposures } = db.names();
  const found: WorkspaceSymbol[] = [];
  for (const table of [models, seeds, snapshots, sources, macros, exposures]) {
    for (const declaration of [...table.values()].flat()) {
      const symbol = hasLetters(declaration.name, query) ? symbolOf(db, declaration) : undefined;
      if (symbol !== undefined) found.push(symbol);
    }
  }
  const wanted = query.toLowerCase();
  const rank = ({ name }: WorkspaceSymbol): number => (name.toLowerCase().startsWith(wanted) ? 0 : 1);
  return found.toSorted((a, b) => rank(a) - rank(b)).slice(0, MOST);
}

/** What the product brings along is in no file that could be opened. */
function symbolOf(db: ModelDb, { kind, name, packageName, uniqueId, file }: Declaration): WorkspaceSymbol | undefined {
  if (uniqueId === undefined || db.text(file) === undefined) return undefined;
  const places = db.places(uniqueId);
  const start = places?.declaration.start ?? 0;
  return { name, kind, packageName, place: places?.name ?? { file, start, end: start } };
}

function hasLetters(name: string, query: string): boolean {
  const letters = name.toLowerCase();
  let at = 0;
  for (const letter of query.toLowerCase()) {
    at = letters.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
