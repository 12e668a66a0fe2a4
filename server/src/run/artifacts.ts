import type { UniqueId } from '../dbt/manifest/node.ts';
import { isoMoment, type Batch } from '../dbt/microbatch/batches.ts';
import { DBT_VERSION } from '../dbt/project/dbt-version.ts';
import type { ProjectSettings } from '../model/project-input.ts';
import type { BatchResults, NodeResult } from './result.ts';

/** A file that a run leaves behind, by its path below the target folder. */
export interface Artifact {
  readonly path: string;
  readonly text: string;
}

/** What `run_results.json` says about the run as a whole. */
export interface RunFacts {
  readonly settings: InvocationOf;
  readonly generatedAt: string;
  readonly seconds: number;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly relationName: (id: UniqueId) => string | undefined;
}

/** What of an invocation its artifacts tell. */
export type InvocationOf = Pick<ProjectSettings, 'invocationId' | 'runStartedAt' | 'environment'>;

/** How every artifact of dbt begins; the schema is its name and version, such as `sources/v3`. */
export function artifactMetadata(
  schema: string,
  generatedAt: string,
  settings: InvocationOf,
): Readonly<Record<string, unknown>> {
  return {
    dbt_schema_version: `https://schemas.getdbt.com/dbt/${schema}.json`,
    dbt_version: DBT_VERSION,
    generated_at: generatedAt,
    invocation_id: settings.invocationId,
    invocation_started_at: settings.runStartedAt.replace(/\+00:00$/, 'Z'),
    env: customEnvironment(settings.environment),
  };
}

const PREFIX = 'DBT_ENV_CUSTOM_ENV_';

/** The variables that dbt writes into artifacts, by their names without the prefix that marks them. */
export function customEnvironment(environment: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const marked = Object.entries(environment).filter(([name]) => name.startsWith(PREFIX));
  return Object.fromEntries(marked.map(([name, value]) => [name.slice(PREFIX.length), value]));
}

/** `run_results.json` in dbt's sixth version of it. */
export function runResultsArtifact(results: readonly NodeResult[], facts: RunFacts): Artifact {
  const content = {
    metadata: artifactMetadata('run-results/v6', facts.generatedAt, facts.settings),
    results: results.map(result => describe(result, facts)),
    elapsed_time: facts.seconds,
    args: facts.arguments,
  };
  return { path: 'run_results.json', text: JSON.stringify(content) };
}

function describe(result: NodeResult, { relationName }: RunFacts): Readonly<Record<string, unknown>> {
  const isTimed = result.status !== 'skipped' && result.status !== 'cancelled';
  return {
    status: STATUSES[result.status],
    timing: isTimed ? [{ name: 'execute', started_at: result.startedAt, completed_at: result.completedAt }] : [],
    thread_id: result.thread,
    execution_time: result.seconds,
    adapter_response: adapterResponse(result),
    message: result.message ?? null,
    failures: result.failures ?? null,
    unique_id: result.id,
    compiled: result.compiledSql !== undefined,
    compiled_code: result.compiledSql ?? null,
    relation_name: relationName(result.id) ?? null,
    batch_results: result.batches === undefined ? null : batchResults(result.batches),
  };
}

/** Each batch as dbt has it: a pair of times. */
function batchResults({ successful, failed }: BatchResults): Readonly<Record<string, unknown>> {
  const pair = ({ start, end }: Batch): readonly string[] => [isoMoment(start), isoMoment(end)];
  return { successful: successful.map(pair), failed: failed.map(pair) };
}

function adapterResponse({ status, message, rows, batches }: NodeResult): Readonly<Record<string, unknown>> {
  if (status !== 'success' || message === undefined || batches !== undefined) return {};
  const code = message.replace(/[\s\d]+$/, '');
  return { _message: message, code, ...(rows === undefined ? {} : { rows_affected: rows }) };
}

/** A cancelled node is skipped to programs that read the artifact: dbt has no such status there. */
const STATUSES = {
  success: 'success',
  'partial success': 'partial success',
  error: 'error',
  skipped: 'skipped',
  pass: 'pass',
  fail: 'fail',
  warn: 'warn',
  cancelled: 'skipped',
} as const;

/** What names the files of a node's code. */
export interface CodeOf {
  readonly resourceType: string;
  readonly name: string;
  readonly packageName: string;
  readonly originalPath: string;
  readonly path?: string | undefined;
  readonly version?: string | number | undefined;
}

/** Where dbt keeps a node's code, below `compiled/` and `run/` of the target folder. */
export function codePath({
  resourceType,
  name,
  packageName,
  originalPath,
  path = originalPath,
  version,
}: CodeOf): string {
  const place = `${packageName}/${originalPath}`;
  // Below the properties file that declares it, a unit test lies in the file's own folder once more.
  if (resourceType === 'unit_test') {
    const file = version === undefined ? name : `${name}_v${version}`;
    return `${place}/${originalPath.split('/').slice(0, -1).join('/')}/${file}.sql`;
  }
  if (resourceType === 'operation') return `${packageName}/dbt_project.yml/hooks/${name}.sql`;
  // Generic tests lie in a folder named for the properties file that declares them.
  return /\.ya?ml$/.test(place) ? `${place}/${path.split('/').at(-1)}` : place;
}

/** The text below `compiled/` that dbt keeps of a node: of a snapshot and of what renders to nothing, none. */
export function keptText(
  { resourceType }: Pick<CodeOf, 'resourceType'>,
  compiledSql: string | undefined,
): string | undefined {
  return resourceType === 'snapshot' || compiledSql === '' ? undefined : compiledSql;
}

/** The compiled text of a node or a named batch of it, and the statement that built it, where dbt keeps them. */
export function codeArtifacts(
  { compiledSql, runSql }: Pick<NodeResult, 'compiledSql' | 'runSql'>,
  node: CodeOf,
  batch?: string,
): readonly Artifact[] {
  const path = batch === undefined ? codePath(node) : batchPath(codePath(node), batch);
  const text = keptText(node, compiledSql);
  return [
    ...(text === undefined ? [] : [{ path: `compiled/${path}`, text }]),
    ...(runSql === undefined ? [] : [{ path: `run/${path}`, text: runSql }]),
  ];
}

/** `models/daily.sql` is a folder of batches: `models/daily/daily_2024-09-17.sql`. */
const batchPath = (path: string, batch: string): string => path.replace(/([^/]*?)(\.[^./]*)?$/, `$1/$1_${batch}$2`);
