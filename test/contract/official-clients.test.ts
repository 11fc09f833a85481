import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import MtsClient, {
  BindInputBucketRequest,
  BindOutputBucketRequest,
  ListAllMediaBucketRequest,
  UnbindInputBucketRequest,
  UnbindOutputBucketRequest,
} from '@alicloud/mts20140618';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { IMM_HANDLERS } from '../../emulator/imm/handlers.js';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { MTS_HANDLERS } from '../../emulator/mts/handlers.js';
import { pythonWith } from '../support/cli/python.js';
import { IS_WIDE } from '../support/extent.js';

const run = promisify(execFile);
const KEY = { accessKeyId: 'contract-key', accessKeySecret: 'contract-secret', account: '1000000000000007' };

const FILES = ['oss://py-bucket/1.mp4', 'oss://py-bucket/2.mp4', 'oss://py-bucket/3.mp4'];

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
  it('npm @alicloud/mts20140618 binds for input and output, lists both, and unbinds each by itself', async () => {
    const client = makeMtsClient(emulator);
    const bucket = 'js-both';
    const listed = async () => {
      const { body } = await client.listAllMediaBucket(
        new ListAllMediaBucketRequest({ maximumPageSize: 10 }),
      );
      expect(body?.requestId).toMatch(/^[0-9A-F-]{36}$/);
      return body?.mediaBucketList?.mediaBucket ?? [];
    };
    await client.bindOutputBucket(new BindOutputBucketRequest({ bucket }));
    await client.bindInputBucket(
      new BindInputBucketRequest({ bucket, referer: 'https://media.example.com' }),
    );
    const output = { bucket, type: 'Output' };
    const input = { bucket, type: 'Input', referer: 'https://media.example.com' };
    expect(await listed()).toMatchObject([output, input]);
    await client.unbindInputBucket(new UnbindInputBucketRequest({ bucket }));
    expect(await listed()).toMatchObject([output]);
    await client.unbindOutputBucket(new UnbindOutputBucketRequest({ bucket }));
    expect([...new Set(actions())].sort()).toEqual(Object.keys(MTS_HANDLERS).sort());
    expect(emulator.isEmpty()).toBe(true);
  });

  it('npm @alicloud/mts20140618 reads the errors', async () => {
    const unbind = new UnbindOutputBucketRequest({ bucket: 'nobody' });
    await expect(makeMtsClient(emulator).unbindOutputBucket(unbind)).rejects.toMatchObject({
      code: 'Bucket.NotBind',
      statusCode: 400,
    });
  });

  it.runIf(IS_WIDE)(
    'PyPI alibabacloud-imm20200930 and -mts20140618 do all that the emulator does',
    async (context) => {
      // What no request makes here: files in the index, a trigger and a batch.
      emulator.onCall((boundary, { action }) => {
        if (boundary !== 'after-effect' || action !== 'CreateDataset') return;
        const where = { account: KEY.account };
        emulator.addEntries('py-project', 'py-dataset', FILES, where);
        emulator.addJob('py-project', { kind: 'trigger', id: 'trigger-1' }, where);
        emulator.addJob('py-project', { kind: 'batch', id: 'batch-1' }, where);
      });
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
      // JSON.parse would round the size.
      expect(stdout).toContain('"sizes": [9223372036854775807, 9223372036854775807]');
      expect(JSON.parse(stdout)).toMatchObject({
        imm: {
          projects: { description: 'said anew', tags: [['team', 'media']], listed: ['py-project'] },
          datasets: { limit: 3, files: FILES.length, listed: ['py-dataset'] },
          bindings: { made: 'Ready', read: 'oss://py-bucket', listed: ['oss://py-bucket'] },
          attachments: { read: ['py-project', 'thumbnails'], listed: ['py-bucket'] },
          entries: { uris: FILES, totals: [FILES.length, null] },
          jobs: { triggers: ['trigger-1'], batches: ['batch-1'] },
          left: 0,
        },
        mts: {
          rows: [
            ['py-both', 'Output', null],
            ['py-both', 'Input', 'https://media.example.com'],
          ],
        },
      });
      const all = [...Object.keys(IMM_HANDLERS), ...Object.keys(MTS_HANDLERS)];
      expect([...new Set(actions())].sort()).toEqual(all.sort());
      expect(emulator.links()).toEqual([]);
    },
    300_000,
  );
});

function makeMtsClient({ url }: Emulator): MtsClient {
  type Config = ConstructorParameters<typeof MtsClient>[0];
  const config = { ...KEY, endpoint: new URL(url).host, protocol: 'HTTP', regionId: 'cn-shanghai' };
  return new MtsClient(config as unknown as Config);
}
