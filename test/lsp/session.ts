import { PassThrough } from 'node:stream';
import {
  createConnection,
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import type {
  ClientCapabilities,
  Diagnostic,
  InitializeResult,
  ProtocolConnection,
  PublishDiagnosticsParams,
  RegistrationParams,
  UnregistrationParams,
} from 'vscode-languageserver/node';
import { silentLog } from '../../server/src/host/log.ts';
import { isForeignFolder, isProjectFile } from '../../server/src/host/project-paths.ts';
import type { JobRunner } from '../../server/src/lsp/job-runner.ts';
import { createServer } from '../../server/src/lsp/server.ts';
import type { ServerHost } from '../../server/src/lsp/server-host.ts';
import { plainDb } from './plain-db.ts';

export interface SessionOptions {
  /** Files on disk by absolute path. */
  readonly disk: Readonly<Record<string, string>>;
  readonly folders?: readonly string[];
  readonly trusted?: boolean;
  readonly jobs?: JobRunner;
  readonly log?: ServerHost['log'];
  /** What a project means; a plain one when left out. */
  readonly createDb?: ServerHost['createDb'];
  /** The text of `profiles.yml`. */
  readonly profiles?: string;
  /** What the environment is by now. */
  readonly environment?: ServerHost['environment'];
  /** The folders that profiles are looked for in, by now. */
  readonly profileFolders?: () => readonly string[];
  /** What the client says that it can do. */
  readonly capabilities?: ClientCapabilities;
}

/** A client and the server, joined by streams in one process. */
export class Session {
  readonly client: ProtocolConnection;
  readonly disk: Map<string, string>;
  readonly published: PublishDiagnosticsParams[] = [];
  readonly capabilities: Promise<InitializeResult>;
  /** What the client is to watch, by the ids of the registrations. */
  readonly watched = new Map<string, unknown>();

  constructor(options: SessionOptions) {
    this.disk = new Map(Object.entries(options.disk));
    const [toServer, toClient] = [new PassThrough(), new PassThrough()];
    const connection = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
    createServer(connection, host(this.disk, options));
    connection.listen();
    this.client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
    this.client.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.published.push(params);
    });
    this.client.onRequest('client/registerCapability', ({ registrations }: RegistrationParams) => {
      for (const it of registrations) this.watched.set(it.id, it.registerOptions);
    });
    this.client.onRequest('client/unregisterCapability', ({ unregisterations }: UnregistrationParams) => {
      for (const it of unregisterations) this.watched.delete(it.id);
    });
    this.client.listen();
    this.capabilities = this.client.sendRequest('initialize', {
      processId: null,
      rootUri: null,
      capabilities: options.capabilities ?? {},
      workspaceFolders: (options.folders ?? ['/shop']).map(it => ({ uri: `file://${it}`, name: it })),
      initializationOptions: { trusted: options.trusted ?? true },
    });
    void this.client.sendNotification('initialized', {});
  }

  open(path: string, text: string): void {
    const textDocument = { uri: `file://${path}`, languageId: 'sql', version: 1, text };
    void this.client.sendNotification('textDocument/didOpen', { textDocument });
  }

  /** Opens a text that was never saved. */
  openUnsaved(uri: string, text: string, languageId = 'jinja-sql'): void {
    void this.client.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
  }

  /** Replaces the whole text of an open document. */
  edit(path: string, text: string, version = 2): void {
    const textDocument = { uri: `file://${path}`, version };
    void this.client.sendNotification('textDocument/didChange', { textDocument, contentChanges: [{ text }] });
  }

  close(path: string): void {
    void this.client.sendNotification('textDocument/didClose', { textDocument: { uri: `file://${path}` } });
  }

  diskChanged(path: string, type: 1 | 2 | 3): void {
    void this.client.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: `file://${path}`, type }],
    });
  }

  async definition(path: string, line: number, character: number): Promise<readonly string[]> {
    const links = await this.client.sendRequest<{ targetUri: string }[]>('textDocument/definition', {
      textDocument: { uri: `file://${path}` },
      position: { line, character },
    });
    return links.map(it => it.targetUri);
  }

  /** What the client shows for a file after the server has had time to look at all of them. */
  async problems(path: string): Promise<readonly Diagnostic[]> {
    return this.problemsOf(`file://${path}`);
  }

  /** The same for a document by its URI. */
  async problemsOf(uri: string): Promise<readonly Diagnostic[]> {
    await new Promise(resolve => setTimeout(resolve, 300));
    return this.published.findLast(it => it.uri === uri)?.diagnostics ?? [];
  }
}

function host(disk: ReadonlyMap<string, string>, options: SessionOptions): ServerHost {
  const filesIn = (root: string): readonly string[] =>
    [...disk.keys()].filter(it => it.startsWith(`${root}/`)).map(it => it.slice(root.length + 1));
  return {
    files: {
      findProjects: async folder =>
        filesIn(folder)
          .filter(it => it.endsWith('dbt_project.yml') && !it.split('/').some(isForeignFolder))
          .map(it => `${folder}/${it}`.slice(0, -'/dbt_project.yml'.length)),
      readProject: async root =>
        new Map(
          filesIn(root)
            .filter(isProjectFile)
            .map(it => [it, disk.get(`${root}/${it}`) ?? '']),
        ),
      read: async path => disk.get(path),
      readProfiles: async () =>
        options.profiles === undefined ? undefined : { file: '/profiles.yml', text: options.profiles },
      profileFolders: options.profileFolders ?? (() => []),
    },
    clock: { elapsed: () => 0, now: () => '2024-01-01T00:00:00.000000Z' },
    log: options.log ?? silentLog,
    environment: options.environment ?? (() => ({})),
    createDb: options.createDb ?? plainDb,
    readStatements: () => undefined,
    wordExpectations: () => undefined,
    jobs: options.jobs,
  };
}
