import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Exchange } from '../../live/transcript.js';
import { readConfiguration } from '../../provider/alicloud/configuration/configuration.js';
import { systemClock } from '../../provider/alicloud/limits/clock.js';
import { Wire } from '../../provider/alicloud/sending/wire.js';
import { type Kind, Operation } from '../../provider/lifecycle/operation.js';

const REQUEST_ID = '00000000-0000-4000-8000-000000000000';

/** `{second dataset}` as a name that a request can carry. */
export function filled<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value).replace(/\{([a-z]+(?: [a-z]+)*)\}/g, (_, name: string) =>
      name.replaceAll(' ', '-'),
    ),
  );
}

/** A service that answers each action with a recorded reply, over HTTP, so that the whole wire reads it. */
export class Replay {
  readonly #server: Server;
  readonly wire: Wire;
  /** The actions that arrived. */
  readonly received: string[] = [];

  private constructor(server: Server, wire: Wire) {
    this.#server = server;
    this.wire = wire;
  }

  static async start(replies: readonly (Exchange | undefined)[]): Promise<Replay> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const settings: Record<string, string> = {
      'alicloud-media:skipRequestingAccountId': 'true',
      'alicloud-media:consistencyWindow': '0',
    };
    const configuration = readConfiguration((key) => settings[key], {
      ALICLOUD_ACCESS_KEY: 'emulator-test-key-id',
      ALICLOUD_SECRET_KEY: 'emulator-test-key-secret',
      IMM_ENDPOINT: url,
      MTS_ENDPOINT: url,
    });
    const wire = new Wire(configuration, { clock: systemClock, environment: {}, random: () => 0 });
    const replay = new Replay(server, wire);
    server.on('request', async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const action = new URLSearchParams(body).get('Action') ?? '';
      replay.received.push(action);
      const reply = replies.find((exchange) => exchange?.action === action)?.reply;
      const { code, message, status = 404, body: content = {} } = reply ?? { code: 'NotInTranscript' };
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({
          RequestId: REQUEST_ID,
          ...filled(content),
          ...(code && { Code: code, Message: message }),
        }),
      );
    });
    return replay;
  }

  operation(kind: Kind): Operation {
    return new Operation({
      subject: 'the link',
      kind,
      wire: this.wire,
      clock: systemClock,
      random: () => 0,
      timeout: 5_000,
      adoptable: new Set(),
      say: () => {},
    });
  }

  async close(): Promise<void> {
    await new Promise<void>((done) => {
      this.#server.close(() => done());
      this.#server.closeAllConnections();
    });
  }
}
