import { type IncomingMessage, request } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificate } from './authority.js';

/** The emulator behind TLS, at every name that the certificate holds. */
export class TlsFront {
  readonly #server: Server;
  readonly port: number;
  /** Every reply is the last of its connection. */
  closes = false;

  private constructor(server: Server) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
  }

  static async start(certificate: Certificate, url: string): Promise<TlsFront> {
    const server = createServer(certificate);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const front = new TlsFront(server);
    server.on('request', (message, response) => {
      const { method, headers } = message;
      const onward = request(url, { method, headers, path: message.url }, (answer) => {
        const last = front.closes && { connection: 'close' };
        response.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...last });
        answer.pipe(response);
      });
      onward.on('error', () => response.destroy());
      message.pipe(onward);
    });
    return front;
  }

  /** Is shown every request, before it goes on. */
  watch(see: (request: IncomingMessage) => void): void {
    this.#server.prependListener('request', see);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
