import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UNKNOWN } from '../../provider/lifecycle/unknown.js';
import type { Properties } from '../support/dynamic/provider-process.js';
import { InProcessPlugin } from '../support/plugin/in-process-plugin.js';
import { SECRET, UNKNOWNS } from './plugin-world.js';

const ACCOUNT = '1234567890123456';
const ROLE = `acs:ram::${ACCOUNT}:role/media`;
const OIDC = { oidcProviderArn: `acs:ram::${ACCOUNT}:oidc-provider/ci`, oidcTokenFile: '/run/token' };
const OUTPUT = { [Object.keys(SECRET)[0] ?? '']: 'd0e6a833031e9bbcd3f4e8bde6ca49a4' };

async function failures(args: Properties, environment: NodeJS.ProcessEnv = {}): Promise<readonly string[]> {
  return (await new InProcessPlugin(undefined, { environment }).checkConfig(args)).failures;
}

it.each([
  ['allowedAccountIDs', 'allowedAccountIds'],
  ['allowed_account_ids', 'allowedAccountIds'],
  ['skipRequestingAccountID', 'skipRequestingAccountId'],
  ['acountId', 'accountId'],
])('a guard that is misspelt (%s) is refused with the nearest name, known or not', async (given, meant) => {
  for (const value of ['hidden-word', ['hidden-word'], UNKNOWN]) {
    expect(await failures({ [given]: value })).toEqual([
      `alicloud-media:${given} is not known; nearest: ${meant}.`,
    ]);
  }
});

it('what the engine itself gives is no key', async () => {
  const engine = { version: '0.1.0', pluginDownloadURL: 'x', pluginChecksums: {}, __internal: {} };
  expect(await failures(engine)).toEqual([]);
});

describe.each(UNKNOWNS)('a value that is not known yet (%s) passes', (unknown) => {
  const cases: [string, Properties][] = [
    ['in a list', { allowedAccountIds: [unknown] }],
    ['in a list, beside what is known', { allowedAccountIds: [ACCOUNT, unknown] }],
    ['in an object', { assumeRole: { roleArn: unknown } }],
    [
      'in an object, as a field that has a rule',
      { assumeRole: { roleArn: ROLE, sessionExpiration: unknown } },
    ],
    ['in a list of an object', { assumeRole: [{ roleArn: unknown, sessionName: 'media' }] }],
    ['in an object of another kind', { assumeRoleWithOidc: { ...OIDC, roleArn: unknown } }],
    ['instead of a host', { endpoints: { imm: unknown } }],
    ['in an object as JSON', { assumeRole: JSON.stringify({ roleArn: unknown }) }],
    ['in a list as JSON', { allowedAccountIds: JSON.stringify([unknown]) }],
    ['in a list with commas', { allowedAccountIds: `${ACCOUNT},${unknown}` }],
    ['in a text', { assumeRole: { roleArn: `acs:ram::${unknown}:role/media` } }],
    ['as a secret', { assumeRole: { roleArn: ROLE, externalId: { ...SECRET, value: unknown } } }],
    ['instead of a whole object', { assumeRole: unknown, assumeRoleWithOidc: unknown, endpoints: unknown }],
  ];
  it.each(cases)('%s', async (_, args) => {
    expect(await failures(args)).toEqual([]);
  });
});

it('an output without a value passes in an object, too', async () => {
  expect(await failures({ assumeRole: { roleArn: OUTPUT }, allowedAccountIds: [OUTPUT] })).toEqual([]);
});

describe('what depends on a value that is not known yet', () => {
  const cases: [string, Properties, NodeJS.ProcessEnv][] = [
    [
      'is not held against a list that the account is to be in',
      { accountId: UNKNOWN, allowedAccountIds: [ACCOUNT], skipRequestingAccountId: true },
      {},
    ],
    [
      'is not held against the other parts of a key',
      { accessKey: UNKNOWN, secretKey: UNKNOWN, securityToken: 'token' },
      {},
    ],
    ['is not looked for in the environment', { region: UNKNOWN }, { ALICLOUD_REGION: 'Shanghai' }],
    ['is not taken from there: an account', { accountId: UNKNOWN }, { ALICLOUD_ACCOUNT_ID: 'me' }],
    ['is not taken from there: keys', { profile: UNKNOWN }, { ALICLOUD_ACCESS_KEY: 'half-a-pair' }],
    ['is not taken from there: an OIDC role', { assumeRoleWithOidc: UNKNOWN }, { ALICLOUD_ACCESS_KEY: 'id' }],
    [
      'is not taken from there: a role',
      { assumeRole: { roleArn: UNKNOWN } },
      { ALIBABA_CLOUD_ROLE_ARN: 'me' },
    ],
  ];
  it.each(cases)('%s', async (_, args, environment) => {
    expect(await failures(args, environment)).toEqual([]);
  });

  it('is not read from a file of profiles that may be another one', async () => {
    const HOME = mkdtempSync(join(tmpdir(), 'unknowns-'));
    mkdirSync(join(HOME, '.aliyun'));
    const profiles = [{ name: 'media', mode: 'AK', region_id: 'Shanghai' }];
    writeFileSync(join(HOME, '.aliyun/config.json'), JSON.stringify({ profiles }));
    expect(await failures({ profile: 'media' }, { HOME })).toHaveLength(1);
    for (const key of ['sharedCredentialsFile', 'region'])
      expect(await failures({ profile: 'media', [key]: UNKNOWN }, { HOME })).toEqual([]);
  });
});

it('what is known beside it is checked', async () => {
  const args = {
    allowedAccountIds: [UNKNOWN],
    assumeRole: { roleArn: UNKNOWN },
    network: 'intranet',
    regoin: UNKNOWN,
    accountId: 'me',
    accessKey: UNKNOWN,
    secretKey: 'a b',
  };
  const environment = { ALICLOUD_ACCESS_KEY: 'half-a-pair' };
  expect((await failures(args, environment)).map((reason) => reason.split(' ')[0]).sort()).toEqual([
    'alicloud-media:accountId',
    'alicloud-media:network',
    'alicloud-media:regoin',
    'alicloud-media:secretKey',
  ]);
  // A role that is not known yet is assumed on top of them.
  expect(await failures({ assumeRole: UNKNOWN }, environment)).toEqual([
    expect.stringContaining('ALICLOUD_ACCESS_KEY is set without ALICLOUD_SECRET_KEY'),
  ]);
});

it('once it is known it is checked, by the engine first and else by the first step', async () => {
  const known = { allowedAccountIds: ['me'], assumeRole: { roleArn: 'me' } };
  const problems = [
    'alicloud-media:allowedAccountIds is "me"; it must be account ids, as a JSON list or with commas between them.',
    'alicloud-media:assumeRole.roleArn is "me"; it must look like acs:ram::<account id>:role/<name>.',
  ];
  expect(await failures({ ...known, allowedAccountIds: 'me' })).toEqual(problems);
  // An engine that configured in spite of it would find every guard in force.
  for (const args of [known, { allowedAccountIds: [UNKNOWN] }, { assumeRole: { roleArn: UNKNOWN } }]) {
    const plugin = new InProcessPlugin(undefined, { environment: {} });
    await plugin.configure(args);
    const checked = await plugin.check('alicloud-media:mps:OutputBucket', { bucket: 'renditions' });
    expect(checked.failures['']).toMatch(/alicloud-media:(allowedAccountIds|assumeRole\.roleArn) is /);
  }
});
