import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfiguration } from '../../../provider/alicloud/configuration.js';
import { type CredentialsSource, credentialsSource } from '../../../provider/alicloud/credentials/source.js';
import { CredentialsError } from '../../../provider/alicloud/errors.js';
import { within } from '../../within.js';

const dns = createRequire(__filename)('node:dns') as typeof import('node:dns');

/** The library reads the environment of the process itself. */
const { HOME } = process.env;
let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'chain-'));
  mkdirSync(join(home, '.aliyun'));
  process.env.HOME = home;
  process.env.ALIBABA_CLOUD_ECS_METADATA_DISABLED = 'true';
});
afterEach(() => {
  process.env.HOME = HOME;
  delete process.env.ALIBABA_CLOUD_ECS_METADATA_DISABLED;
  rmSync(home, { recursive: true });
});

function chain(): CredentialsSource {
  const { credentials } = readConfiguration(() => undefined, {});
  expect(credentials).toEqual({ kind: 'chain' });
  const sts = async () => {
    throw new Error('STS is not needed here');
  };
  return credentialsSource(credentials, { environment: {}, sts });
}
const write = (content: string) => writeFileSync(join(home, '.aliyun', 'config.json'), content);
const good = JSON.stringify({
  current: 'default',
  profiles: [
    { name: 'default', mode: 'AK', access_key_id: 'chain-id-1', access_key_secret: 'chain-secret-1' },
  ],
});

async function failure(asked: Promise<unknown>): Promise<string> {
  const error = await asked.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(CredentialsError);
  return inspect(error, { depth: Number.POSITIVE_INFINITY });
}

test('concurrent first calls all get the credentials', async () => {
  write(good);
  const source = chain();
  const all = await Promise.all(Array.from({ length: 10 }, () => source.get(within(1))));
  expect(all).toEqual(Array(10).fill({ accessKeyId: 'chain-id-1', accessKeySecret: 'chain-secret-1' }));
  expect(source.description).toBe('the default chain (cli_profile)');
});

test('after a total failure the whole chain is tried again', async () => {
  const source = chain();
  const first = await Promise.allSettled([source.get(within(1)), source.get(within(1))]);
  expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  write(good);
  expect((await source.get(within(1))).accessKeyId).toBe('chain-id-1');
});

test('a malformed ~/.aliyun/config.json is named and not repeated', async () => {
  write(good.slice(0, -2));
  const text = await failure(chain().get(within(1)));
  expect(text).toContain('No credentials were found.');
  expect(text).toContain('~/.aliyun/config.json is not valid JSON.');
  expect(text).not.toMatch(/chain-id-1|chain-secret-1|access_key_id/);
});

test('without any source the error says what was tried', async () => {
  const asked: unknown[] = [];
  const { lookup } = dns;
  dns.lookup = ((name: string, ...rest: unknown[]) => {
    asked.push(name);
    return Reflect.apply(lookup, dns, [name, ...rest]);
  }) as typeof lookup;
  const text = await failure(chain().get(within(1))).finally(() => {
    dns.lookup = lookup;
  });
  // The library alone would look for a host named `undefined`.
  expect(asked).toEqual([]);
  expect(text).toContain('alicloud:accessKey');
  expect(text).toContain('~/.alibabacloud/credentials');
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
