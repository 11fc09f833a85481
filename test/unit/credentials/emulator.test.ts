import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type Emulator,
  startEmulator,
  TEST_ACCESS_KEY_ID,
  TEST_ACCESS_KEY_SECRET,
  TEST_ACCOUNT_ID,
} from '../../../emulator/index.js';
import { readConfiguration } from '../../../provider/alicloud/configuration/configuration.js';
import { Callers } from '../../../provider/alicloud/credentials/account.js';
import type { StsCall } from '../../../provider/alicloud/credentials/credentials-source.js';
import { credentialsSource } from '../../../provider/alicloud/credentials/source.js';
import { endpointFor } from '../../../provider/alicloud/sending/endpoint.js';
import { send } from '../../../provider/alicloud/sending/pop.js';
import { within } from '../../support/lifecycle/within.js';
import { plainCall } from './plain-call.js';

let emulator: Emulator;
let folder: string;
beforeEach(async () => {
  emulator = await startEmulator();
  folder = mkdtempSync(join(tmpdir(), 'emulator-'));
});
afterEach(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true });
});

/** What a host puts together: configuration, source and account, against STS with its signatures checked. */
function start(variables: Record<string, string>, config: Record<string, string> = {}) {
  const environment = { STS_ENDPOINT: emulator.url, ...variables };
  const configuration = readConfiguration((key) => config[key], environment);
  const endpoint = endpointFor('sts', 'cn-shanghai', configuration);
  const { connectTimeout, readTimeout } = configuration;
  const sts: StsCall = (action, params, credentials) =>
    send({ service: 'sts', endpoint, action, params, credentials, connectTimeout, readTimeout });
  const source = credentialsSource(configuration.credentials, { environment, sts, plain: plainCall() });
  const callers = new Callers(sts);
  return { source, whoAmI: async () => callers.of(await source.get(within(1)), within(1)) };
}
const PAIR = { ALICLOUD_ACCESS_KEY: TEST_ACCESS_KEY_ID, ALICLOUD_SECRET_KEY: TEST_ACCESS_KEY_SECRET };
const ROLE = 'acs:ram::2000000000000002:role/deploy';

test('a key pair is its own account', async () => {
  expect((await start(PAIR).whoAmI()).accountId).toBe(TEST_ACCOUNT_ID);
});

test('a role of another account is that account, and a session that expired early is replaced', async () => {
  const { source, whoAmI } = start({ ...PAIR, ALICLOUD_ASSUME_ROLE_ARN: ROLE });
  expect(await whoAmI()).toEqual({
    accountId: '2000000000000002',
    arn: 'acs:ram::2000000000000002:assumed-role/deploy/pulumi-alicloud-media',
  });
  const before = await source.get(within(1));
  emulator.expireTokens();
  expect(source.renew()).toBe(true);
  expect((await source.get(within(1))).accessKeyId).not.toBe(before.accessKeyId);
  expect((await whoAmI()).accountId).toBe('2000000000000002');
});

test('an external id and a policy arrive as they are, whatever signs they have', async () => {
  const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('');
  const assumeRole = {
    roleArn: ROLE,
    externalId: 'Az09=,.@:/-_+',
    policy: JSON.stringify({
      Version: '1',
      Statement: [{ Effect: 'Deny', Action: '*', Resource: `${printable}\n桶é` }],
    }),
  };
  // A sign that were written otherwise than it was signed would fail the signature.
  const { whoAmI } = start(PAIR, { 'alicloud:assumeRole': JSON.stringify(assumeRole) });
  expect((await whoAmI()).accountId).toBe('2000000000000002');
  const [asked] = emulator.journal();
  expect(asked?.params).toMatchObject({ ExternalId: '[given]', Policy: '[given]' });
});

test('a token file is enough', async () => {
  const file = join(folder, 'token');
  writeFileSync(file, 'a-token');
  const { whoAmI } = start({
    ALIBABA_CLOUD_OIDC_PROVIDER_ARN: 'acs:ram::2000000000000002:oidc-provider/ci',
    ALIBABA_CLOUD_OIDC_TOKEN_FILE: file,
    ALIBABA_CLOUD_ROLE_ARN: ROLE,
  });
  expect((await whoAmI()).accountId).toBe('2000000000000002');
});
