import {
  type ClientRequest,
  type Agent as HttpAgent,
  globalAgent as httpAgent,
  type IncomingMessage,
} from 'node:http';
import { globalAgent as httpsAgent } from 'node:https';
import { errorOf } from '../answers/error-codes.js';
import { ServiceError, TransportError } from '../answers/errors.js';
import { plain, type Reply } from '../answers/reply.js';
import { barred, proxyOf, proxyStatus } from '../network/barred.js';
import { type Credentials, redact } from '../records/redact.js';
import { type PopCoreConstructor, popCore } from './pop-library.js';
import { quietHttpx } from './quiet-httpx.js';
import { SERVICES, type Service } from './services.js';
import { userAgent } from './user-agent.js';

/** One request, sent once. */
export interface PopRequest {
  readonly service: Service;
  /** `https://host` or, on loopback only, `http://host:port`. */
  readonly endpoint: string;
  readonly action: string;
  readonly params: Readonly<Record<string, string | number | boolean>>;
  /** `unsigned` is for AssumeRoleWithOIDC alone, which the service answers without a key. */
  readonly credentials: Credentials | 'unsigned';
  /** Milliseconds for the connection to stand. */
  readonly connectTimeout: number;
  /** Milliseconds from then to the last byte of the reply. */
  readonly readTimeout: number;
  /** The connections to send it on; Node's own without it. */
  readonly agent?: HttpAgent;
  readonly userAgentSuffix?: string;
  readonly signal?: AbortSignal;
}

export interface PopReply {
  readonly body: Reply;
  /** The service's clock, from the Date header, in milliseconds; undefined where it gave none. */
  readonly date: number | undefined;
}

let Client: PopCoreConstructor | undefined;

function loadClient(): PopCoreConstructor {
  quietHttpx();
  return popCore();
}

/** What happened on the socket: pop-core hides the status, the headers and how far a request got. */
interface Watch {
  agent: object;
  request?: ClientRequest;
  response?: IncomingMessage;
  connected: boolean;
  timedOut?: string;
}

function watch(request: PopRequest): Watch {
  const {
    endpoint,
    connectTimeout,
    agent = endpoint.startsWith('https:') ? httpsAgent : httpAgent,
  } = request;
  const addRequest = (request: ClientRequest, options: object): void => {
    seen.request = request;
    request.once('response', (response) => {
      seen.response = response;
    });
    // A proxy is part of the way: its answer has to come in this time, too.
    const timer = setTimeout(() => {
      seen.timedOut = `no connection within ${connectTimeout} ms`;
      request.destroy(new Error(seen.timedOut));
    }, connectTimeout);
    const connected = () => {
      seen.connected = true;
      clearTimeout(timer);
    };
    request.once('socket', (socket) => {
      // A new one through a proxy is connected already, but has no TLS yet: nothing can have reached the service.
      if (request.reusedSocket) connected();
      else socket.once(endpoint.startsWith('https:') ? 'secureConnect' : 'connect', connected);
    });
    request.once('close', () => clearTimeout(timer));
    // The time that a proxy has for its answer: a request without a connection yet cannot be ended by destroying it.
    (agent as unknown as { addRequest(request: ClientRequest, options: object): void }).addRequest(request, {
      ...options,
      timeout: connectTimeout,
    });
  };
  // The shared agent in everything but that it hands over the request first.
  const seen: Watch = {
    agent: Object.create(agent, { addRequest: { value: addRequest } }),
    connected: false,
  };
  return seen;
}

