import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import MtsClient, {
  BindOutputBucketRequest,
  ListAllMediaBucketRequest,
  UnbindOutputBucketRequest,
} from '@alicloud/mts20140618';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { pythonWith } from '../python.js';

const run = promisify(execFile);
const KEY = { accessKeyId: 'contract-key', accessKeySecret: 'contract-secret', account: '1000000000000007' };

let emulator: Emulator;

beforeEach(async () => {
  emulator = await startEmulator({ keys: [KEY] });
});

afterEach(() => emulator.close());

/** What the official clients did, in their own order, without a single error. */
function actions(): string[] {
  expect(emulator.journal().filter((entry) => entry.code !== '')).toEqual([]);
  return emulator.journal().map((entry) => entry.action);
}

describe('the official clients work against the emulator unchanged', () => {
  it('npm @alicloud/mts20140618 binds, lists and unbinds', async () => {
    const client = makeMtsClient(emulator);
    await client.bindOutputBucket(new BindOutputBucketRequest({ bucket: 'js-output' }));
    const { body } = await client.listAllMediaBucket(new ListAllMediaBucketRequest({ maximumPageSize: 10 }));
    expect(body?.requestId).toMatch(/^[0-9A-F-]{36}$/);
    expect(body?.mediaBucketList?.mediaBucket).toMatchObject([{ bucket: 'js-output', type: 'Output' }]);
    await client.unbindOutputBucket(new UnbindOutputBucketRequest({ bucket: 'js-output' }));
    expect(actions()).toEqual(['BindOutputBucket', 'ListAllMediaBucket', 'UnbindOutputBucket']);
    expect(emulator.isEmpty()).toBe(true);
  });

  it('npm @alicloud/mts20140618 reads the errors', async () => {
    const unbind = new UnbindOutputBucketRequest({ bucket: 'nobody' });
    await expect(makeMtsClient(emulator).unbindOutputBucket(unbind)).rejects.toMatchObject({
      code: 'Bucket.NotBind',
      statusCode: 400,
    });
  });

  it('PyPI alibabacloud-imm20200930 and -mts20140618 create, read, list and delete', async (context) => {
    const found = await pythonWith({
      folder: 'python-imm20200930-mts20140618',
      packages: ['alibabacloud-imm20200930', 'alibabacloud-mts20140618'],
      modules: ['alibabacloud_imm20200930.client', 'alibabacloud_mts20140618.client'],
    });
    if ('missing' in found) return context.skip(`no Python with the official clients: ${found.missing}`);
    const { stdout } = await run(
      found.python,
      [join(__dirname, 'official_clients.py'), new URL(emulator.url).host],
      {
        env: {
          ALIBABA_CLOUD_ACCESS_KEY_ID: KEY.accessKeyId,
          ALIBABA_CLOUD_ACCESS_KEY_SECRET: KEY.accessKeySecret,
          // A proxy of this machine must not stand between the two.
          NO_PROXY: '127.0.0.1',
          PATH: process.env.PATH,
        },
      },
    );
    expect(JSON.parse(stdout)).toEqual({
      imm: {
        created: 'Ready',
        read: 'oss://py-bucket',
        listed: ['oss://py-bucket'],
        size: 9e16,
        projects: 0,
      },
      mts: { rows: [['py-output', 'Output']] },
    });
    expect(actions()).toContain('DeleteBinding');
    expect(emulator.isEmpty()).toBe(true);
  }, 300_000);
});

function makeMtsClient({ url }: Emulator): MtsClient {
  type Config = ConstructorParameters<typeof MtsClient>[0];
  const config = { ...KEY, endpoint: new URL(url).host, protocol: 'HTTP', regionId: 'cn-shanghai' };
  return new MtsClient(config as unknown as Config);
}
