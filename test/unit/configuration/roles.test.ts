import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { problems, read, show, type Values } from './read.js';

const problem = (config: Values, environment: Values = {}) => problems(config, environment).join('\n');
const PROVIDER = 'acs:ram::1:oidc-provider/ci';
const ROLE = 'acs:ram::1:role/deploy';
const OTHER = 'acs:ram::2:role/other';

describe('roles', () => {
  const pair = { ALICLOUD_ACCESS_KEY: 'id-A', ALICLOUD_SECRET_KEY: 'secret-A' };
  const base = 'keys id-A/secret-A from environment ALICLOUD_ACCESS_KEY';

  test.each([
    [{ ALICLOUD_ASSUME_ROLE_ARN: ROLE }, `${base}, then role ${ROLE} as pulumi-alicloud-media for 3600`],
    [
      {
        ALICLOUD_ASSUME_ROLE_ARN: ROLE,
        ALIBABA_CLOUD_ROLE_ARN: OTHER,
        ALICLOUD_ASSUME_ROLE_SESSION_NAME: 'nightly',
        ALIBABA_CLOUD_ROLE_SESSION_NAME: 'sdk',
        ALICLOUD_ASSUME_ROLE_SESSION_EXPIRATION: '900',
      },
      `${base}, then role ${ROLE} as nightly for 900`,
    ],
    [
      { ALIBABA_CLOUD_ROLE_ARN: OTHER, ALIBABA_CLOUD_ROLE_SESSION_NAME: 'sdk' },
      `${base}, then role ${OTHER} as sdk for 3600`,
    ],
    [{ ALIBABA_CLOUD_ROLE_ARN: OTHER, ALIBABA_CLOUD_OIDC_TOKEN_FILE: '/t' }, base],
  ] as [Values, string][])('of the environment: %j', (environment, plan) => {
    expect(show(read({}, { ...pair, ...environment }).credentials)).toBe(plan);
  });

  test.each(['object', 'list of one object'])(
    'alicloud:assumeRole as an %s, over the environment',
    (form) => {
      const given = {
        roleArn: ROLE,
        sessionName: 'stack',
        sessionExpiration: 7200,
        externalId: 'outside',
        policy: '{}',
      };
      const config = { 'alicloud:assumeRole': JSON.stringify(form === 'object' ? given : [given]) };
      const { credentials } = read(config, { ...pair, ALICLOUD_ASSUME_ROLE_ARN: OTHER });
      expect(show(credentials)).toBe(`${base}, then role ${ROLE} as stack for 7200`);
      if (credentials.kind !== 'role') throw new Error('no role');
      expect(credentials.externalId?.reveal()).toBe('outside');
      expect(credentials.policy).toBe('{}');
    },
  );

  test('a role of the environment is not assumed with keys of the configuration', () => {
    const config = { 'alicloud:accessKey': 'id-config', 'alicloud:secretKey': 'secret-config' };
    expect(show(read(config, { ALICLOUD_ASSUME_ROLE_ARN: ROLE }).credentials)).not.toContain('then role');
  });

  // Terraform's provider would take the keys, and then would put the role in the place of that of the profile.
  test('a role goes on top of a profile, which no keys of the environment replace', () => {
    const config = {
      'alicloud:profile': 'ci',
      'alicloud:assumeRole': JSON.stringify({ roleArn: ROLE }),
    };
    expect(show(read(config, pair).credentials)).toBe(
      `profile ci in ~/.aliyun/config.json, then role ${ROLE} as pulumi-alicloud-media for 3600`,
    );
  });

  test('OIDC of the configuration takes what it leaves out from the environment', () => {
    const config = {
      'alicloud:assumeRoleWithOidc': JSON.stringify([{ roleArn: ROLE, sessionExpiration: '1800' }]),
    };
    const environment = {
      ALIBABA_CLOUD_OIDC_PROVIDER_ARN: PROVIDER,
      ALIBABA_CLOUD_OIDC_TOKEN: 'jwt',
      ALIBABA_CLOUD_ROLE_ARN: OTHER,
      ALIBABA_CLOUD_ROLE_SESSION_NAME: 'job',
    };
    const { credentials } = read(config, environment);
    expect(show(credentials)).toBe(
      `OIDC ${PROVIDER} token jwt role ${ROLE} from config alicloud:assumeRoleWithOidc`,
    );
    expect(credentials).toMatchObject({ sessionName: 'job', sessionExpiration: 1800 });
  });

  test('an empty list is no role', () => {
    expect(show(read({ 'alicloud:assumeRole': '[]' }, pair).credentials)).toBe(base);
  });

  test.each([
    [
      'alicloud:assumeRole',
      '{"roleArn":"x","sessionNmae":"hidden-value"}',
      "'sessionNmae', which is not known; nearest: 'sessionName'",
    ],
    [
      'alicloud:assumeRole',
      '{"role_arn":"hidden-value"}',
      "'role_arn', which is not known; nearest: 'roleArn'",
    ],
    ['alicloud:assumeRole', '{"sessionName":"stack"}', 'has no roleArn'],
    ['alicloud:assumeRole', '{"roleArn":"deploy"}', 'must look like acs:ram::<account id>:role/<name>'],
    ['alicloud:assumeRole', 'hidden-value', 'must be an object, or a list of one object, in JSON'],
    ['alicloud:assumeRole', '[{},{}]', 'must be an object, or a list of one object, in JSON'],
    [
      'alicloud:assumeRole',
      `{"roleArn":"${ROLE}","policy":"hidden-value"}`,
      'alicloud:assumeRole.policy must be a RAM policy',
    ],
    [
      'alicloud:assumeRole',
      `{"roleArn":"${ROLE}","sessionExpiration":899}`,
      'is "899"; it must be a whole number of seconds from 900 to 43200',
    ],
    ['alicloud:assumeRole', `{"roleArn":"${ROLE}","sessionExpiration":43201}`, 'from 900 to 43200'],
    [
      'alicloud:assumeRole',
      `{"roleArn":"${ROLE}","sessionName":"a b"}`,
      'is "a b"; it must be 2 to 64 letters',
    ],
    [
      'alicloud:assumeRoleWithOidc',
      '{"tokenFile":"hidden-value"}',
      "'tokenFile', which is not known; nearest: 'oidcTokenFile'",
    ],
    [
      'alicloud:assumeRoleWithOidc',
      `{"roleArn":"${ROLE}"}`,
      'oidcProviderArn (or ALIBABA_CLOUD_OIDC_PROVIDER_ARN), oidcTokenFile or',
    ],
    [
      'alicloud:assumeRoleWithOidc',
      `{"roleArn":"${ROLE}","oidcProviderArn":"${PROVIDER}","oidcToken":"hidden-value","oidcTokenFile":"/t"}`,
      'are both given; give the file or the token',
    ],
  ])('%s %s is refused', (key, value, told) => {
    const text = problem({ [key]: value });
    expect(text).toContain(told);
    expect(text).not.toContain('hidden-value');
  });

  test('half of OIDC in the environment names what is missing', () => {
    expect(problem({}, { ALIBABA_CLOUD_OIDC_TOKEN_FILE: '/t' })).toContain(
      'ALIBABA_CLOUD_OIDC_TOKEN_FILE is set, but what it needs is not: oidcProviderArn (or ALIBABA_CLOUD_OIDC_PROVIDER_ARN), roleArn (or ALIBABA_CLOUD_ROLE_ARN).',
    );
  });
});

