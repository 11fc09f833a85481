import { createServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Certificate } from './authority.js';

const USER = 'someone';
/** With characters that an address must hold as %XX. */
const PASSWORD = 'proxy-password/of@the:test';

const ESTABLISHED = 'HTTP/1.1 200 Connection established\r\n\r\n';

/** Every form in which the password might be shown. */
export const PASSWORD_FORMS = [
  PASSWORD,
  encodeURIComponent(PASSWORD),
  Buffer.from(`${USER}:${PASSWORD}`).toString('base64'),
];

/** A tunnel, or what comes in its place: no answer, a status, or a tunnel that is cut or leads nowhere. */
export type Behaviour = 'tunnel' | 'silence' | 'cut' | 'nowhere' | 403 | 503;

/** A proxy with a password, and the only way to the hosts of the services: all of them are one port of this machine. */
export class ConnectProxy {
  readonly #server: Server;
  readonly #scheme: string;
  readonly #sockets = new Set<Duplex>();
  /** Host and port. */
  readonly address: string;
  /** The targets asked for, in order: `imm.cn-shanghai.aliyuncs.com:443`. */
  readonly asked: string[] = [];
  /** Those of them that came without the right password. */
  readonly unknown: string[] = [];
  behaviour: Behaviour = 'tunnel';

  private constructor(server: Server, scheme: string, target: number) {
    this.#server = server;
    this.#scheme = scheme;
    this.address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('connect', (message: IncomingMessage, client: Duplex) =>
      this.#connect(message, client, target),
    );
    server.on('connection', (socket: Duplex) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  /** Leads every host of Alibaba Cloud, and this machine by its name, to that port. */
  static async start(target: number, certificate?: Certificate): Promise<ConnectProxy> {
    const server = certificate ? createTlsServer(certificate) : createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new ConnectProxy(server, certificate ? 'https' : 'http', target);
  }

  /** With user and password, as in HTTPS_PROXY. */
  url(password = PASSWORD): string {
    return `${this.#scheme}://${USER}:${encodeURIComponent(password)}@${this.address}`;
  }

  get hosts(): string[] {
    return [...new Set(this.asked)].sort();
  }

  forget(): void {
    this.asked.length = 0;
    this.unknown.length = 0;
    this.behaviour = 'tunnel';
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    if (this.#server.listening) await new Promise((resolve) => this.#server.close(resolve));
  }

  #connect({ url = '', headers }: IncomingMessage, client: Duplex, target: number): void {
    client.on('error', () => client.destroy());
    this.asked.push(url);
    if (headers['proxy-authorization'] !== `Basic ${PASSWORD_FORMS[2]}`) {
      this.unknown.push(url);
      client.end(
        'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="test"\r\n\r\n',
      );
      return;
    }
    if (this.behaviour === 'silence') return;
    if (this.behaviour === 'cut' || this.behaviour === 'nowhere') {
      client.write(ESTABLISHED);
      // The client begins to speak TLS, and hears nothing more.
      if (this.behaviour === 'cut') client.once('data', () => client.destroy());
      return;
    }
    if (this.behaviour !== 'tunnel') {
      client.end(`HTTP/1.1 ${this.behaviour} No\r\n\r\n`);
      return;
    }
    if (!/^([a-z0-9.-]+\.aliyuncs\.com:443|localhost:\d+)$/.test(url)) {
      client.end('HTTP/1.1 502 Unknown host\r\n\r\n');
      return;
    }
    const service = connect(target, '127.0.0.1', () => {
      client.write(ESTABLISHED);
      client.pipe(service).pipe(client);
    });
    service.on('error', () => client.destroy());
    service.on('close', () => client.destroy());
    client.on('close', () => service.destroy());
  }
}
