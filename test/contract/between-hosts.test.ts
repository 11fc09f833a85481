import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { pluginType, providerText } from '../../provider/lifecycle/description.js';
import { NAME } from '../../provider/lifecycle/marker.js';
import { makeEnvironment } from '../../scripts/environment.js';
import { mutatingCalls } from '../lifecycle/calls.js';
import { DynamicProcess, PEERS } from '../support/dynamic/dynamic-process.js';
import { EngineServer } from '../support/dynamic/engine-server.js';
import { thinned } from '../support/extent.js';
import { LINKS } from '../support/links/links.js';
import { PluginProcess } from '../support/plugin/plugin-process.js';

let emulator: Emulator;
let engine: EngineServer;
/** What made the links in a run before this one. */
let earlier: Run;
let { dynamic, plugin } = {} as Run;

/** The provider processes of one run: they know the engine's address, and nothing of each other. */
interface Run {
  readonly dynamic: DynamicProcess;
  readonly plugin: PluginProcess;
}

async function startRun(address?: string): Promise<Run> {
  const environment = {
    ...makeEnvironment({ folder: mkdtempSync(join(tmpdir(), 'alicloud-media-')), url: emulator.url }),
    TMPDIR: mkdtempSync(join(tmpdir(), 'one-run-')),
  };
  const [dynamic, plugin] = await Promise.all([
    DynamicProcess.start(PEERS.newest, environment, address),
    PluginProcess.start(environment, ...(address === undefined ? [] : [address])),
  ]);
  await dynamic.configure({ 'alicloud-media:consistencyWindow': '0' });
  await plugin.configure({ consistencyWindow: '0' });
  return { dynamic, plugin };
}

beforeAll(async () => {
  [emulator, engine] = await Promise.all([startEmulator({ runningAfter: 1 }), EngineServer.start()]);
});
afterAll(async () => {
  engine.close();
  await emulator.close();
});
beforeEach(() => {
  emulator.reset();
  emulator.createProject('media');
  emulator.createDataset('media', 'videos');
  engine.logged.length = 0;
});

/** What is there besides what every case begins with. */
const links = () => emulator.links().filter((id) => !BEGINS_WITH.includes(id));
const BEGINS_WITH = ['cn-shanghai/media', 'cn-shanghai/media/videos'];
const warnings = () => engine.logged.filter(({ severity }) => severity === 'warning').map(({ text }) => text);

describe.each(thinned(LINKS))(
  '$title in one run of both hosts',
  ({ title, description, id, inputs, makes, removes }) => {
    // Of processes that served another resource before, a listing of media buckets may be a moment old.
    beforeAll(async () => {
      let run: Run;
      [earlier, run] = await Promise.all([startRun(), startRun(engine.address)]);
      ({ dynamic, plugin } = run);
    });
    afterAll(async () => {
      const processes = [earlier?.dynamic, earlier?.plugin, dynamic, plugin];
      await Promise.all(processes.map((each) => each?.stop()));
    });
    const type = pluginType(description);
    const nameless = { ...inputs, __provider: providerText(description) };
    const old = { ...nameless, [NAME]: 'old-name' };

    it('a move to the plugin without the alias leaves the link to the plugin, which then removes it', async () => {
      const { outputs } = await earlier.dynamic.create(nameless);
      const made = await plugin.create(type, { ...inputs, adopt: true });
      await dynamic.delete(id, outputs);
      expect(warnings()).toEqual([
        `${title} ${id}: it is left as it is, since one has it in this stack. Only this entry goes; nothing was sent.`,
      ]);
      expect(links()).toEqual([id]);
      await plugin.delete(type, id, made.outputs);
      expect(links()).toEqual([]);
      expect(mutatingCalls(emulator)).toEqual([`${makes} ${id}`, `${removes} ${id}`]);
    });

    it('a move back without the alias leaves the link to the dynamic host, which then removes it', async () => {
      const made = await earlier.plugin.create(type, inputs);
      const { outputs } = await dynamic.create({ ...old, adopt: true });
      await plugin.delete(type, id, made.outputs);
      expect(warnings()).toEqual([expect.stringContaining('since old-name has it in this stack.')]);
      expect(links()).toEqual([id]);
      await dynamic.delete(id, outputs);
      expect(links()).toEqual([]);
      expect(mutatingCalls(emulator)).toEqual([`${makes} ${id}`, `${removes} ${id}`]);
    });

    it('one that the other host goes on with is refused, with its name, and nothing is sent', async () => {
      const { outputs } = await earlier.dynamic.create(nameless);
      expect((await dynamic.check(old, old)).failures).toEqual({});
      expect(await dynamic.diff(id, { ...old, ...outputs }, old)).toMatchObject({ changes: 'none' });
      mutatingCalls(emulator);
      await expect(plugin.create(type, { ...inputs, adopt: true })).rejects.toThrow(
        'old-name has it in this stack, and it can belong to one resource only. Nothing was sent.',
      );
      expect(mutatingCalls(emulator)).toEqual([]);
      await dynamic.delete(id, outputs);
      expect(links()).toEqual([]);
    });

    it('one that only a refresh of the other host has reported may be what is moved', async () => {
      const made = await earlier.plugin.create(type, inputs);
      await plugin.read(type, id, made.outputs);
      // As a refresh of the engine does.
      await plugin.diff(type, id, made.outputs, inputs);
      const { outputs } = await dynamic.create({ ...old, adopt: true });
      await plugin.delete(type, id, made.outputs);
      expect(links()).toEqual([id]);
      await dynamic.delete(id, outputs);
      expect(links()).toEqual([]);
    });
  },
);
