import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type Emulator,
  startEmulator,
  TEST_ACCESS_KEY_ID,
  TEST_ACCESS_KEY_SECRET,
  TEST_ACCOUNT_ID,
} from '../../emulator/index.js';
import { LIFECYCLES } from '../../provider/hosts/lifecycles.js';
import { providerText } from '../../provider/lifecycle/description.js';
import { UNKNOWN } from '../../provider/lifecycle/unknown.js';
import { makeEnvironment } from '../../scripts/environment.js';
import { CallError, DynamicProcess, PEERS, type Properties } from '../support/dynamic/dynamic-process.js';
import { IS_WIDE } from '../support/extent.js';
import { providerTextOf } from '../support/lifecycle/lifecycle-of.js';

const [BINDING, BUCKET] = ['imm.DatasetBinding', 'mps.OutputBucket'].map(providerTextOf);
const LINK = { projectName: 'media', datasetName: 'videos', uri: 'oss://originals', region: 'cn-shanghai' };
const LINK_ID = 'cn-shanghai/media/videos/oss://originals';

describe.each(Object.entries(PEERS).filter(([name]) => IS_WIDE || name === 'oldest'))(
  'with the %s @pulumi/pulumi of the peer range',
  (_, folder) => {
    let emulator: Emulator;
    let provider: DynamicProcess;

    beforeAll(async () => {
      emulator = await startEmulator();
    });
    afterAll(() => emulator.close());

    beforeEach(async () => {
      emulator.reset();
      emulator.createProject('media');
      emulator.createDataset('media', 'videos');
      provider = await start({ 'alicloud-media:consistencyWindow': '0' });
    });
    afterEach(() => provider.stop());

    async function start(
      config: Record<string, string>,
      extra: NodeJS.ProcessEnv = {},
    ): Promise<DynamicProcess> {
      const stage = { folder: mkdtempSync(join(tmpdir(), 'alicloud-media-')), url: emulator.url };
      const started = await DynamicProcess.start(folder, { ...makeEnvironment(stage), ...extra });
      await started.configure(config);
      return started;
    }

    const binding = (more: Properties = {}) => ({ ...LINK, __provider: BINDING, ...more });
    const bucket = (more: Properties = {}) => ({
      bucket: 'renditions',
      region: 'cn-shanghai',
      __provider: BUCKET,
      ...more,
    });
    const actions = () => emulator.journal().map(({ action }) => action);

    it('has a text in the state of under 100 bytes', () => {
      for (const { description } of LIFECYCLES)
        expect(Buffer.byteLength(providerText(description))).toBeLessThan(100);
    });

    it('takes a binding through check, create, read, diff, update and delete', async () => {
      const { region: _, ...given } = LINK;
      const checked = await provider.check({ ...given, __provider: BINDING });
      expect(checked).toEqual({ inputs: binding(), failures: {} });

      const { id, outputs } = await provider.create(checked.inputs);
      expect(id).toBe(LINK_ID);
      expect(outputs).toEqual({
        ...binding(),
        accountId: TEST_ACCOUNT_ID,
        status: 'Active',
        createTime: expect.stringMatching(/^\d{4}-.*\.\d{9}\+08:00$/),
        __link: { claim: expect.stringMatching(/^[\w-]{8}$/) },
      });

      expect(await provider.read(id, outputs)).toEqual({ id, outputs, inputs: binding() });
      expect(await provider.diff(id, outputs, binding())).toEqual({
        changes: 'none',
        replaces: [],
        deleteBeforeReplace: false,
      });

      const slower = binding({ customTimeouts: { delete: '30m' } });
      expect(await provider.diff(id, outputs, slower)).toMatchObject({ changes: 'unknown', replaces: [] });
      emulator.clearJournal();
      const updated = await provider.update(id, outputs, slower);
      expect(updated).toEqual({ ...outputs, customTimeouts: { delete: '30m' } });
      expect(actions()).toEqual([]);

      await provider.delete(id, updated);
      expect(actions()).toContain('DeleteBinding');
      expect(emulator.isEmpty()).toBe(true);
      await provider.delete(id, updated);
      expect(await provider.read(id, updated)).toMatchObject({ id: '' });
    });

    it('takes an output bucket through the same', async () => {
      const { id, outputs } = await provider.create((await provider.check(bucket())).inputs);
      expect(id).toBe('cn-shanghai/renditions');
      expect(outputs).toEqual({
        ...bucket(),
        accountId: TEST_ACCOUNT_ID,
        boundAt: expect.stringMatching(/^\d{4}-.*Z$/),
        __link: { claim: expect.stringMatching(/^[\w-]{8}$/) },
      });
      expect(await provider.read(id, outputs)).toEqual({ id, outputs, inputs: bucket() });
      await provider.delete(id, outputs);
      expect(emulator.isEmpty()).toBe(true);
      await provider.delete(id, outputs);
      expect(await provider.read(id, outputs)).toMatchObject({ id: '' });
    });

    it('lets unknown values pass the check, and diffs them as a replacement that deletes first', async () => {
      const unknown = binding({ uri: UNKNOWN, adopt: UNKNOWN });
      expect(await provider.check(unknown)).toEqual({ inputs: unknown, failures: {} });
      expect(await provider.diff(LINK_ID, binding(), unknown)).toEqual({
        changes: 'unknown',
        replaces: ['uri'],
        deleteBeforeReplace: true,
      });
    });

    it('names every bad argument at once and sends nothing', async () => {
      const { failures } = await provider.check(
        binding({ projectName: '1st', uri: 's3://x', region: 'Shanghai', adopt: 'yes' }),
      );
      expect(Object.keys(failures).sort()).toEqual(['adopt', 'projectName', 'region', 'uri']);
      expect(failures.uri).toContain('"s3://x"');
      expect(actions()).toEqual([]);
    });

    it('ignores the text of __provider and the name in a diff', async () => {
      const news = { ...binding(), __provider: `${BINDING};`, __resourceName: 'another' };
      expect(await provider.diff(LINK_ID, binding(), news)).toMatchObject({ changes: 'none' });
    });

    it('takes adopt and skipAwait into the state, and out of it, without a request about the link', async () => {
      const { id, outputs } = await provider.create(binding());
      emulator.clearJournal();
      const news = binding({ adopt: true, skipAwait: true });
      expect(await provider.diff(id, outputs, news)).toMatchObject({ changes: 'unknown', replaces: [] });
      const updated = await provider.update(id, outputs, news);
      expect(updated).toEqual({ ...outputs, adopt: true, skipAwait: true });
      expect(await provider.update(id, updated, binding())).toEqual(outputs);
      expect(actions()).toEqual([]);
      await provider.delete(id, outputs);
    });

    it('refuses the second of two resources that name one link, by their names', async () => {
      const named = (name: string) => ({ ...binding(), uri: 'oss://twice', __resourceName: name });
      expect((await provider.check(named('first'))).failures).toEqual({});
      expect((await provider.check(named('first'))).failures).toEqual({});
      const { failures } = await provider.check(named('second'));
      expect(Object.values(failures).join()).toContain(
        'first names cn-shanghai/media/videos/oss://twice, too',
      );
    });

    it('asks for an update of a link that the plugin made: only that writes the text that can read and delete it', async () => {
      const { __provider: _, ...made } = (await provider.create(bucket())).outputs;
      expect(await provider.diff('cn-shanghai/renditions', made, bucket())).toMatchObject({
        changes: 'unknown',
        replaces: [],
      });
      const updated = await provider.update('cn-shanghai/renditions', made, bucket());
      expect(updated).toEqual({ ...made, __provider: BUCKET });
    });

    it('keeps a binding that the service says Failed, with the text that can delete it', async () => {
      emulator.setBucketRules([
        { bucketContains: 'originals', outcome: 'Failed', reason: 'start oss tunnel failed' },
      ]);
      const error = await provider.create(binding()).catch((thrown: CallError) => thrown);
      if (!(error instanceof CallError)) throw new Error('the create succeeded');
      expect(error.kept).toMatchObject({
        id: LINK_ID,
        properties: { __provider: BINDING, status: 'Failed', failedReason: 'start oss tunnel failed' },
        reasons: [expect.stringContaining('start oss tunnel failed')],
      });
      const kept = error.kept?.properties ?? {};
      expect(await provider.diff(LINK_ID, kept, binding())).toMatchObject({
        replaces: ['status'],
        deleteBeforeReplace: true,
      });
      await provider.delete(LINK_ID, kept);
      expect(emulator.isEmpty()).toBe(true);
    });

    it('fails a get of a link that is missing, and never gives its marker back', async () => {
      await expect(provider.read(LINK_ID, { __provider: BINDING, __get: true })).rejects.toThrow(
        'does not exist',
      );
      const { id, outputs } = await provider.create(bucket());
      const got = await provider.read(id, { __provider: BUCKET, __get: true });
      expect(got.outputs).toMatchObject({ bucket: 'renditions', accountId: TEST_ACCOUNT_ID });
      expect(got.outputs).not.toHaveProperty('__get');
      expect(got.inputs).not.toHaveProperty('__get');
      await provider.delete(id, outputs);
    });

    it('answers many first calls at once, each with the configuration', async () => {
      const names = Array.from({ length: 8 }, (_, index) => `renditions-${index}`);
      const made = await Promise.all(names.map((name) => provider.create(bucket({ bucket: name }))));
      expect(made.map(({ id }) => id)).toEqual(names.map((name) => `cn-shanghai/${name}`));
      expect(actions().filter((action) => action === 'GetCallerIdentity')).toHaveLength(1);
    });

    it('shows an error without a stack, a key or a signature, under DEBUG=* too', async () => {
      await provider.stop();
      provider = await start({}, { DEBUG: '*' });
      emulator.deny({ action: 'mts:UnbindOutputBucket' });
      const { id, outputs } = await provider.create(bucket());
      const error = await provider.delete(id, outputs).catch((thrown: Error) => thrown);
      expect(error?.message).toMatch(
        /^cannot delete mps.OutputBucket cn-shanghai\/renditions: MPS UnbindOutputBucket: AccessDenied: .* \(RequestId [-0-9A-F]+\)\. Give the caller the RAM actions/,
      );
      emulator.allow();
      for (const text of [error?.message ?? '', provider.printed]) {
        for (const secret of [TEST_ACCESS_KEY_ID, TEST_ACCESS_KEY_SECRET, 'Signature='])
          expect(text).not.toContain(secret);
        expect(text).not.toMatch(/\n\s+at /);
      }
    });
  },
);
