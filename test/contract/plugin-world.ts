import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { UNKNOWN } from '../../provider/lifecycle/unknown.js';
import { makeEnvironment } from '../../scripts/environment.js';
import { EngineServer } from '../support/dynamic/engine-server.js';
import { PluginProcess } from '../support/plugin/plugin-process.js';

export const BINDING = 'alicloud-media:imm:DatasetBinding';
export const BUCKET = 'alicloud-media:mps:OutputBucket';
export const LINK = {
  projectName: 'media',
  datasetName: 'videos',
  uri: 'oss://originals',
  region: 'cn-shanghai',
};
export const LINK_ID = 'cn-shanghai/media/videos/oss://originals';
/** The mark of a secret on the wire, beside its `value`. */
export const SECRET = { '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270' };
/** What the protocol sends for an unknown text, flag, number, list and object. */
export const UNKNOWNS = [
  UNKNOWN,
  '1c4a061d-8072-4f0a-a4cb-0ff528b18fe7',
  '3eeb2bf0-c639-47a8-9e75-3b44932eb421',
  '6a19a0b0-7e62-4c92-b797-7f8e31da9cc2',
  'dd056dcd-154b-4c76-9bd3-c8f88648b5ff',
];

/** A plugin of its own for each test, an engine that it speaks to, and an emulator with a dataset. */
export class PluginWorld {
  emulator!: Emulator;
  engine!: EngineServer;
  plugin!: PluginProcess;

  /** Sets the hooks of the test file that calls it. */
  static make(): PluginWorld {
    const world = new PluginWorld();
    beforeAll(async () => {
      [world.emulator, world.engine] = await Promise.all([
        startEmulator({ runningAfter: 1 }),
        EngineServer.start(),
      ]);
    });
    afterAll(async () => {
      world.engine.close();
      await world.emulator.close();
    });
    beforeEach(async () => {
      world.emulator.reset();
      world.emulator.createProject('media');
      world.emulator.createDataset('media', 'videos');
      world.engine.logged.length = 0;
      await world.start();
    });
    afterEach(() => world.plugin.stop());
    return world;
  }

  /** With flags as the engine hands them on, before its address. */
  async start(extra: NodeJS.ProcessEnv = {}, ...flags: readonly string[]): Promise<void> {
    const stage = { folder: mkdtempSync(join(tmpdir(), 'alicloud-media-')), url: this.emulator.url };
    const environment = { ...makeEnvironment(stage), ...extra };
    this.plugin = await PluginProcess.start(environment, ...flags, this.engine.address);
  }

  actions(): string[] {
    return this.emulator.journal().map(({ action }) => action);
  }
}
