import { columnAt, columnKeyText, columnLineageGraph } from '../features/column-lineage.ts';
import type { ColumnKey, ColumnLineageGraph, ColumnLineageItem } from '../features/column-lineage.ts';
import type {
  ColumnLineage,
  ColumnLineageAtParams,
  ColumnLineageParams,
  ColumnLineageSteps,
  LineageColumn,
} from '../protocol.ts';
import type { Dispatch } from './dispatch.ts';
import * as fromLsp from './from-lsp.ts';
import { lineageNode } from './lineage-to-protocol.ts';
import type { Project } from './project.ts';
import type { OnRequest } from './project-requests.ts';
import { columnsAhead, readAhead } from './read-ahead.ts';
import type { Snapshot } from './snapshot.ts';
import { uriOf } from './uris.ts';

/** Answers the client's questions about the lineage of columns. */
export function registerColumnRequests(on: OnRequest, dispatch: Dispatch): void {
  on('sluice/columnLineageAt', dispatch.serve('column at', 'soon', null, columnAtAnswer));
  on('sluice/columnLineage', dispatch.serve('column lineage', 'soon', null, columnAnswer));
}

async function columnAtAnswer(snapshot: Snapshot, params: ColumnLineageAtParams): Promise<ColumnLineage | null> {
  const at = snapshot.file(params.uri);
  if (at !== undefined) await columnsAhead(snapshot, at);
  const focus = at && columnAt(at.project.db, fromLsp.position(at, params.position));
  return at && focus ? lineageAnswer(snapshot, at.project, focus, params) : null;
}

async function columnAnswer(snapshot: Snapshot, params: ColumnLineageParams): Promise<ColumnLineage | null> {
  const project = snapshot.workspace.project(params.project);
  const focus = { uniqueId: params.node, column: params.column };
  return project === undefined ? null : lineageAnswer(snapshot, project, focus, params);
}

async function lineageAnswer(
  snapshot: Snapshot,
  project: Project,
  focus: ColumnKey,
  { upstream, downstream }: ColumnLineageSteps,
): Promise<ColumnLineage | null> {
  await readAhead(snapshot, project);
  const found = columnLineageGraph(project.db, focus, { upstream, downstream });
  return found === undefined ? null : toProtocol(project, found);
}

function toProtocol(project: Project, { focus, items, edges }: ColumnLineageGraph): ColumnLineage {
  return {
    project: uriOf(project.root),
    focus: columnKeyText(focus),
    columns: items.map(it => column(project, it)),
    edges: edges.map(({ from, to, kind }) => ({ from: columnKeyText(from), to: columnKeyText(to), kind })),
  };
}

function column(project: Project, item: ColumnLineageItem): LineageColumn {
  return {
    id: columnKeyText(item),
    node: lineageNode(project, item.node),
    name: item.column,
    type: item.type ?? null,
    typeSource: item.typeSource ?? null,
    description: item.description ?? null,
    place: item.place === undefined ? null : project.placeOf(item.place),
    inputCount: item.inputCount,
    useCount: item.useCount,
  };
}
