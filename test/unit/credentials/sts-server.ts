import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { StsCall } from '../../../provider/alicloud/credentials/credentials-source.js';
import type { Clock } from '../../../provider/alicloud/limits/clock.js';
import { send } from '../../../provider/alicloud/sending/pop.js';
import { Alarms } from '../../support/lifecycle/alarms.js';

export interface Asked {
  readonly [parameter: string]: string;
}
type Answer = { status?: number; body: unknown };

export interface StsServer {
  readonly url: string;
  readonly asked: Asked[];
  /** What the next requests are answered with. */
  answer: (asked: Asked, count: number) => Answer | Promise<Answer>;
  readonly sts: StsCall;
  close(): Promise<void>;
}

/** A server on real HTTP that stands for STS; a body that is a text is sent as it is, all others with a RequestId. */
export async function stsServer(): Promise<StsServer> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let form = '';
    request.on('data', (chunk) => {
      form += chunk;
    });
    request.on('end', async () => {
      const parameters = Object.fromEntries(new URLSearchParams(form));
      asked.push(parameters);
      const { status = 200, body } = await state.answer(parameters, asked.length);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(typeof body === 'string' ? body : JSON.stringify({ RequestId: 'R', ...(body as object) }));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const state: StsServer = {
    url,
    asked,
    answer: (_, count) => ({ body: session(count) }),
    sts: (action, params, credentials) =>
      send({
        service: 'sts',
        endpoint: url,
        action,
        params,
        credentials,
        connectTimeout: 2000,
        readTimeout: 2000,
      }),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return state;
}

/** An STS answer whose session ends an hour after now. */
export function session(count: number, seconds = 3600): object {
  return {
    RequestId: `request-${count}`,
    Credentials: {
      AccessKeyId: `session-id-${count}`,
      AccessKeySecret: `session-secret-${count}`,
      SecurityToken: `session-token-${count}`,
      Expiration: new Date(Date.now() + seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z'),
    },
  };
}

export interface TestClock extends Clock {
  advance(seconds: number): void;
}

export function testClock(): TestClock {
  let ahead = 0;
  const alarms = new Alarms();
  const now = () => Date.now() + ahead;
  return {
    now,
    sleep: async () => {},
    alarm: (time, ring) => alarms.alarm(time, ring),
    advance: (seconds) => {
      ahead += seconds * 1000;
      alarms.moved(now());
    },
  };
}
