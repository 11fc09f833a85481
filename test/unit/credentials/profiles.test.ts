import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readConfiguration } from '../../../provider/alicloud/configuration/configuration.js';
import type { CredentialsSource } from '../../../provider/alicloud/credentials/credentials-source.js';
import { credentialsSource } from '../../../provider/alicloud/credentials/source.js';
import { within } from '../../support/lifecycle/within.js';
import { failure } from './failure.js';
import { plainCall } from './plain-call.js';
import { type StsServer, stsServer } from './sts-server.js';

const ROLE = 'acs:ram::1:role/x';
let server: StsServer;
let home: string;
let file: string;

beforeEach(async () => {
  server = await stsServer();
  home = mkdtempSync(join(tmpdir(), 'profiles-'));
  file = join(home, '.aliyun', 'config.json');
  mkdirSync(dirname(file));
});
afterEach(async () => {
  await server.close();
  rmSync(home, { recursive: true });
});

function source(environment: Record<string, string>): CredentialsSource {
  const full = { HOME: home, ...environment };
  const { credentials } = readConfiguration(() => undefined, full);
  return credentialsSource(credentials, { environment: full, sts: server.sts, plain: plainCall() });
}
const write = (...profiles: object[]) => writeFileSync(file, JSON.stringify({ current: 'ci', profiles }));
const AK = { name: 'ci', mode: 'AK', access_key_id: 'file-id-1', access_key_secret: 'file-secret-1' };
const CI = { ALICLOUD_PROFILE: 'ci' };

