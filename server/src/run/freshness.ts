import type { DataMap } from '../dbt/manifest/data.ts';
import { asMap } from '../dbt/manifest/data.ts';
import type { SourceNode, UniqueId } from '../dbt/manifest/node.ts';
import type { Clock } from '../host/clock.ts';
import type { ModelDb } from '../model/db.ts';
import { artifactMetadata, type Artifact, type InvocationOf } from './artifacts.ts';
import { askAll, type AskOptions, type AskTime } from './ask.ts';
import type { NodeOutcome } from './node-outcome.ts';
import type { NodeFailure } from './result.ts';

/** dbt's words for how fresh a source is. */
export type FreshnessStatus = 'pass' | 'warn' | 'error' | 'runtime error';

/** How fresh one source is. */
export interface FreshnessResult {
  readonly id: UniqueId;
  readonly status: FreshnessStatus;
  /** ISO 8601 in UTC; `undefined` for a source without rows, and when it could not be asked. */
  readonly maxLoadedAt: string | undefined;
  readonly snapshottedAt: string | undefined;
  readonly ageSeconds: number | undefined;
  readonly criteria: Criteria;
  readonly seconds: number;
  readonly thread: string;
  readonly startedAt: string;
  readonly completedAt: string;
  readonly failure: NodeFailure | undefined;
}

interface Criteria {
  readonly warn_after: Threshold;
  readonly error_after: Threshold;
  readonly filter: string | null;
}

interface Threshold {
  readonly count: number | null;
  readonly period: string | null;
}

/** What checking sources needs. */
export interface FreshnessOptions extends AskOptions {
  readonly db: ModelDb;
  readonly selected: readonly UniqueId[];
  readonly onResult: (result: FreshnessResult) => void;
}

/** The selected sources that say how fresh they have to be. */
export function checkedSources(db: ModelDb, selected: readonly UniqueId[]): readonly SourceNode[] {
  return selected.flatMap(id => {
    const node = db.node(id);
    return node?.resourceType === 'source' && node.enabled && isChecked(criteriaOf(node.freshness)) ? [node] : [];
  });
}

/** Asks the warehouse how fresh the selected sources are, on as many threads as are given. */
export async function checkFreshness(options: FreshnessOptions): Promise<readonly FreshnessResult[]> {
  const { db, clock, onResult } = options;
  const results: FreshnessResult[] = [];
  const add = (result: FreshnessResult): void => {
    results.push(result);
    onResult(result);
  };
  const sources = checkedSources(db, options.selected);
  const can = sources.filter(it => it.loadedAtField !== undefined || it.loadedAtQuery !== undefined);
  for (const source of sources.filter(it => !can.includes(it))) add(notAskable(db, source, clock));
  const jobs = can.map(({ uniqueId }) => ({ kind: 'freshness', id: uniqueId }) as const);
  await askAll(jobs, options, ({ id }, outcome, time) => {
    const source = db.node(id);
    if (source?.resourceType === 'source') add(resultOf(source, outcome, time));
  });
  return results;
}

function resultOf(source: SourceNode, outcome: NodeOutcome, time: AskTime): FreshnessResult {
  const criteria = criteriaOf(source.freshness);
  const none = { id: source.uniqueId, criteria, ...time };
  const cell = (name: string): string | undefined => {
    const at = outcome.table?.names.findIndex(it => it.toLowerCase() === name) ?? -1;
    return outcome.table?.rows[0]?.[at];
  };
  const [loaded, asked] = [timeOf(cell('max_loaded_at')), timeOf(cell('snapshotted_at'))];
  if (outcome.failure !== undefined || asked === undefined) {
    const failure = outcome.failure ?? { message: 'The warehouse gave no time of asking.', place: undefined };
    const { message, place } = failure;
    const unknown = { maxLoadedAt: undefined, snapshottedAt: undefined, ageSeconds: undefined };
    return { ...none, ...unknown, status: 'runtime error', failure: { message, place } };
  }
  // A source without rows counts as older than anything.
  const ageSeconds = loaded === undefined ? Infinity : (asked - loaded) / 1000;
  return {
    ...none,
    status: statusOf(criteria, ageSeconds),
    maxLoadedAt: loaded === undefined ? undefined : iso(loaded),
    snapshottedAt: iso(asked),
    ageSeconds: loaded === undefined ? undefined : ageSeconds,
    failure: undefined,
  };
}

