import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import type { ProtocolConnection } from 'vscode-languageserver/node';
import { canariesIn, reportCanaries } from '../../client/scripts/canaries.mjs';
import type { SluiceRequests } from '../../server/src/protocol.ts';
import type { ProjectOnDisk } from '../run/command-line.ts';

/** The real language server over a project on disk, with a client that trusts it. */
export class ServerProcess {
  readonly client: ProtocolConnection;
  readonly #server: ChildProcessWithoutNullStreams;
  readonly #root: string;
  #sent = '';

  private constructor(server: string, root: string, environment: Readonly<Record<string, string>>) {
    this.#root = root;
    this.#server = spawn(process.execPath, [server, '--stdio'], { cwd: root, env: { ...process.env, ...environment } });
    const { stdout, stderr, stdin } = this.#server;
    for (const stream of [stdout, stderr]) stream.on('data', (bytes: Buffer) => (this.#sent += bytes.toString()));
    this.client = createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
    this.client.listen();
  }

  static async start(
    server: string,
    { root }: ProjectOnDisk,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<ServerProcess> {
    const started = new ServerProcess(server, root, environment);
    await started.client.sendRequest('initialize', {
      processId: null,
      rootUri: null,
      capabilities: {},
      workspaceFolders: [{ uri: started.uri(''), name: 'shop' }],
      initializationOptions: { trusted: true, profilesDir: root },
    });
    await started.client.sendNotification('initialized', {});
    return started;
  }

  /** Everything that the server has sent to its client, byte for byte. */
  get sent(): string {
    return this.#sent;
  }

  uri(file: string): string {
    return pathToFileURL(path.join(this.#root, file)).href;
  }

  request<M extends keyof SluiceRequests>(
    method: M,
    params: SluiceRequests[M]['params'],
  ): Promise<SluiceRequests[M]['result']> {
    return this.client.sendRequest(method, params);
  }

  async stop(): Promise<void> {
    this.client.dispose();
    this.#server.kill();
    await new Promise(resolve => this.#server.once('close', resolve));
    reportCanaries(canariesIn('messages of the language server', this.#sent));
  }
}
