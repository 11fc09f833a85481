import type { EngineLog } from '../../../provider/hosts/engine-log.js';
import type { Call } from '../../../provider/hosts/run-step.js';
import type { Say, Surroundings } from '../../../provider/hosts/session.js';
import { pluginType } from '../../../provider/lifecycle/description.js';
import { parseDuration } from '../../../provider/lifecycle/duration.js';
import type { Lifecycle, Properties } from '../../../provider/lifecycle/lifecycle.js';
import type { Kind } from '../../../provider/lifecycle/operation.js';
import { CallError } from '../dynamic/provider-process.js';
import { lifecycleOf } from '../lifecycle/lifecycle-of.js';
import type { Served } from '../lifecycle/served.js';
import { InProcessPlugin } from './in-process-plugin.js';

interface Options {
  /** Values by key, such as `alicloud:region`. */
  readonly config: Readonly<Record<string, string | undefined>>;
  readonly environment: NodeJS.ProcessEnv;
  readonly say: Say;
  readonly surroundings: Surroundings;
}

/** A provider plugin that is configured, and its resources. */
export class PluginHost {
  readonly binding: Served;
  readonly bucket: Served;
  /** The steps of `imm.Project` and the like. */
  readonly of: (title: string) => Served;

  constructor({ config, environment, say, surroundings }: Options) {
    const plugin = new InProcessPlugin(undefined, { environment, surroundings, log: heardAtFlush(say) });
    const args = Object.entries(config)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key.slice(key.indexOf(':') + 1), value]);
    const configured = plugin.configure(Object.fromEntries(args));
    this.of = (title) => stepsOf(lifecycleOf(title), plugin, configured);
    this.binding = this.of('imm.DatasetBinding');
    this.bucket = this.of('mps.OutputBucket');
  }
}

/** The engine need not have heard a line before a flush: a host that forgets it loses lines here, too. */
function heardAtFlush(say: Say): EngineLog {
  const waiting: Parameters<Say>[] = [];
  return {
    say: (severity, text) => waiting.push([severity, text]),
    flush: async () => {
      for (const line of waiting.splice(0)) say(...line);
    },
  };
}

/** Asks the plugin as the engine does: timeouts beside the properties, and a diff of what a refresh has read. */
function stepsOf(lifecycle: Lifecycle, plugin: InProcessPlugin, configured: Promise<void>): Served {
  const type = pluginType(lifecycle.description);
  const steps: Served = {
    lifecycle,

    async check(news) {
      await configured;
      const { own, timeouts } = split(news);
      const { inputs, failures } = await plugin.check(type, own);
      const all = Object.entries(failures).map(([property, reason]) => ({ property, reason }));
      return { inputs: { ...inputs, ...timeouts }, failures: all };
    },

    async diff(outputs, news) {
      await configured;
      const id = lifecycle.idOf(outputs);
      const diff = await plugin.diff(type, id, split(outputs).own, split(news).own);
      return { ...diff, changes: diff.changes !== 'none' };
    },

    create: (inputs, call) =>
      asked(call, inputs, async () => {
        const { own, timeouts } = split(inputs);
        const { id, outputs } = await plugin.create(type, own, asking('create', inputs));
        return { id, outputs: { ...outputs, ...timeouts } };
      }),

    async read(id, outputs, call) {
      const found = await asked(call, outputs, async () => {
        const { own, timeouts } = split(outputs);
        const read = await plugin.read(type, id, own);
        if (read.id === '') return undefined;
        const [inputs, now] = [read.inputs, read.outputs].map((each) => ({ ...each, ...timeouts }));
        return { id: read.id, inputs: inputs ?? {}, outputs: now ?? {} };
      });
      if (found !== undefined) await steps.diff(found.outputs, found.inputs);
      return found;
    },

    update: (id, outputs, news, call) =>
      asked(call, news, async () => {
        const { own, timeouts } = split(news);
        const now = await plugin.update(type, id, split(outputs).own, own, asking('update', news));
        return { ...now, ...timeouts };
      }),

    delete: (id, outputs, call) =>
      asked(call, {}, () => plugin.delete(type, id, split(outputs).own, asking('delete', outputs))),
  };

  async function asked<T>({ signal }: Call = {}, given: Properties, work: () => Promise<T>): Promise<T> {
    await configured;
    const cancel = () => void plugin.cancel();
    if (signal?.aborted) cancel();
    signal?.addEventListener('abort', cancel);
    try {
      return await work();
    } catch (error) {
      if (error instanceof CallError && error.kept)
        Object.assign(error.kept.properties, split(given).timeouts);
      throw error;
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  return steps;
}

/** The engine keeps the timeouts of a resource to itself, and a plugin never sees them among the properties. */
function split({ customTimeouts, ...own }: Properties): { own: Properties; timeouts: Properties } {
  return { own, timeouts: customTimeouts === undefined ? {} : { customTimeouts } };
}

function asking(kind: Kind, { customTimeouts }: Properties): { timeout?: number } {
  const timeout = parseDuration((customTimeouts as Properties | undefined)?.[kind]);
  return timeout === undefined ? {} : { timeout: timeout / 1000 };
}
