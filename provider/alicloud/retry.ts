import type { Clock } from './clock.js';
import {
  BarredError,
  ConflictError,
  NonceUsedError,
  ServiceError,
  ThrottledError,
  TransientError,
  TransportError,
  UnavailableError,
} from './errors.js';

export interface Bound {
  readonly clock: Clock;
  /** Milliseconds since 1970 at which no new try begins. Of work that several wait for it moves as they come and go. */
  readonly deadline: number;
  readonly signal?: AbortSignal;
  /** Uniform in [0, 1). */
  random(): number;
  /** Called before each pause, so that a long wait shows that it is alive. */
  paused?(error: Error, pause: number, tries: number): void;
}

const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 20_000;
/** A throttled request waits for its turn besides, at a rate that has just fallen: long pauses would waste the quota. */
const LONGEST_THROTTLED = 1_000;

/** Whether the same request may succeed later. */
export function isRetryable(error: unknown): error is ServiceError | TransportError | UnavailableError {
  return (
    error instanceof ThrottledError ||
    error instanceof TransientError ||
    error instanceof NonceUsedError ||
    // A deleted binding may bar its own name for a while (api-facts.md §9, question 1).
    error instanceof ConflictError ||
    error instanceof UnavailableError ||
    (error instanceof TransportError && !(error instanceof BarredError))
  );
}

/** Tries until it succeeds, fails for good, or the time is over. Full jitter; retry-after is obeyed. */
export async function retrying<T>(bound: Bound, work: (tries: number) => Promise<T>): Promise<T> {
  const { clock, signal } = bound;
  for (let tries = 1; ; tries++) {
    try {
      return await work(tries);
    } catch (error) {
      signal?.throwIfAborted();
      if (!isRetryable(error)) throw error;
      const asked = error instanceof ServiceError ? (error.retryAfter ?? 0) : 0;
      const longest = error instanceof ThrottledError ? LONGEST_THROTTLED : LONGEST_PAUSE;
      const pause = asked + bound.random() * Math.min(longest, FIRST_PAUSE * 2 ** (tries - 1));
      if (clock.now() + pause >= bound.deadline) throw error;
      bound.paused?.(error, pause, tries);
      await clock.sleep(pause, signal);
    }
  }
}
