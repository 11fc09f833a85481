import type { Bound } from './retry.js';

/** The same bound, which is told of an error in other words. Its deadline still moves as that of the other one does. */
export function telling(bound: Bound, words: (error: Error) => Error): Bound {
  return {
    clock: bound.clock,
    get deadline() {
      return bound.deadline;
    },
    ...(bound.signal && { signal: bound.signal }),
    random: () => bound.random(),
    paused: (error, pause, tries) => bound.paused?.(words(error), pause, tries),
  };
}
