import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Socket,
  type Server as TcpServer,
} from 'node:net';
import { TransportError } from '../../../provider/alicloud/answers/errors.js';
import { type PopReply, type PopRequest, send } from '../../../provider/alicloud/sending/pop.js';

export const KEY = {
  accessKeyId: 'small-server-key-id',
  accessKeySecret: 'small-server/key+secret',
  securityToken: 'small-server/token+with==signs',
};

export interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly params: URLSearchParams;
  /** Counts TCP connections from 1. */
  readonly connection: number;
}

/** A server of a few lines that answers as the test says, and remembers what it was asked. */
export class SmallServer {
  readonly seen: Seen[] = [];
  connections = 0;
  port = 0;
  readonly #server: Server | TcpServer;
  readonly #sockets = new Set<Socket>();
  #over: () => void = () => {};
  /** Resolves when a connection is over. */
  readonly closed = new Promise<void>((resolve) => {
    this.#over = resolve;
  });

  private constructor(server: Server | TcpServer) {
    this.#server = server;
  }

  static async http(answer: (response: ServerResponse, seen: Seen) => void): Promise<SmallServer> {
    const numbers = new WeakMap<Socket, number>();
    const server = createServer(async (message, response) => {
      let body = '';
      for await (const chunk of message) body += chunk;
      const seen = {
        method: message.method,
        url: message.url,
        headers: message.headers,
        params: new URLSearchParams(body),
        connection: numbers.get(message.socket) ?? 0,
      };
      small.seen.push(seen);
      answer(response, seen);
    });
    const small = await SmallServer.#listen(server);
    server.on('connection', (socket) => numbers.set(socket, small.connections));
    return small;
  }

  static tcp(connected: (socket: Socket) => void): Promise<SmallServer> {
    return SmallServer.#listen(createTcpServer((socket) => connected(socket.on('error', () => {}))));
  }

  static async #listen(server: Server | TcpServer): Promise<SmallServer> {
    const small = new SmallServer(server);
    server.on('connection', (socket: Socket) => {
      small.connections += 1;
      small.#sockets.add(socket);
      socket.on('close', () => {
        small.#sockets.delete(socket);
        small.#over();
      });
    });
    await new Promise<void>((listening) => {
      server.listen(0, '127.0.0.1', listening);
    });
    small.port = (server.address() as AddressInfo).port;
    return small;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  ask(more: Partial<PopRequest> = {}): Promise<PopReply> {
    return send({
      service: 'imm',
      endpoint: this.url,
      action: 'GetBinding',
      params: { ProjectName: 'media' },
      credentials: KEY,
      connectTimeout: 2_000,
      readTimeout: 2_000,
      ...more,
    });
  }

  /** What the request fails with. */
  async fails(more: Partial<PopRequest> = {}): Promise<Error> {
    return this.ask(more).then(
      () => Promise.reject(new Error('it succeeded')),
      (error: Error) => error,
    );
  }

  /** The same, where no answer of the API came. */
  async failsOnTheWay(more: Partial<PopRequest> = {}): Promise<TransportError> {
    const error = await this.fails(more);
    if (error instanceof TransportError) return error;
    throw error;
  }

  async close(): Promise<void> {
    await new Promise<void>((done) => {
      this.#server.close(() => done());
      for (const socket of this.#sockets) socket.destroy();
    });
  }
}
