import { CodeActionKind, CodeLensRefreshRequest, FileChangeType, TextDocumentSyncKind } from 'vscode-languageserver';
import type { Connection, InitializeParams, InitializeResult } from 'vscode-languageserver';
import type {
  AllRowsOutcome,
  AllRowsParams,
  ClientNotifications,
  PreviewDataOutcome,
  PreviewDataParams,
  PreviewRowsParams,
  RunOutcome,
  RunParams,
  ServerSettings,
} from '../protocol.ts';
import { ChangeNotifier } from './changes.ts';
import type { Notify } from './changes.ts';
import { registerColumnRequests } from './column-requests.ts';
import { DiagnosticsPump } from './diagnostics.ts';
import { Dispatch } from './dispatch.ts';
import { registerEditorRequests } from './editor-requests.ts';
import { Jobs } from './jobs.ts';
import { registerProjectRequests, requestsOf } from './project-requests.ts';
import type { ServerHost } from './server-host.ts';
import { readSettings } from './settings.ts';
import { registerSqlRequests } from './sql-requests.ts';
import { WatchedFiles } from './watched-files.ts';
import { Workspace } from './workspace.ts';
import type { DiskChange } from './workspace.ts';

/** The server behind one connection. */
export interface Server {
  /** Cancels what runs and closes every connection to a warehouse. */
  close(): Promise<void>;
}

/** Connects everything the server can do with one client. The caller starts to listen. */
export function createServer(connection: Connection, host: ServerHost): Server {
  const workspace = new Workspace(host);
  const dispatch = new Dispatch(workspace, host.log);
  const notify: Notify = (method, params) => void connection.sendNotification(method, params);
  const jobs = new Jobs({ workspace, runner: host.jobs, notify });
  const pump = new DiagnosticsPump(workspace, dispatch, host.readStatements, (uri, version, diagnostics) => {
    const known = version === undefined ? {} : { version };
    void connection.sendDiagnostics({ uri, diagnostics: [...diagnostics], ...known });
  });
  const changes = new ChangeNotifier(workspace, dispatch, notify);

  registerLifetime(connection, workspace);
  registerDocuments(connection, workspace);
  registerEditorRequests(connection, dispatch, { notify, expectations: host.wordExpectations });
  registerSqlRequests(connection, dispatch);
  registerProjectRequests(requestsOf(connection), dispatch, workspace);
  registerColumnRequests(requestsOf(connection), dispatch);
  registerJobs(connection, dispatch, jobs);
  onNotification(connection, 'sluice/visibleFiles', ({ uris }) => pump.setVisible(uris));
  onNotification(connection, 'sluice/adopt', ({ uri, project }) => workspace.adopt(uri, project));

  const close = async (): Promise<void> => {
    pump.stop();
    changes.stop();
    await jobs.close();
  };
  connection.onShutdown(close);
  return { close };
}

function registerLifetime(connection: Connection, workspace: Workspace): void {
  let client: InitializeParams['capabilities'] = {};
  const watched = new WatchedFiles(connection, workspace);
  connection.onInitialize(params => {
    client = params.capabilities;
    workspace.setSettings(readSettings(params.initializationOptions) ?? UNTRUSTED);
    workspace.setFolders(foldersOf(params));
    return CAPABILITIES;
  });
  connection.onInitialized(async () => {
    await watched.start(client);
    if (client.workspace?.workspaceFolders === true) {
      connection.workspace.onDidChangeWorkspaceFolders(async () => {
        const folders = await connection.workspace.getWorkspaceFolders();
        workspace.setFolders((folders ?? []).map(it => it.uri));
        await watched.followProfiles();
      });
    }
  });
  connection.onDidChangeConfiguration(({ settings }: { readonly settings: unknown }) => {
    const read = readSettings(isRecord(settings) ? settings['sluice'] : undefined);
    if (read === undefined) return;
    workspace.setSettings(read);
    void watched.followProfiles();
    if (client.workspace?.inlayHint?.refreshSupport === true) void connection.languages.inlayHint.refresh();
    if (client.workspace?.codeLens?.refreshSupport === true) void connection.sendRequest(CodeLensRefreshRequest.type);
  });
}

