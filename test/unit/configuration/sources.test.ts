import { describe, expect, test } from 'vitest';
import { problems, read, show, type Values } from './read.js';

const problem = (config: Values, environment: Values = {}) => problems(config, environment).join('\n');
const PROVIDER = 'acs:ram::1:oidc-provider/ci';
const ROLE = 'acs:ram::1:role/deploy';
const keys = (prefix: string): Values => ({
  [`${prefix}_ACCESS_KEY_ID`]: `id-${prefix}`,
  [`${prefix}_ACCESS_KEY_SECRET`]: `secret-${prefix}`,
});

/** Every source, highest precedence first; each row alone is honoured, and with every lower row it still wins. */
const ROWS: { name: string; config?: Values; environment?: Values; plan: string }[] = [
  {
    name: 'alicloud:accessKey',
    config: {
      'alicloud:accessKey': 'id-config',
      'alicloud:secretKey': 'secret-config',
      'alicloud:securityToken': 'tok',
    },
    plan: 'keys id-config/secret-config/tok from config alicloud:accessKey',
  },
  {
    name: 'ALICLOUD_ACCESS_KEY',
    environment: {
      ALICLOUD_ACCESS_KEY: 'id-A',
      ALICLOUD_SECRET_KEY: 'secret-A',
      ALICLOUD_SECURITY_TOKEN: 'token-A',
    },
    plan: 'keys id-A/secret-A/token-A from environment ALICLOUD_ACCESS_KEY',
  },
  {
    name: 'ALICLOUD_ECS_ROLE_NAME',
    environment: { ALICLOUD_ECS_ROLE_NAME: 'machine-A' },
    plan: 'ECS role machine-A from environment ALICLOUD_ECS_ROLE_NAME',
  },
  {
    name: 'ALICLOUD_CREDENTIALS_URI',
    environment: { ALICLOUD_CREDENTIALS_URI: 'http://127.0.0.1:9/A' },
    plan: 'URI http://127.0.0.1:9/A from environment ALICLOUD_CREDENTIALS_URI',
  },
  {
    name: 'ALIBABA_CLOUD_ACCESS_KEY_ID',
    environment: { ...keys('ALIBABA_CLOUD'), ALIBABA_CLOUD_SECURITY_TOKEN: 'token-B' },
    plan: 'keys id-ALIBABA_CLOUD/secret-ALIBABA_CLOUD/token-B from environment ALIBABA_CLOUD_ACCESS_KEY_ID',
  },
  {
    name: 'ALIBABA_CLOUD_OIDC_PROVIDER_ARN',
    environment: {
      ALIBABA_CLOUD_OIDC_PROVIDER_ARN: PROVIDER,
      ALIBABA_CLOUD_OIDC_TOKEN_FILE: '/run/token',
      ALIBABA_CLOUD_ROLE_ARN: ROLE,
    },
    plan: `OIDC ${PROVIDER} file /run/token role ${ROLE} from environment ALIBABA_CLOUD_OIDC_PROVIDER_ARN`,
  },
  {
    name: 'ALIBABA_CLOUD_ECS_METADATA',
    environment: { ALIBABA_CLOUD_ECS_METADATA: 'machine-B' },
    plan: 'ECS role machine-B from environment ALIBABA_CLOUD_ECS_METADATA',
  },
  {
    name: 'ALIBABA_CLOUD_CREDENTIALS_URI',
    environment: { ALIBABA_CLOUD_CREDENTIALS_URI: 'http://127.0.0.1:9/B' },
    plan: 'URI http://127.0.0.1:9/B from environment ALIBABA_CLOUD_CREDENTIALS_URI',
  },
  {
    name: 'ALIBABACLOUD_ACCESS_KEY_ID',
    environment: { ...keys('ALIBABACLOUD'), ALIBABACLOUD_SECURITY_TOKEN: 'token-C' },
    plan: 'keys id-ALIBABACLOUD/secret-ALIBABACLOUD/token-C from environment ALIBABACLOUD_ACCESS_KEY_ID',
  },
  {
    name: 'ALICLOUD_PROFILE',
    environment: { ALICLOUD_PROFILE: 'ci' },
    plan: 'profile ci in ~/.aliyun/config.json',
  },
  {
    name: 'ALIBABA_CLOUD_PROFILE',
    environment: { ALIBABA_CLOUD_PROFILE: 'sdk' },
    plan: 'profile sdk in ~/.aliyun/config.json',
  },
  { name: 'nothing', plan: 'chain' },
];

