import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readConfiguration } from '../../../provider/alicloud/configuration/configuration.js';
import {
  type CredentialsSource,
  keysAdvice,
} from '../../../provider/alicloud/credentials/credentials-source.js';
import { credentialsSource } from '../../../provider/alicloud/credentials/source.js';
import { retrying } from '../../../provider/alicloud/limits/retry.js';
import { within } from '../../support/lifecycle/within.js';
import { failure } from './failure.js';
import { plainCall } from './plain-call.js';
import { type StsServer, session, stsServer, type TestClock, testClock } from './sts-server.js';

const ROLE = 'acs:ram::1:role/deploy';
let server: StsServer;
let clock: TestClock;
let folder: string;

beforeEach(async () => {
  server = await stsServer();
  clock = testClock();
  folder = mkdtempSync(join(tmpdir(), 'credentials-'));
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

function source(
  config: Record<string, unknown>,
  environment: Record<string, string> = {},
): CredentialsSource {
  const get = (key: string) => {
    const value = config[key];
    return typeof value === 'object' ? JSON.stringify(value) : (value as string | undefined);
  };
  const { credentials } = readConfiguration(get, environment);
  return credentialsSource(credentials, { environment, sts: server.sts, plain: plainCall() });
}
const PAIR = {
  'alicloud:accessKey': 'base-id-1',
  'alicloud:secretKey': 'base-secret-1',
  'alicloud:securityToken': 'base-token-1',
};

describe('static keys', () => {
  test('are given as they are, without a request, and cannot be renewed', async () => {
    const keys = source(PAIR);
    expect(await keys.get(within(1, clock))).toEqual({
      accessKeyId: 'base-id-1',
      accessKeySecret: 'base-secret-1',
      securityToken: 'base-token-1',
    });
    expect(keys.renew()).toBe(false);
    expect(keys.description).toBe('config alicloud:accessKey');
    expect(server.asked).toEqual([]);
  });

  test('advice for refused keys names the source and the configuration of the last up', () => {
    expect(
      keysAdvice(source({}, { ALICLOUD_ACCESS_KEY: 'base-id-1', ALICLOUD_SECRET_KEY: 'base-secret-1' })),
    ).toBe(
      'These credentials came from environment ALICLOUD_ACCESS_KEY; without --run-program, destroy and refresh use ' +
        'the configuration stored by the last up.',
    );
  });
});

describe('AssumeRole', () => {
  const assumeRole = {
    roleArn: ROLE,
    sessionName: 'stack',
    sessionExpiration: 1800,
    policy: '{}',
    externalId: 'outside-1',
  };

  test('is a signed POST with every field of the configuration', async () => {
    const role = source({ ...PAIR, 'alicloud:assumeRole': assumeRole });
    expect(await role.get(within(1, clock))).toEqual({
      accessKeyId: 'session-id-1',
      accessKeySecret: 'session-secret-1',
      securityToken: 'session-token-1',
    });
    expect(server.asked[0]).toMatchObject({
      Action: 'AssumeRole',
      Version: '2015-04-01',
      AccessKeyId: 'base-id-1',
      SecurityToken: 'base-token-1',
      RoleArn: ROLE,
      RoleSessionName: 'stack',
      DurationSeconds: '1800',
      Policy: '{}',
      ExternalId: 'outside-1',
    });
    expect(role.description).toBe(`config alicloud:accessKey, role ${ROLE}`);
  });

  test('that is denied says what to do, and repeats no secret', async () => {
    server.answer = (asked) => ({
      status: 403,
      body: {
        Code: 'NoPermission',
        Message: `no: ${asked.ExternalId} ${asked.AccessKeyId} ${asked.SecurityToken}`,
        RequestId: 'r-1',
      },
    });
    const text = await failure(source({ ...PAIR, 'alicloud:assumeRole': assumeRole }).get(within(1, clock)));
    expect(text).toContain(`The role ${ROLE} cannot be assumed: STS AssumeRole: NoPermission`);
    expect(text).toContain('r-1');
    expect(text).toContain('sts:AssumeRole');
    expect(text).toContain('These credentials came from config alicloud:accessKey; without --run-program');
    expect(text).not.toMatch(/outside-1|base-id-1|base-secret-1|base-token-1/);
  });

  test.each([
    ['SignatureDoesNotMatch', 'server string to sign is: base-id-1', 'Correct these credentials'],
    ['InvalidAccessKeyId.Inactive', 'off', 'Correct these credentials'],
    ['InvalidSecurityToken.Malformed', 'bad', 'Correct these credentials'],
    ['InvalidTimeStamp.Expired', 'late', 'Set the clock of this machine'],
  ])('that is answered %s says what to do, with the RequestId', async (code, said, hint) => {
    server.answer = () => ({ status: 400, body: { Code: code, Message: said, RequestId: 'r-3' } });
    const text = await failure(
      source({ ...PAIR, 'alicloud:assumeRole': { roleArn: ROLE } }).get(within(1, clock)),
    );
    expect(text).toContain('(RequestId r-3)');
    expect(text).toContain(hint);
    expect(text).not.toContain('sts:AssumeRole');
    expect(text).not.toContain('base-id-1');
    expect(text.includes('These credentials came from config alicloud:accessKey')).toBe(
      !code.startsWith('InvalidTimeStamp'),
    );
  });

  test('that is tried again is told of without a secret', async () => {
    server.answer = ({ ExternalId }, count) =>
      count === 1
        ? { status: 503, body: { Code: 'ServiceUnavailable', Message: `busy with ${ExternalId}` } }
        : { body: session(count) };
    const { credentials } = readConfiguration(
      (key) => ({ ...PAIR, 'alicloud:assumeRole': JSON.stringify(assumeRole) })[key],
      {},
    );
    const role = credentialsSource(credentials, {
      environment: {},
      sts: (action, params, keys, bound) => retrying(bound, () => server.sts(action, params, keys, bound)),
      plain: plainCall(),
    });
    const told: string[] = [];
    await role.get({ ...within(1, clock), paused: ({ message }) => told.push(message) });
    expect(told).toEqual([
      `The role ${ROLE} cannot be assumed: STS AssumeRole: ServiceUnavailable: busy with [redacted] (RequestId R)`,
    ]);
  });

  test('with expired keys names their source and the configuration of the last up', async () => {
    server.answer = () => ({ status: 400, body: { Code: 'InvalidSecurityToken.Expired', Message: 'over' } });
    const text = await failure(
      source({ ...PAIR, 'alicloud:assumeRole': { roleArn: ROLE } }).get(within(1, clock)),
    );
    expect(text).toContain('InvalidSecurityToken.Expired');
    expect(text).toContain('These credentials came from config alicloud:accessKey; without --run-program');
    expect(server.asked).toHaveLength(1);
  });

  test('with expired keys of a profile reads the file once more', async () => {
    const file = join(folder, 'config.json');
    const write = (id: string) => {
      const keys = { access_key_id: id, access_key_secret: 's', sts_token: 't' };
      writeFileSync(
        file,
        JSON.stringify({ current: 'a', profiles: [{ name: 'a', mode: 'StsToken', ...keys }] }),
      );
    };
    write('old-id');
    server.answer = (asked, count) => {
      write('new-id');
      if (asked.AccessKeyId === 'new-id') return { body: session(count) };
      return { status: 400, body: { Code: 'InvalidSecurityToken.Expired', Message: 'over' } };
    };
    const role = source({ 'alicloud:sharedCredentialsFile': file, 'alicloud:assumeRole': { roleArn: ROLE } });
    expect((await role.get(within(1, clock))).accessKeyId).toBe('session-id-2');
  });

  test('that answers with half a credential is an error that shows none of it', async () => {
    server.answer = () => ({
      body: { Credentials: { AccessKeyId: 'half-id-1', SecurityToken: 'half-token-1' } },
    });
    const text = await failure(
      source({ ...PAIR, 'alicloud:assumeRole': { roleArn: ROLE } }).get(within(1, clock)),
    );
    expect(text).toContain('answered without credentials');
    expect(text).not.toContain('half-');
  });
});

describe('AssumeRoleWithOIDC', () => {
  const PROVIDER = 'acs:ram::1:oidc-provider/ci';
  const oidc = (file: string) => ({
    'alicloud:assumeRoleWithOidc': {
      oidcProviderArn: PROVIDER,
      oidcTokenFile: file,
      roleArn: ROLE,
      roleSessionName: 'job',
    },
  });

  test('is sent without a key, and reads the token file again each time it is needed', async () => {
    const file = join(folder, 'token');
    writeFileSync(file, 'first-token\n');
    const role = source(oidc(file));
    await role.get(within(1, clock));
    expect(server.asked[0]).toMatchObject({
      Action: 'AssumeRoleWithOIDC',
      OIDCProviderArn: PROVIDER,
      OIDCToken: 'first-token',
      RoleArn: ROLE,
      RoleSessionName: 'job',
      DurationSeconds: '3600',
    });
    expect(server.asked[0]).not.toHaveProperty('Signature');
    writeFileSync(file, 'second-token\n');
    clock.advance(3500);
    await role.get(within(1, clock));
    expect(server.asked[1]?.OIDCToken).toBe('second-token');
    expect(role.description).toBe(`config alicloud:assumeRoleWithOidc, role ${ROLE}`);
  });

  test('can be followed by another role', async () => {
    const file = join(folder, 'token');
    writeFileSync(file, 'first-token');
    const next = 'acs:ram::2:role/next';
    const role = source({ ...oidc(file), 'alicloud:assumeRole': { roleArn: next } });
    expect((await role.get(within(1, clock))).accessKeyId).toBe('session-id-2');
    expect(server.asked[1]).toMatchObject({
      Action: 'AssumeRole',
      AccessKeyId: 'session-id-1',
      RoleArn: next,
    });
    expect(role.description).toBe(`config alicloud:assumeRoleWithOidc, role ${ROLE}, role ${next}`);
  });

  test('that is refused repeats no token', async () => {
    server.answer = (asked) => ({
      status: 400,
      body: {
        Code: 'AuthenticationFail.OIDCToken.Invalid',
        Message: `bad ${asked.OIDCToken}`,
        RequestId: 'r-2',
      },
    });
    const config = { oidcProviderArn: PROVIDER, oidcToken: 'literal-token', roleArn: ROLE };
    const text = await failure(source({ 'alicloud:assumeRoleWithOidc': config }).get(within(1, clock)));
    expect(text).toContain('AuthenticationFail.OIDCToken.Invalid');
    expect(text).toContain('They were given by config alicloud:assumeRoleWithOidc.');
    expect(text).not.toContain('literal-token');
  });

  test('needs a token file that can be read and is not empty', async () => {
    const file = join(folder, 'token');
    expect(await failure(source(oidc(file)).get(within(1, clock)))).toContain(
      `The OIDC token file ${file} cannot be read (ENOENT)`,
    );
    writeFileSync(file, '\n');
    expect(await failure(source(oidc(file)).get(within(1, clock)))).toContain(
      `The OIDC token file ${file} is empty`,
    );
    expect(server.asked).toEqual([]);
  });
});

test('no print of a source shows a credential, before or after its use', async () => {
  const role = source({ ...PAIR, 'alicloud:assumeRole': { roleArn: ROLE, externalId: 'outside-1' } });
  const uri = source({ 'alicloud:credentialsUri': `${server.url}/?key=query-1` });
  server.answer = (_, count) => ({ body: session(count) });
  await role.get(within(1, clock));
  for (const printed of [role, uri].flatMap((each) => [
    JSON.stringify(each),
    inspect(each, { depth: Number.POSITIVE_INFINITY, showHidden: false, getters: true }),
  ])) {
    expect(printed).not.toMatch(/base-|session-|outside-1|query-1/);
  }
});
