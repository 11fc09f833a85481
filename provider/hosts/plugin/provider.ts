import { setMaxListeners } from 'node:events';
import { CancelledError, ConfigurationError } from '../../alicloud/answers/errors.js';
import type { CheckFailure, CheckResult, Found, Made, Properties } from '../../lifecycle/lifecycle.js';
import { NAME } from '../../lifecycle/marker.js';
import type { Severity } from '../../lifecycle/operation.js';
import { Drift } from '../drift.js';
import { type EngineLog, engineLog } from '../engine-log.js';
import type { Caller } from '../ownership.js';
import type { Call } from '../run-step.js';
import type { Session, Surroundings } from '../session.js';
import type { Steps } from '../steps.js';
import { checkConfig, configSource, missingKeys } from './configuration.js';
import { detailedDiff, type PropertyDiff } from './diff.js';
import { MissingKeysError } from './failure.js';
import type { Asked } from './invoke.js';
import { inNamespace } from './namespace.js';
import { previewed } from './preview.js';

/** What every request about a resource tells of it. */
export interface Subject {
  readonly type: string;
  readonly urn: string;
  /** Seconds; 0 where the program sets none. */
  readonly timeout?: number;
}

export interface Difference {
  readonly isSame: boolean;
  readonly replaces: readonly string[];
  readonly deleteBeforeReplace: boolean;
  readonly details: ReadonlyMap<string, PropertyDiff>;
}

/** What serves the requests of one configuration. */
interface Served {
  readonly session: Session;
  readonly stepsOf: (type: string) => Steps;
}

/** What a test gives in place of the real thing. */
interface Injected {
  readonly environment?: NodeJS.ProcessEnv;
  readonly log?: EngineLog;
  readonly surroundings?: Surroundings | undefined;
}

/** Properties that the dynamic host keeps in the state, and this one does not need. */
const OF_DYNAMIC_HOST: readonly string[] = ['__provider', NAME, 'customTimeouts'];

/** The provider as the engine sees it, without gRPC: plain properties in, plain properties out. */
export class MediaProvider {
  readonly #environment: NodeJS.ProcessEnv;
  #cancelled = untilCancelled();
  readonly #log: EngineLog;
  readonly #surroundings: Surroundings | undefined;
  readonly #drift = new Drift();
  #engine: string | undefined;
  #args: Properties | undefined;
  #served: Promise<Served> | undefined;

  constructor(engine: string | undefined, { environment = process.env, log, surroundings }: Injected = {}) {
    this.#engine = engine;
    this.#environment = environment;
    this.#log = log ?? engineLog(() => this.#engine);
    this.#surroundings = surroundings;
  }

  /** The engine's address, which a handshake or an attach tells. */
  attach(engine: string): void {
    this.#engine = engine;
  }