/** Sends one signed POST through pop-core and answers a plain reply, or throws one of the typed errors. */
export async function send(request: PopRequest): Promise<PopReply> {
  const { service, endpoint, action, credentials, connectTimeout, readTimeout, signal } = request;
  Client ??= loadClient();
  signal?.throwIfAborted();
  const keys =
    credentials === 'unsigned'
      ? { accessKeyId: '', accessKeySecret: '', securityToken: undefined }
      : credentials;
  if (credentials !== 'unsigned' && (!keys.accessKeyId || !keys.accessKeySecret)) {
    // pop-core would send the request unsigned.
    throw new TransportError(service, action, 'the source of the credentials gave an empty key', false);
  }
  const client = new Client(
    {
      endpoint,
      apiVersion: SERVICES[service].version,
      credentialsProvider: { getCredentials: async () => keys },
    },
    true,
  );
  const seen = watch(request);
  const stop = () => seen.request?.destroy(new Error('stopped'));
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const [body] = await client.request(action, request.params, {
      method: 'POST',
      agent: seen.agent,
      headers: { 'user-agent': userAgent(request.userAgentSuffix), 'x-acs-action': action },
      readTimeout,
      // httpx takes this for the idle time of the socket, so a slow reply would end as a failed connection.
      connectTimeout: readTimeout + connectTimeout,
    });
    return success(body, seen);
  } catch (error) {
    // It was under way, and may have had its effect.
    if (signal?.aborted)
      throw new TransportError(service, action, 'stopped while it was under way', seen.connected);
    throw failure(request, error, seen);
  } finally {
    signal?.removeEventListener('abort', stop);
    // httpx leaves the socket open when the body comes too slowly.
    if (seen.response && !seen.response.complete) seen.request?.destroy();
  }
}

function success(body: unknown, { response }: Watch): PopReply {
  const reply = plain(body);
  const status = response?.statusCode ?? 0;
  // pop-core takes every reply without a `Code` for a success, a 500 too; and something on the way may answer `{}`.
  if (status < 200 || status >= 300 || reply === undefined || text(reply.RequestId) === undefined) throw body;
  const date = Date.parse(response?.headers.date ?? '');
  return { body: reply, date: Number.isNaN(date) ? undefined : date };
}

function failure(request: PopRequest, thrown: unknown, seen: Watch): Error {
  const { service, action } = request;
  const credentials = request.credentials === 'unsigned' ? undefined : request.credentials;
  const clean = (text: string) => redact(text, credentials);
  if (thrown instanceof ServiceError || thrown instanceof TransportError) return thrown;
  const status = seen.response?.statusCode;
  const reply = plain((thrown as { data?: unknown }).data ?? (thrown instanceof Error ? undefined : thrown));
  const code = text(reply?.Code ?? reply?.code);
  if (code !== undefined && seen.response) {
    const requestId =
      text(reply?.RequestId ?? reply?.requestId) ?? text(seen.response.headers['x-acs-request-id']);
    const retryAfter = retryAfterOf(seen.response);
    return errorOf({
      service,
      action,
      code: clean(code),
      text: clean(text(reply?.Message ?? reply?.message) ?? 'no message'),
      ...(requestId === undefined ? {} : { requestId: clean(requestId) }),
      ...(status === undefined ? {} : { status }),
      ...(retryAfter === undefined ? {} : { retryAfter }),
    });
  }
  if (status !== undefined) {
    const requestId = text(reply?.RequestId) ?? text(seen.response?.headers['x-acs-request-id']);
    const told = requestId === undefined ? '' : ` (RequestId ${clean(requestId)})`;
    const what = seen.response?.complete
      ? 'a reply that is no answer of the API'
      : 'a reply that was cut short';
    return new TransportError(service, action, `HTTP ${status}, ${what}${told}`, true, status);
  }
  return (
    barred(request, thrown, seen.request?.socket !== null) ??
    new TransportError(service, action, clean(reasonOf(thrown, seen, request)), seen.connected)
  );
}

function reasonOf(thrown: unknown, seen: Watch, request: PopRequest): string {
  const { endpoint, readTimeout } = request;
  if (seen.timedOut !== undefined) return `${seen.timedOut} to ${endpoint}`;
  const { name, code } = thrown as { name?: string; code?: string };
  if (name?.startsWith('RequestTimeout')) return `no reply within ${readTimeout} ms from ${endpoint}`;
  // The library's message repeats the URL and may repeat the body; the code says enough.
  const what = proxyStatus(thrown) ?? code ?? 'connection failed';
  const proxy = proxyOf(request);
  return `${what} at ${endpoint}${proxy === undefined ? '' : `, through the proxy ${proxy}`}`;
}

function retryAfterOf(response: IncomingMessage): number | undefined {
  // api-facts.md §4: the header is milliseconds; the standard header is seconds.
  const own = Number(response.headers['x-acs-retry-after'] ?? Number.NaN);
  const standard = Number(response.headers['retry-after'] ?? Number.NaN) * 1000;
  const milliseconds = Number.isNaN(own) ? standard : own;
  return Number.isFinite(milliseconds) && milliseconds >= 0 ? milliseconds : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
