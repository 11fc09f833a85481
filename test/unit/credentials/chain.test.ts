import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readConfiguration } from '../../../provider/alicloud/configuration/configuration.js';
import type { CredentialsSource } from '../../../provider/alicloud/credentials/credentials-source.js';
import { credentialsSource } from '../../../provider/alicloud/credentials/source.js';
import { within } from '../../support/lifecycle/within.js';
import { failure } from './failure.js';
import { plainCall } from './plain-call.js';
import { testClock } from './sts-server.js';

const dns = createRequire(__filename)('node:dns') as typeof import('node:dns');

const NO_MACHINE = { ALIBABA_CLOUD_ECS_METADATA_DISABLED: 'true' };
let home: string;
let machine: Server | undefined;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'chain-'));
  mkdirSync(join(home, '.aliyun'));
  mkdirSync(join(home, '.alibabacloud'));
});
afterEach(() => {
  machine?.closeAllConnections();
  machine?.close();
  machine = undefined;
  rmSync(home, { recursive: true });
});

function chain(environment: Record<string, string> = NO_MACHINE): CredentialsSource {
  const all = { HOME: home, ...environment };
  const { credentials } = readConfiguration(() => undefined, all);
  expect(credentials).toEqual({ kind: 'chain' });
  const sts = async () => {
    throw new Error('STS is not needed here');
  };
  const port = machine === undefined ? 1 : (machine.address() as AddressInfo).port;
  return credentialsSource(credentials, {
    environment: all,
    sts,
    plain: plainCall(`http://127.0.0.1:${port}`),
  });
}
const write = (content: string) => writeFileSync(join(home, '.aliyun', 'config.json'), content);
const writeIni = (...lines: string[]) =>
  writeFileSync(join(home, '.alibabacloud', 'credentials'), lines.join('\n'));
const good = JSON.stringify({
  current: 'default',
  profiles: [
    { name: 'default', mode: 'AK', access_key_id: 'chain-id-1', access_key_secret: 'chain-secret-1' },
  ],
});
/** As the aliyun CLI writes it before anybody has configured it. */
const unconfigured = JSON.stringify({
  current: 'default',
  profiles: [{ name: 'default', mode: '', access_key_id: '', access_key_secret: '' }],
});
const INI = [
  '[default]',
  'type = access_key',
  'access_key_id = ini-id-1',
  'access_key_secret = ini-secret-1',
];

/** An ECS instance whose metadata service answers so. */
async function onMachine(answer: RequestListener): Promise<void> {
  const server = createServer(answer);
  machine = server;
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
}

test('concurrent first calls all get the credentials', async () => {
  write(good);
  const source = chain();
  expect(source.description).toBe('the default chain');
  const all = await Promise.all(Array.from({ length: 10 }, () => source.get(within(1))));
  expect(all).toEqual(Array(10).fill({ accessKeyId: 'chain-id-1', accessKeySecret: 'chain-secret-1' }));
  expect(source.description).toBe("the default chain, profile 'default' in ~/.aliyun/config.json");
});

test('after a total failure the whole chain is tried again', async () => {
  const source = chain();
  const first = await Promise.allSettled([source.get(within(1)), source.get(within(1))]);
  expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  write(good);
  expect((await source.get(within(1))).accessKeyId).toBe('chain-id-1');
});

test('without any source the error says what was tried, and no host is looked up', async () => {
  const asked: unknown[] = [];
  const { lookup } = dns;
  dns.lookup = ((name: string, ...rest: unknown[]) => {
    asked.push(name);
    return Reflect.apply(lookup, dns, [name, ...rest]);
  }) as typeof lookup;
  write(unconfigured);
  const text = await failure(chain().get(within(1))).finally(() => {
    dns.lookup = lookup;
  });
  expect(asked).toEqual([]);
  expect(text).toContain('No credentials were found.');
  expect(text).toContain('alicloud:accessKey');
  expect(text).toContain(
    'Passed over by the default chain: ~/.aliyun/config.json (its current profile is empty), ~/.alibabacloud/credentials (ENOENT). ' +
      'The ECS role (the metadata service) gave no credentials: ALIBABA_CLOUD_ECS_METADATA_DISABLED is true.',
  );
  expect(text).not.toContain('undefined');
});