  checkConfig(args: Properties): Promise<readonly CheckFailure[]> {
    return checkConfig(args, this.#environment);
  }

  configure(args: Properties): void {
    const missing = missingKeys(args);
    if (missing.length > 0) throw new MissingKeysError(missing);
    // The engine cancels at the end of every run, and one that attached may come back with another. Before that, what
    // is under way is to end with what is still to come.
    if (this.#cancelled.signal.aborted) this.#cancelled = untilCancelled();
    this.#args = args;
    this.#served = undefined;
  }

  async check(subject: Subject, news: Properties, olds: Properties): Promise<CheckResult> {
    return (await this.#stepsOf(subject.type)).check(news, own(olds), callerOf(subject));
  }

  async diff(subject: Subject, id: string, outputs: Properties, news: Properties): Promise<Difference> {
    const steps = await this.#stepsOf(subject.type);
    const olds = own(outputs);
    const diff = this.#drift.shown(id, await steps.diff(olds, own(news), callerOf(subject)));
    if (diff.replaces.length > 0) {
      const { replacement } = steps.lifecycle.description;
      this.#log.say('warning', `${id} is to be replaced: ${replacement}`, subject.urn);
    }
    return {
      isSame: diff.changes === false,
      replaces: diff.replaces,
      deleteBeforeReplace: diff.deleteBeforeReplace,
      details: detailedDiff(steps.lifecycle, diff, olds, news),
    };
  }

  async create(subject: Subject, inputs: Properties, isPreview: boolean): Promise<Made> {
    const steps = await this.#stepsOf(subject.type);
    if (isPreview) {
      steps.willCreate(inputs);
      // The engine takes an id that a preview gives for one that exists.
      return { id: '', outputs: previewed(steps.lifecycle, inputs) };
    }
    return this.#spoken(() => steps.create(inputs, this.#call(subject)));
  }

  /** Without outputs it is an import; a `get` has what the program gives, which may be nothing. */
  async read(subject: Subject, id: string, outputs: Properties | undefined): Promise<Found | undefined> {
    const olds = own(outputs ?? {});
    const isRefresh = Object.keys(olds).length > 0;
    const reason = outputs === undefined ? 'import' : isRefresh ? 'refresh' : 'get';
    const steps = await this.#stepsOf(subject.type);
    const found = await this.#spoken(() => steps.read(id, olds, this.#call(subject), reason));
    if (found !== undefined && isRefresh) this.#drift.refreshed(id, olds, found.outputs);
    return found;
  }

  async update(
    subject: Subject,
    id: string,
    outputs: Properties,
    news: Properties,
    isPreview: boolean,
  ): Promise<Properties> {
    const steps = await this.#stepsOf(subject.type);
    if (isPreview) return previewed(steps.lifecycle, news, outputs);
    return this.#spoken(() => steps.update(id, own(outputs), news, this.#call(subject)));
  }

  async delete(subject: Subject, id: string, outputs: Properties): Promise<void> {
    const steps = await this.#stepsOf(subject.type);
    return this.#spoken(() => steps.delete(id, own(outputs), this.#call(subject)));
  }

  async invoke(token: string, args: Properties, isPreview: boolean): Promise<Asked> {
    const { signal } = this.#cancelled;
    const { invoke } = await import('./invoke.js');
    return this.#spoken(async () => {
      const { session } = await this.#loaded();
      return invoke(token, args, isPreview, () => session, { signal });
    });
  }

  /** Ends every operation under way, each with what it knows of its link. */
  cancel(): void {
    this.#cancelled.abort(new CancelledError());
  }

  async #stepsOf(type: string): Promise<Steps> {
    return (await this.#loaded()).stepsOf(type);
  }

  #loaded(): Promise<Served> {
    this.#served ??= this.#load();
    return this.#served;
  }

  /** What a link needs is loaded with the first one: the engine waits for the answer to Configure. */
  async #load(): Promise<Served> {
    if (this.#args === undefined)
      throw new ConfigurationError(['the engine has not configured the provider.']);
    const source = configSource(this.#args);
    const [{ stepsByType }, { Session }, { RunFile }] = await Promise.all([
      import('./resources.js'),
      import('../session.js'),
      import('../run-file.js'),
    ]);
    const say = (severity: Severity, text: string) => this.#log.say(severity, inNamespace(text));
    const run = this.#engine === undefined ? undefined : new RunFile(this.#engine);
    const session = new Session(source, this.#environment, say, this.#surroundings, run);
    return { session, stepsOf: stepsByType(() => session) };
  }

  #call(subject: Subject): Call {
    const { urn, timeout = 0 } = subject;
    return {
      caller: callerOf(subject),
      signal: this.#cancelled.signal,
      say: (severity: Severity, text: string) => this.#log.say(severity, text, urn),
      ...(timeout > 0 && { timeout: timeout * 1000 }),
    };
  }

  /** Ends only when all that the work said has arrived: the engine may stop the process right after. */
  async #spoken<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } finally {
      await this.#log.flush();
    }
  }
}

function callerOf({ urn }: Subject): Caller {
  return { urn, name: urn.split('::').at(-1) ?? urn };
}

function untilCancelled(): AbortController {
  const controller = new AbortController();
  // Every operation under way listens.
  setMaxListeners(0, controller.signal);
  return controller;
}

function own(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !OF_DYNAMIC_HOST.includes(name)));
}
