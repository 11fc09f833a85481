import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ConsoleFile, consoleFile, PAGE_HEADERS } from '../console/files.js';
import type { Emulator } from '../emulator-object.js';
import { readBody } from '../pipeline/receive.js';
import { CONTROL_PREFIX } from '../server.js';
import { parseObject } from './body.js';
import { ROUTES } from './routes.js';

/** Serves /_emulator/: JSON in, JSON out, for a test in another process, and the console for a person. */
export function controlHandler(emulator: Emulator) {
  return async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!isLocal(message)) return send(response, 403, { error: 'control is answered on loopback only' });
    const [path = '', query] = (message.url ?? '').slice(CONTROL_PREFIX.length).split('?', 2);
    const file = message.method === 'GET' ? consoleFile(path) : undefined;
    if (file) return sendFile(response, file);
    const name = `${message.method} ${path}`;
    const route = Object.hasOwn(ROUTES, name) ? ROUTES[name] : undefined;
    if (!route) {
      return send(response, 404, { error: `no control ${name}`, controls: Object.keys(ROUTES) });
    }
    try {
      const body = parseObject((await readBody(message)).toString('utf8'));
      send(response, 200, route(emulator, body, new URLSearchParams(query)) ?? { ok: true });
    } catch (error) {
      send(response, 400, { error: error instanceof Error ? error.message : String(error) });
    }
  };
}

/**
 * A web page that somebody has open must not reach it: it sends the Origin of another place, or, with a name of its own
 * that leads to this machine, a Host that is not ours. The console's own requests have the Origin of this very port.
 */
function isLocal({ socket, headers }: IncomingMessage): boolean {
  const from = socket.remoteAddress ?? '';
  const isLoopback = from === '::1' || /^(::ffff:)?127\./.test(from);
  const host = headers.host ?? '';
  const isOurHost = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host);
  const isOurOrigin = headers.origin === undefined || headers.origin === `http://${host}`;
  return isLoopback && isOurHost && isOurOrigin;
}

/** What it says is of this moment, and is never taken for another kind of file, or by another origin. */
const HEADERS = {
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

function send(response: ServerResponse, status: number, body: unknown): void {
  response
    .writeHead(status, { ...HEADERS, 'content-type': 'application/json' })
    .end(`${JSON.stringify(body)}\n`);
}

function sendFile(response: ServerResponse, { type, body }: ConsoleFile): void {
  response
    .writeHead(200, { ...HEADERS, ...PAGE_HEADERS, 'content-type': type, 'content-length': body.length })
    .end(body);
}