describe('where the credentials come from', () => {
  test.each(ROWS)('$name alone is honoured', ({ config = {}, environment = {}, plan }) => {
    expect(show(read(config, environment).credentials)).toBe(plan);
  });

  test.each(ROWS.map((row, index) => ({ ...row, index })))(
    '$name wins over everything below it',
    ({ index, plan }) => {
      const lower = ROWS.slice(index);
      const config = Object.assign({}, ...lower.map((row) => row.config ?? {}).reverse());
      const environment = Object.assign({}, ...lower.map((row) => row.environment ?? {}).reverse());
      expect(show(read(config, environment).credentials)).toBe(plan);
    },
  );

  test.each([
    [{ 'alicloud:profile': 'team' }, 'profile team in ~/.aliyun/config.json'],
    [{ 'alicloud:sharedCredentialsFile': '/x/c.json' }, 'profile env in /x/c.json'],
    [{ 'alicloud:ecsRoleName': 'machine' }, 'ECS role machine from config alicloud:ecsRoleName'],
    [
      { 'alicloud:credentialsUri': 'https://h/c?t=1' },
      'URI https://h/c?t=1 from config alicloud:credentialsUri',
    ],
    [
      {
        'alicloud:assumeRoleWithOidc': JSON.stringify({
          oidcProviderArn: PROVIDER,
          oidcToken: 'jwt',
          roleArn: ROLE,
        }),
      },
      `OIDC ${PROVIDER} token jwt role ${ROLE} from config alicloud:assumeRoleWithOidc`,
    ],
  ] as [Values, string][])(
    'a source of the configuration wins over keys of the environment: %j',
    (config, plan) => {
      const environment = {
        ALICLOUD_ACCESS_KEY: 'id-A',
        ALICLOUD_SECRET_KEY: 'secret-A',
        ALICLOUD_PROFILE: 'env',
      };
      expect(show(read(config, environment).credentials)).toBe(plan);
    },
  );

  test.each([
    [
      { ALICLOUD_SHARED_CREDENTIALS_FILE: '/a', ALIBABA_CLOUD_CREDENTIALS_FILE: '/b' },
      'profile (current) in /a',
    ],
    [{ ALIBABA_CLOUD_CREDENTIALS_FILE: '/b', ALIBABA_CLOUD_PROFILE: 'p' }, 'profile p in /b'],
    [{ ALICLOUD_PROFILE: 'p', ALIBABA_CLOUD_PROFILE: 'q' }, 'profile p in ~/.aliyun/config.json'],
  ] as [Values, string][])('the file and the name of a profile: %j', (environment, plan) => {
    expect(show(read({}, environment).credentials)).toBe(plan);
  });

  test('an empty variable is an unset one, an empty key of the configuration is an error', () => {
    expect(show(read({}, { ALICLOUD_ACCESS_KEY: '', ALICLOUD_SECRET_KEY: '' }).credentials)).toBe('chain');
    expect(problem({ 'alicloud:accessKey': '', 'alicloud:secretKey': 'secret-config' })).toContain(
      'alicloud:accessKey is empty',
    );
  });

  test.each([
    [{ 'alicloud:accessKey': 'id-config' }, {}, 'alicloud:accessKey is set without alicloud:secretKey'],
    [
      { 'alicloud:secretKey': 'secret-config' },
      { ALICLOUD_ACCESS_KEY: 'id-A', ALICLOUD_SECRET_KEY: 'secret-A' },
      'alicloud:secretKey is set without alicloud:accessKey',
    ],
    [
      {},
      { ALICLOUD_ACCESS_KEY: 'id-A', ...keys('ALIBABA_CLOUD') },
      'ALICLOUD_ACCESS_KEY is set without ALICLOUD_SECRET_KEY',
    ],
    [
      {},
      { ALICLOUD_SECURITY_TOKEN: 'token-A', ...keys('ALIBABACLOUD') },
      'ALICLOUD_SECURITY_TOKEN is set without ALICLOUD_ACCESS_KEY and ALICLOUD_SECRET_KEY',
    ],
    [
      {},
      { ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'secret-B' },
      'ALIBABA_CLOUD_ACCESS_KEY_SECRET is set without ALIBABA_CLOUD_ACCESS_KEY_ID',
    ],
    [
      {},
      { ALIBABACLOUD_ACCESS_KEY_ID: 'id-C' },
      'ALIBABACLOUD_ACCESS_KEY_ID is set without ALIBABACLOUD_ACCESS_KEY_SECRET',
    ],
  ] as [Values, Values, string][])(
    'half a key pair names the missing one: %j %j',
    (config, environment, told) => {
      const text = problem(config, environment);
      expect(text).toContain(told);
      expect(text).not.toMatch(/id-config|secret-config|id-A|secret-|token-A|id-C/);
    },
  );

  test('a half pair below the pair in use is no problem', () => {
    const environment = {
      ALICLOUD_ACCESS_KEY: 'id-A',
      ALICLOUD_SECRET_KEY: 'secret-A',
      ALIBABA_CLOUD_ACCESS_KEY_ID: 'x',
    };
    expect(show(read({}, environment).credentials)).toContain('ALICLOUD_ACCESS_KEY');
  });

  test('two sources in the configuration are an error that names both', () => {
    expect(
      problem({
        'alicloud:accessKey': 'id-config',
        'alicloud:secretKey': 'secret-config',
        'alicloud:ecsRoleName': 'machine',
      }),
    ).toContain('alicloud:accessKey and alicloud:ecsRoleName are all given');
    expect(problem({ 'alicloud:profile': 'p', 'alicloud:ecsRoleName': 'machine' })).toContain(
      'alicloud:ecsRoleName and alicloud:profile are all given',
    );
  });

  test('a profile beside keys gives the region only', () => {
    const config = { 'alicloud:accessKey': 'id', 'alicloud:secretKey': 'secret', 'alicloud:profile': 'p' };
    expect(show(read(config).credentials)).toBe('keys id/secret from config alicloud:accessKey');
  });

  test('a key with a line break in it is refused and not shown', () => {
    const text = problem({ 'alicloud:accessKey': 'id', 'alicloud:secretKey': 'very-secret\n' });
    expect(text).toContain('alicloud:secretKey has a space, a line break or a control character');
    expect(text).not.toContain('very-secret');
  });

  test('names of other tools for a credential key are refused, never passed over', () => {
    expect(problem({ 'alicloud:access_key': 'id-config' })).toBe(
      'alicloud:access_key is not read; write alicloud:accessKey.',
    );
    expect(problem({ 'alicloud-media:assumeRole': '{}' })).toContain('write alicloud:assumeRole');
    expect(problem({ 'alicloud-media:profile': 'p' })).toContain('write alicloud:profile');
  });
});
