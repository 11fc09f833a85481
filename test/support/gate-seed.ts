import fc from 'fast-check';
import { IS_GATE } from './extent.js';

/** What is drawn in a gate: the same each time. Another number is as good. */
const SEED_OF_GATES = 20_200_930;

/** A gate tries the same each time, so that it fails by the change that it judges; every other run draws anew. */
export function drawnSeed(): number {
  return IS_GATE ? SEED_OF_GATES : Math.floor(Math.random() * 2 ** 31);
}

// Loaded before each file: also a property that sets nothing is drawn by it.
if (IS_GATE) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: SEED_OF_GATES });
