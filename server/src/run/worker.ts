import { parentPort, workerData } from 'node:worker_threads';
import { bug } from '../base/bug.ts';
import { rehearse } from '../dbt/compile/rehearsal.ts';
import { KnownRelations } from '../dbt/context/known-relations.ts';
import { createModelDb } from '../model/create-db.ts';
import { blockingAccess } from './blocking-access.ts';
import type { JobMessage } from './node-outcome.ts';
import { doJob } from './node-runner.ts';
import type { ThreadMessage, ThreadStart } from './render-thread.ts';

/** A rendering thread: it reads the project it was given, then answers one job after the other. */
const port = parentPort ?? bug('a rendering thread outside of a worker');
// The parent is our own `RenderThread`, so the data and the messages are what it sends.
const { input, line, rehearses } = workerData as ThreadStart;
const db = createModelDb(input);

const relations = new KnownRelations();
// Names and macros are read ahead of the first job.
db.ids();
if (rehearses) rehearse(db.view());

/** What a job asked of the warehouse comes before its outcome, so both go the same way. */
const tell = (message: ThreadMessage): void => line.port.postMessage(message);

port.on('message', ({ job, changes }: JobMessage) => {
  for (const change of changes) relations.apply(change);
  const { access, takeRequests } = blockingAccess(line);
  const outcome = doJob(job, { db, access, relations });
  tell({ kind: 'outcome', outcome, changes: relations.takeChanges(), requests: takeRequests() });
});
tell({ kind: 'ready' });
