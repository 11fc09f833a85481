import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Delivery } from './faults.js';
import { answer } from './pipeline/answer.js';
import { receive } from './pipeline/receive.js';
import type { World } from './world.js';

/** Answers the requests under CONTROL_PREFIX. */
export type ControlHandler = (message: IncomingMessage, response: ServerResponse) => Promise<void>;

/** No Alibaba Cloud API has such a path: all of them use "/" (api-facts.md §2 and §3). */
export const CONTROL_PREFIX = '/_emulator/';

/** Loopback only, always: who reaches this port can change everything. */
export const ADDRESS = '127.0.0.1';

export async function listen(port: number, world: World, control: ControlHandler): Promise<Server> {
  const connections = new WeakMap<Socket, number>();
  let connectionCount = 0;
  const server = createServer((message, response) => {
    const isControl = (message.url ?? '').startsWith(CONTROL_PREFIX);
    const connection = connections.get(message.socket) ?? 0;
    const done = isControl ? control(message, response) : serve(message, response, connection, world);
    done.catch((error: unknown) => fail(response, error));
  });
  server.on('connection', (socket) => {
    connectionCount += 1;
    connections.set(socket, connectionCount);
  });
  // Longer than a client keeps an idle connection, so that no request meets a closing socket.
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, ADDRESS, resolve);
  });
  return server;
}

async function serve(
  message: IncomingMessage,
  response: ServerResponse,
  connection: number,
  world: World,
): Promise<void> {
  const received = await receive(message, connection);
  deliver(await answer(received, world), response, world);
}

function deliver({ how, reply, requestId }: Delivery, response: ServerResponse, world: World): void {
  if (how === 'hang') return;
  if (how === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  const body = Buffer.from(reply.body, 'utf8');
  response.writeHead(reply.status, {
    'content-type': reply.contentType,
    'content-length': body.length,
    'x-acs-request-id': requestId,
    // The clock of the service, by which a client judges the times in a reply.
    date: new Date(world.clock.now()).toUTCString(),
  });
  if (how === 'send') response.end(body);
  else response.write(body.subarray(0, body.length >> 1), () => response.socket?.destroy());
}

/** A defect of the emulator or a broken connection, never a reply of the emulated service. */
function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const why = error instanceof Error ? error.message : String(error);
  response.writeHead(500, { 'content-type': 'text/plain' }).end(`emulator error: ${why}\n`);
}
