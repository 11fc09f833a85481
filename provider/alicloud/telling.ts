import type { Bound } from './retry.js';

/** The same bound, which is told of an error in other words. Its deadline still moves as that of the other one does. */
export function telling(bound: Bound, words: (error: Error) => Error): Bound {
  const paused: Bound['paused'] = (error, pause, tries) => bound.paused?.(words(error), pause, tries);
  return Object.create(bound, { paused: { value: paused } }) as Bound;
}
