import type { Clock } from './clock.js';
import type { Bound } from './retry.js';

interface Rider {
  readonly bound: Bound;
  leave(reason: unknown): void;
}

/** Milliseconds for which the last of the riders waits for the error with which the work ends at its deadline. */
const LAST_WORD = 500;

/**
 * One piece of work that several wait for, each by its own terms: whoever's time is over, or is interrupted, leaves;
 * the work goes on as long as anybody is left, and is stopped when nobody is.
 */
export class Shared<T> {
  readonly #clock: Clock;
  readonly #riders = new Set<Rider>();
  readonly #stop = new AbortController();
  readonly #result: Promise<T>;
  #lastError: unknown;
  /** While it is under way, and somebody waits for it. */
  isOpen = true;

  constructor(first: Bound, work: (bound: Bound) => Promise<T>) {
    this.#clock = first.clock;
    const riders = this.#riders;
    const bound: Bound = {
      clock: first.clock,
      random: () => first.random(),
      signal: this.#stop.signal,
      get deadline() {
        return Math.max(...[...riders].map(({ bound }) => bound.deadline));
      },
      paused: (error, pause, tries) => {
        this.#lastError = error;
        for (const { bound } of riders) bound.paused?.(error, pause, tries);
      },
    };
    this.#result = Promise.resolve()
      .then(() => work(bound))
      .finally(() => {
        this.isOpen = false;
      });
    // Whoever waits for it is told; where nobody does any more, nobody is to be.
    this.#result.catch(() => {});
  }

  /** Its result; at the end of the caller's time what went wrong last, or else the error of `late`. */
  ride(bound: Bound, late: () => Error): Promise<T> {
    const { signal } = bound;
    return new Promise<T>((resolve, reject) => {
      const rider: Rider = {
        bound,
        leave: (reason) => {
          getOff();
          reject(reason);
          if (this.#riders.size > 0 || !this.isOpen) return;
          this.isOpen = false;
          this.#stop.abort(reason);
        },
      };
      const interrupted = () => rider.leave(signal?.reason);
      // Of a bound that is itself one of several riders the deadline may have moved.
      const watch = (extra = 0): (() => void) =>
        this.#clock.alarm(bound.deadline + extra, () => {
          if (this.#clock.now() < bound.deadline) silence = watch();
          // What bounds the work itself ends it just now, and says more.
          else if (extra === 0 && this.#lastError === undefined && !this.#hasMorePatient(bound))
            silence = watch(LAST_WORD);
          else rider.leave(this.#lastError ?? late());
        });
      let silence = watch();
      const getOff = () => {
        silence();
        signal?.removeEventListener('abort', interrupted);
        this.#riders.delete(rider);
      };
      this.#riders.add(rider);
      signal?.addEventListener('abort', interrupted, { once: true });
      if (signal?.aborted) return interrupted();
      this.#result.then(resolve, reject).finally(getOff);
    });
  }

  #hasMorePatient({ deadline }: Bound): boolean {
    return [...this.#riders].some(({ bound }) => bound.deadline > deadline);
  }
}
