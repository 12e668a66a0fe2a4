import { err, ok, type Result } from '../../base/result.ts';
import type { Json } from '../manifest/data.ts';
import type { UniqueId } from '../manifest/node.ts';
import { runtimeRefusal, type Refusal } from '../selection/refusal.ts';

/** What an earlier invocation left behind, dbt's own as well as ours. */
export interface PreviousState {
  readonly manifest: PreviousManifest | undefined;
  /** How each node ended. */
  readonly results: ReadonlyMap<UniqueId, string> | undefined;
  /** When the rows of each source were loaded last, then and now. */
  readonly loadedAt: ReadonlyMap<UniqueId, string> | undefined;
  readonly loadedAtNow: ReadonlyMap<UniqueId, string> | undefined;
}

/** A manifest as far as others are compared with it. */
export interface PreviousManifest {
  /** Everything in the graph by id, in the shape of the manifest. */
  readonly nodes: ReadonlyMap<UniqueId, JsonObject>;
  readonly macroTexts: ReadonlyMap<UniqueId, string>;
}

/** An object of JSON. */
export type JsonObject = { readonly [key: string]: Json };

/** A file of an earlier invocation. */
export interface ArtifactFile {
  /** For messages. */
  readonly file: string;
  readonly text: string;
}

/** The artifacts that were found; each may be missing. */
export interface ArtifactFiles {
  readonly manifest: ArtifactFile | undefined;
  readonly runResults: ArtifactFile | undefined;
  readonly sources: ArtifactFile | undefined;
  readonly currentSources: ArtifactFile | undefined;
}

/** Reads the artifacts of an earlier invocation; the failure names the file that cannot be understood. */
export function readPreviousState(files: ArtifactFiles): Result<PreviousState, Refusal> {
  const manifest = readArtifact(files.manifest, MANIFEST);
  if (!manifest.ok) return manifest;
  const results = readArtifact(files.runResults, RUN_RESULTS);
  if (!results.ok) return results;
  const sources = readArtifact(files.sources, SOURCES);
  if (!sources.ok) return sources;
  const current = readArtifact(files.currentSources, SOURCES);
  if (!current.ok) return current;
  return ok({
    manifest: manifest.value && manifestOf(manifest.value),
    results: results.value && statusesOf(results.value),
    loadedAt: sources.value && loadTimesOf(sources.value),
    loadedAtNow: current.value && loadTimesOf(current.value),
  });
}

interface Schema {
  readonly name: string;
  /** The versions that are understood, oldest and newest. */
  readonly versions: readonly [number, number];
}

const MANIFEST: Schema = { name: 'manifest', versions: [4, 12] };
const RUN_RESULTS: Schema = { name: 'run-results', versions: [4, 6] };
const SOURCES: Schema = { name: 'sources', versions: [3, 3] };

function readArtifact(artifact: ArtifactFile | undefined, schema: Schema): Result<JsonObject | undefined, Refusal> {
  if (artifact === undefined) return ok(undefined);
  let json: Json;
  try {
    json = JSON.parse(artifact.text) as Json;
  } catch {
    // What is wrong with the text matters less than which file holds it.
    return err(runtimeRefusal(`${artifact.file} is not JSON`));
  }
  const content = objectOf(json);
  const found = textOf(objectOf(content?.['metadata'])?.['dbt_schema_version']);
  const version = Number(/\/v(\d+)\.json$/.exec(found ?? '')?.[1] ?? NaN);
  const [oldest, newest] = schema.versions;
  if (content !== undefined && version >= oldest && version <= newest) return ok(content);
  const expected = `https://schemas.getdbt.com/dbt/${schema.name}/v${newest}.json`;
  const shown = found === undefined ? 'nothing' : `"${found}"`;
  return err(
    runtimeRefusal(
      `Expected a schema version of "${expected}" in ${artifact.file}, but found ${shown}. Are you running with a different version of dbt?`,
      'IncompatibleSchemaError',
    ),
  );
}

const SECTIONS = 'nodes sources exposures metrics semantic_models unit_tests saved_queries'.split(' ');

function manifestOf(content: JsonObject): PreviousManifest {
  const nodes = new Map<UniqueId, JsonObject>();
  for (const section of SECTIONS) {
    for (const [id, node] of Object.entries(objectOf(content[section]) ?? {})) {
      const known = objectOf(node);
      if (known !== undefined && !nodes.has(id)) nodes.set(id, upgraded(known));
    }
  }
  const macros = Object.entries(objectOf(content['macros']) ?? {});
  return {
    nodes,
    macroTexts: new Map(macros.map(([id, macro]) => [id, textOf(objectOf(macro)?.['macro_sql']) ?? ''])),
  };
}

/** Before dbt 1.3 the code of a node went by another name. */
function upgraded(node: JsonObject): JsonObject {
  return 'raw_sql' in node && !('raw_code' in node) ? { ...node, raw_code: node['raw_sql'] ?? '' } : node;
}

function statusesOf(content: JsonObject): ReadonlyMap<UniqueId, string> {
  return entriesOf(content, result => textOf(result['status']));
}

function loadTimesOf(content: JsonObject): ReadonlyMap<UniqueId, string> {
  return entriesOf(content, result => textOf(result['max_loaded_at']));
}

function entriesOf(
  content: JsonObject,
  valueOf: (result: JsonObject) => string | undefined,
): ReadonlyMap<UniqueId, string> {
  const results = Array.isArray(content['results']) ? (content['results'] as readonly Json[]) : [];
  const entries = results.flatMap((it): readonly (readonly [string, string])[] => {
    const result = objectOf(it);
    const [id, value] = [textOf(result?.['unique_id']), result && valueOf(result)];
    return id === undefined || value === undefined ? [] : [[id, value]];
  });
  return new Map(entries);
}

/** An object, where the JSON is one. */
export const objectOf = (json: Json | undefined): JsonObject | undefined =>
  typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as JsonObject) : undefined;

/** A text, where the JSON is one. */
export const textOf = (json: Json | undefined): string | undefined => (typeof json === 'string' ? json : undefined);
