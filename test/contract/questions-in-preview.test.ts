import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Emulator,
  startEmulator,
  TEST_ACCESS_KEY_ID,
  TEST_ACCESS_KEY_SECRET,
} from '../../emulator/index.js';
import type { Properties } from '../support/dynamic/provider-process.js';
import { InProcessPlugin } from '../support/plugin/in-process-plugin.js';

const PROJECT = { projectName: 'media', region: 'cn-shanghai' };
const DATASET = { ...PROJECT, datasetName: 'videos' };
const BINDING = { ...DATASET, uri: 'oss://originals' };
const preview = true;

let emulator: Emulator;
let plugin: InProcessPlugin;
beforeEach(async () => {
  emulator = await startEmulator();
  plugin = new InProcessPlugin(undefined, { environment: {}, log: { say: () => {}, flush: async () => {} } });
  await configure();
});
afterEach(() => emulator.close());

function configure(): Promise<unknown> {
  const { url } = emulator;
  return plugin.configure({
    accessKey: TEST_ACCESS_KEY_ID,
    secretKey: TEST_ACCESS_KEY_SECRET,
    endpoints: JSON.stringify({ imm: url, mts: url, sts: url }),
  });
}

const ask = async (name: string, args: Properties, asking = { preview }) =>
  (await plugin.invoke(`alicloud-media:imm:${name}`, args, asking)).result;
const show = (type: string, inputs: Properties) =>
  plugin.create(`alicloud-media:imm:${type}`, inputs, { preview });

describe('a function, in a preview that has shown as to be made what it asks for', () => {
  it.each([
    ['getProject', PROJECT, { id: 'cn-shanghai/media' }],
    ['getDataset', DATASET, { id: 'cn-shanghai/media/videos' }],
    ['getDatasetBinding', BINDING, { id: 'cn-shanghai/media/videos/oss://originals' }],
    ['getDatasetBindings', DATASET, { bindings: [] }],
    ['getDatasetBindings', PROJECT, { bindings: [] }],
  ])('imm.%s of %o answers what is known before', async (name, args, answer) => {
    await show('Project', PROJECT);
    await show('Dataset', DATASET);
    await show('DatasetBinding', BINDING);
    expect(await ask(name, args)).toEqual(answer);
  });

  it('tells what is there, where it is there already', async () => {
    emulator.createProject('media');
    emulator.changeProject('media', { Description: 'of the shop' });
    await show('Project', PROJECT);
    expect(await ask('getProject', PROJECT)).toMatchObject({ description: 'of the shop' });
  });

  it('fails where the preview makes another, or what it asks for has no name yet', async () => {
    emulator.createProject('media');
    await show('Dataset', { ...DATASET, datasetName: 'images' });
    await show('Dataset', { ...DATASET, datasetName: UNKNOWN });
    await expect(ask('getDataset', DATASET)).rejects.toThrow('does not exist');
    // The names are those of a project, not of a dataset.
    await expect(ask('getDatasetBindings', DATASET)).rejects.toThrow('does not exist');
  });

  it('fails in the up, and in the next preview', async () => {
    await show('Project', PROJECT);
    await expect(ask('getProject', PROJECT, { preview: false })).rejects.toThrow('it does not exist');
    await configure();
    await expect(ask('getProject', PROJECT)).rejects.toThrow('it does not exist');
  });

  it('fails for any other reason', async () => {
    await show('Project', PROJECT);
    emulator.addFault({ kind: 'denied', action: 'GetProject' });
    await expect(ask('getProject', PROJECT)).rejects.toThrow('AccessDenied');
  });
});

/** How the engine writes a value that it does not know yet. */
const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';
