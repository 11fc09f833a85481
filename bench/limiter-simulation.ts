import { setImmediate } from 'node:timers/promises';
import { ThrottledError, TransientError } from '../provider/alicloud/answers/errors.js';
import type { Clock } from '../provider/alicloud/limits/clock.js';
import { retrying } from '../provider/alicloud/limits/retry.js';
import type { LimiterRule } from './limiter-candidates.js';

/** Several processes that know nothing of each other and share one quota. */
export interface Situation {
  readonly title: string;
  /** Processes, the requests of each, and how many of them are under way at a time. */
  readonly processes: number;
  readonly requests: number;
  readonly workers: number;
  /** Requests a second that the service admits, counted in whole seconds. */
  readonly limit: number;
  /** Milliseconds from the start of one process to that of the next. */
  readonly apart?: number;
}

export interface Simulated {
  /** Of what the limit admits, from the start to the last request. */
  readonly share: number;
  readonly throttled: number;
}

/** The rate that every process takes for granted at first. */
const DOCUMENTED = 100;
/** Milliseconds: to the service and, with a spread, on the way; then until the engine sends the next. */
const WAY = 5;
const NEXT = 20;
const DAY = 86_400_000;

interface Waiting {
  readonly at: number;
  readonly wake: () => void;
}

/** Time that passes only when everybody waits. */
class VirtualClock implements Clock {
  #now = 0;
  readonly #waiting: Waiting[] = [];

  now(): number {
    return this.#now;
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((wake) => {
      const at = this.#now + milliseconds;
      const later = this.#waiting.findIndex((other) => other.at > at);
      this.#waiting.splice(later < 0 ? this.#waiting.length : later, 0, { at, wake });
    });
  }

  alarm(): never {
    throw new Error('nothing of a limiter sets an alarm');
  }

  /** Lets time pass until nobody waits any more. */
  async run(): Promise<void> {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      this.#now = next.at;
      next.wake();
      // Whoever woke up comes to its next wait before time goes on.
      await setImmediate();
    }
  }
}

/** Fixed windows of one second, as the services document them. */
class Service {
  #second = -1;
  #count = 0;
  throttled = 0;
  last = 0;

  constructor(
    readonly clock: Clock,
    readonly limit: number,
  ) {}

  admits(): boolean {
    const now = this.clock.now();
    const second = Math.floor(now / 1000);
    if (second !== this.#second) this.#count = 0;
    this.#second = second;
    const isAdmitted = this.#count < this.limit;
    // Counting the refused ones as well would change nothing: the second is full.
    if (isAdmitted) {
      this.#count++;
      this.last = now;
    } else this.throttled++;
    return isAdmitted;
  }
}

/** Runs one rule through one situation, with the provider's own way of trying again. */
export async function simulate(rule: LimiterRule, situation: Situation, seed: number): Promise<Simulated> {
  const clock = new VirtualClock();
  const random = randomFrom(seed);
  const { processes, requests, workers, limit, apart = 0 } = situation;
  const service = new Service(clock, limit);
  const refused = { service: 'mts', action: 'UnbindOutputBucket', code: '', text: '' } as const;
  const one = async (number: number) => {
    await clock.sleep(number * apart);
    const rate = rule.make(clock, random, DOCUMENTED);
    let left = requests;
    const worker = async () => {
      while (left > 0) {
        left--;
        await retrying({ clock, random, deadline: DAY }, async () => {
          await clock.sleep(rate.reserve());
          await clock.sleep(WAY + random() * WAY);
          if (service.admits()) return rate.answered();
          rate.throttled();
          // What the provider takes for throttled pauses for a second at most, everything else for 20.
          throw rule.pauses === 'short' ? new ThrottledError(refused, '') : new TransientError(refused, '');
        });
        await clock.sleep(NEXT);
      }
    };
    await Promise.all(Array.from({ length: workers }, worker));
  };
  const all = Promise.all(Array.from({ length: processes }, (_, number) => one(number)));
  await clock.run();
  await all;
  return { share: (processes * requests) / limit / (service.last / 1000), throttled: service.throttled };
}

/** mulberry32: small, and the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
