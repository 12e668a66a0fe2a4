import { parentPort, workerData } from 'node:worker_threads';
import { bug } from '../base/bug.ts';
import { KnownRelations } from '../dbt/context/known-relations.ts';
import { createModelDb } from '../model/create-db.ts';
import { blockingAccess } from './blocking-access.ts';
import type { JobMessage, OutcomeMessage } from './node-outcome.ts';
import { doJob } from './node-runner.ts';
import type { ThreadStart } from './render-thread.ts';

/** A rendering thread: it reads the project it was given, then answers one job after the other. */
const port = parentPort ?? bug('a rendering thread outside of a worker');
// The parent is our own `RenderThread`, so the data and the messages are what it sends.
const { input, line } = workerData as ThreadStart;
const db = createModelDb(input);
const access = blockingAccess(line);

const relations = new KnownRelations();
// Names and macros are read ahead of the first job.
db.ids();

port.on('message', ({ job, changes }: JobMessage) => {
  for (const change of changes) relations.apply(change);
  const outcome = doJob(job, { db, access, relations });
  const message: OutcomeMessage = { outcome, changes: relations.takeChanges() };
  port.postMessage(message);
});
