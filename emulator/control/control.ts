import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Emulator } from '../emulator-object.js';
import { readBody } from '../pipeline/receive.js';
import { CONTROL_PREFIX } from '../server.js';
import { parseObject } from './body.js';
import { ROUTES } from './routes.js';

/** Serves /_emulator/: JSON in, JSON out, for a person or a test in another process. */
export function controlHandler(emulator: Emulator) {
  return async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isLocal(message)) return send(response, 403, { error: 'control is answered on loopback only' });
    const path = (message.url ?? '').slice(CONTROL_PREFIX.length).split('?')[0] ?? '';
    const name = `${message.method} ${path}`;
    const route = Object.hasOwn(ROUTES, name) ? ROUTES[name] : undefined;
    if (!route) {
      return send(response, 404, { error: `no control ${name}`, controls: Object.keys(ROUTES) });
    }
    try {
      const body = parseObject((await readBody(message)).toString('utf8'));
      send(response, 200, route(emulator, body) ?? { ok: true });
    } catch (error) {
      send(response, 400, { error: error instanceof Error ? error.message : String(error) });
    }
  };
}

/** A web page that somebody has open must not reach it either: it sends an Origin, or a Host that is not ours. */
function isLocal(message: IncomingMessage): boolean {
  const from = message.socket.remoteAddress ?? '';
  const isLoopback = from === '::1' || /^(::ffff:)?127\./.test(from);
  const isOurHost = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(message.headers.host ?? '');
  return isLoopback && isOurHost && message.headers.origin === undefined;
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
}
