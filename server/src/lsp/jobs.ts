import type {
  AllRowsOutcome,
  AllRowsParams,
  MoreRows,
  PreviewDataOutcome,
  PreviewDataParams,
  PreviewedPart,
  PreviewRowsParams,
  RunOutcome,
  RunParams,
} from '../protocol.ts';
import type { WantedPart } from '../features/query-part.ts';
import type { Notify } from './changes.ts';
import * as fromLsp from './from-lsp.ts';
import type { JobProject, JobRunner, ShownResult } from './job-runner.ts';
import type { Project } from './project.ts';
import { pathOf } from './uris.ts';
import type { LocatedFile, Workspace } from './workspace.ts';

/** What `Jobs` works with. */
export interface JobsContext {
  readonly workspace: Workspace;
  readonly runner: JobRunner | undefined;
  readonly notify: Notify;
}

/** Runs and data previews that the client asked for: starts them, cancels them, and keeps rows until they are released. */
export class Jobs {
  readonly #context: JobsContext;
  readonly #running = new Map<string, AbortController>();
  readonly #results = new Map<string, ShownResult>();

  constructor(context: JobsContext) {
    this.#context = context;
  }

  async run(params: RunParams): Promise<RunOutcome> {
    const { workspace, runner, notify } = this.#context;
    await workspace.ready;
    const target = this.#target(params.uri);
    if (target === undefined || runner === undefined) return { kind: 'refused', message: NO_PROJECT, place: null };
    const refusal = this.#refusal();
    if (refusal !== undefined) return { kind: 'refused', message: refusal, place: null };
    const { action, select, nodes, fullRefresh } = params;
    const outcome = await this.#track(params.job, signal =>
      runner.run(
        jobProject(target.project),
        { action, select, nodes, fullRefresh, file: target.file },
        { signal, onEvent: event => notify('sluice/runEvent', { job: params.job, event }) },
      ),
    );
    // The next completion is to know the columns of what was built, also where the client watches no files.
    await workspace.readCatalog(target.project);
    return outcome;
  }

  async preview(params: PreviewDataParams): Promise<PreviewDataOutcome> {
    const { workspace, runner } = this.#context;
    await workspace.ready;
    const target = this.#target(params.uri);
    if (target?.file === undefined || runner === undefined) return failed(NO_PROJECT);
    const refusal = this.#refusal();
    if (refusal !== undefined) return failed(refusal);
    const { file, project } = target;
    const located = workspace.locate(params.uri);
    const part = located === undefined ? WHOLE : wantedPart(located, params.part);
    const { limit, incremental, costLimit } = params;
    const choices = { incremental: incremental ?? undefined, costLimit: costLimit ?? undefined };
    const request = { file, limit, part, ...choices };
    const answer = await this.#track(params.job, signal => runner.preview(jobProject(project), request, { signal }));
    if (answer.result !== undefined) this.#results.set(params.job, answer.result);
    return answer.outcome;
  }

  async allRows({ job, uri, sql }: AllRowsParams): Promise<AllRowsOutcome> {
    const { workspace, runner } = this.#context;
    await workspace.ready;
    const target = this.#target(uri);
    if (target === undefined || runner === undefined) return { kind: 'failed', message: NO_PROJECT };
    const refusal = this.#refusal();
    if (refusal !== undefined) return { kind: 'failed', message: refusal };
    const { project } = target;
    const answer = await this.#track(job, signal => runner.allRows(jobProject(project), sql, { signal }));
    if (answer.result !== undefined) this.#results.set(job, answer.result);
    return answer.outcome;
  }

  async rows({ job, first, count }: PreviewRowsParams): Promise<MoreRows | null> {
    return (await this.#results.get(job)?.page(first, count)) ?? null;
  }

  async closeRows(job: string): Promise<void> {
    await this.#results.get(job)?.close('hidden');
  }

  async release(job: string): Promise<void> {
    const result = this.#results.get(job);
    this.#results.delete(job);
    await result?.release();
  }

  cancel(job: string): void {
    this.#running.get(job)?.abort();
    this.#results.get(job)?.stop();
  }

  /** Cancels everything and closes the connections. */
  async close(): Promise<void> {
    for (const controller of this.#running.values()) controller.abort();
    await Promise.all([...this.#results.keys()].map(it => this.release(it)));
    await this.#context.runner?.close();
  }

  async #track<T>(job: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    this.#running.set(job, controller);
    try {
      return await work(controller.signal);
    } finally {
      this.#running.delete(job);
    }
  }

  #refusal(): string | undefined {
    return this.#context.workspace.settings.trusted ? undefined : 'Nothing runs until you trust this workspace.';
  }

  #target(uri: string): { readonly project: Project; readonly file: string | undefined } | undefined {
    const { workspace } = this.#context;
    const project = workspace.projects.find(it => it.root === pathOf(uri));
    if (project !== undefined) return { project, file: undefined };
    return workspace.locate(uri);
  }
}

const WHOLE: WantedPart = { kind: 'whole' };

function wantedPart(at: LocatedFile, part: PreviewedPart | undefined): WantedPart {
  switch (part?.kind) {
    case 'selection':
      return { kind: 'selection', range: fromLsp.range(at, part.range) };
    case 'cte':
      return { kind: 'cte', offset: fromLsp.position(at, part.position).offset };
    case undefined:
      return WHOLE;
  }
}

const NO_PROJECT = 'This file belongs to no project that can run.';

function failed(message: string): PreviewDataOutcome {
  return { kind: 'failed', message, place: null, sql: null };
}

function jobProject(project: Project): JobProject {
  return {
    input: project.input(),
    db: project.db,
    placeOf: origin => project.placeOf(origin),
    uriOf: file => project.uriOf(file),
  };
}