/** A source that names no column to look at: none of the warehouses that can be connected to tells the time by itself. */
function notAskable(db: ModelDb, source: SourceNode, clock: Clock): FreshnessResult {
  const now = clock.now();
  const message =
    `Could not compute freshness for source ${source.name}: no 'loaded_at_field' provided and ` +
    `${db.project().adapterType ?? ''} adapter does not support metadata-based freshness checks.`;
  return {
    id: source.uniqueId,
    status: 'runtime error',
    maxLoadedAt: undefined,
    snapshottedAt: undefined,
    ageSeconds: undefined,
    criteria: criteriaOf(source.freshness),
    seconds: 0,
    thread: 'MainThread',
    startedAt: now,
    completedAt: now,
    failure: { message, place: placeOf(db, source.uniqueId) },
  };
}

function placeOf(db: ModelDb, id: UniqueId): NodeFailure['place'] {
  const places = db.places(id);
  const origin = places?.name ?? places?.declaration;
  return origin === undefined ? undefined : { origin, calls: [] };
}

function statusOf({ warn_after: warn, error_after: error }: Criteria, ageSeconds: number): FreshnessStatus {
  const isOlder = (threshold: Threshold): boolean => {
    const seconds = SECONDS[threshold.period ?? ''];
    return threshold.count !== null && seconds !== undefined && ageSeconds > threshold.count * seconds;
  };
  if (isOlder(error)) return 'error';
  return isOlder(warn) ? 'warn' : 'pass';
}

const SECONDS: Readonly<Record<string, number>> = { minute: 60, hour: 3600, day: 86_400 };

function criteriaOf(freshness: DataMap | null): Criteria {
  const threshold = (key: string): Threshold => {
    const data = asMap(freshness?.get(key));
    const [count, period] = [data?.get('count'), data?.get('period')];
    return {
      count: typeof count === 'number' ? count : null,
      period: typeof period === 'string' ? period : null,
    };
  };
  const filter = freshness?.get('filter');
  return {
    warn_after: threshold('warn_after'),
    error_after: threshold('error_after'),
    filter: typeof filter === 'string' ? filter : null,
  };
}

const isChecked = ({ warn_after: warn, error_after: error }: Criteria): boolean =>
  warn.count !== null || error.count !== null;

/** Milliseconds of a time as templates print it; one without a zone is UTC, as dbt takes it. */
function timeOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, day, clock = '00:00:00', zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d:\d\d(?:\.\d+)?))?\s*(Z|[+-]\d\d(?::?\d\d)?)?$/.exec(text) ?? [];
  const milliseconds = Date.parse(`${day}T${clock.slice(0, 12)}${/^[+-]\d\d$/.test(zone) ? `${zone}:00` : zone}`);
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** `sources.json` in dbt's third version of it. */
export function sourcesArtifact(
  results: readonly FreshnessResult[],
  facts: { readonly settings: InvocationOf; readonly generatedAt: string; readonly seconds: number },
): Artifact {
  const content = {
    metadata: artifactMetadata('sources/v3', facts.generatedAt, facts.settings),
    results: results.map(describe),
    elapsed_time: facts.seconds,
  };
  return { path: 'sources.json', text: JSON.stringify(content) };
}

/** What dbt writes for a source without rows: the first time there is. */
const NEVER = '0001-01-01T00:00:00+00:00';

function describe(result: FreshnessResult): Readonly<Record<string, unknown>> {
  if (result.status === 'runtime error') {
    return { unique_id: result.id, error: result.failure?.message ?? null, status: result.status };
  }
  const { startedAt, completedAt } = result;
  const snapshotted = result.snapshottedAt ?? result.completedAt;
  return {
    unique_id: result.id,
    max_loaded_at: result.maxLoadedAt ?? NEVER,
    snapshotted_at: snapshotted,
    max_loaded_at_time_ago_in_s: result.ageSeconds ?? (Date.parse(snapshotted) - Date.parse(NEVER)) / 1000,
    status: result.status,
    criteria: result.criteria,
    adapter_response: {},
    timing: [{ name: 'execute', started_at: startedAt, completed_at: completedAt }],
    thread_id: result.thread,
    execution_time: result.seconds,
  };
}
