import { vi } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.js';
import type { Switches } from '../../emulator/switches.js';
import { TEST_ACCESS_KEY_ID, TEST_ACCESS_KEY_SECRET } from '../../emulator/test-key.js';
import type { Clock } from '../../provider/alicloud/limits/clock.js';
import { Session } from '../../provider/hosts/session.js';
import { Steps } from '../../provider/hosts/steps.js';
import { Alarms } from '../support/lifecycle/alarms.js';
import { lifecycleOf } from '../support/lifecycle/lifecycle-of.js';
import type { Served, Server } from '../support/lifecycle/served.js';
import { PluginHost } from '../support/plugin/plugin-steps.js';
import { FOREIGN } from './links.js';

/**
 * The one time of a world: the provider's, the emulator's, and that of `new Date()`, with which pop-core signs. It
 * passes only where somebody sleeps, and begins where every other one does, so that a run can be repeated.
 * `Date.now()` stays real: the time that a reply takes is measured with it.
 */
export class WorldClock implements Clock {
  #now = Date.UTC(2026, 0, 1);
  readonly #alarms = new Alarms();

  constructor() {
    const now = () => this.#now;
    const construct = (real: DateConstructor, given: unknown[]) =>
      Reflect.construct(real, given.length === 0 ? [now()] : given);
    vi.stubGlobal('Date', new Proxy(Date, { construct }));
  }

  now(): number {
    return this.#now;
  }

  advance(milliseconds: number): void {
    this.#now += Math.ceil(milliseconds);
    this.#alarms.moved(this.#now);
  }

  alarm(time: number, ring: () => void): () => void {
    return this.#alarms.alarm(time, ring);
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.advance(milliseconds);
  }
}

/** What every operation of a killed process meets, so that nothing of it goes on. */
class KilledError extends Error {}

/** One provider process. Killed, it sends nothing more, and what comes back is heard by nobody. */
export class ProviderProcess {
  readonly said: string[] = [];
  /** The steps of `imm.Project` and the like. */
  readonly of: (title: string) => Served;
  killed = false;

  constructor(
    world: ModelWorld,
    environment: NodeJS.ProcessEnv,
    more: Readonly<Record<string, string>>,
    server: Server,
  ) {
    const { url } = world.emulator;
    const config: Readonly<Record<string, string>> = {
      'alicloud:region': 'cn-shanghai',
      'alicloud:accessKey': TEST_ACCESS_KEY_ID,
      'alicloud:secretKey': TEST_ACCESS_KEY_SECRET,
      'alicloud:endpoints': JSON.stringify({ imm: url, mts: url, sts: url }),
      ...more,
    };
    const alive = () => {
      if (this.killed) throw new KilledError('killed');
      return world.clock;
    };
    const clock: Clock = {
      now: () => alive().now(),
      sleep: async (milliseconds, signal) => alive().sleep(milliseconds, signal),
      alarm: (time, ring) => world.clock.alarm(time, ring),
    };
    const say = (severity: string, text: string) => this.said.push(`${severity}: ${text}`);
    const surroundings = { clock, random: world.random };
    if (server === 'plugin') {
      this.of = new PluginHost({ config, environment, say, surroundings }).of;
      return;
    }
    const session = new Session((key) => config[key], environment, say, surroundings);
    this.of = (title) => new Steps(lifecycleOf(title), () => session);
  }
}

/** An emulator with links of somebody else in it, and the time that it shares with the provider. */
export class ModelWorld {
  private constructor(
    readonly emulator: Emulator,
    readonly clock: WorldClock,
    /** The chance in pauses. */
    readonly random: () => number,
  ) {}

  static async start(switches: Partial<Switches>): Promise<ModelWorld> {
    const clock = new WorldClock();
    const emulator = await startEmulator({ clock, seed: 1, switches });
    emulator.createProject('media');
    emulator.createDataset('media', 'videos');
    emulator.createDataset('media', 'archive');
    const world = new ModelWorld(emulator, clock, () => 0.5);
    for (const link of FOREIGN) link.make(emulator);
    return world;
  }

  /** Until what a fault delays has happened, so that it belongs to the command that sent it. */
  async landed(): Promise<void> {
    const { emulator } = this;
    const open = () =>
      emulator.faults().reduce((sum, { struck }) => sum + struck, 0) -
      emulator.journal().filter(({ fault }) => fault !== '').length;
    await new Promise<void>((resolve) => {
      const end = emulator.onCall((boundary) => {
        if (boundary !== 'after-effect' || open() > 0) return;
        end();
        resolve();
      });
      if (open() > 0) return;
      end();
      resolve();
    });
  }

  async close(): Promise<void> {
    await this.emulator.close();
    vi.unstubAllGlobals();
  }
}
