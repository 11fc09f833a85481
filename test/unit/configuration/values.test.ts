import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { problems, read, type Values } from './read.js';

test('with nothing given every value has its documented default', () => {
  expect(read({})).toEqual({
    region: undefined,
    endpoints: {},
    accountId: undefined,
    allowedAccountIds: [],
    skipRequestingAccountId: false,
    consistencyWindow: 60_000,
    connectTimeout: 10_000,
    readTimeout: 30_000,
    userAgentSuffix: undefined,
    network: 'public',
    caFile: undefined,
    credentials: { kind: 'chain' },
  });
});

test('all problems are told at once', () => {
  const told = problems(
    {
      'alicloud:accessKey': 'id',
      'alicloud:region': 'Shanghai!',
      'alicloud:protocol': 'HTTP',
      'alicloud-media:consistencyWindow': '11m',
      'alicloud-media:skipRequestingAccountId': 'yes',
      'alicloud:clientReadTimeout': '1.5',
      'alicloud:configurationSource': 'a\nb',
    },
    { IMM_ENDPOINT: 'http://imm.example.com', CLIENT_CONNECT_TIMEOUT: '0', ALICLOUD_ACCOUNT_ID: 'me' },
  );
  expect(told).toEqual([
    'alicloud:protocol is "HTTP"; requests carry credentials, so it must be HTTPS.',
    'alicloud:region is "Shanghai!"; it must be the id of a region, such as cn-shanghai.',
    'IMM_ENDPOINT is "http://imm.example.com"; http:// is for this machine alone, so it must be https://.',
    'alicloud-media:skipRequestingAccountId is "yes"; it must be true or false.',
    'ALICLOUD_ACCOUNT_ID is "me"; it must be the digits of an account id.',
    'alicloud-media:consistencyWindow is "11m"; it must be seconds as a number, or a time such as 60s or 2m, from 0 to 10 minutes.',
    'CLIENT_CONNECT_TIMEOUT is "0"; it must be a whole number of milliseconds from 1 to 600000.',
    'alicloud:clientReadTimeout is "1.5"; it must be a whole number of milliseconds from 1 to 600000.',
    'alicloud:configurationSource is "a\\nb"; it becomes part of a header, so it must be up to 128 printable ASCII characters.',
    'alicloud:accessKey is set without alicloud:secretKey; a key pair is taken from one place as a whole.',
  ]);
});

describe('region', () => {
  const rows: [Values, Values, string, string][] = [
    [{ 'alicloud:region': 'cn-shanghai' }, {}, 'cn-shanghai', 'config alicloud:region'],
    [{}, { ALICLOUD_REGION: 'cn-beijing' }, 'cn-beijing', 'environment ALICLOUD_REGION'],
    [{}, { ALIBABA_CLOUD_REGION: 'cn-hangzhou' }, 'cn-hangzhou', 'environment ALIBABA_CLOUD_REGION'],
    [{}, { ALIBABACLOUD_REGION: 'cn-shenzhen' }, 'cn-shenzhen', 'environment ALIBABACLOUD_REGION'],
  ];

  test.each(rows.map((row, index) => [...row, index] as const))(
    '%j %j alone, and over what is below it',
    (_c, _e, value, source, index) => {
      const [config, environment] = rows[index] ?? [{}, {}];
      expect(read(config, environment).region).toEqual({ value, source });
      const below = Object.assign({}, ...rows.slice(index).map(([, lower]) => lower));
      expect(read(config, below).region).toEqual({ value, source });
    },
  );

  test('last comes the profile that is named, and without one no file is asked', () => {
    const folder = mkdtempSync(join(tmpdir(), 'region-'));
    const file = join(folder, 'config.json');
    writeFileSync(
      file,
      JSON.stringify({ current: 'a', profiles: [{ name: 'a', mode: 'AK', region_id: 'eu-west-1' }] }),
    );
    const source = `profile 'a' in ${file}`;
    expect(read({ 'alicloud:profile': 'a', 'alicloud:sharedCredentialsFile': file }).region).toEqual({
      value: 'eu-west-1',
      source,
    });
    expect(read({}, { ALICLOUD_PROFILE: 'a', ALICLOUD_SHARED_CREDENTIALS_FILE: file }).region?.value).toBe(
      'eu-west-1',
    );
    expect(
      read({}, { ALICLOUD_PROFILE: 'other', ALICLOUD_SHARED_CREDENTIALS_FILE: file }).region,
    ).toBeUndefined();
    expect(read({}, { ALICLOUD_SHARED_CREDENTIALS_FILE: file }).region).toBeUndefined();
    expect(read({}, { ALICLOUD_PROFILE: 'a', HOME: folder }).region).toBeUndefined();
  });
});

