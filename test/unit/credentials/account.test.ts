import { afterEach, beforeEach, expect, test } from 'vitest';
import { AccountError, Callers, checkAccount } from '../../../provider/alicloud/credentials/account.js';
import { within } from '../../support/lifecycle/within.js';
import { type StsServer, stsServer } from './sts-server.js';

const keys = { accessKeyId: 'caller-id-1', accessKeySecret: 'caller-secret-1' };
const caller = { accountId: '1', arn: 'acs:ram::1:user/ci' };
let server: StsServer;
let callers: Callers;

beforeEach(async () => {
  server = await stsServer();
  callers = new Callers(server.sts);
  server.answer = () => ({ body: { AccountId: '1', Arn: caller.arn } });
});
afterEach(() => server.close());

test('STS is asked once for each credential, concurrent first calls included', async () => {
  const all = await Promise.all(Array.from({ length: 20 }, () => callers.of(keys, within(1))));
  expect(all).toEqual(Array(20).fill(caller));
  expect(server.asked).toHaveLength(1);
  expect(server.asked[0]).toMatchObject({ Action: 'GetCallerIdentity', Version: '2015-04-01' });
  await callers.of({ ...keys, securityToken: 'caller-token-1' }, within(1));
  await callers.of({ ...keys, accessKeyId: 'caller-id-2' }, within(1));
  await callers.of(keys, within(1));
  expect(server.asked).toHaveLength(3);
});

test('a failure is not kept', async () => {
  server.answer = (_, count) =>
    count === 1
      ? { status: 503, body: { Code: 'ServiceUnavailable', Message: 'busy' } }
      : { body: { AccountId: '1', Arn: caller.arn } };
  await expect(callers.of(keys, within(1))).rejects.toThrow('ServiceUnavailable');
  expect(await callers.of(keys, within(1))).toEqual(caller);
});

test('another way to STS is asked anew: it may be another cloud', async () => {
  await callers.of(keys, within(1));
  await new Callers(server.sts).of(keys, within(1));
  expect(server.asked).toHaveLength(2);
});

test('an answer without an account is an error', async () => {
  server.answer = () => ({ body: { Arn: caller.arn } });
  await expect(callers.of(keys, within(1))).rejects.toThrow(AccountError);
});

test('an account other than the configured one is refused, with both named', () => {
  expect(() => checkAccount(caller, { accountId: '2', allowedAccountIds: [] }, 'environment X')).toThrow(
    'The credentials in force belong to account 1 (acs:ram::1:user/ci, from environment X), but the configured accountId is 2.',
  );
  expect(() =>
    checkAccount(caller, { accountId: undefined, allowedAccountIds: ['2', '3'] }, 'environment X'),
  ).toThrow('allows only 2, 3');
  expect(() =>
    checkAccount(caller, { accountId: '1', allowedAccountIds: ['1'] }, 'environment X'),
  ).not.toThrow();
  expect(() =>
    checkAccount(caller, { accountId: undefined, allowedAccountIds: [] }, 'environment X'),
  ).not.toThrow();
});