test('renew() reads the files of the chain again', async () => {
  write(good);
  const source = chain();
  await source.get(within(1));
  write(good.replace('chain-id-1', 'chain-id-2'));
  expect(source.renew()).toBe(true);
  expect((await source.get(within(1))).accessKeyId).toBe('chain-id-2');
});

describe('~/.alibabacloud/credentials', () => {
  test.each([
    ['missing', undefined],
    ['a folder', 'a folder'],
    ['empty', ' \n'],
    ['not configured', unconfigured],
    ['without a current profile', '{"profiles":[]}'],
  ])('is read where ~/.aliyun/config.json is %s', async (_, content) => {
    if (content === 'a folder') mkdirSync(join(home, '.aliyun', 'config.json'));
    else if (content !== undefined) write(content);
    writeIni(...INI);
    const source = chain();
    expect((await source.get(within(1))).accessKeyId).toBe('ini-id-1');
    expect(source.description).toBe("the default chain, profile 'default' in ~/.alibabacloud/credentials");
  });

  test('is read first where ALIBABA_CLOUD_CLI_PROFILE_DISABLED switches the other off', async () => {
    write(good);
    writeIni(...INI);
    const source = chain({ ...NO_MACHINE, ALIBABA_CLOUD_CLI_PROFILE_DISABLED: 'True' });
    expect((await source.get(within(1))).accessKeyId).toBe('ini-id-1');
  });
});

describe('a file that says something unusable is an error that names it, and no other keys are used', () => {
  beforeEach(() => writeIni(...INI));

  test.each([
    ['is not valid JSON', good.slice(0, -2)],
    [
      "profile 'default' in ~/.aliyun/config.json has no access_key_secret",
      good.replace('chain-secret-1', ''),
    ],
    [
      "There is no profile 'gone' in ~/.aliyun/config.json",
      good.replace('"current":"default"', '"current":"gone"'),
    ],
    ['has mode External, which is not supported', good.replace('"AK"', '"External"')],
    ['has a mode that is not supported', good.replace('"AK"', '"Newest"')],
  ])('%s', async (told, content) => {
    write(content);
    const text = await failure(chain().get(within(1)));
    expect(text).toContain('~/.aliyun/config.json');
    expect(text).toContain(told);
    expect(text).not.toMatch(/chain-id-1|chain-secret-1|access_key_id/);
  });

  test('an INI file without a type', async () => {
    writeIni('[default]', 'access_key_id = ini-id-1');
    const text = await failure(chain().get(within(1)));
    expect(text).toContain("The profile 'default' in ~/.alibabacloud/credentials has no type");
    expect(text).not.toContain('ini-id-1');
  });
});

describe('the role of the machine', () => {
  test('is last, and asked for its name', async () => {
    const asked: string[] = [];
    await onMachine(({ method, url = '' }, response) => {
      asked.push(`${method} ${url}`);
      const keys = { AccessKeyId: 'machine-id-1', AccessKeySecret: 's', SecurityToken: 't' };
      const body = JSON.stringify({ Code: 'Success', ...keys, Expiration: '2099-01-01T00:00:00Z' });
      response.end(method === 'PUT' ? 'pass' : url.endsWith('/') ? 'machine' : body);
    });
    const source = chain({});
    expect((await source.get(within(1))).accessKeyId).toBe('machine-id-1');
    expect(asked).toHaveLength(3);
    expect(source.description).toBe('the default chain, ECS role (the metadata service)');
  });

  test('is not waited for where nothing answers as the metadata service does', async () => {
    const began = Date.now();
    const text = await failure(chain({}).get(within(600)));
    expect(text).toContain('No credentials were found.');
    expect(text).toContain('The ECS role (the metadata service) gave no credentials: ECONNREFUSED.');
    expect(Date.now() - began).toBeLessThan(3_000);
  });

  test('is waited for where the service is there and busy', async () => {
    let count = 0;
    await onMachine((_, response) => {
      count += 1;
      response.writeHead(count < 5 ? 503 : 404).end();
    });
    const text = await failure(chain({}).get(within(600, testClock())));
    expect(count).toBeGreaterThan(4);
    expect(text).toContain('gave no credentials: it answered with HTTP 404.');
  });
});
