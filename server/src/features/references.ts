import type { Declaration, ModelDb } from '../model/db.ts';
import type { FileId, Origin } from '../render/rendered.ts';
import type { FilePosition } from './file-position.ts';
import { sqlReferences } from './sql-references.ts';
import { useAt } from './use-at.ts';

/**
 * Every use of what the cursor is on: in SQL, what the query names there; else every literal use of the name it touches,
 * or of the node that the file declares at that place. With `includeDeclaration`, the declaration's own name too, where
 * it is written anywhere.
 */
export function references(
  db: ModelDb,
  at: FilePosition,
  options: { readonly includeDeclaration: boolean },
): readonly Origin[] {
  const inSql = useAt(db, at) === undefined ? sqlReferences(db, at, options) : undefined;
  if (inSql !== undefined) return inSql;
  return declarationsAt(db, at).flatMap(declaration => [
    ...(options.includeDeclaration ? ownName(db, declaration) : []),
    ...db
      .usesOf(declaration)
      .map(({ file, use }) => ({ file, ...(use.kind === 'source' ? use.tableRange : use.range) })),
  ]);
}

function declarationsAt(db: ModelDb, at: FilePosition): readonly Declaration[] {
  const found = useAt(db, at);
  return found === undefined ? declaredIn(db, at.file, at) : db.resolve(at.file, found.use);
}

/** Anywhere in a model's own file that is no other name, the model itself is meant. */
function declaredIn(db: ModelDb, file: FileId, at: FilePosition): readonly Declaration[] {
  return db.nodesOfFile(file).flatMap(uniqueId => {
    const node = db.node(uniqueId);
    const place = db.places(uniqueId)?.declaration;
    const isHere = place !== undefined && place.start <= at.offset && at.offset <= place.end;
    if (node === undefined || !isHere) return [];
    return [{ kind: node.resourceType, name: node.name, packageName: node.packageName, uniqueId, file }];
  });
}

function ownName(db: ModelDb, declaration: Declaration): readonly Origin[] {
  const name = declaration.uniqueId === undefined ? undefined : db.places(declaration.uniqueId)?.name;
  return name === undefined ? [] : [name];
}
