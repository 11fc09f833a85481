import { type Agent, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { barrier, proxyStatus } from '../network/barred.js';

/** One request that carries no signature, sent once: the sources of credentials are no API of the services. */
export interface PlainRequest {
  readonly url: URL;
  /** GET without it. */
  readonly method?: 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
  readonly agent: Agent;
  /** Milliseconds for the connection to stand. */
  readonly connectTimeout: number;
  /** Milliseconds from then to the last byte of the reply. */
  readonly readTimeout: number;
  readonly signal?: AbortSignal;
}

export interface PlainReply {
  readonly status: number;
  readonly text: string;
  /** The other's clock, from the Date header, in milliseconds; undefined where it gave none. */
  readonly date: number | undefined;
}

/** No whole reply came. Tells neither the address, which may hold a token, nor anything of the reply. */
export class NoReplyError extends Error {
  override readonly name = 'NoReplyError';

  constructor(
    reason: string,
    readonly isConnected: boolean,
    /** What a person has to change before it can succeed; undefined where it may pass. */
    readonly barrier?: string,
  ) {
    super(reason);
  }
}

/** Characters; no source of credentials has so much to say. */
const LONGEST_REPLY = 100_000;

export function fetchPlain(asked: PlainRequest): Promise<PlainReply> {
  const { url, method, headers, agent, connectTimeout, readTimeout, signal } = asked;
  const isSecure = url.protocol === 'https:';
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const request = (isSecure ? requestHttps : requestHttp)(url, {
      agent,
      // Also the time that a proxy has for its answer: a request without a connection cannot be ended by destroying it.
      timeout: connectTimeout,
      ...(method && { method }),
      ...(headers && { headers }),
    });
    let isConnected = false;
    const settled = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    };
    const end = (error: unknown) => {
      settled();
      reject(error);
      request.destroy();
    };
    const fail = (reason: string) => end(new NoReplyError(reason, isConnected));
    const stop = () => end(signal?.reason);
    let timer = setTimeout(() => fail(`no connection within ${connectTimeout} ms`), connectTimeout);
    const connected = () => {
      isConnected = true;
      clearTimeout(timer);
      timer = setTimeout(() => fail(`no reply within ${readTimeout} ms`), readTimeout);
    };
    signal?.addEventListener('abort', stop, { once: true });
    request.once('socket', (socket) => {
      if (request.reusedSocket) connected();
      else socket.once(isSecure ? 'secureConnect' : 'connect', connected);
    });
    request.on('error', (error) => {
      const barred = barrier('its host', agent, error, request.socket !== null);
      if (barred) return end(new NoReplyError(barred.reason, isConnected, barred.hint));
      fail(proxyStatus(error) ?? (error as { code?: string }).code ?? 'the connection failed');
    });
    request.once('response', (response) => {
      read(response, fail, (text) => {
        settled();
        const date = Date.parse(response.headers.date ?? '');
        resolve({ status: response.statusCode ?? 0, text, date: Number.isNaN(date) ? undefined : date });
      });
    });
    request.end();
  });
}

function read(response: IncomingMessage, fail: (reason: string) => void, done: (text: string) => void): void {
  let text = '';
  response.setEncoding('utf8');
  response.on('data', (more: string) => {
    text += more;
    if (text.length > LONGEST_REPLY) fail('its reply is too long');
  });
  response.once('error', () => fail('its reply was cut short'));
  response.once('end', () => (response.complete ? done(text) : fail('its reply was cut short')));
}
