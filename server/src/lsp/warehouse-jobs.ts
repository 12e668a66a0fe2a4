import { ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { Refusal } from '../dbt/selection/refusal.ts';
import { select } from '../dbt/selection/select.ts';
import { parseCriterion } from '../dbt/selection/parse.ts';
import type { UniqueId } from '../dbt/manifest/node.ts';
import type { ModelDb } from '../model/db.ts';
import type { ProjectInput } from '../model/project-input.ts';
import type { RunEvent, RunOutcome, RunSelection } from '../protocol.ts';
import type { FileId } from '../render/rendered.ts';
import type { PlannedNode } from '../run/plan.ts';
import type { NodeResult } from '../run/result.ts';
import type { RunEvent as EngineEvent } from '../run/events.ts';
import { runProject } from '../run/run.ts';
import type { RunOutcome as EngineOutcome } from '../run/run.ts';
import { keepSessions, type KeptSessions } from '../warehouse/kept-sessions.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { JobProject, JobRunner, RunRequest } from './job-runner.ts';
import { kindOf } from './lineage-to-protocol.ts';
import { invocationInput } from './job-context.ts';
import type { JobContext, JobsHost } from './job-context.ts';
import type { ClosedBy, OpenResult } from './open-result.ts';
import { allRows, previewRows } from './preview-rows.ts';

/**
 * Runs and previews for the editor. One warehouse per project stays connected between them, and is replaced when the
 * target or its credentials change.
 */
export function warehouseJobs(host: JobsHost): JobRunner {
  const connections = new Map<string, Connection>();
  const results = new OpenResults();

  async function connectionOf(input: ProjectInput): Promise<Result<Connection, { readonly message: string }>> {
    const credentials = host.credentialsOf(input);
    if (!credentials.ok) return credentials;
    const key = JSON.stringify(credentials.value);
    const known = connections.get(input.root);
    if (known?.key === key) return ok(known);
    await results.close(input.root, 'target');
    if (known !== undefined) await disconnect(known);
    const connection = connectionTo(host.openWarehouse(credentials.value, input.root), key, credentials.value.type);
    connections.set(input.root, connection);
    return ok(connection);
  }

  return {
    async run(project, request, { signal, onEvent }) {
      const connection = await connectionOf(project.input);
      if (!connection.ok) return { kind: 'refused', message: connection.failure.message, place: null };
      // A table that is being read cannot be replaced.
      await results.close(project.input.root, 'run');
      return run({ host, project, signal, ...connection.value }, request, onEvent);
    },
    async preview(project, request, { signal }) {
      const connection = await connectionOf(project.input);
      if (!connection.ok) {
        return { outcome: { kind: 'failed', message: connection.failure.message, place: null, sql: null } };
      }
      const answer = await previewRows({ host, project, signal, ...connection.value }, request);
      if (answer.result !== undefined) results.add(project.input.root, answer.result);
      return answer;
    },
    async allRows(project, sql, { signal }) {
      const connection = await connectionOf(project.input);
      if (!connection.ok) return { outcome: { kind: 'failed', message: connection.failure.message } };
      const answer = await allRows({ host, project, signal, ...connection.value }, sql);
      if (answer.result !== undefined) results.add(project.input.root, answer.result);
      return answer;
    },
    async close() {
      const all = [...connections.values()];
      connections.clear();
      await Promise.all(all.map(disconnect));
    },
  };
}

/** What a project is connected with, for as long as `key` says the same. */
interface Connection {
  readonly key: string;
  readonly warehouse: Warehouse;
  readonly readers: KeptSessions;
}

/** A kept session keeps a file of DuckDB open, which others may want soon, and costs next to nothing there. */
const KEEP_MS = { file: 1000, server: 30_000 };

function connectionTo(warehouse: Warehouse, key: string, type: string): Connection {
  const idleMs = type === 'duckdb' ? KEEP_MS.file : KEEP_MS.server;
  return { key, warehouse, readers: keepSessions(warehouse, { idleMs }) };
}

async function disconnect({ readers, warehouse }: Connection): Promise<void> {
  await readers.close();
  await warehouse.close();
}

type Closable = Pick<OpenResult, 'rest' | 'close'>;

/** The results whose queries may still be open, by the roots of their projects. */
class OpenResults {
  readonly #all = new Map<string, readonly Closable[]>();

  add(root: string, result: Closable): void {
    const open = (this.#all.get(root) ?? []).filter(it => it.rest.kind === 'open');
    this.#all.set(root, [...open, result]);
  }

  async close(root: string, by: ClosedBy): Promise<void> {
    const all = this.#all.get(root) ?? [];
    this.#all.delete(root);
    await Promise.all(all.map(it => it.close(by)));
  }
}

async function run(context: JobContext, request: RunRequest, onEvent: (event: RunEvent) => void): Promise<RunOutcome> {
  const { host, project, warehouse, signal } = context;
  const selected = selectedIds(project, request);
  if (!selected.ok) return { kind: 'refused', message: selected.failure.message, place: null };
  if (selected.value.length === 0) return { kind: 'refused', message: NOTHING, place: null };
  const { action, fullRefresh } = request;
  const outcome = await runProject({
    db: project.db,
    input: invocationInput(context, { which: action, selected: selected.value, fullRefresh }),
    command: action,
    selected: selected.value,
    warehouse,
    threads: project.db.project().threads,
    failFast: false,
    workerFile: host.workerFile,
    clock: host.clock,
    signal,
    onEvent: event => onEvent(eventOf(project, event)),
    onArtifact: artifact => host.writeArtifact(project, artifact),
    onSeen: seen => host.remember(project, seen),
  });
  return outcomeOf(project, outcome);
}

const NOTHING = 'This file declares nothing that could be run.';

function selectedIds(project: JobProject, request: RunRequest): Result<readonly UniqueId[], Refusal> {
  const { db } = project;
  if (request.select === 'nodes') return ok(request.nodes.filter(it => db.node(it) !== undefined));
  const context = { manifest: db.manifest(), projectName: db.project().name ?? '' };
  if (request.file === undefined) return select({ kind: 'everything' }, context);
  const [before, after] = PLUS[request.select];
  if (db.fileRole(request.file) === 'scratch') return ok(before === '' ? [] : aboveScratch(project, request.file));
  const criterion = parseCriterion(`${before}path:${request.file}${after}`, 'eager');
  return criterion.ok ? select(criterion.value, context) : criterion;
}

/** A query beside the project cannot be built, but everything it needs can. */
function aboveScratch({ db }: JobProject, file: FileId): readonly UniqueId[] {
  const { parents } = db.manifest();
  const needed = new Set<UniqueId>();
  const open = db.nodesOfFile(file).flatMap(id => parentsOf(db, id));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (needed.has(next)) continue;
    needed.add(next);
    open.push(...(parents.get(next) ?? []));
  }
  return [...needed];
}

function parentsOf(db: ModelDb, id: UniqueId): readonly UniqueId[] {
  const node = db.node(id);
  return node !== undefined && 'dependsOn' in node ? node.dependsOn.nodes : [];
}

const PLUS: Readonly<Record<RunSelection, readonly [string, string]>> = {
  file: ['', ''],
  upstream: ['+', ''],
  downstream: ['', '+'],
  'upstream-and-downstream': ['+', '+'],
  project: ['', ''],
  nodes: ['', ''],
};

function eventOf(project: JobProject, event: EngineEvent): RunEvent {
  switch (event.kind) {
    case 'planned':
      return { kind: 'planned', nodes: event.nodes.map(it => nodeOf(project, it)) };
    case 'started':
      return { kind: 'started', node: event.node.id };
    case 'finished':
      return { kind: 'finished', ...resultOf(project, event.result) };
    case 'batch':
      return { kind: 'log', level: 'info', message: batchLine(event) };
    case 'log':
      return event;
  }
}

/** `daily: batch 2024-09-17 (2 of 3): success`. */
const batchLine = ({ node, batch }: Extract<EngineEvent, { kind: 'batch' }>): string =>
  `${node.name}: batch ${batch.name} (${batch.nth} of ${batch.total}): ${batch.result.status}`;

function nodeOf(project: JobProject, { id, name, resourceType, file }: PlannedNode) {
  return { id, name, kind: kindOf(resourceType), uri: project.uriOf(file) };
}

function outcomeOf(project: JobProject, outcome: EngineOutcome): RunOutcome {
  if (outcome.kind === 'refused') {
    const { message, place } = outcome.failure;
    return { kind: 'refused', message, place: place === undefined ? null : project.placeOf(place.origin) };
  }
  const { kind, results, seconds } = outcome;
  return { kind, seconds, results: results.map(it => resultOf(project, it)) };
}

function resultOf(project: JobProject, result: NodeResult) {
  const { id, status, failure, message, seconds } = result;
  return {
    node: id,
    status: STATUS[status],
    message: failure?.message ?? message ?? '',
    seconds,
    place: failure?.place === undefined ? null : project.placeOf(failure.place.origin),
  };
}

const STATUS = {
  success: 'success',
  pass: 'success',
  error: 'error',
  'partial success': 'error',
  fail: 'failed',
  warn: 'warn',
  skipped: 'skipped',
  cancelled: 'cancelled',
} as const;
