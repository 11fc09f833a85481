import type { ThrottledError } from '../answers/errors.js';
import type { Clock } from './clock.js';

/**
 * Milliseconds of the service's window, and a little: requests do not arrive as evenly as they are sent.
 */
const WINDOW = 1_050;
/** What a throttled answer leaves of the rate. */
const BACK_OFF = 0.8;

/**
 * The rate of one quota. It starts at the documented rate, falls by a fifth when the service throttles (once a
 * second at the most) and climbs again by a fiftieth of the documented rate a second: several processes that share
 * a quota, and know nothing of each other, so come to share it. The rule was chosen by simulation: docs/internals/decisions.md.
 */
export class Limiter {
  readonly #documented: number;
  readonly #clock: Clock;
  #rate: number;
  #refusal: ThrottledError | undefined;
  #changed = Number.NEGATIVE_INFINITY;
  /** When the last requests were sent, or will be. */
  readonly #sent: number[] = [];

  constructor(documented: number, clock: Clock) {
    this.#documented = documented;
    this.#rate = documented;
    this.#clock = clock;
  }

  /** Requests a second, for messages. */
  get rate(): number {
    return this.#rate;
  }

  /**
   * Milliseconds until the caller may send. The place is taken if that is within the caller's time, in milliseconds: what
   * is not sent must not hold up the others.
   */
  reserve(timeLeft = Number.POSITIVE_INFINITY): number {
    const now = this.#clock.now();
    const most = Math.max(1, Math.floor(this.#rate));
    const window = this.#rate < 1 ? WINDOW / this.#rate : WINDOW;
    const before = this.#sent.at(-most);
    const wait = before === undefined ? 0 : Math.max(0, before + window - now);
    if (wait < timeLeft) this.#sent.push(now + wait);
    if (this.#sent.length > 4 * this.#documented) this.#sent.splice(0, 2 * this.#documented);
    return wait;
  }

  /** The answer that last said "too many", while the rate has not recovered from it. */
  get refusal(): ThrottledError | undefined {
    return this.#rate < this.#documented ? this.#refusal : undefined;
  }

  throttled(refusal?: ThrottledError): void {
    this.#refusal = refusal;
    if (!this.#mayChange()) return;
    this.#rate = Math.max(1, this.#rate * BACK_OFF);
  }

  answered(): void {
    if (this.#rate === this.#documented || !this.#mayChange()) return;
    this.#rate = Math.min(this.#documented, this.#rate + Math.max(1, this.#documented / 50));
  }

  #mayChange(): boolean {
    const now = this.#clock.now();
    if (now - this.#changed < 1_000) return false;
    this.#changed = now;
    return true;
  }
}

/** Requests a second, for each quota that is documented (api-facts.md §2.4, §3). */
const IMM_PROJECT = 100;
const MTS_ACTION = 100;
const MTS_LISTING = 10;

/** The limiters of one set of credentials: IMM counts by project over all actions, MTS by action. */
export class Limiters {
  readonly #clock: Clock;
  readonly #limiters = new Map<string, Limiter>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  for(service: 'imm' | 'mts', endpoint: string, action: string, project: unknown): Limiter {
    const counted = service === 'imm' ? String(project) : action;
    const key = `${endpoint} ${counted}`;
    const found = this.#limiters.get(key);
    if (found) return found;
    const rate = service === 'imm' ? IMM_PROJECT : action === 'ListAllMediaBucket' ? MTS_LISTING : MTS_ACTION;
    const made = new Limiter(rate, this.#clock);
    this.#limiters.set(key, made);
    return made;
  }
}
