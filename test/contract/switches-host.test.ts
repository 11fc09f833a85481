import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Emulator,
  SWITCH_NAMES,
  SWITCHES,
  type SwitchName,
  startEmulator,
} from '../../emulator/index.js';
import { defaultSwitches } from '../../emulator/switches.js';
import { MTS_SWITCHES } from '../../emulator/switches-mts.js';
import { makeEnvironment } from '../../scripts/environment.js';
import { DynamicProcess, PEERS, type Properties } from '../support/dynamic/dynamic-process.js';
import { providerTextOf } from '../support/lifecycle/lifecycle-of.js';

const [BINDING, BUCKET] = ['imm.DatasetBinding', 'mps.OutputBucket'].map(providerTextOf);
const LINK = {
  projectName: 'media',
  datasetName: 'videos',
  uri: 'oss://originals',
  region: 'cn-shanghai',
  __provider: BINDING,
};
const REGISTRATION = { bucket: 'renditions', region: 'cn-shanghai', __provider: BUCKET };
const OTHERS = { binding: 'cn-shanghai/media/archive/oss://others', bucket: 'others' };

const firsts: readonly SwitchName[] = ['createExistingBinding', 'unbindUnboundBucket'];
/** Every single value; the defaults, which are one setting, only once for each service. */
const values: readonly (readonly [SwitchName, unknown])[] = SWITCH_NAMES.flatMap((name) =>
  SWITCHES[name].values
    .filter((value) => value !== SWITCHES[name].default || firsts.includes(name))
    .map((value) => [name, value] as const),
);
const all = SWITCH_NAMES.flatMap((name) => SWITCHES[name].values.map((value) => [name, value] as const));
/** Asked only where something is wrong: each has a test of its own. */
const RARE = /[tT]hrottling|^denialCode$|MissingBucket$|InSeveralDatasets$|^deleteDataset/;

let emulator: Emulator;
let provider: DynamicProcess;
beforeAll(async () => {
  emulator = await startEmulator({ runningAfter: 50 });
  const stage = { folder: mkdtempSync(join(tmpdir(), 'alicloud-media-')), url: emulator.url };
  provider = await DynamicProcess.start(PEERS.newest, makeEnvironment(stage));
  // Longer than what the switches keep back, so that only they are waited for.
  await provider.configure({ 'alicloud-media:consistencyWindow': '0.4' });
});
afterAll(async () => {
  await provider.stop();
  await emulator.close();
});

function begin(name: SwitchName, value: unknown): void {
  emulator.reset();
  emulator.set({ ...defaultSwitches(), [name]: value });
  emulator.createProject('media');
  emulator.createDataset('media', 'videos');
  emulator.createDataset('media', 'archive');
  emulator.createBinding(OTHERS.binding);
  emulator.bindOutputBucket(OTHERS.bucket);
}

/** It is made again at once: what shows late, stays long or bars a name meets the second. */
async function lifeOf(inputs: Properties): Promise<void> {
  const { id, outputs } = await provider.create(inputs);
  expect(await provider.read(id, outputs)).toEqual({ id, outputs, inputs });
  await expect(provider.create(inputs)).rejects.toThrow('ALICLOUD_MEDIA_ADOPT');
  const taken = await provider.create({ ...inputs, adopt: true });
  expect(taken.id).toBe(id);
  // Two entries have it now, and the link goes with the last.
  await provider.delete(id, outputs);
  await provider.delete(id, taken.outputs);
  const again = await provider.create(inputs);
  await provider.delete(id, again.outputs);
  await provider.delete(id, again.outputs);
  expect(await provider.read(id, again.outputs)).toMatchObject({ id: '' });
}

const isMts = (name: SwitchName) => name in MTS_SWITCHES;

describe('through the dynamic host, alone', () => {
  it.each(values.filter(([name]) => !RARE.test(name)))(
    '%s=%s changes nothing for whoever has the link',
    async (name, value) => {
      begin(name, value);
      await lifeOf(isMts(name) ? REGISTRATION : LINK);
      expect(emulator.bindings().map(({ link }) => link)).toEqual([OTHERS.binding]);
      expect(emulator.mediaBuckets().map(({ bucket }) => bucket)).toEqual([OTHERS.bucket]);
    },
  );

  it.each(all.filter(([name]) => name === 'bucketInSeveralDatasets'))(
    '%s=%s leaves the binding to another dataset alone',
    async (name, value) => {
      begin(name, value);
      const inputs = { ...LINK, uri: 'oss://others', adopt: true };
      if (value === 'allowed') {
        const { id, outputs } = await provider.create(inputs);
        await provider.delete(id, outputs);
      } else await expect(provider.create(inputs)).rejects.toThrow(String(value));
      expect(emulator.bindings().map(({ link }) => link)).toEqual([OTHERS.binding]);
    },
  );

  it.each(all.filter(([name]) => /throttling/i.test(name)))(
    '%s=%s is waited out where limits are exceeded',
    async (name, value) => {
      begin(name, value);
      for (const action of ['GetBinding', 'CreateBinding', 'DeleteBinding'])
        emulator.addFault({ kind: 'throttled', action, times: 1 });
      for (const action of ['ListAllMediaBucket', 'BindOutputBucket', 'UnbindOutputBucket'])
        emulator.addFault({ kind: 'throttled', action, times: 1 });
      for (const inputs of [LINK, REGISTRATION]) {
        const { id, outputs } = await provider.create(inputs);
        await provider.delete(id, outputs);
      }
      expect(emulator.bindings()).toHaveLength(1);
      expect(emulator.mediaBuckets()).toHaveLength(1);
    },
  );

  it.each(all.filter(([name]) => name === 'denialCode'))(
    '%s=%s says which permission is missing and keeps the link',
    async (name, value) => {
      begin(name, value);
      for (const [inputs, action] of [
        [LINK, 'imm:DeleteBinding'],
        [REGISTRATION, 'mts:UnbindOutputBucket'],
      ] as const) {
        const { id, outputs } = await provider.create(inputs);
        emulator.deny({ action });
        await expect(provider.delete(id, outputs)).rejects.toThrow(new RegExp(`${value}: .*RAM actions`));
        emulator.allow();
        await provider.delete(id, outputs);
      }
      expect(emulator.bindings()).toHaveLength(1);
      expect(emulator.mediaBuckets()).toHaveLength(1);
    },
  );

  it.each(all.filter(([name]) => /MissingBucket$/.test(name)))(
    '%s=%s leaves nothing of a bucket that is missing',
    async (name, value) => {
      begin(name, value);
      emulator.setMissingBuckets(['originals', 'renditions']);
      const inputs = isMts(name) ? REGISTRATION : LINK;
      const made = await provider.create(inputs).catch((error: unknown) => error);
      const { id, properties } =
        made instanceof Error
          ? ((made as { kept?: { id: string; properties: Properties } }).kept ?? {})
          : { id: (made as { id: string }).id, properties: (made as { outputs: Properties }).outputs };
      if (id !== undefined && properties !== undefined) await provider.delete(id, properties);
      expect(emulator.bindings()).toHaveLength(1);
      expect(emulator.mediaBuckets()).toHaveLength(1);
    },
  );
});