describe('other values', () => {
  test.each([
    ['0', 0],
    ['90', 90_000],
    ['0.5', 500],
    ['60s', 60_000],
    ['2m', 120_000],
    ['10m', 600_000],
  ])('a consistency window of %s', (text, milliseconds) => {
    expect(read({ 'alicloud-media:consistencyWindow': text }).consistencyWindow).toBe(milliseconds);
  });

  test.each(['-1', '601', '1h', '60 seconds', 'abc'])('no consistency window of %s', (text) => {
    expect(problems({ 'alicloud-media:consistencyWindow': text })).toHaveLength(1);
  });

  test('timeouts come from the configuration, then the environment', () => {
    const environment = { CLIENT_CONNECT_TIMEOUT: '2000', CLIENT_READ_TIMEOUT: '3000' };
    expect(read({}, environment)).toMatchObject({ connectTimeout: 2000, readTimeout: 3000 });
    const config = { 'alicloud:clientConnectTimeout': '4000', 'alicloud:clientReadTimeout': '5000' };
    expect(read(config, environment)).toMatchObject({ connectTimeout: 4000, readTimeout: 5000 });
  });

  test('HTTPS is accepted as the protocol, and keys we do not use are passed over', () => {
    const unused = [
      'sourceIp',
      'secureTransport',
      'signVersion',
      'maxRetryTimeout',
      'skipRegionValidation',
      'accountType',
    ];
    expect(
      problems({
        'alicloud:protocol': 'HTTPS',
        ...Object.fromEntries(unused.map((key) => [`alicloud:${key}`, 'x'])),
      }),
    ).toEqual([]);
  });

  test('the user agent', () => {
    expect(read({ 'alicloud:configurationSource': 'team/1' }).userAgentSuffix).toBe('team/1');
  });
});

describe('accounts', () => {
  const one = '1234567890123456';
  const two = '9876543210987654';

  test.each(['ALICLOUD_ACCOUNT_ID', 'ALIBABA_CLOUD_ACCOUNT_ID'])(
    'the account of the configuration wins over that of %s',
    (variable) => {
      expect(read({}, { [variable]: two }).accountId).toBe(two);
      expect(read({ 'alicloud:accountId': one }, { [variable]: two }).accountId).toBe(one);
      expect(problems({}, { [variable]: 'me' })).toEqual([
        `${variable} is "me"; it must be the digits of an account id.`,
      ]);
    },
  );

  test('of two variables with an account the first one wins, as with Terraform', () => {
    const environment = { ALICLOUD_ACCOUNT_ID: one, ALIBABA_CLOUD_ACCOUNT_ID: two };
    expect(read({}, environment).accountId).toBe(one);
  });

  test.each([`["${one}","${two}"]`, `[${one}, ${two}]`, `${one},${two}`, ` ${one} , ${two} `])(
    'a list of accounts as %s',
    (text) => {
      expect(read({ 'alicloud-media:allowedAccountIds': text }).allowedAccountIds).toEqual([one, two]);
    },
  );

  test.each(['[]', 'me', '1,,2', '{"a":1}'])('no list of accounts as %s', (text) => {
    expect(problems({ 'alicloud-media:allowedAccountIds': text })[0]).toContain(
      'account ids, as a JSON list',
    );
  });

  test('an account that its own list does not allow is refused', () => {
    expect(problems({ 'alicloud:accountId': one, 'alicloud-media:allowedAccountIds': two })).toEqual([
      `alicloud:accountId is "${one}"; it is not among alicloud-media:allowedAccountIds: ${two}.`,
    ]);
  });

  test('a list that could not be checked is refused', () => {
    const config = {
      'alicloud-media:skipRequestingAccountId': 'true',
      'alicloud-media:allowedAccountIds': one,
    };
    expect(problems(config)[0]).toContain('could not be checked');
    expect(read({ ...config, 'alicloud:accountId': one }).skipRequestingAccountId).toBe(true);
  });
});