describe('a profile of the aliyun CLI', () => {
  test('of mode AK', async () => {
    write(AK);
    const profile = source(CI);
    expect(profile.description).toBe("profile 'ci' in ~/.aliyun/config.json");
    expect(await profile.get(within(1))).toEqual({
      accessKeyId: 'file-id-1',
      accessKeySecret: 'file-secret-1',
    });
    expect(profile.description).toBe("profile 'ci' in ~/.aliyun/config.json");
  });

  test('of mode StsToken', async () => {
    write({ ...AK, mode: 'StsToken', sts_token: 'file-token-1' });
    expect(await source(CI).get(within(1))).toMatchObject({
      accessKeyId: 'file-id-1',
      securityToken: 'file-token-1',
    });
  });

  test('of mode RamRoleArn', async () => {
    write({
      ...AK,
      mode: 'RamRoleArn',
      ram_role_arn: ROLE,
      ram_session_name: 'from-file',
      expired_seconds: 1200,
      external_id: 'outside',
    });
    const profile = source(CI);
    expect((await profile.get(within(1))).accessKeyId).toBe('session-id-1');
    expect(server.asked[0]).toMatchObject({
      AccessKeyId: 'file-id-1',
      RoleArn: ROLE,
      RoleSessionName: 'from-file',
      DurationSeconds: '1200',
      ExternalId: 'outside',
    });
    expect(profile.description).toBe(`profile 'ci' in ~/.aliyun/config.json, role ${ROLE}`);
  });

  test('of mode ChainableRamRoleArn, over its source profile', async () => {
    write(
      { name: 'ci', mode: 'ChainableRamRoleArn', source_profile: 'keys', ram_role_arn: ROLE },
      { ...AK, name: 'keys' },
    );
    const profile = source(CI);
    expect((await profile.get(within(1))).accessKeyId).toBe('session-id-1');
    expect(server.asked[0]).toMatchObject({ AccessKeyId: 'file-id-1', DurationSeconds: '3600' });
    expect(profile.description).toBe(`profile 'keys' in ~/.aliyun/config.json, role ${ROLE}`);
  });

  test('of mode OIDC', async () => {
    writeFileSync(join(home, 'token'), 'jwt');
    write({
      name: 'ci',
      mode: 'OIDC',
      oidc_provider_arn: 'acs:ram::1:oidc-provider/ci',
      oidc_token_file: '~/token',
      ram_role_arn: ROLE,
    });
    await source(CI).get(within(1));
    expect(server.asked[0]).toMatchObject({ Action: 'AssumeRoleWithOIDC', OIDCToken: 'jwt', RoleArn: ROLE });
  });

  test('of mode CredentialsURI', async () => {
    server.answer = () => ({
      body: {
        AccessKeyId: 'uri-id-1',
        AccessKeySecret: 's',
        SecurityToken: 't',
        Expiration: '2099-01-01T00:00:00Z',
      },
    });
    write({ name: 'ci', mode: 'CredentialsURI', credentials_uri: server.url });
    const profile = source(CI);
    expect((await profile.get(within(1))).accessKeyId).toBe('uri-id-1');
    expect(profile.description).toBe("credentials URI (profile 'ci' in ~/.aliyun/config.json)");
  });

  test('of mode EcsRamRole asks the metadata service, and says so where that is switched off', async () => {
    write({ name: 'ci', mode: 'EcsRamRole', ram_role_name: 'machine' });
    const off = { ...CI, ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true' };
    expect(await failure(source(off).get(within(1)))).toContain(
      "The ECS role 'machine' (profile 'ci' in ~/.aliyun/config.json) gave no credentials: ALIBABA_CLOUD_ECS_METADATA_DISABLED is true",
    );
  });

  test.each(['CloudSSO', 'OAuth', 'External'])(
    'of mode %s is refused, and its command never run',
    async (mode) => {
      write({ ...AK, mode, process_command: `touch ${join(home, 'ran')}` });
      expect(await failure(source(CI).get(within(1)))).toMatch(
        new RegExp(`has mode ${mode}, which is not supported: .*ALICLOUD_ACCESS_KEY`, 's'),
      );
    },
  );

  test.each(['Other', 'constructor'])(
    'of the unknown mode %s is refused with the modes that are supported',
    async (mode) => {
      write({ ...AK, mode });
      expect(await failure(source(CI).get(within(1)))).toContain('Supported: AK, StsToken, RamRoleArn');
    },
  );

  test('without a name is the current one', async () => {
    write({ ...AK, name: 'other', access_key_id: 'other-id' }, AK);
    const profile = source({ ALICLOUD_SHARED_CREDENTIALS_FILE: file });
    expect((await profile.get(within(1))).accessKeyId).toBe('file-id-1');
    expect(profile.description).toBe(`profile 'ci' in ${file}`);
  });

  test('is read again after renew(), since another tool may have written newer keys', async () => {
    write(AK);
    const profile = source(CI);
    await profile.get(within(1));
    write({ ...AK, access_key_id: 'file-id-2' });
    expect((await profile.get(within(1))).accessKeyId).toBe('file-id-1');
    expect(profile.renew()).toBe(true);
    expect((await profile.get(within(1))).accessKeyId).toBe('file-id-2');
  });

  test('that is missing, circular or incomplete is an error that says so and shows no key', async () => {
    expect(await failure(source(CI).get(within(1)))).toContain(
      '~/.aliyun/config.json cannot be read (ENOENT)',
    );
    write({ ...AK, name: 'other' });
    expect(await failure(source(CI).get(within(1)))).toContain(
      "There is no profile 'ci' in ~/.aliyun/config.json. It has: 'other'.",
    );
    write({ name: 'ci', mode: 'ChainableRamRoleArn', source_profile: 'ci', ram_role_arn: ROLE });
    expect(await failure(source(CI).get(within(1)))).toContain(
      'The profiles ci -> ci in ~/.aliyun/config.json name each other in a circle',
    );
    write({ ...AK, access_key_secret: '' });
    const text = await failure(source(CI).get(within(1)));
    expect(text).toContain("profile 'ci' in ~/.aliyun/config.json has no access_key_secret");
    expect(text).not.toContain('file-id-1');
  });

  test.each(['{"profiles":[{"access_key_secret":"file-secret-1"', 'access_key_secret file-secret-1'])(
    'in a malformed file is an error that repeats nothing of the file: %s',
    async (content) => {
      writeFileSync(file, content);
      const text = await failure(source(CI).get(within(1)));
      expect(text).toContain('~/.aliyun/config.json is');
      expect(text).not.toContain('file-secret-1');
    },
  );
});

describe('ALIBABA_CLOUD_CREDENTIALS_FILE is read as what it holds', () => {
  test('JSON, as Terraform has it', async () => {
    write(AK);
    expect((await source({ ALIBABA_CLOUD_CREDENTIALS_FILE: file }).get(within(1))).accessKeyId).toBe(
      'file-id-1',
    );
  });

  const ini = [
    '; of the SDKs',
    '[default]',
    'type = access_key',
    'access_key_id = ini-id-1',
    'access_key_secret = "ini-secret-1"',
    '[deploy]',
    'type=ram_role_arn',
    'access_key_id=ini-id-2',
    'access_key_secret=ini-secret=2',
    `role_arn=${ROLE}`,
    'role_session_name=from-ini',
    '[odd]',
    'type=bearer',
    'bearer_token=ini-token-1',
  ].join('\r\n');

  test('INI, as the SDKs have it', async () => {
    writeFileSync(file, ini);
    const environment = { ALIBABA_CLOUD_CREDENTIALS_FILE: file };
    expect(await source(environment).get(within(1))).toEqual({
      accessKeyId: 'ini-id-1',
      accessKeySecret: 'ini-secret-1',
    });
    await source({ ...environment, ALIBABA_CLOUD_PROFILE: 'deploy' }).get(within(1));
    expect(server.asked[0]).toMatchObject({
      AccessKeyId: 'ini-id-2',
      RoleArn: ROLE,
      RoleSessionName: 'from-ini',
    });
    const text = await failure(source({ ...environment, ALIBABA_CLOUD_PROFILE: 'odd' }).get(within(1)));
    expect(text).toContain('Supported: access_key, sts, ecs_ram_role, ram_role_arn');
    expect(text).not.toContain('ini-token-1');
  });
});
