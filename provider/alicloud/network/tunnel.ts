import { request as httpRequest } from 'node:http';
import { Agent, type AgentOptions, request as httpsRequest, type RequestOptions } from 'node:https';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import type { SecureContextOptions } from 'node:tls';

/** What holds for TLS to the proxy as for TLS through it. */
type Secure = Pick<SecureContextOptions, 'ca'> & { readonly rejectUnauthorized: true };

type Made = (error: Error | null, socket: Duplex) => void;

/** What a proxy answered instead of opening the way. */
export class ProxyAnswerError extends Error {
  constructor(readonly status: number) {
    super(`the proxy answered HTTP ${status}`);
  }
}

/** Connections to hosts that speak TLS, each of them a way that a proxy was asked for. */
export class TunnelAgent extends Agent {
  /** Host and port of the proxy: nothing else of its address is ever shown. */
  readonly proxy: string;
  readonly #proxy: URL;
  readonly #secure: Secure;

  constructor(proxy: URL, options: AgentOptions, secure: Secure) {
    super({ ...options, ...secure });
    this.proxy = proxy.host;
    this.#proxy = proxy;
    this.#secure = secure;
  }

  override createConnection(options: RequestOptions, made: Made = () => {}): undefined {
    const target = `${options.host}:${options.port}`;
    const asked = this.#request(target, options.timeout ?? 0);
    const fail = made as (error: Error) => void;
    asked.once('connect', ({ statusCode = 0 }, socket) => {
      // From here on the time of a reply counts, not that of the way.
      socket.setTimeout(0);
      if (statusCode < 200 || statusCode > 299) {
        socket.destroy();
        fail(new ProxyAnswerError(statusCode));
        return;
      }
      made(null, super.createConnection({ ...options, socket } as RequestOptions) as Duplex);
    });
    asked.once('timeout', () => asked.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })));
    asked.on('error', fail);
    asked.end();
    return undefined;
  }

  #request(target: string, timeout: number) {
    const { protocol, port } = this.#proxy;
    // As a URL has it, an address of IPv6 stands in brackets.
    const host = this.#proxy.hostname.replace(/^\[(.*)\]$/, '$1');
    const make = protocol === 'https:' ? httpsRequest : httpRequest;
    const asked = make({
      ...this.#secure,
      // Node would take the name that the certificate is to hold from the header Host.
      servername: isIP(host) === 0 ? host : '',
      method: 'CONNECT',
      host,
      port,
      path: target,
      setHost: false,
      headers: { host: target, connection: 'keep-alive' },
      agent: false,
      timeout,
    });
    const authorization = this.#authorization;
    // Not among the options: under NODE_DEBUG=http or net Node prints those, headers and all.
    if (authorization !== undefined) asked.setHeader('proxy-authorization', authorization);
    return asked;
  }

  get #authorization(): string | undefined {
    const { username, password } = this.#proxy;
    if (username === '' && password === '') return undefined;
    const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return `Basic ${Buffer.from(pair).toString('base64')}`;
  }
}
