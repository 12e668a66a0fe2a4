import type { Connection } from 'vscode-languageserver';
import type { CancellationToken, ResponseError } from 'vscode-languageserver';
import { lineTable } from '../base/line-table.ts';
import { readGivenVars } from '../dbt/project/given-vars.ts';
import type { CompiledPreview } from '../features/compiled-preview.ts';
import { compiledPreview } from '../features/compiled-preview.ts';
import { lineageNeighbours, lineageOfFile } from '../features/lineage-neighbours.ts';
import { lineageGraph } from '../features/lineage-graph.ts';
import { testList } from '../features/test-list.ts';
import type {
  Compiled,
  CompiledParams,
  FileParams,
  LineageGraph,
  LineageGraphParams,
  LineageNeighbours,
  LineageNodeParams,
  ListedTest,
  ProjectParams,
  ProjectStatus,
  ReadVarsParams,
  SelectTargetParams,
  ServerSettings,
  SetVarsParams,
  SluiceRequests,
  VarsReading,
} from '../protocol.ts';
import type { Dispatch } from './dispatch.ts';
import { position } from './from-lsp.ts';
import * as lineage from './lineage-to-protocol.ts';
import { readAhead } from './read-ahead.ts';
import type { Snapshot } from './snapshot.ts';
import { lineRange } from './to-lsp.ts';
import type { LocatedFile, Workspace } from './workspace.ts';

/** Registers a handler for one of the product's own requests; the protocol's types hold it to its word. */
export type OnRequest = <M extends keyof SluiceRequests>(
  method: M,
  handler: (
    params: SluiceRequests[M]['params'],
    token: CancellationToken,
  ) => Promise<SluiceRequests[M]['result'] | ResponseError>,
) => void;

/** Answers the client's questions about compiled SQL, lineage and the projects themselves. */
export function registerProjectRequests(on: OnRequest, dispatch: Dispatch, workspace: Workspace): void {
  on('sluice/compiled', dispatch.serve('compiled', 'soon', null, compiledAnswer));
  on('sluice/lineageOfFile', dispatch.serve('lineage of file', 'soon', null, lineageOfFileAnswer));
  on('sluice/lineageOfNode', dispatch.serve('lineage of node', 'soon', null, lineageOfNodeAnswer));
  on('sluice/lineageGraph', dispatch.serve('lineage graph', 'soon', null, lineageGraphAnswer));
  on('sluice/tests', dispatch.serve('tests', 'soon', null, testsAnswer));
  on('sluice/projects', async () => workspace.status());
  on('sluice/selectTarget', params => selectTarget(workspace, params));
  on('sluice/setVars', params => setVars(workspace, params));
  on('sluice/readVars', async params => readVars(params));
}

/** The typed way to register requests on a connection. */
export function requestsOf(connection: Connection): OnRequest {
  return (method, handler) => {
    connection.onRequest<unknown, void>(method, handler);
  };
}

function compiledAnswer(snapshot: Snapshot, params: CompiledParams): Compiled | null {
  const at = snapshot.file(params.uri);
  const { incremental } = params;
  // Other editors may leave the choice out altogether.
  const choice = typeof incremental === 'boolean' ? { incremental } : {};
  const cursor = at && params.position ? { offset: position(at, params.position).offset } : {};
  const preview = at && compiledPreview(at.project.db, at.file, { mode: 'compile', ...choice, ...cursor });
  if (at === undefined || preview === undefined) return null;
  const version = snapshot.workspace.documents.version(params.uri) ?? null;
  return {
    uri: params.uri,
    version,
    name: preview.name,
    ...compiledText(at, preview),
    problem: problemOf(at, preview),
    asksIncremental: asksIncremental(at),
    extent: preview.extent === undefined ? null : lineRange(at.lines, preview.extent),
  };
}

function compiledText(at: LocatedFile, preview: CompiledPreview): Pick<Compiled, 'sql' | 'segments'> {
  const lines = lineTable(preview.sql);
  const segments = preview.segments.map(it => ({
    kind: it.kind,
    compiled: lineRange(lines, it.compiled),
    template: lineRange(at.lines, it.template),
  }));
  return { sql: preview.sql, segments };
}

function asksIncremental({ project, file }: LocatedFile): boolean {
  return /\bis_incremental\s*\(/.test(project.db.text(file) ?? '');
}

function problemOf(at: LocatedFile, preview: CompiledPreview): Compiled['problem'] {
  const { problem } = preview;
  if (problem === undefined) return null;
  const place = at.project.placeOf({ file: problem.file, ...problem.range });
  return { message: problem.message, place };
}

async function lineageOfFileAnswer(snapshot: Snapshot, params: FileParams): Promise<LineageNeighbours | null> {
  const at = snapshot.file(params.uri);
  if (at !== undefined) await readAhead(snapshot, at.project);
  const found = at && lineageOfFile(at.project.db, at.file);
  return at && found ? lineage.neighbours(at.project, found) : null;
}

async function lineageOfNodeAnswer(snapshot: Snapshot, params: LineageNodeParams): Promise<LineageNeighbours | null> {
  const project = snapshot.workspace.project(params.project);
  if (project !== undefined) await readAhead(snapshot, project);
  const found = project && lineageNeighbours(project.db, params.id);
  return project && found ? lineage.neighbours(project, found) : null;
}

async function lineageGraphAnswer(snapshot: Snapshot, params: LineageGraphParams): Promise<LineageGraph | null> {
  const project = snapshot.workspace.project(params.project);
  if (project === undefined) return null;
  await readAhead(snapshot, project);
  const { around, upstream, downstream } = params;
  const found = lineageGraph(project.db, { around: around ?? undefined, upstream, downstream });
  return found === undefined ? null : lineage.graph(project, found);
}

async function testsAnswer(snapshot: Snapshot, params: ProjectParams): Promise<readonly ListedTest[] | null> {
  const project = snapshot.workspace.project(params.project);
  if (project === undefined) return null;
  await readAhead(snapshot, project);
  return testList(project.db).map(({ uniqueId, label, kind, subject, place }) => ({
    id: uniqueId,
    label,
    kind,
    subject: subject === undefined ? null : { id: subject.uniqueId, name: subject.name },
    place: place === undefined ? null : project.placeOf(place),
  }));
}

async function selectTarget(workspace: Workspace, { project, target }: SelectTargetParams) {
  const selectedTargets = changed(workspace.settings.selectedTargets, project, target);
  return applied(workspace, { selectedTargets }, project);
}

async function setVars(workspace: Workspace, { project, text }: SetVarsParams) {
  const vars = changed(workspace.settings.vars, project, text.trim() === '' ? null : text);
  return applied(workspace, { vars }, project);
}

/** Changes settings, and answers how the project stands with them. */
async function applied(
  workspace: Workspace,
  change: Partial<ServerSettings>,
  project: string,
): Promise<ProjectStatus | null> {
  workspace.setSettings({ ...workspace.settings, ...change });
  await workspace.ready;
  return workspace.project(project)?.status() ?? null;
}

function changed(all: Readonly<Record<string, string>>, key: string, value: string | null) {
  const { [key]: _, ...others } = all;
  return value === null ? others : { ...others, [key]: value };
}

function readVars({ text }: ReadVarsParams): VarsReading {
  const read = readGivenVars(text);
  if (!read.ok) return { kind: 'wrong', message: read.failure.message };
  return { kind: 'vars', vars: Object.entries(read.value).map(([name, it]) => ({ name, value: JSON.stringify(it) })) };
}
