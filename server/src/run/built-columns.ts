import type { CatalogPlace } from '../dbt/compile/warehouse-questions.ts';
import type { Manifest } from '../dbt/manifest/node.ts';
import type { SeenRelation } from '../model/seen-relations.ts';
import { relationsFound, type RelationName } from './catalog.ts';
import type { NodeOutcome } from './node-outcome.ts';
import type { RunCommand } from './plan.ts';
import type { NodeResult, NodeStatus } from './result.ts';

/** Commands that leave relations whose columns are worth a look. */
const BUILDING: ReadonlySet<RunCommand> = new Set<RunCommand>(['run', 'build', 'seed', 'snapshot']);

const BUILT: ReadonlySet<NodeStatus> = new Set<NodeStatus>(['success', 'partial success']);

/** More relations of a database are asked for by their schemas, as dbt does when it makes its catalog. */
const MAX_NAMED = 100;

/** Where the relations that a run has built are looked for, and which they are; one place for each database. */
export interface BuiltPlace {
  readonly place: CatalogPlace;
  readonly relations: readonly RelationName[];
}

/** The relations that the results of a command say were built. */
export function builtPlaces(
  command: RunCommand,
  results: readonly NodeResult[],
  manifest: Manifest,
): readonly BuiltPlace[] {
  if (!BUILDING.has(command)) return [];
  const databases = new Map<string | undefined, RelationName[]>();
  for (const { id, status } of results) {
    const node = BUILT.has(status) ? manifest.nodes.get(id) : undefined;
    if (node === undefined || !hasRelation(node)) continue;
    const { relation } = node;
    const known = databases.get(relation.database);
    if (known === undefined) databases.set(relation.database, [relation]);
    else known.push(relation);
  }
  return [...databases].map(([database, relations]) => ({ relations, place: placeOf(database, relations) }));
}

const hasRelation = ({
  resourceType,
  config,
}: {
  readonly resourceType: string;
  readonly config: ReadonlyMap<string, unknown>;
}): boolean =>
  (resourceType === 'model' && config.get('materialized') !== 'ephemeral') ||
  resourceType === 'seed' ||
  resourceType === 'snapshot';

function placeOf(database: string | undefined, relations: readonly RelationName[]): CatalogPlace {
  const schemas = [...new Set(relations.map(it => it.schema))];
  if (relations.length > MAX_NAMED) return { database, schemas };
  return { database, schemas, relations: relations.map(({ schema, identifier }) => ({ schema, identifier })) };
}

/** What the warehouse answered about built relations, as it is remembered. */
export function seenRelationsOf(
  { place, relations }: BuiltPlace,
  { table }: NodeOutcome,
  { seenAt, seenBy, target }: { readonly seenAt: string; readonly seenBy: string; readonly target: string | undefined },
): readonly SeenRelation[] {
  const told = { seen_at: seenAt, seen_by: seenBy, target: target ?? null };
  return relationsFound(table, { database: place.database, relations }).map(it => ({
    ...it,
    database: it.database ?? null,
    ...told,
  }));
}
