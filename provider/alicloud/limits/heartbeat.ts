import type { Clock } from './clock.js';

/** Milliseconds. */
const EVERY = 10_000;

/** When a wait is to say that it is alive: about every ten seconds, so never where it is short. */
export class Heartbeat {
  readonly #clock: Clock;
  #last: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#last = clock.now();
  }

  /** Whether it is time again; counts as said. */
  isDue(): boolean {
    if (this.#clock.now() - this.#last < EVERY) return false;
    this.#last = this.#clock.now();
    return true;
  }
}
