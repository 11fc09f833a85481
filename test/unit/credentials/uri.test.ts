import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfiguration } from '../../../provider/alicloud/configuration/configuration.js';
import type { CredentialsSource } from '../../../provider/alicloud/credentials/credentials-source.js';
import { credentialsSource } from '../../../provider/alicloud/credentials/source.js';
import type { Bound } from '../../../provider/alicloud/limits/retry.js';
import { within } from '../../support/lifecycle/within.js';
import { failure } from './failure.js';
import { plainCall } from './plain-call.js';
import { type StsServer, stsServer, type TestClock, testClock } from './sts-server.js';

const good = {
  AccessKeyId: 'uri-id-1',
  AccessKeySecret: 'uri-secret-1',
  SecurityToken: 'uri-token-1',
  Expiration: '2099-01-01T00:00:00Z',
};
let server: StsServer;
let clock: TestClock;
beforeEach(async () => {
  server = await stsServer();
  clock = testClock();
});
afterEach(() => server.close());

function uri(address = server.url): CredentialsSource {
  const environment = { ALICLOUD_CREDENTIALS_URI: address };
  const { credentials } = readConfiguration(() => undefined, environment);
  return credentialsSource(credentials, { environment, sts: server.sts, plain: plainCall() });
}

test('a credentials URI is asked once for concurrent first calls and until the session nears its end', async () => {
  server.answer = (_, count) => ({
    body: {
      ...good,
      AccessKeyId: `uri-id-${count}`,
      Expiration: new Date(Date.now() + 3_600_000).toISOString(),
    },
  });
  const remote = uri();
  const get = () => remote.get(within(1, clock));
  const all = await Promise.all([get(), get(), get()]);
  await get();
  expect(all.map(({ accessKeyId }) => accessKeyId)).toEqual(['uri-id-1', 'uri-id-1', 'uri-id-1']);
  expect(server.asked).toHaveLength(1);
  clock.advance(3_400);
  expect((await get()).accessKeyId).toBe('uri-id-2');
  expect(remote.renew()).toBe(true);
  expect((await get()).accessKeyId).toBe('uri-id-3');
});

test('a session that seems to be over is used for a moment, since clocks differ, and not asked for at each request', async () => {
  server.answer = () => ({ body: { ...good, Expiration: '2020-01-01T00:00:00Z' } });
  const remote = uri();
  for (let count = 0; count < 5; count++) await remote.get(within(1, clock));
  expect(server.asked).toHaveLength(1);
  clock.advance(31);
  await remote.get(within(1, clock));
  expect(server.asked).toHaveLength(2);
});

test.each([
  [200, { ...good, SecurityToken: '' }, 'its reply lacks AccessKeyId, AccessKeySecret or SecurityToken'],
  [200, `oops ${JSON.stringify(good)}`, 'its reply is not JSON'],
  [200, { ...good, Expiration: 'uri-secret-1' }, 'its reply has no valid Expiration'],
  [200, `"${'uri-secret-1'.repeat(10_000)}"`, 'its reply is too long'],
  [403, good, 'it answered with HTTP 403'],
  [302, good, 'it answered with HTTP 302'],
])('one that answers %i %j is an error that repeats nothing of the reply', async (status, body, told) => {
  server.answer = () => ({ status, body });
  const text = await failure(uri().get(within(1, clock)));
  expect(text).toContain(
    `credentials URI (environment ALICLOUD_CREDENTIALS_URI) gave no credentials: ${told}`,
  );
  expect(text).not.toMatch(/uri-|127\.0\.0\.1/);
});

test.each([408, 429, 500, 502, 503, 504])(
  'one that answers %i is asked again, and says why',
  async (status) => {
    server.answer = (_, count) => (count < 3 ? { status, body: good } : { body: good });
    const told: string[] = [];
    const bound: Bound = { ...within(60, clock), paused: ({ message }) => told.push(message) };
    expect((await uri().get(bound)).accessKeyId).toBe('uri-id-1');
    const text = `The credentials URI (environment ALICLOUD_CREDENTIALS_URI) gave no credentials: it answered with HTTP ${status}`;
    expect(told).toEqual([text, text]);
  },
);

test('one that does not answer is asked again as long as the caller has time, and named then', async () => {
  const closed = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => closed.once('listening', done));
  const { port } = closed.address() as AddressInfo;
  await new Promise((done) => closed.close(done));
  const told: string[] = [];
  const bound: Bound = { ...within(4, clock), paused: ({ message }) => told.push(message) };
  const text = await failure(uri(`http://127.0.0.1:${port}`).get(bound));
  expect(text).toContain('gave no credentials: ECONNREFUSED');
  expect(told.length).toBeGreaterThan(2);
});

test('one that is silent, or breaks off, is left at the end of the caller’s time, or of his patience', async () => {
  const sockets = createServer((_, response) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('{"AccessKeyId": "uri-id-1"');
    setTimeout(() => response.destroy(), 20);
  }).listen(0, '127.0.0.1');
  await new Promise((done) => sockets.once('listening', done));
  try {
    const broken = uri(`http://127.0.0.1:${(sockets.address() as AddressInfo).port}`);
    expect(await failure(broken.get(within(0.1)))).toContain('its reply was cut short');
  } finally {
    sockets.close();
  }
  const asked = new Promise<void>((done) => {
    server.answer = () => {
      done();
      return new Promise(() => {});
    };
  });
  const interrupt = new AbortController();
  const silent = uri();
  const stopped = silent.get({ ...within(60, clock), signal: interrupt.signal }).catch((reason) => reason);
  const late = silent.get(within(5, clock)).catch(({ message }: Error) => message);
  await asked;
  clock.advance(5);
  expect(await late).toContain('it did not answer in time');
  interrupt.abort('Ctrl-C');
  expect(await stopped).toBe('Ctrl-C');
});

test('one is not asked under DEBUG=* with its reply in the log', async () => {
  server.answer = () => ({ body: good });
  const printed: string[] = [];
  const write = process.stderr.write;
  process.stderr.write = ((text: string) => printed.push(text) > 0) as typeof process.stderr.write;
  const httpx = createRequire(
    createRequire(createRequire(__filename).resolve('@alicloud/pop-core')).resolve('httpx'),
  );
  const debug = httpx('debug') as { enable(names: string): void; disable(): string };
  debug.enable('*');
  try {
    await uri().get(within(1, clock));
  } finally {
    process.stderr.write = write;
    debug.disable();
  }
  expect(printed.join('')).not.toContain('uri-');
});
