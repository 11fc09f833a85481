import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import { pluginType, providerText, type ResourceDescription } from '../../provider/lifecycle/description.js';
import { makeEnvironment } from '../../scripts/environment.js';
import { DynamicProcess, PEERS } from '../support/dynamic/dynamic-process.js';
import type { Properties } from '../support/dynamic/provider-process.js';
import { PluginProcess } from '../support/plugin/plugin-process.js';
import type { Hosted } from './host-cases.js';

export const HOSTS = ['dynamic host', 'plugin'] as const;

/** Both hosts of the package, each in its own process, at one emulator. */
export class TwoHosts {
  private constructor(
    readonly emulator: Emulator,
    private readonly dynamic: DynamicProcess,
    private readonly plugin: PluginProcess,
  ) {}

  static async start(): Promise<TwoHosts> {
    const emulator = await startEmulator({ seed: 1, runningAfter: 1 });
    const environment = () =>
      makeEnvironment({ folder: mkdtempSync(join(tmpdir(), 'alicloud-media-')), url: emulator.url });
    const [dynamic, plugin] = await Promise.all([
      DynamicProcess.start(PEERS.newest, environment()),
      PluginProcess.start(environment()),
    ]);
    await dynamic.configure({ 'alicloud-media:consistencyWindow': '0' });
    await plugin.configure({ consistencyWindow: '0' });
    return new TwoHosts(emulator, dynamic, plugin);
  }

  /** A resource in each host, with an emulator that holds the project `media`, its dataset `videos` and nothing else. */
  begin({
    description,
  }: {
    readonly description: ResourceDescription;
  }): Readonly<Record<(typeof HOSTS)[number], Hosted>> {
    const { emulator } = this;
    emulator.reset();
    emulator.allow();
    emulator.setBucketRules([]);
    emulator.clearFaults();
    emulator.createProject('media');
    emulator.createDataset('media', 'videos');
    return {
      'dynamic host': inDynamicHost(this.dynamic, providerText(description)),
      plugin: inPlugin(this.plugin, pluginType(description)),
    };
  }

  async stop(): Promise<void> {
    await Promise.all([this.dynamic.stop(), this.plugin.stop()]);
    await this.emulator.close();
  }
}

function inDynamicHost(dynamic: DynamicProcess, provider: string): Hosted {
  const full = (properties: Properties) => ({ ...properties, __provider: provider });
  const own = ({ __provider: _, ...properties }: Properties) => properties;
  return {
    async check(news, olds) {
      const { inputs, failures } = await dynamic.check(full(news), olds && full(olds));
      return { inputs: own(inputs), failures };
    },
    diff: (id, olds, news) => dynamic.diff(id, full(olds), full(news)),
    async create(inputs) {
      const { id, outputs } = await dynamic.create(full(inputs));
      return { id, outputs: own(outputs) };
    },
    async read(id, outputs) {
      const read = await dynamic.read(id, full(outputs));
      return { id: read.id, outputs: own(read.outputs), inputs: own(read.inputs ?? {}) };
    },
    async update(id, olds, news) {
      return own(await dynamic.update(id, full(olds), full(news)));
    },
    delete: (id, outputs) => dynamic.delete(id, full(outputs)),
  };
}

function inPlugin(plugin: PluginProcess, type: string): Hosted {
  return {
    check: (news, olds) => plugin.check(type, news, olds),
    async diff(id, olds, news) {
      const { details: _, ...diff } = await plugin.diff(type, id, olds, news);
      return diff;
    },
    create: (inputs) => plugin.create(type, inputs),
    async read(id, properties) {
      const { outputs = {}, inputs = {}, ...rest } = await plugin.read(type, id, properties);
      return { ...rest, outputs, inputs };
    },
    update: (id, olds, news) => plugin.update(type, id, olds, news),
    delete: (id, outputs) => plugin.delete(type, id, outputs),
  };
}
