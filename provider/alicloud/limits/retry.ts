import {
  BarredError,
  ConflictError,
  NonceUsedError,
  ServiceError,
  ThrottledError,
  TransientError,
  TransportError,
  UnavailableError,
} from '../answers/errors.js';
import type { Clock } from './clock.js';

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

/** Whether a try was cut off by the end of its time, and has changed nothing; a timer may be a millisecond early. */
function isCutOff(error: Error, { clock, deadline }: Bound, changes: boolean): boolean {
  if (!(error instanceof TransportError) || clock.now() + 1 < deadline) return false;
  return !(changes && error.mayHaveHappened);
}

/**
 * Tries until it succeeds, fails for good, or the time is over. Full jitter; retry-after is obeyed. What only asks
 * `changes` nothing, so that of its last try it need not be said that it may have arrived.
 */
export async function retrying<T>(
  bound: Bound,
  work: (tries: number) => Promise<T>,
  changes = true,
): Promise<T> {
  const { clock, signal } = bound;
  let before: Error | undefined;
  for (let tries = 1; ; tries++) {
    try {
      return await work(tries);
    } catch (error) {
      signal?.throwIfAborted();
      if (!isRetryable(error)) throw error;
      // What was cut off by the end of the time says nothing: the failure before it is the cause.
      if (before !== undefined && isCutOff(error, bound, changes)) throw before;
      const asked = error instanceof ServiceError ? (error.retryAfter ?? 0) : 0;
      const longest = error instanceof ThrottledError ? LONGEST_THROTTLED : LONGEST_PAUSE;
      const pause = asked + bound.random() * Math.min(longest, FIRST_PAUSE * 2 ** (tries - 1));
      if (clock.now() + pause >= bound.deadline) throw error;
      bound.paused?.(error, pause, tries);
      await clock.sleep(pause, signal);
      // A sleep may end late.
      if (clock.now() >= bound.deadline) throw error;
      before = error;
    }
  }
}
