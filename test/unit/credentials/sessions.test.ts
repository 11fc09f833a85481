import { afterEach, beforeEach, expect, test } from 'vitest';
import { CredentialsError } from '../../../provider/alicloud/answers/errors.js';
import { readConfiguration } from '../../../provider/alicloud/configuration/configuration.js';
import type { CredentialsSource } from '../../../provider/alicloud/credentials/credentials-source.js';
import { credentialsSource } from '../../../provider/alicloud/credentials/source.js';
import { within } from '../../support/lifecycle/within.js';
import { plainCall } from './plain-call.js';
import { type StsServer, session, stsServer, type TestClock, testClock } from './sts-server.js';

const ROLE = 'acs:ram::1:role/deploy';
const CONFIG: Record<string, string> = {
  'alicloud:accessKey': 'base-id-1',
  'alicloud:secretKey': 'base-secret-1',
  'alicloud:assumeRole': JSON.stringify({ roleArn: ROLE }),
};
let server: StsServer;
let clock: TestClock;

beforeEach(async () => {
  server = await stsServer();
  clock = testClock();
});
afterEach(() => server.close());

function source(): CredentialsSource {
  const { credentials } = readConfiguration((key) => CONFIG[key], {});
  return credentialsSource(credentials, { environment: {}, sts: server.sts, plain: plainCall() });
}

test('a session is asked for once by concurrent first calls, and again shortly before the session ends', async () => {
  const role = source();
  await Promise.all(Array.from({ length: 20 }, () => role.get(within(1, clock))));
  clock.advance(3600 - 360);
  await role.get(within(1, clock));
  expect(server.asked).toHaveLength(1);
  clock.advance(120);
  const renewed = await Promise.all(Array.from({ length: 20 }, () => role.get(within(1, clock))));
  expect(server.asked).toHaveLength(2);
  expect(new Set(renewed.map(({ accessKeyId }) => accessKeyId))).toEqual(new Set(['session-id-2']));
});

test('a session trusts the clock of the service for its end', async () => {
  clock.advance(7200);
  const role = source();
  await role.get(within(1, clock));
  await role.get(within(1, clock));
  expect(server.asked).toHaveLength(1);
});

test('a renewal that fails before the end of a session leaves the session in use, after its end it is an error', async () => {
  const role = source();
  await role.get(within(1, clock));
  server.answer = () => ({ status: 503, body: { Code: 'ServiceUnavailable', Message: 'busy' } });
  clock.advance(3600 - 200);
  expect((await role.get(within(1, clock))).accessKeyId).toBe('session-id-1');
  expect((await role.get(within(1, clock))).accessKeyId).toBe('session-id-1');
  expect(server.asked).toHaveLength(2);
  clock.advance(201);
  await expect(role.get(within(1, clock))).rejects.toThrow('ServiceUnavailable');
});

test('a session that is slow to be renewed holds nobody up whose session is still good', async () => {
  const role = source();
  await role.get(within(1, clock));
  const asked = new Promise<void>((done) => {
    server.answer = () => {
      done();
      return new Promise(() => {});
    };
  });
  clock.advance(3600 - 200);
  const used = role.get(within(600, clock));
  await asked;
  clock.advance(10);
  expect((await used).accessKeyId).toBe('session-id-1');
});

test('a session is waited for by each in its own time, and by who is interrupted no longer', async () => {
  let answer = (_: { body: object }) => {};
  const asked = new Promise<void>((done) => {
    server.answer = () => {
      done();
      return new Promise((resolve) => {
        answer = resolve;
      });
    };
  });
  const role = source();
  const interrupt = new AbortController();
  const short = role.get(within(5, clock)).catch((error: Error) => error.message);
  const long = role.get(within(600, clock));
  const stopped = role
    .get({ ...within(600, clock), signal: interrupt.signal })
    .catch((reason: unknown) => reason);
  await asked;
  interrupt.abort('Ctrl-C');
  expect(await stopped).toBe('Ctrl-C');
  clock.advance(5);
  expect(await short).toBe(`The role ${ROLE} cannot be assumed: STS gave no answer in time`);
  answer({ body: session(1) });
  expect((await long).accessKeyId).toBe('session-id-1');
  expect(server.asked).toHaveLength(1);
});

test('a session is asked for anew after renew()', async () => {
  const role = source();
  await role.get(within(1, clock));
  expect(role.renew()).toBe(true);
  expect((await role.get(within(1, clock))).accessKeyId).toBe('session-id-2');
});

test('a session that was not given is asked for again, since a failure is not kept', async () => {
  server.answer = (_, count) =>
    count === 1
      ? { status: 503, body: { Code: 'ServiceUnavailable', Message: 'busy' } }
      : { body: session(count) };
  const role = source();
  await expect(role.get(within(1, clock))).rejects.toThrow(CredentialsError);
  expect((await role.get(within(1, clock))).accessKeyId).toBe('session-id-2');
});

test('a session is asked for once when many callers find the same one refused', async () => {
  const role = source();
  const refused = await role.get(within(1, clock));
  const renewed = await Promise.all(
    Array.from({ length: 20 }, async (_, turn) => {
      await new Promise((done) => setTimeout(done, turn));
      expect(role.renew(refused)).toBe(true);
      return role.get(within(1, clock));
    }),
  );
  expect(new Set(renewed.map(({ accessKeyId }) => accessKeyId))).toEqual(new Set(['session-id-2']));
  expect(server.asked).toHaveLength(2);
});
