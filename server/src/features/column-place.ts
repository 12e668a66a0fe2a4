import type { UniqueId } from '../dbt/manifest/node.ts';
import type { ModelDb } from '../model/db.ts';
import { outputColumns } from '../model/sql-meaning.ts';
import { sqlPlace } from '../model/sql-places.ts';
import type { Origin } from '../render/rendered.ts';

/** Two names of a column mean the same one; warehouses disagree about case, and dbt's own files do not care. */
export const sameColumn = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/**
 * Where a column of a node gets its name: the item of a model's select list, a seed's header, else the entry of the
 * properties file that lists it; `undefined` when nobody wrote it anywhere.
 */
export function columnPlace(db: ModelDb, uniqueId: UniqueId, column: string): Origin | undefined {
  return itemPlace(db, uniqueId, column) ?? headerPlace(db, uniqueId, column) ?? entryPlace(db, uniqueId, column);
}

/** The same, and through stars: a column that a model only hands on is named further upstream. */
export function columnDefinition(db: ModelDb, uniqueId: UniqueId, column: string): Origin | undefined {
  let at = { uniqueId, column };
  for (const seen = new Set<UniqueId>(); !seen.has(at.uniqueId);) {
    seen.add(at.uniqueId);
    const next = handedOn(db, at.uniqueId, at.column);
    if (next === undefined) break;
    at = next;
  }
  return columnPlace(db, at.uniqueId, at.column);
}

/** The upstream column behind one that no text of the node names. */
function handedOn(db: ModelDb, uniqueId: UniqueId, column: string) {
  const statement = db.statement(uniqueId);
  const found = statement && outputColumns(statement)?.columns.find(it => sameColumn(it.name, column));
  const [source, ...others] = found?.definition === undefined ? (found?.sources ?? []) : [];
  const upstream = source && statement?.tables.get(source.table);
  if (source === undefined || others.length > 0 || upstream === undefined) return undefined;
  return { uniqueId: upstream, column: source.column };
}

function itemPlace(db: ModelDb, uniqueId: UniqueId, column: string): Origin | undefined {
  const statement = db.statement(uniqueId);
  if (statement === undefined) return undefined;
  const found = outputColumns(statement)?.columns.find(it => sameColumn(it.name, column));
  const range = found?.definition ?? found?.expression;
  return range && sqlPlace(statement, statement.file, range)?.origin;
}

/** The cell of the first line of a seed. */
function headerPlace(db: ModelDb, uniqueId: UniqueId, column: string): Origin | undefined {
  const node = db.node(uniqueId);
  if (node?.resourceType !== 'seed') return undefined;
  const [header = ''] = (db.text(node.file) ?? '').split('\n', 1);
  let start = 0;
  for (const cell of header.split(/[,;\t|]/)) {
    const name = cell.trim().replaceAll('"', '');
    if (sameColumn(name, column)) {
      const from = start + cell.indexOf(name);
      return { file: node.file, start: from, end: from + name.length };
    }
    start += cell.length + 1;
  }
  return undefined;
}

function entryPlace(db: ModelDb, uniqueId: UniqueId, column: string): Origin | undefined {
  const node = db.node(uniqueId);
  if (node === undefined || !('columns' in node)) return undefined;
  const name = node.columns.find(it => sameColumn(it.name, column))?.name;
  return name === undefined ? undefined : db.places(uniqueId)?.values.get(`columns.${name}.name`);
}
