import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { rootCertificates } from 'node:tls';
import { EnvHttpProxyAgent, fetch, type Dispatcher, type Response } from 'undici';
import { err, ok, type Result } from '../base/result.ts';
import type { HostFailure } from './failure.ts';
import { readText } from './files.ts';

/** Reads from the web, through the proxies that the environment names. It lives for one job; `close` ends its connections. */
export interface WebClient {
  /** The JSON at an address. */
  json(url: string): Promise<Result<unknown, HostFailure>>;
  /** Writes what is at an address to a file. */
  download(url: string, file: string): Promise<Result<void, HostFailure>>;
  close(): Promise<void>;
}

/** What a web client goes by. */
export interface WebSettings {
  /** Proxies (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`) and certificates (`REQUESTS_CA_BUNDLE` and the like). */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** Opens a web client. Nothing is asked before the first request. */
export function webClient(settings: WebSettings): WebClient {
  const dispatcher = dispatcherFor(settings.environment);
  const get = <T>(url: string, take: (response: Response) => Promise<T>) => attempt(url, settings, dispatcher, take);
  return {
    json: url => get(url, response => response.json()),
    download: (url, file) =>
      get(url, async ({ body }) => {
        if (body !== null) await pipeline(Readable.fromWeb(body), createWriteStream(file));
      }),
    close: () => dispatcher.close(),
  };
}

/** How often a request is made that fails for a reason that may pass, and how long to wait before each. */
const WAITS_MS = [0, 500, 1500];
/** How long a server may say nothing. */
const SILENCE_MS = 30_000;
const CONNECT_MS = 10_000;

/** Asks, and asks again where that may help: a busy server, a connection that broke. */
async function attempt<T>(
  url: string,
  { signal }: WebSettings,
  dispatcher: Dispatcher,
  take: (response: Response) => Promise<T>,
): Promise<Result<T, HostFailure>> {
  let failure: HostFailure = { kind: 'cancelled', message: 'cancelled' };
  for (const wait of WAITS_MS) {
    if (signal.aborted) return err({ kind: 'cancelled', message: 'cancelled' });
    await sleep(wait);
    const answer = await once(url, signal, dispatcher, take);
    if (answer.ok || !answer.failure.mayPass) return answer;
    ({ failure } = answer);
  }
  return err(failure);
}

type Passing = HostFailure & { readonly mayPass: boolean };

async function once<T>(
  url: string,
  signal: AbortSignal,
  dispatcher: Dispatcher,
  take: (response: Response) => Promise<T>,
): Promise<Result<T, Passing>> {
  try {
    const response = await fetch(url, { dispatcher, signal });
    if (response.ok) return ok(await take(response));
    await response.body?.cancel();
    return err(refusal(url, response));
  } catch (error) {
    if (signal.aborted) return err({ kind: 'cancelled', message: 'cancelled', mayPass: false });
    return err(broken(url, error));
  }
}

function refusal(url: string, { status, statusText }: Response): Passing {
  const message = `${shown(url)} answered ${`${status} ${statusText}`.trim()}`;
  if (status === 404 || status === 410) return { kind: 'not-found', message, mayPass: false };
  return { kind: 'refused', message, mayPass: status >= 500 || status === 429 };
}

/** Errors of the connection hide in causes and collections of one another; the innermost says what happened. */
function broken(url: string, error: unknown): Passing {
  const inner = innermost(error);
  const code = codeOf(inner);
  const reason = inner instanceof Error && inner.message !== '' ? inner.message : String(code ?? inner);
  if (inner instanceof SyntaxError) {
    return { kind: 'invalid', message: `${shown(url)} answered with something that is no JSON`, mayPass: true };
  }
  const message = `${new URL(url).host} could not be reached (${reason})`;
  return { kind: 'offline', message, mayPass: !FINAL.has(code ?? '') };
}

/** Reasons that waiting a second does not change. */
const FINAL: ReadonlySet<string> = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ENETUNREACH', 'EHOSTUNREACH']);

function innermost(error: unknown): unknown {
  if (error instanceof AggregateError && error.errors.length > 0) return innermost(error.errors[0]);
  return error instanceof Error && error.cause !== undefined ? innermost(error.cause) : error;
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** An address without what may be secret in it. */
function shown(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

function dispatcherFor(environment: WebSettings['environment']): Dispatcher {
  const read = (name: string): string | undefined => environment[name.toLowerCase()] ?? environment[name];
  const all = read('ALL_PROXY');
  const [http, https, none] = [read('HTTP_PROXY') ?? all, read('HTTPS_PROXY') ?? all, read('NO_PROXY')];
  const certificates = extraCertificates(environment);
  const tls = certificates === undefined ? {} : { ca: [...rootCertificates, certificates] };
  return new EnvHttpProxyAgent({
    httpProxy: http ?? '',
    httpsProxy: https ?? '',
    noProxy: none ?? '',
    // Plain addresses are asked of the proxy itself; many proxies open tunnels to secure ports only.
    proxyTunnel: false,
    headersTimeout: SILENCE_MS,
    bodyTimeout: SILENCE_MS,
    connect: { ...tls, timeout: CONNECT_MS },
    requestTls: tls,
    proxyTls: tls,
  });
}

/** Certificates that the tools around dbt are told of by these names, for proxies that look into secure connections. */
function extraCertificates(environment: WebSettings['environment']): string | undefined {
  const file = ['REQUESTS_CA_BUNDLE', 'SSL_CERT_FILE', 'CURL_CA_BUNDLE'].map(name => environment[name]).find(Boolean);
  return file === undefined ? undefined : readText(file);
}
