import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { datasetBinding } from '../../provider/imm/dataset-binding/dataset-binding.js';
import { providerText } from '../../provider/lifecycle/description.js';
import { makeEnvironment } from '../../scripts/environment.js';
import { DynamicProcess, PEERS } from '../support/dynamic/dynamic-process.js';
import type { Properties } from '../support/dynamic/provider-process.js';
import { PluginProcess } from '../support/plugin/plugin-process.js';
import { BINDING } from './plugin-world.js';

const URIS = Array.from({ length: 8 }, (_, index) => `oss://originals-${index}`);

let emulator: Emulator;
let dynamic: DynamicProcess;
let plugin: PluginProcess;
beforeAll(async () => {
  emulator = await startEmulator({ runningAfter: 1, switches: { bindingVisibleAfterMs: 300 } });
  const environment = () =>
    makeEnvironment({ folder: mkdtempSync(join(tmpdir(), 'alicloud-media-')), url: emulator.url });
  [dynamic, plugin] = await Promise.all([
    DynamicProcess.start(PEERS.newest, environment()),
    PluginProcess.start(environment()),
  ]);
  await dynamic.configure();
  await plugin.configure();
});
afterAll(async () => {
  await Promise.all([dynamic?.stop(), plugin?.stop()]);
  await emulator.close();
});
beforeEach(() => {
  emulator.reset();
  emulator.createProject('media');
  emulator.createDataset('media', 'videos');
});

it.each(['dynamic host', 'plugin'])(
  '%s: eight bindings of one dataset are deleted at once within two seconds while reads are 300 ms behind',
  async (host) => {
    const text = providerText(datasetBinding.description);
    const isPlugin = host === 'plugin';
    const create = (uri: string) => {
      const inputs = { projectName: 'media', datasetName: 'videos', region: 'cn-shanghai', uri };
      return isPlugin ? plugin.create(BINDING, inputs) : dynamic.create({ ...inputs, __provider: text });
    };
    const remove = (id: string, outputs: Properties) =>
      isPlugin ? plugin.delete(BINDING, id, outputs) : dynamic.delete(id, outputs);

    const made = await Promise.all(URIS.map(create));
    emulator.clearStatistics();
    const begun = performance.now();
    await Promise.all(made.map(({ id, outputs }) => remove(id, outputs)));
    expect(performance.now() - begun).toBeLessThan(2_000);
    expect(emulator.isEmpty()).toBe(true);
    expect(emulator.statistics().actions['imm:DeleteBinding']).toBe(URIS.length);
  },
);
