import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { makeEnvironment } from '../../scripts/environment.js';
import { mutatingCalls } from '../lifecycle/calls.js';
import { PUBLISHED_ENTRIES } from '../package/published-entries.js';
import { DynamicProcess, PEERS } from '../support/dynamic/dynamic-process.js';
import { linkOf } from '../support/links/links.js';

let emulator: Emulator;
let provider: DynamicProcess;

beforeAll(async () => {
  emulator = await startEmulator({ runningAfter: 1 });
  emulator.createProject('media');
  emulator.createDataset('media', 'videos');
  const stage = { folder: mkdtempSync(join(tmpdir(), 'alicloud-media-')), url: emulator.url };
  provider = await DynamicProcess.start(PEERS.oldest, makeEnvironment(stage));
  await provider.configure({ 'alicloud-media:consistencyWindow': '0' });
});
afterAll(async () => {
  await provider?.stop();
  await emulator.close();
});

it.each(Object.entries(PUBLISHED_ENTRIES))(
  'a state that names the entry of %s is served by its lifecycle, from create to delete',
  async (title, text) => {
    const { id, inputs, makes, removes } = linkOf(title);
    const { outputs } = await provider.create({ ...inputs, __provider: text });
    expect(outputs.__provider).toBe(text);
    expect((await provider.read(id, outputs)).id).toBe(id);
    await provider.delete(id, outputs);
    expect(mutatingCalls(emulator)).toEqual([`${makes} ${id}`, `${removes} ${id}`]);
    expect(emulator.links()).not.toContain(id);
  },
);
