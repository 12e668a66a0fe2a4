import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  LSPErrorCodes,
  ResponseError,
  RevealOutputChannelOn,
  State,
  TransportKind,
} from 'vscode-languageclient/node';
import type { LanguageClientOptions } from 'vscode-languageclient/node';
import type {
  ClientNotifications,
  ServerNotifications,
  ServerSettings,
  SluiceRequests,
} from '../../server/src/protocol.ts';
import { restartDelay } from './restart-delay.ts';

/** `restarting`: the server ended unasked and is about to be started again. */
export type LinkState = 'stopped' | 'starting' | 'running' | 'restarting';

/** Whether nobody wants the answer any more: the request was taken back, or an edit came before it. */
function isOvertaken(error: unknown): boolean {
  const overtaken: readonly number[] = [LSPErrorCodes.RequestCancelled, LSPErrorCodes.ContentModified];
  return error instanceof ResponseError && overtaken.includes(error.code);
}

/** Makes the code of a problem a link to the page that explains it. */
function withExplanation(diagnostic: vscode.Diagnostic): vscode.Diagnostic {
  const { code } = diagnostic;
  if (typeof code !== 'string') return diagnostic;
  const argument = encodeURIComponent(JSON.stringify([code]));
  diagnostic.code = { value: code, target: vscode.Uri.parse(`command:sluice.explainProblem?${argument}`) };
  return diagnostic;
}

type Listener = (params: unknown) => void;

/** The token of requests that nobody takes back. */
const NEVER = new vscode.CancellationTokenSource();

/**
 * The one connection to the language server: starts it, restarts it after a crash with growing pauses, and speaks the
 * custom part of the protocol with it. A server that went down takes nothing else with it: requests are then answered
 * with `undefined`.
 */
export class ServerLink implements vscode.Disposable {
  readonly #serverModule: string;
  readonly #log: vscode.LogOutputChannel;
  readonly #settings: () => ServerSettings;
  readonly #stateChanged = new vscode.EventEmitter<LinkState>();
  readonly #listeners = new Map<string, Set<Listener>>();
  #client: LanguageClient | undefined;
  #state: LinkState = 'stopped';
  #starts: readonly number[] = [];
  #timer: NodeJS.Timeout | undefined;

  readonly onStateChange = this.#stateChanged.event;

  constructor(serverModule: string, log: vscode.LogOutputChannel, settings: () => ServerSettings) {
    this.#serverModule = serverModule;
    this.#log = log;
    this.#settings = settings;
  }

  get state(): LinkState {
    return this.#state;
  }

  /** Starts the server; resolves when it answers or has been given up for now. */
  async start(): Promise<void> {
    clearTimeout(this.#timer);
    this.#starts = [...this.#starts, Date.now()];
    this.#enter('starting');
    const client = new LanguageClient('sluice', 'Sluice', this.#serverOptions(), this.#clientOptions());
    this.#client = client;
    client.onDidChangeState(change => {
      if (change.newState === State.Stopped && this.#client === client) this.#wentDown();
    });
    for (const method of this.#listeners.keys()) this.#forward(client, method);
    try {
      await client.start();
    } catch (error) {
      this.#log.error(error instanceof Error ? error : String(error));
      if (this.#client === client) this.#wentDown();
      return;
    }
    if (this.#client === client) this.#enter('running');
  }

  /** Stops the server and starts a new one at once. */
  async restart(): Promise<void> {
    await this.stop();
    this.#starts = [];
    await this.start();
  }

  /** Stops the server for good; `start` may be called again. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    const client = this.#client;
    this.#client = undefined;
    this.#enter('stopped');
    if (client === undefined) return;
    try {
      await client.stop();
    } catch (error) {
      // A server that is already gone cannot say goodbye, and that is all that was wanted of it.
      this.#log.debug(`stopping the server: ${String(error)}`);
    }
  }

  /** Asks the server; `undefined` when there was no answer: the server is down, or the request failed and was logged. */
  async request<M extends keyof SluiceRequests>(
    method: M,
    params: SluiceRequests[M]['params'],
    token: vscode.CancellationToken = NEVER.token,
  ): Promise<SluiceRequests[M]['result'] | undefined> {
    const client = this.#client;
    if (client === undefined || this.#state !== 'running') return undefined;
    try {
      return await client.sendRequest<SluiceRequests[M]['result']>(method, params, token);
    } catch (error) {
      if (!isOvertaken(error)) this.#log.warn(`${method}: ${String(error)}`);
      return undefined;
    }
  }

  /** Tells the server; does nothing while it is down. */
  notify<M extends keyof ClientNotifications>(method: M, params: ClientNotifications[M]): void {
    this.#send(method, params);
  }

  /** Hands the settings and the state of trust to the server. */
  sendSettings(): void {
    this.#send('workspace/didChangeConfiguration', { settings: { sluice: this.#settings() } });
  }

  /** Listens to a notification of this server and of every later one. */
  on<M extends keyof ServerNotifications>(
    method: M,
    listener: (params: ServerNotifications[M]) => void,
  ): vscode.Disposable {
    const listeners = this.#listeners.get(method) ?? new Set<Listener>();
    const isNew = listeners.size === 0;
    // The name of the method decides the type of its parameters, on the server's side as well.
    const untyped = listener as Listener;
    listeners.add(untyped);
    this.#listeners.set(method, listeners);
    if (isNew && this.#client !== undefined) this.#forward(this.#client, method);
    return new vscode.Disposable(() => listeners.delete(untyped));
  }

  dispose(): void {
    void this.stop();
    this.#stateChanged.dispose();
  }

  #send(method: string, params: object): void {
    if (this.#client === undefined || this.#state !== 'running') return;
    this.#client.sendNotification(method, params).catch((error: unknown) => {
      this.#log.warn(`${method}: ${String(error)}`);
    });
  }

  #forward(client: LanguageClient, method: string): void {
    client.onNotification(method, (params: unknown) => {
      for (const listener of this.#listeners.get(method) ?? []) listener(params);
    });
  }

  #wentDown(): void {
    this.#client = undefined;
    const delay = restartDelay(this.#starts, Date.now());
    this.#log.warn(`The server ended. Starting it again in ${delay / 1000} s.`);
    this.#enter('restarting');
    this.#timer = setTimeout(() => void this.start(), delay);
  }

  #enter(state: LinkState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#stateChanged.fire(state);
  }

  #serverOptions(): { readonly module: string; readonly transport: TransportKind } {
    return { module: this.#serverModule, transport: TransportKind.ipc };
  }

  #clientOptions(): LanguageClientOptions {
    return {
      // By file name and not by language id: users associate .sql with many ids, and all of them hold templates.
      documentSelector: [
        { scheme: 'file', pattern: '**/*.{sql,yml,yaml,md}' },
        { scheme: 'untitled', language: 'jinja-sql' },
        { scheme: 'untitled', language: 'sql' },
      ],
      initializationOptions: this.#settings(),
      outputChannel: this.#log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      markdown: { isTrusted: false, supportHtml: false },
      middleware: {
        handleDiagnostics: (uri, diagnostics, next) => next(uri, diagnostics.map(withExplanation)),
      },
      initializationFailedHandler: () => false,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => ({ action: CloseAction.DoNotRestart, handled: true }),
      },
    };
  }
}
