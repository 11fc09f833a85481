import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfiguration } from '../../../provider/alicloud/configuration/configuration.js';
import type { CredentialsSource } from '../../../provider/alicloud/credentials/credentials-source.js';
import { credentialsSource } from '../../../provider/alicloud/credentials/source.js';
import type { Bound } from '../../../provider/alicloud/limits/retry.js';
import { Agents } from '../../../provider/alicloud/network/agents.js';
import { proxyOf } from '../../../provider/alicloud/network/barred.js';
import { within } from '../../support/lifecycle/within.js';
import { failure } from './failure.js';
import { plainCall } from './plain-call.js';
import { type TestClock, testClock } from './sts-server.js';

const ROLES = '/latest/meta-data/ram/security-credentials/';
const KEYS = {
  Code: 'Success',
  AccessKeyId: 'metadata-id-1',
  AccessKeySecret: 'metadata-secret-1',
  SecurityToken: 'metadata-token-1',
  Expiration: '2099-01-01T00:00:00Z',
};
let server: Server;
let clock: TestClock;
let asked: string[];
/** What the service answers instead, by `<method> <path>`. */
let other: Record<string, { status?: number; text?: string }>;
let needsToken: boolean;

beforeEach(async () => {
  clock = testClock();
  asked = [];
  other = {};
  needsToken = true;
  server = createServer(({ method, url = '', headers }, response) => {
    asked.push(`${method} ${url}`);
    const isToken = method === 'PUT' && url === '/latest/api/token';
    const { status = 200, text } = other[`${method} ${url}`] ?? {};
    const known = headers['x-aliyun-ecs-metadata-token'] === 'metadata-pass-1';
    if (status !== 200) response.writeHead(status).end('metadata-page');
    else if (isToken && headers['x-aliyun-ecs-metadata-token-ttl-seconds'] === '60')
      response.end('metadata-pass-1');
    else if (needsToken && !known) response.writeHead(403).end();
    else if (url === ROLES) response.end(text ?? 'machine\n');
    else if (url === `${ROLES}machine`) response.end(text ?? JSON.stringify(KEYS));
    else response.writeHead(404).end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function ecsRole(environment: Record<string, string> = {}): CredentialsSource {
  const all = { ALICLOUD_ECS_ROLE_NAME: 'machine', ...environment };
  const { credentials } = readConfiguration(() => undefined, all);
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return credentialsSource(credentials, {
    environment: all,
    sts: () => Promise.reject(new Error('STS is not needed here')),
    plain: plainCall(address),
  });
}

test('the role of an ECS instance is asked for with a token of the metadata service, once for concurrent calls', async () => {
  const role = ecsRole();
  const all = await Promise.all(Array.from({ length: 5 }, () => role.get(within(1, clock))));
  await role.get(within(1, clock));
  expect(new Set(all.map(({ accessKeyId }) => accessKeyId))).toEqual(new Set(['metadata-id-1']));
  expect(asked).toEqual(['PUT /latest/api/token', `GET ${ROLES}machine`]);
  expect(role.description).toBe("ECS role 'machine' (environment ALICLOUD_ECS_ROLE_NAME)");
});

test('the metadata service is reached through no proxy', () => {
  const variables = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'];
  const before = variables.map((name) => [name, process.env[name]] as const);
  for (const name of variables) process.env[name] = 'http://127.0.0.1:1';
  try {
    const agents = new Agents(undefined);
    expect(proxyOf({ agent: agents.for('http://100.100.100.200') })).toBeUndefined();
    expect(proxyOf({ agent: agents.for('https://sts.aliyuncs.com') })).toBe('127.0.0.1:1');
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
});

test('a metadata service of the first version is asked without one, unless that is switched off', async () => {
  needsToken = false;
  other = { 'PUT /latest/api/token': { status: 404 } };
  expect((await ecsRole().get(within(1, clock))).securityToken).toBe('metadata-token-1');
  const text = await failure(ecsRole({ ALIBABA_CLOUD_IMDSV1_DISABLED: 'true' }).get(within(1, clock)));
  expect(text).toContain('gave no credentials: it answered with HTTP 404');
});

test('one 503 is followed by another try, which shows that it is alive', async () => {
  for (const path of ['PUT /latest/api/token', `GET ${ROLES}machine`]) {
    other = { [path]: { status: 503 } };
    const told: string[] = [];
    const bound: Bound = {
      ...within(60, clock),
      paused: ({ message }) => {
        told.push(message);
        other = {};
      },
    };
    expect((await ecsRole({ ALIBABA_CLOUD_IMDSV1_DISABLED: 'true' }).get(bound)).accessKeyId).toBe(
      'metadata-id-1',
    );
    expect(told).toEqual([
      "The ECS role 'machine' (environment ALICLOUD_ECS_ROLE_NAME) gave no credentials: it answered with HTTP 503",
    ]);
  }
});

test.each([
  [{ [`GET ${ROLES}machine`]: { status: 404 } }, 'it answered with HTTP 404'],
  [{ [`GET ${ROLES}machine`]: { text: '{"Code":"Failed"}' } }, 'its reply holds no credentials'],
  [{ [`GET ${ROLES}machine`]: { text: 'metadata-secret-1' } }, 'its reply is not JSON'],
  [
    { [`GET ${ROLES}machine`]: { text: JSON.stringify({ ...KEYS, SecurityToken: undefined }) } },
    'its reply lacks AccessKeyId, AccessKeySecret or SecurityToken',
  ],
])('%j is an error that says so, repeats nothing of it, and tells what to look at', async (answers, told) => {
  other = answers;
  const text = await failure(ecsRole().get(within(1, clock)));
  expect(text).toContain(`gave no credentials: ${told}`);
  expect(text).toContain('Check that this machine is an ECS instance that has the RAM role.');
  expect(text).not.toMatch(/metadata-/);
});

test('keys are asked for again before they end, and used to their end where that fails', async () => {
  const keysFor = (seconds: number, id: string) =>
    JSON.stringify({
      ...KEYS,
      AccessKeyId: id,
      Expiration: new Date(clock.now() + seconds * 1000).toISOString(),
    });
  const path = `GET ${ROLES}machine`;
  other = { [path]: { text: keysFor(3600, 'metadata-id-1') } };
  const role = ecsRole();
  await role.get(within(1, clock));
  other = { [path]: { status: 503 } };
  clock.advance(3_400);
  expect((await role.get(within(1, clock))).accessKeyId).toBe('metadata-id-1');
  // A moment later it is not asked again.
  const { length } = asked;
  await role.get(within(1, clock));
  expect(asked).toHaveLength(length);
  clock.advance(60);
  other = { [path]: { text: keysFor(3600, 'metadata-id-2') } };
  expect((await role.get(within(1, clock))).accessKeyId).toBe('metadata-id-2');
});
