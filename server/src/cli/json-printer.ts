import type { ModelDb } from '../model/db.ts';
import type { BatchProgress, RunEvent } from '../run/events.ts';
import type { PlannedNode } from '../run/plan.ts';
import type { NodeResult, NodeStatus } from '../run/result.ts';
import { logLine, type LogEvent } from './log-event.ts';
import type { Terminal } from './terminal.ts';

/** Shows a run as dbt's JSON log does, one event a line. */
export function jsonPrinter(terminal: Terminal, db: ModelDb): { show(event: RunEvent): void; end(): void } {
  const say = (event: LogEvent): void => terminal.line(logLine(event));
  return {
    show: event => {
      switch (event.kind) {
        case 'planned':
          return;
        case 'started':
          return say(started(db, event.node));
        case 'finished':
          say(finished(db, event.node, event.result));
          return say(result(db, event.node, event.result));
        case 'batch':
          return say(batchResult(db, event.node, event.batch));
        case 'log':
          return say(LOGGED[event.level](event.message));
      }
    },
    end: () => undefined,
  };
}

const LOGGED: Readonly<Record<Extract<RunEvent, { kind: 'log' }>['level'], (message: string) => LogEvent>> = {
  info: message => ({ name: 'JinjaLogInfo', code: 'I062', level: 'info', message, data: { msg: message } }),
  warning: message => ({ name: 'JinjaLogWarning', code: 'I061', level: 'warn', message, data: { msg: message } }),
  error: message => ({ name: 'RunResultError', code: 'Z024', level: 'error', message, data: { msg: message } }),
};

function started(db: ModelDb, node: PlannedNode): LogEvent {
  const data = { node_info: nodeInfo(db, node, 'started', undefined) };
  return { name: 'NodeStart', code: 'Q024', level: 'debug', message: `Began running node ${node.id}`, data };
}

function finished(db: ModelDb, node: PlannedNode, of: NodeResult): LogEvent {
  const { status, thread, seconds, message, failures } = of;
  const data = {
    node_info: nodeInfo(db, node, status, of),
    run_result: { status, thread, execution_time: seconds, message: message ?? '', num_failures: failures ?? null },
  };
  return { name: 'NodeFinished', code: 'Q025', level: 'debug', message: `Finished running node ${node.id}`, data };
}

/** The line a person would read about it. */
function result(db: ModelDb, node: PlannedNode, of: NodeResult): LogEvent {
  const { status, seconds, failures } = of;
  const description = `${node.resourceType} ${node.relation ?? node.name}`;
  const message = `${status.toUpperCase()} ${description}${of.message === undefined ? '' : `: ${of.message}`}`;
  const data = {
    name: node.name,
    description,
    status,
    execution_time: seconds,
    num_failures: failures ?? null,
    node_info: nodeInfo(db, node, status, of),
  };
  const event = RESULT_EVENTS.get(node.resourceType) ?? OTHER_RESULT;
  return { ...event, level: levelOf(status), message, data };
}

function batchResult(db: ModelDb, node: PlannedNode, { name, nth, total, result: of }: BatchProgress): LogEvent {
  const description = `batch ${name} of ${node.relation ?? node.name}`;
  const data = {
    description,
    status: of.status,
    batch_index: nth,
    total_batches: total,
    execution_time: of.seconds,
    node_info: nodeInfo(db, node, of.status, undefined),
  };
  const message = `${of.status.toUpperCase()} ${description}`;
  return { name: 'LogBatchResult', code: 'Q046', level: levelOf(of.status), message, data };
}

const OTHER_RESULT = { name: 'LogNodeResult', code: 'Q019' };
const RESULT_EVENTS: ReadonlyMap<string, Pick<LogEvent, 'name' | 'code'>> = new Map([
  ['model', { name: 'LogModelResult', code: 'Q012' }],
  ['test', { name: 'LogTestResult', code: 'Q007' }],
  ['unit_test', { name: 'LogTestResult', code: 'Q007' }],
  ['snapshot', { name: 'LogSnapshotResult', code: 'Q015' }],
  ['seed', { name: 'LogSeedResult', code: 'Q016' }],
]);

function levelOf(status: NodeStatus): LogEvent['level'] {
  switch (status) {
    case 'error':
    case 'partial success':
    case 'fail':
      return 'error';
    case 'warn':
      return 'warn';
    case 'success':
    case 'pass':
    case 'skipped':
    case 'cancelled':
      return 'info';
  }
}

function nodeInfo(
  db: ModelDb,
  node: PlannedNode,
  status: string,
  of: NodeResult | undefined,
): Readonly<Record<string, unknown>> {
  const relation = db.relation(node.id);
  return {
    node_path: node.file,
    node_name: node.name,
    unique_id: node.id,
    resource_type: node.resourceType,
    materialized: node.materialized ?? node.resourceType,
    node_status: status,
    node_started_at: of?.startedAt ?? '',
    node_finished_at: of?.completedAt ?? '',
    node_relation: {
      database: relation?.database ?? '',
      schema: relation?.schema ?? '',
      alias: relation?.identifier ?? '',
      relation_name: node.relation ?? '',
    },
  };
}
