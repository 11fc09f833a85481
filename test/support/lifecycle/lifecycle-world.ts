import { type Emulator, type EmulatorOptions, SWITCHES, startEmulator } from '../../../emulator/index.js';
import { defaultSwitches, type Switches, type SwitchName } from '../../../emulator/switches.js';
import { TEST_ACCESS_KEY_ID, TEST_ACCESS_KEY_SECRET } from '../../../emulator/test-key.js';
import type { Clock } from '../../../provider/alicloud/limits/clock.js';
import { Session, type Surroundings } from '../../../provider/hosts/session.js';
import { Steps } from '../../../provider/hosts/steps.js';
import { type Kind, Operation, type Severity } from '../../../provider/lifecycle/operation.js';
import { PluginHost } from '../plugin/plugin-steps.js';
import { Alarms } from './alarms.js';
import { lifecycleOf } from './lifecycle-of.js';
import type { Served, Server } from './served.js';

/** Time that passes only where somebody sleeps, and then at once. */
export class VirtualClock implements Clock {
  #now = 0;
  readonly #alarms = new Alarms();
  /** Every sleep, in milliseconds. */
  readonly slept: number[] = [];
  /** Is told the new time whenever it changes. */
  moved: (now: number) => void = () => {};
  /** While this is pending no sleep ends. */
  held: Promise<void> | undefined;

  readonly #mostSleeps: number;

  /** After so many sleeps a wait counts as one without an end. */
  constructor(mostSleeps = 10_000) {
    this.#mostSleeps = mostSleeps;
    this.restart();
  }

  /** Begins at the present: pop-core signs with the real time, and the emulator takes 15 minutes either way. */
  restart(): void {
    this.#now = Math.floor(Date.now() / 1000) * 1000;
    this.slept.length = 0;
    this.moved(this.#now);
  }

  now(): number {
    return this.#now;
  }

  /** What happens outside the provider takes time too. */
  advance(milliseconds: number): void {
    this.#now += milliseconds;
    this.moved(this.#now);
    this.#alarms.moved(this.#now);
  }

  alarm(time: number, ring: () => void): () => void {
    return this.#alarms.alarm(time, ring);
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    // Nothing would stop it: no timer of a test fires where nothing really waits.
    if (this.slept.length === this.#mostSleeps) throw new Error('a wait without an end');
    await this.held;
    this.slept.push(milliseconds);
    this.advance(Math.ceil(milliseconds));
  }
}

export interface Setting {
  /** What differs from the defaults, which are the least favourable behaviours. */
  readonly switches?: Partial<Switches>;
  /** `undefined` takes back what a world sets by itself. */
  readonly config?: Readonly<Record<string, string | undefined>>;
  readonly environment?: NodeJS.ProcessEnv;
}

/** The lifecycle objects in this process, over real HTTP to an emulator that shares their clock. */
export class LifecycleWorld {
  emulator: Emulator;
  readonly clock: VirtualClock;
  /** Uniform in [0, 1) for the provider; a test may replace it. */
  random: () => number = () => 0.5;
  /** Every line that was said, as `warning: text`. */
  readonly said: string[] = [];
  /** What was shown while it lasted. */
  readonly statuses: string[] = [];
  /** What serves `served` from the next process of the provider on. */
  server: Server = 'steps';
  #session: Session;
  #plugin: PluginHost | undefined;

  readonly #say = (severity: Severity, text: string): void => {
    if (severity === 'status') this.statuses.push(text);
    else this.said.push(`${severity}: ${text}`);
  };

  readonly binding = this.of('imm.DatasetBinding');
  readonly bucket = this.of('mps.OutputBucket');

  /** The same resources behind the server of this world. */
  get served(): {
    readonly binding: Served;
    readonly bucket: Served;
    of(title: string): Served;
  } {
    return this.#plugin ?? this;
  }

  /** The steps of `imm.Project` and the like. */
  of(title: string): Steps {
    return new Steps(lifecycleOf(title), () => this.#session);
  }

  private constructor(emulator: Emulator, clock: VirtualClock) {
    this.emulator = emulator;
    this.clock = clock;
    this.#session = this.#newSession({});
  }

  static async start(options: EmulatorOptions = {}): Promise<LifecycleWorld> {
    const clock = new VirtualClock();
    return new LifecycleWorld(await startEmulator({ clock, seed: 1, ...options }), clock);
  }

  /** A new process of the provider, and an emulator with a project, a dataset and nothing else. */
  begin(setting: Setting = {}): void {
    this.clock.restart();
    this.emulator.reset();
    // Those of provider processes that have ended: a run of thousands would use up what a process may have open.
    this.emulator.closeIdleConnections();
    this.emulator.set({ ...defaultSwitches(), ...setting.switches });
    this.emulator.createProject('media');
    this.emulator.createDataset('media', 'videos');
    this.emulator.createDataset('media', 'archive');
    this.restartProvider(setting);
  }

  /** Only what the emulator holds survives, as it does between two runs of the engine. */
  restartProvider(setting: Setting = {}): void {
    this.#session = this.#newSession(setting);
    this.#plugin = this.server === 'plugin' ? this.#newPlugin(setting) : undefined;
    // Making the wire says that endpoints are overridden: true here of every test, and the matter of none.
    void this.#session.wire;
    this.said.length = 0;
    this.statuses.length = 0;
  }

  get session(): Session {
    return this.#session;
  }

  /** One operation, for a test of what a lifecycle stands on. */
  operation(options: { kind?: Kind; timeout?: number; signal?: AbortSignal; adoptable?: string[] } = {}) {
    return new Operation({
      subject: 'the link',
      kind: options.kind ?? 'create',
      wire: this.#session.wire,
      clock: this.clock,
      random: () => this.random(),
      timeout: options.timeout ?? 600_000,
      adoptable: new Set(options.adoptable),
      ...(options.signal && { signal: options.signal }),
      say: this.#say,
    });
  }

  close(): Promise<void> {
    return this.emulator.close();
  }

  #newSession(setting: Setting): Session {
    const config = this.#config(setting);
    return new Session((key) => config[key], setting.environment ?? {}, this.#say, this.#surroundings);
  }

  #newPlugin(setting: Setting): PluginHost {
    const { environment = {} } = setting;
    const [config, surroundings] = [this.#config(setting), this.#surroundings];
    return new PluginHost({ config, environment, say: this.#say, surroundings });
  }

  #config({ config }: Setting): Readonly<Record<string, string | undefined>> {
    const { url } = this.emulator;
    return {
      'alicloud:region': 'cn-shanghai',
      'alicloud:accessKey': TEST_ACCESS_KEY_ID,
      'alicloud:secretKey': TEST_ACCESS_KEY_SECRET,
      'alicloud:endpoints': JSON.stringify({ imm: url, mts: url, sts: url }),
      ...config,
    };
  }

  get #surroundings(): Surroundings {
    return { clock: this.clock, random: () => this.random() };
  }
}

/** Every combination of the values of these switches. */
export function combinations(names: readonly SwitchName[]): Partial<Switches>[] {
  return names.reduce<Partial<Switches>[]>(
    (before, name) => {
      const values: readonly unknown[] = SWITCHES[name].values;
      return before.flatMap((switches) => values.map((value) => ({ ...switches, [name]: value })));
    },
    [{}],
  );
}
