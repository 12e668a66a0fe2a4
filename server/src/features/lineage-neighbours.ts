import type { ManifestNode, UniqueId } from '../dbt/manifest/node.ts';
import type { ModelDb } from '../model/db.ts';
import type { FileId, Origin } from '../render/rendered.ts';

/** A node of the graph as a list shows it. */
export interface LineageItem {
  readonly uniqueId: UniqueId;
  readonly name: string;
  readonly node: ManifestNode;
  /** Where a click leads. */
  readonly place: Origin | undefined;
  readonly parentCount: number;
  readonly childCount: number;
}

/** A node with what it is made from and what is made from it, each once, sorted by name. */
export interface LineageNeighbours {
  readonly center: LineageItem;
  readonly parents: readonly LineageItem[];
  readonly children: readonly LineageItem[];
}

/** The neighbours of the first node that a file declares. */
export function lineageOfFile(db: ModelDb, file: FileId): LineageNeighbours | undefined {
  const [uniqueId] = db.nodesOfFile(file);
  return uniqueId === undefined ? undefined : lineageNeighbours(db, uniqueId);
}

/** The neighbours of a node; `undefined` when there is no such node. */
export function lineageNeighbours(db: ModelDb, uniqueId: UniqueId): LineageNeighbours | undefined {
  const center = lineageItem(db, uniqueId);
  if (center === undefined) return undefined;
  const { parents, children } = db.lineage();
  return { center, parents: items(db, parents.get(uniqueId)), children: items(db, children.get(uniqueId)) };
}

/** A node as a list shows it; `undefined` when there is no such node. */
export function lineageItem(db: ModelDb, uniqueId: UniqueId): LineageItem | undefined {
  const node = db.node(uniqueId);
  if (node === undefined) return undefined;
  const { parents, children } = db.lineage();
  const places = db.places(uniqueId);
  return {
    uniqueId,
    name: node.resourceType === 'source' ? `${node.sourceName}.${node.name}` : node.name,
    node,
    place: places?.name ?? places?.declaration,
    parentCount: parents.get(uniqueId)?.length ?? 0,
    childCount: children.get(uniqueId)?.length ?? 0,
  };
}

function items(db: ModelDb, uniqueIds: readonly UniqueId[] = []): readonly LineageItem[] {
  return [...new Set(uniqueIds)]
    .flatMap(it => lineageItem(db, it) ?? [])
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
}