const UNTRUSTED: ServerSettings = {
  trusted: false,
  target: null,
  profilesDir: null,
  selectedTargets: {},
  vars: {},
  inlayTypes: false,
  reportStars: false,
  codeLenses: false,
};

const CAPABILITIES: InitializeResult = {
  serverInfo: { name: 'Sluice' },
  capabilities: {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: false },
    completionProvider: { triggerCharacters: ["'", '"', '.', '|'], resolveProvider: true },
    hoverProvider: true,
    definitionProvider: true,
    referencesProvider: true,
    renameProvider: { prepareProvider: true },
    workspaceSymbolProvider: true,
    documentSymbolProvider: true,
    signatureHelpProvider: { triggerCharacters: ['(', ','] },
    inlayHintProvider: true,
    codeLensProvider: {},
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  },
};

/** The folders the client opened; a client that knows no folders has one root, or none. */
function foldersOf(params: InitializeParams): readonly string[] {
  if (params.workspaceFolders) return params.workspaceFolders.map(it => it.uri);
  return params.rootUri ? [params.rootUri] : [];
}

function registerDocuments(connection: Connection, workspace: Workspace): void {
  connection.onDidOpenTextDocument(({ textDocument }) => workspace.openDocument(textDocument));
  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) =>
    workspace.changeDocument(textDocument.uri, contentChanges, textDocument.version),
  );
  connection.onDidCloseTextDocument(({ textDocument }) => workspace.closeDocument(textDocument.uri));
  connection.onDidChangeWatchedFiles(({ changes }) =>
    workspace.diskChanged(changes.map(({ uri, type }): DiskChange => ({ uri, kind: changeKinds[type] }))),
  );
}

const changeKinds: Readonly<Record<FileChangeType, DiskChange['kind']>> = {
  [FileChangeType.Created]: 'created',
  [FileChangeType.Changed]: 'changed',
  [FileChangeType.Deleted]: 'deleted',
};

function registerJobs(connection: Connection, dispatch: Dispatch, jobs: Jobs): void {
  const on = requestsOf(connection);
  on(
    'sluice/run',
    dispatch.serve('run', 'now', CRASHED_RUN, (_, params: RunParams) => jobs.run(params)),
  );
  on(
    'sluice/previewData',
    dispatch.serve('data preview', 'now', CRASHED_PREVIEW, (_, params: PreviewDataParams) => jobs.preview(params)),
  );
  on(
    'sluice/previewRows',
    dispatch.serve('rows', 'now', null, (_, params: PreviewRowsParams) => jobs.rows(params)),
  );
  on(
    'sluice/allRows',
    dispatch.serve('all rows', 'now', CRASHED_ROWS, (_, params: AllRowsParams) => jobs.allRows(params)),
  );
  onNotification(
    connection,
    'sluice/cancel',
    dispatch.guard('cancel', ({ job }) => jobs.cancel(job)),
  );
  onNotification(
    connection,
    'sluice/closeRows',
    dispatch.guard('close rows', ({ job }) => jobs.closeRows(job)),
  );
  onNotification(
    connection,
    'sluice/releaseRows',
    dispatch.guard('release rows', ({ job }) => jobs.release(job)),
  );
}

const CRASHED = 'Something went wrong inside Sluice; the log has the details.';
const CRASHED_RUN: RunOutcome = { kind: 'refused', message: CRASHED, place: null };
const CRASHED_ROWS: AllRowsOutcome = { kind: 'failed', message: CRASHED };
const CRASHED_PREVIEW: PreviewDataOutcome = { kind: 'failed', message: CRASHED, place: null, sql: null };

function onNotification<M extends keyof ClientNotifications>(
  connection: Connection,
  method: M,
  handler: (params: ClientNotifications[M]) => void | Promise<void>,
): void {
  connection.onNotification(method, handler);
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
