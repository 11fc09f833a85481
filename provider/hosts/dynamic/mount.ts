import { titleOf } from '../../lifecycle/description.js';
import type { DiffResult, Lifecycle, Properties } from '../../lifecycle/lifecycle.js';
import { GET_MARKER, NAME } from '../../lifecycle/marker.js';
import { Drift } from '../drift.js';
import type { Caller } from '../ownership.js';
import { KeptError, StepError } from '../step-error.js';
import { Steps } from '../steps.js';
import { configured, session, spoken } from './process.js';

const PROVIDER = '__provider';

/** What Pulumi's dynamic-provider process calls. It adds `__provider` to results, but not to partial failures. */
export interface DynamicProvider {
  configure(request: { config: { get(key: string): string | undefined } }): void;
  check(olds: Properties, news: Properties): Promise<object>;
  diff(id: string, olds: Properties, news: Properties): Promise<object>;
  create(inputs: Properties): Promise<object>;
  read(id: string, properties: Properties): Promise<object>;
  update(id: string, olds: Properties, news: Properties): Promise<object>;
  delete(id: string, properties: Properties): Promise<void>;
}

/** Serves a lifecycle in Pulumi's dynamic-provider process. */
export function mount(lifecycle: Lifecycle): DynamicProvider {
  const steps = new Steps(lifecycle, session);
  const drift = new Drift();
  return {
    configure: ({ config }) => configured((key) => config.get(key)),

    async check(olds, news) {
      const result = steps.check(own(news), own(olds ?? {}), callerIn(news));
      // The create is given what this answers.
      return NAME in news ? { ...result, inputs: { ...result.inputs, [NAME]: news[NAME] } } : result;
    },

    diff: async (id, olds, news) =>
      withProvider(olds, news, drift.shown(id, await steps.diff(own(olds), own(news), callerIn(news)))),

    create: (inputs) =>
      kept(inputs, async () => {
        const { id, outputs } = await steps.create(own(inputs), { caller: callerIn(inputs) });
        return { id, outs: outputs };
      }),

    read: (id, properties) =>
      spoken(async () => {
        const { [GET_MARKER]: isGet, ...outputs } = own(properties);
        const found = await steps.read(id, outputs, {}, isGet === true ? 'get' : 'refresh');
        if (found !== undefined) {
          if (isGet !== true) drift.refreshed(id, outputs, found.outputs);
          return { id: found.id, props: found.outputs, inputs: found.inputs };
        }
        if (isGet !== true) return {};
        throw new StepError(
          'read',
          `${titleOf(lifecycle.description)} ${id}`,
          new Error('it does not exist.'),
          '',
        );
      }),

    update: (id, olds, news) =>
      kept(news, async () => ({
        outs: await steps.update(id, own(olds), own(news), { caller: callerIn(news) }),
      })),

    delete: (id, properties) => spoken(() => steps.delete(id, own(properties))),
  };
}

function own({ [PROVIDER]: _, [NAME]: __, ...properties }: Properties): Properties {
  return properties;
}

/** The engine tells a dynamic provider neither name nor URN; the classes of this package pass the name along. */
function callerIn({ [NAME]: name }: Properties): Caller | undefined {
  return typeof name === 'string' ? { name } : undefined;
}

/**
 * A link that the plugin made has no `__provider` in its outputs, without which this process can neither read nor delete
 * it, and only an update writes them.
 */
function withProvider(olds: Properties, news: Properties, diff: DiffResult): DiffResult {
  const lacks = olds[PROVIDER] === undefined && news[PROVIDER] !== undefined;
  return lacks && diff.changes === false ? { ...diff, changes: undefined } : diff;
}

/** Turns a step that failed half-way into what the engine keeps in the state. */
function kept<T>(inputs: Properties, work: () => Promise<T>): Promise<T> {
  return spoken(async () => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof KeptError)) throw error;
      // Without `__provider` in them, the resource could never be deleted.
      const properties = { ...error.outputs, [PROVIDER]: inputs[PROVIDER] };
      throw Object.assign(error.failure, { id: error.id, properties, reasons: [error.message] });
    }
  });
}
