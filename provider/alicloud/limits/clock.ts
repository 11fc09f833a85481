import { setTimeout as sleep } from 'node:timers/promises';

/** Time, injected, so that a test can make an hour pass in a millisecond. */
export interface Clock {
  /** Milliseconds since 1970. Never goes back, so that a wait has an end also where the clock of the machine is set back. */
  now(): number;
  /** Resolves after `milliseconds`; rejects at once, with the signal's reason, when `signal` aborts. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Calls `ring` once, when `now()` has reached `time`; unless what it answers is called first. */
  alarm(time: number, ring: () => void): () => void;
}

interface Readings {
  /** The clock of the machine, which a person or a time service may set. */
  wall(): number;
  /** Whole milliseconds from anywhere, which nobody can set; may stand still while the machine is asleep. */
  steady(): number;
}

/**
 * The time of the machine, which begins with its clock. It goes on by the greater of what the two readings say: a
 * machine that was asleep is noticed by the one, and a clock that was set back does not matter by the other.
 */
export function timeOf({ wall, steady }: Readings): () => number {
  let [lastWall, lastSteady] = [wall(), steady()];
  let now = lastWall;
  return () => {
    const [nowWall, nowSteady] = [wall(), steady()];
    now += Math.max(nowWall - lastWall, nowSteady - lastSteady, 0);
    [lastWall, lastSteady] = [nowWall, nowSteady];
    return now;
  };
}

const now = timeOf({ wall: () => Date.now(), steady: () => Math.floor(performance.now()) });

/** The longest that Node's own timers can wait. */
const LONGEST_TIMER = 2 ** 31 - 1;

export const systemClock: Clock = {
  now,
  sleep: (milliseconds, signal) =>
    sleep(milliseconds, undefined, signal ? { signal } : {}).catch((error: unknown) => {
      signal?.throwIfAborted();
      throw error;
    }),
  alarm: (time, ring) => {
    const timer = setTimeout(ring, Math.min(LONGEST_TIMER, Math.max(0, time - now())));
    // What is waited for keeps the process alive, not the bound of it.
    timer.unref();
    return () => clearTimeout(timer);
  },
};