test('no print of a configuration shows a credential', () => {
  const hidden = [
    'hidden-id',
    'hidden-secret',
    'hidden-token',
    'hidden-external',
    'hidden-jwt',
    'hidden-query',
  ];
  const role = JSON.stringify({ roleArn: ROLE, externalId: 'hidden-external' });
  const configurations = [
    read({
      'alicloud:accessKey': 'hidden-id',
      'alicloud:secretKey': 'hidden-secret',
      'alicloud:securityToken': 'hidden-token',
      'alicloud:assumeRole': role,
    }),
    read({
      'alicloud:assumeRole': role,
      'alicloud:assumeRoleWithOidc': JSON.stringify({
        oidcProviderArn: PROVIDER,
        oidcToken: 'hidden-jwt',
        roleArn: ROLE,
      }),
    }),
    read({ 'alicloud:credentialsUri': 'http://127.0.0.1/?token=hidden-query' }),
  ];
  for (const configuration of configurations) {
    const printed = [
      JSON.stringify(configuration),
      inspect(configuration, { depth: Number.POSITIVE_INFINITY, showHidden: false }),
      inspect(configuration, { depth: Number.POSITIVE_INFINITY, showHidden: true }),
      JSON.stringify(structuredClone(configuration)),
      `${Object.values(configuration.credentials).join()}`,
    ].join();
    for (const secret of hidden) expect(printed).not.toContain(secret);
  }
});
