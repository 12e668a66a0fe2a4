import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createModelDb } from '../../../server/src/model/create-db.ts';
import type { ModelDb } from '../../../server/src/model/db.ts';
import { readProjectFiles } from '../../../server/src/run/project-files.ts';
import { generateProject } from '../project/generate.ts';
import { summed, type Timing } from './timing.ts';

const N_EDITS = 40;

/** What column lineage costs in a project of so many models. */
export interface LineageCost {
  readonly nModels: number;
  readonly nColumns: number;
  readonly nWithoutInputs: number;
  /** From the texts of the files to the lineage of every column: reading the project, its templates and its SQL. */
  readonly coldSeconds: number;
  /** The share of that in which SQL is parsed and bound, once its templates are rendered. */
  readonly sqlSeconds: number;
  /** From an edit that adds a column to a model to the lineage of all that is downstream, for each model that changed. */
  readonly edits: Timing;
  readonly nAffected: number;
}

/** Makes a project, asks for the lineage of all of its columns, and again after edits that add a column to a model. */
export function lineageCost(nModels: number): LineageCost {
  const place = mkdtempSync(path.join(os.tmpdir(), 'sluice-bench-'));
  generateProject(place, nModels);
  const db = open(place);
  rmSync(place, { recursive: true });
  const begun = performance.now();
  const models = db.ids().filter(it => it.startsWith('model.'));
  for (const id of models) db.rendered(id, { mode: 'compile' });
  const rendered = performance.now();
  const lineages = models.map(id => db.columnLineage(id));
  const done = performance.now();
  const columns = lineages.flatMap(it => it.columns);
  return {
    nModels: models.length,
    nColumns: columns.length,
    nWithoutInputs: columns.filter(it => it.inputs.length === 0).length,
    coldSeconds: (done - begun) / 1000,
    sqlSeconds: (done - rendered) / 1000,
    ...editCost(db),
  };
}

function editCost(db: ModelDb): Pick<LineageCost, 'edits' | 'nAffected'> {
  const models = [...db.manifest().nodes.values()].filter(it => it.originalPath.startsWith('models/staging/'));
  const owners = new Map(models.filter(it => it.resourceType === 'model').map(it => [it.originalPath, it.uniqueId]));
  const files = [...owners.keys()];
  const times: number[] = [];
  let nAffected = 0;
  for (const [at, file] of files.slice(0, N_EDITS).entries()) {
    const text = db.text(file) ?? '';
    const affected = downstream(db, owners.get(file) ?? '');
    db.takeExecutedQueries();
    const begun = performance.now();
    db.setFile(file, text.replace(/^\s+\w+::/m, `\n        1 as added_${at},$&`));
    for (const id of affected) db.columnLineage(id);
    const took = performance.now() - begun;
    const changed = db.takeExecutedQueries().filter(it => it.startsWith('bound')).length;
    nAffected += changed;
    times.push(took / changed);
  }
  return { edits: summed('lineage after an edit, a model', times), nAffected };
}

/** A model and all that is made from it. */
function downstream(db: ModelDb, id: string): ReadonlySet<string> {
  const { children } = db.lineage();
  const found = new Set([id]);
  for (const it of found) for (const child of children.get(it) ?? []) if (child.startsWith('model.')) found.add(child);
  return found;
}

function open(place: string): ModelDb {
  const file = path.join(place, 'profiles.yml');
  return createModelDb({
    root: place,
    files: readProjectFiles(place),
    profiles: { file, text: readFileSync(file, 'utf8') },
    settings: {
      vars: {},
      environment: {},
      runStartedAt: '2024-02-29T12:00:00.000000+00:00',
      invocationId: '00000000-0000-4000-8000-000000000000',
      fullRefresh: false,
      flags: {},
    },
  });
}
