import { request as plainRequest, type IncomingHttpHeaders } from 'node:http';
import { request as tlsRequest } from 'node:https';
import type { TrinoProfile } from './profile.ts';

/** A type as the protocol takes it apart: `array(row(a bigint))`. */
export interface TypeSignature {
  readonly rawType: string;
  readonly arguments: readonly { readonly kind: string; readonly value: unknown }[];
}

/** A column of a result. */
export interface TrinoColumn {
  readonly name: string;
  readonly type: string;
  readonly typeSignature?: TypeSignature;
}

/** Why a query failed. */
export interface TrinoError {
  readonly message: string;
  readonly errorName: string;
  readonly errorLocation?: { readonly lineNumber: number; readonly columnNumber: number };
}

/** One answer of the server about a query; there are more while it names a `nextUri`. */
export interface QueryAnswer {
  readonly id: string;
  readonly nextUri?: string;
  readonly columns?: readonly TrinoColumn[];
  readonly data?: readonly (readonly unknown[])[];
  readonly error?: TrinoError;
  readonly updateType?: string;
  readonly updateCount?: number;
}

/** The server was reached and did not do as asked. */
export class HttpRefusal extends Error {
  override readonly name = 'HttpRefusal';
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** What a session adds to its statements, as the server's answers have set it. */
export interface SessionState {
  catalog: string | undefined;
  schema: string | undefined;
  transaction: string | undefined;
  readonly properties: Map<string, string>;
}

/** Sends a statement; the answer is the first of several. */
export async function postStatement(profile: TrinoProfile, state: SessionState, sql: string): Promise<QueryAnswer> {
  const headers = { ...profile.headers, ...stateHeaders(profile, state) };
  return answerOf(
    await send(profile, { method: 'POST', url: `${profile.origin}/v1/statement`, headers, body: sql }),
    state,
  );
}

/** Asks for the next answer about a query. */
export async function followQuery(profile: TrinoProfile, state: SessionState, url: string): Promise<QueryAnswer> {
  return answerOf(await send(profile, { method: 'GET', url, headers: profile.headers }), state);
}

/** Tells the server that nobody waits for a query any more; it ends it. */
export async function cancelQuery(profile: TrinoProfile, url: string): Promise<void> {
  await send(profile, { method: 'DELETE', url, headers: profile.headers });
}

function stateHeaders(profile: TrinoProfile, state: SessionState): Readonly<Record<string, string>> {
  const own = [...state.properties].map(([name, value]) => `${name}=${value}`);
  const session = [profile.headers['X-Trino-Session'], ...own].filter(it => it !== undefined);
  return {
    'X-Trino-Transaction-Id': state.transaction ?? 'NONE',
    ...(session.length === 0 ? {} : { 'X-Trino-Session': session.join(',') }),
    ...(state.catalog === undefined ? {} : { 'X-Trino-Catalog': state.catalog }),
    ...(state.schema === undefined ? {} : { 'X-Trino-Schema': state.schema }),
  };
}

interface Sent {
  readonly method: 'POST' | 'GET' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

interface Response {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Statuses with which a server or a proxy in front of it says: not now. */
const BUSY: ReadonlySet<number> = new Set([429, 502, 503, 504]);
const BUSY_PAUSE_MS = 100;

async function send(profile: TrinoProfile, sent: Sent): Promise<Response> {
  for (let attempt = 0; ; attempt++) {
    const response = await sendOnce(profile, sent);
    if (!BUSY.has(response.status) || attempt >= profile.retries) {
      if (response.status >= 400) throw new HttpRefusal(response.status, response.text.slice(0, 500));
      return response;
    }
    await new Promise(resolve => setTimeout(resolve, BUSY_PAUSE_MS * 2 ** attempt));
  }
}

function sendOnce({ tls }: TrinoProfile, { method, url, headers, body }: Sent): Promise<Response> {
  return new Promise((resolve, reject) => {
    const start = url.startsWith('https:') ? tlsRequest : plainRequest;
    const request = start(url, { method, headers, ...tls }, response => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

function answerOf({ headers, text }: Response, state: SessionState): QueryAnswer {
  state.catalog = header(headers, 'x-trino-set-catalog') ?? state.catalog;
  state.schema = header(headers, 'x-trino-set-schema') ?? state.schema;
  state.transaction = header(headers, 'x-trino-started-transaction-id') ?? state.transaction;
  if (header(headers, 'x-trino-clear-transaction-id') !== undefined) state.transaction = undefined;
  for (const setting of (header(headers, 'x-trino-set-session') ?? '').split(',')) {
    const [name = '', value = ''] = setting.trim().split('=');
    if (name !== '') state.properties.set(name, value);
  }
  const cleared = header(headers, 'x-trino-clear-session');
  if (cleared !== undefined) state.properties.delete(cleared);
  // The server is what the profile says it is, so the body is what its protocol says.
  return JSON.parse(withBigIntegers(text)) as QueryAnswer;
}

function header(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}

/** Whole numbers that JavaScript would round are read as text; the column's type says later what they are. */
const withBigIntegers = (json: string): string =>
  json.replaceAll(/"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g, it => (it.startsWith('"') ? it : `"${it}"`));
