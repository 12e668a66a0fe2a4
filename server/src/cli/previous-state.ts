import path from 'node:path';
import { err, ok, type Result } from '../base/result.ts';
import type { DeferredRelation, Deferral } from '../dbt/compile/manifest-view.ts';
import type { UniqueId } from '../dbt/manifest/node.ts';
import { runtimeRefusal, type Refusal } from '../dbt/selection/refusal.ts';
import {
  objectOf,
  readPreviousState,
  textOf,
  type ArtifactFile,
  type JsonObject,
  type PreviousState,
} from '../dbt/state/previous-state.ts';
import { readText } from '../host/files.ts';
import type { Arguments } from './arguments.ts';

/** What `--state` names, and this project's own freshness results; `undefined` without `--state`. */
export function previousState(
  given: Arguments,
  folders: { readonly root: string; readonly target: string },
): Result<PreviousState | undefined, Refusal> {
  const named = given.texts.get('state');
  if (named === undefined) return ok(undefined);
  const state = path.resolve(folders.root, named);
  return readPreviousState({
    manifest: artifact(state, 'manifest.json'),
    runResults: artifact(state, 'run_results.json'),
    sources: artifact(state, 'sources.json'),
    currentSources: artifact(folders.target, 'sources.json'),
  });
}

function artifact(folder: string, name: string): ArtifactFile | undefined {
  const file = path.join(folder, name);
  const text = readText(file);
  return text === undefined ? undefined : { file, text };
}

/** What `--defer` takes from elsewhere, and `clone` always does; `undefined` without it. */
export function deferralOf(given: Arguments, root: string): Result<Deferral | undefined, Refusal> {
  const isAsked = given.switches.get('defer') === true || given.command === 'clone';
  if (!isAsked || !DEFERRING.has(given.command ?? '')) return ok(undefined);
  const named = given.texts.get('defer-state') ?? given.texts.get('state');
  if (named === undefined) {
    return err(runtimeRefusal('--state or --defer-state are required for deferral, but neither was provided'));
  }
  const manifest = artifact(path.resolve(root, named), 'manifest.json');
  const state = readPreviousState({ manifest, runResults: undefined, sources: undefined, currentSources: undefined });
  if (!state.ok) return state;
  const nodes = state.value.manifest?.nodes;
  if (nodes === undefined) return err(runtimeRefusal(`Could not find manifest in --state path: "${named}"`));
  const relations = [...nodes].flatMap(([id, node]) => relationOf(id, node));
  return ok({ relations: new Map(relations), favored: given.switches.get('favor-state') ?? false });
}

/** The commands that render nodes; the others accept the flag and have no use for it. */
const DEFERRING: ReadonlySet<string> = new Set(
  'build clone compile docs retry run run-operation seed show snapshot test'.split(' '),
);

const REFERABLE: ReadonlySet<string> = new Set(['model', 'seed', 'snapshot']);

/** What can be referred to and lives in the warehouse. */
function relationOf(id: UniqueId, node: JsonObject): readonly (readonly [UniqueId, DeferredRelation])[] {
  const isEphemeral = objectOf(node['config'])?.['materialized'] === 'ephemeral';
  const [schema, identifier] = [textOf(node['schema']), textOf(node['alias']) ?? textOf(node['name'])];
  if (!REFERABLE.has(textOf(node['resource_type']) ?? '') || isEphemeral) return [];
  if (schema === undefined || identifier === undefined) return [];
  return [[id, { database: textOf(node['database']), schema, identifier }]];
}
